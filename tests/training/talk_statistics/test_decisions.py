from __future__ import annotations

import numpy as np
import pytest

from salestrain.playbook.scenarios import Scenario
from salestrain.training.talk_statistics.decisions import (
    Decision,
    as_responses,
    decisions,
    first_decisions,
)
from tests.training.talk_statistics.playing import BAD, FAIR, GOOD, talks


def told(found: tuple[Decision, ...]) -> list[tuple[str, str, bool]]:
    return [(one.node[1], one.made.move, one.good) for one in found]


@pytest.mark.parametrize(
    ("moves", "good"),
    [
        ("ask", True),  # earns, learns, and is trusted more
        ("listen", True),  # is trusted more
        ("discount", False),  # costs trust
        ("promise", False),  # a critical mistake
        ("insult", False),
    ],
)
def test_what_a_good_move_is(scenario: Scenario, moves: str, good: bool) -> None:
    (talk, *_) = talks(scenario.model_copy(update={"max_turns": 1}), ann=(moves,))
    assert told(tuple(decisions(talk))) == [("start", moves, good)]


@pytest.mark.parametrize(
    ("more", "good"),
    [
        ({}, True),
        ({"critical": "beyond"}, False),
        ({"trust": -1}, False),
        ({"earns": ("asked", "gave")}, False),  # 30 - 40
        ({"earns": ("asked",), "trust": 0, "learns": ()}, True),
        ({"earns": (), "trust": 0}, True),  # still learns something
        ({"earns": (), "trust": 0, "learns": ()}, False),
    ],
)
def test_what_spoils_a_good_move(scenario: Scenario, more: dict[str, object], good: bool) -> None:
    (case,) = scenario.states["start"]["ask"]
    start = {"ask": (case.model_copy(update=more),)}
    own = scenario.model_copy(update={"states": {**scenario.states, "start": start}})
    (talk,) = talks(own.model_copy(update={"max_turns": 1}), ann=("ask",))
    assert told(tuple(decisions(talk))) == [("start", "ask", good)]


def test_one_that_only_goes_on_is_none_but_one_that_ends_well_is(scenario: Scenario) -> None:
    (talk,) = talks(scenario, ann=(GOOD,))
    assert told(tuple(decisions(talk))) == [
        ("start", "listen", True), ("open", "sum", True), ("done", "close", True)
    ]  # fmt: skip
    unpaid = {**scenario.states, "done": {"close": scenario.states["done"]["close"][:1]}}
    case = unpaid["done"]["close"][0].model_copy(update={"earns": (), "when": None})
    ends = scenario.model_copy(update={"states": {**unpaid, "done": {"close": (case,)}}})
    (talk,) = talks(ends, ann=("ask sum close",))
    assert told(tuple(decisions(talk)))[-1] == ("done", "close", True)
    (talk,) = talks(scenario.model_copy(update={"max_turns": 3}), ann=("ask sum listen",))
    assert told(tuple(decisions(talk)))[-1] == ("done", "listen", False)


def test_trust_that_is_full_already_is_raised_all_the_same(scenario: Scenario) -> None:
    full = scenario.model_copy(
        update={"trust": scenario.trust.model_copy(update={"start": 4}), "max_turns": 1}
    )
    (talk,) = talks(full, ann=("ask",))
    made = talk.play.made[0]
    assert made.trust == (4, 4)
    assert [one.good for one in decisions(talk)] == [True]


def test_only_the_first_move_at_a_node_counts_and_no_sentence_unread(scenario: Scenario) -> None:
    (talk,) = talks(scenario, ann=("? +close insult",))
    assert told(tuple(decisions(talk))) == [("start", "insult", False)]
    (talk,) = talks(scenario, ann=("discount listen ask sum close",))
    assert told(tuple(decisions(talk)))[0] == ("start", "discount", False)


def test_what_was_heard_is_what_the_other_side_said_last(scenario: Scenario) -> None:
    (talk,) = talks(scenario, ann=(FAIR,))
    assert [one.heard.en for one in decisions(talk)] == [
        "Too dear.",
        "answer to ask in start, case 0",
        "answer to sum in open, case 0",
    ]


def test_the_first_run_that_comes_to_a_node_is_the_one_that_counts(scenario: Scenario) -> None:
    found = first_decisions(talks(scenario, ann=(BAD, GOOD), bo=(FAIR,)))
    mine = [(one.node[1], one.good) for one in found if one.person == "ann"]
    assert mine == [("start", False), ("open", True), ("done", True)]


def test_decisions_make_a_table_like_that_of_answers(scenario: Scenario) -> None:
    table = as_responses(first_decisions(talks(scenario, ann=(FAIR,), bo=(BAD,))))
    assert table.people == ("ann", "bo")
    assert table.items == ("2.2.s.small/done", "2.2.s.small/open", "2.2.s.small/start")
    expected = np.array([[1, 1, 1], [np.nan, np.nan, 0]])
    assert np.array_equal(table.earned, expected, equal_nan=True)
    assert table.answers == ((("close",), ("sum",), ("ask",)), ((), (), ("insult",)))
    assert table.count == 4


def test_nobody_makes_an_empty_table() -> None:
    assert as_responses(()).earned.shape == (0, 0)
