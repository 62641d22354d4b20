from __future__ import annotations

import math
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.language import Text
from salestrain.training.statistics.intervals import of_share
from salestrain.training.talk_statistics.decisions import Decision
from salestrain.training.talk_statistics.gaps import gap_of
from salestrain.training.talk_statistics.nodes import Node, node_gap, nodes
from salestrain.training.talks.turns import Made

NOON = datetime(2026, 8, 3, 12, tzinfo=UTC)
HEARD = Text("贵", "Dear")


def decision(person: str, state: str, good: bool, move: str = "") -> Decision:
    name = move or ("right" if good else "wrong")
    made = Made(name, HEARD, state, 0, (2, 2), 0, (), (), "", "", repeated=False)
    return Decision(person, ("2.2.s.small", state), made, good, HEARD, NOON)


def table(columns: dict[str, str]) -> list[Decision]:
    """Return decisions by state, a letter a person: 1 good, 0 not, a space never came there."""
    return [
        decision(f"p{row:02}", state, letter == "1")
        for state, letters in columns.items()
        for row, letter in enumerate(letters)
        if letter != " "
    ]


def named(found: tuple[Node, ...], state: str) -> Node:
    return next(one for one in found if one.state == state)


def test_facility_and_discrimination_are_those_worked_out_by_hand() -> None:
    # At a 6 of 10 are good. Elsewhere half are, so their rest is +1/2 for the first five and -1/2
    # for the others: sum of products 5 * 1/2 - 1/2 = 2, of squares 10 * 0.24 = 2.4 and 2.5.
    found = nodes(table({
        "a": "1111110000",
        "b": "1111100000",
        "c": "1111100000",
        "d": "1111100000",
    }))  # fmt: skip
    a = named(found, "a")
    assert (a.n, a.facility, a.rested) == (10, 0.6, 10)
    assert a.interval == of_share(0.6, 10)
    assert a.discrimination == pytest.approx(2 / math.sqrt(6), abs=1e-9)
    assert (a.best, a.weakest) == ((5, 5), (1, 5))
    assert (a.wrong, a.good) == ((("wrong", 4),), (("right", 6),))


def test_no_node_is_part_of_the_score_it_is_held_against() -> None:
    own = {"a": "1010101010", "b": "1111100000", "c": "1111100000", "d": "1111100000"}
    flipped = {**own, "a": "0101010101"}
    one, other = (named(nodes(table(each)), "a").discrimination for each in (own, flipped))
    assert one == pytest.approx(-other)


@pytest.mark.parametrize(("n", "told"), [(9, False), (10, True)])
def test_under_ten_people_nothing_is_said_of_whom_it_tells_apart(n: int, told: bool) -> None:
    columns = dict.fromkeys("abcd", ("10" * n)[:n])
    assert math.isnan(named(nodes(table(columns)), "a").discrimination) is not told


def test_somebody_with_fewer_than_three_other_decisions_has_no_rest() -> None:
    found = named(nodes(table({"a": "1" * 12, "b": "10" * 6, "c": "01" * 6})), "a")
    assert (found.n, found.rested) == (12, 0)
    assert math.isnan(found.discrimination)


def test_a_node_that_good_people_fail_is_suspicious_and_others_are_not() -> None:
    good = "1" * 15 + "0" * 15
    columns = {"odd": "0" * 14 + "11" + "1" * 14, **dict.fromkeys("bcdefg", good)}
    found = nodes(table(columns))
    assert [one.state for one in found if one.suspicious] == ["odd"]
    odd = named(found, "odd")
    assert odd.discrimination_interval.high < 0
    assert odd.best.good < odd.weakest.good


def test_chance_alone_names_hardly_any_node() -> None:
    rng = np.random.default_rng(5)
    named_ones = 0
    for _ in range(10):
        columns = {f"s{n}": "".join(rng.choice(["0", "1"], 25)) for n in range(40)}
        named_ones += sum(one.suspicious for one in nodes(table(columns)))
    assert named_ones <= 2  # of 400


def test_the_surest_to_go_wrong_comes_first_not_a_few_unlucky_ones() -> None:
    found = nodes(table({"few": "00", "many": "0" * 16 + "1111", "fine": "1" * 20}))
    assert [one.state for one in found] == ["many", "few", "fine"]
    assert [one.few for one in found] == [False, True, False]


def test_the_most_frequent_wrong_move_comes_first() -> None:
    moves = ["give", "give", "rant", "give", "rant", "ask"]
    found = nodes([decision(f"p{n}", "a", move == "ask", move) for n, move in enumerate(moves)])
    assert found[0].wrong == (("give", 3), ("rant", 2))
    assert found[0].good == (("ask", 1),)


def test_nobody_came_to_any_node() -> None:
    assert nodes(()) == ()


def test_a_class_is_held_against_all_others_at_the_node() -> None:
    found = table({"a": "0000011111111111", "b": "1111111111111111"})
    gap = node_gap(found, "2.2.s.small/a", {f"p{n:02}" for n in range(5)})
    assert (gap.hits, gap.n, gap.others_hits, gap.others, gap.gap) == (0, 5, 11, 11, -1.0)
    assert gap.sure
    assert not node_gap(found, "2.2.s.small/b", {"p00"}).sure


@pytest.mark.parametrize(
    ("counts", "sure"),
    [
        ((0, 5, 28, 30), True),
        ((0, 4, 30, 30), False),  # under five people nothing is concluded
        ((2, 6, 20, 30), False),
        ((30, 30, 0, 4), False),
        ((28, 30, 5, 30), True),  # above counts likewise
    ],
)
def test_a_gap_is_sure_beyond_chance_among_dozens(
    counts: tuple[int, int, int, int], sure: bool
) -> None:
    assert gap_of(*counts).sure is sure


def test_where_nobody_else_came_there_is_no_gap() -> None:
    gap = gap_of(3, 5, 0, 0)
    assert (gap.share, gap.sure) == (0.6, False)
    assert math.isnan(gap.gap)
    assert math.isnan(gap.others_share)


counted = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counted, counted)
def test_an_interval_holds_the_gap_and_turns_with_it(
    own: tuple[int, int], others: tuple[int, int]
) -> None:
    gap, turned = gap_of(*own, *others), gap_of(*others, *own)
    assert -1 <= gap.interval.low <= gap.gap <= gap.interval.high <= 1 + 1e-12
    assert gap.interval.low == pytest.approx(-turned.interval.high)
    assert gap.sure == turned.sure


@given(st.lists(st.text("01 ", min_size=12, max_size=12), min_size=4, max_size=6))
def test_every_decision_is_counted_once_and_figures_stay_in_their_bounds(rows: list[str]) -> None:
    found = nodes(table({f"s{n}": row for n, row in enumerate(rows)}))
    assert sum(one.n for one in found) == sum(len(row.replace(" ", "")) for row in rows)
    for one in found:
        assert sum(n for _, n in (*one.wrong, *one.good)) == one.n
        assert sum(n for _, n in one.good) == round(one.facility * one.n)
        assert one.interval.low <= one.facility <= one.interval.high
        assert math.isnan(one.discrimination) or -1 <= one.discrimination <= 1
