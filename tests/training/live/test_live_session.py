from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.playbook.items import Item
from salestrain.training.ability import Bank
from salestrain.training.live import (
    ANSWERED,
    ASKED,
    CLOSED,
    ENDED,
    JOINED,
    OPENED,
    SHOWN,
    Session,
    leaderboard,
    propose,
    session_of,
    tally,
    team_board,
)
from salestrain.training.steps import Step

Did = tuple[str, Step]
START = datetime(2026, 11, 27, 9, tzinfo=UTC)
ITEMS = ["2.2.i.single", "2.2.i.multiple", "2.2.i.true_false", "2.2.i.numeric", "2.2.i.ordering"]


def did(who: str, kind: str, second: int = 0, /, **data: object) -> Did:
    return who, Step(kind, data, START + timedelta(seconds=second))


def opened(**given: object) -> Did:
    settings = {"title": "2.2", "items": ITEMS, "seconds": 30, "teams": 0, "guests": False}
    return did("host", OPENED, 0, **{**settings, **given})


def joined(who: str, team: int = 0) -> Did:
    return did(who, JOINED, name=who.title(), team=team)


def asked(item: str = ITEMS[0], second: int = 10) -> Did:
    return did("host", ASKED, second, item=item, seconds=30)


def answer(who: str, *chosen: str, earned: float, item: str = ITEMS[0], **more: object) -> Did:
    data = {"item": item, "vote": 1, "answer": [*chosen], "earned": earned, "seconds": 4.0}
    return did(who, ANSWERED, 14, **{**data, **more})


def held(*steps: Did, **settings: object) -> Session:
    session = session_of([opened(**settings), *steps])
    assert session is not None
    return session


def test_a_session_goes_from_the_lobby_to_its_end() -> None:
    steps = [joined("ann"), asked(), did("host", CLOSED, 40), did("host", SHOWN, 50)]
    phases = [held(*steps[:count]).phase for count in range(5)]
    assert phases == ["lobby", "lobby", "asking", "closed", "shown"]
    assert held(*steps, did("host", ENDED, 60)).phase == "ended"
    assert session_of([joined("ann"), asked()]) is None


def test_an_answer_may_be_changed_and_the_last_one_counts() -> None:
    session = held(
        joined("ann"), asked(), answer("ann", "a", earned=0), answer("ann", "b", earned=1)
    )
    assert session.rounds[0].answers["ann"].answer == ("b",)


def test_who_has_not_joined_has_no_answer() -> None:
    assert held(asked(), answer("bo", "a", earned=0)).rounds[0].answers == {}


def test_a_second_vote_is_of_the_same_question_and_keeps_the_first() -> None:
    session = held(
        joined("ann"),
        asked(),
        answer("ann", "a", earned=0),
        did("host", CLOSED, 40),
        asked(second=100),
        answer("ann", "b", earned=1, vote=2),
    )
    assert [(one.number, one.vote) for one in session.rounds] == [(1, 1), (1, 2)]
    assert session.asked == (ITEMS[0],)
    assert [one.answers["ann"].earned for one in session.votes(ITEMS[0])] == [0, 1]
    assert [one.vote for one in session.final] == [2]


def test_answers_are_taken_until_two_seconds_after_the_clock() -> None:
    vote = held(asked(second=10)).rounds[0]
    assert vote.ends == START + timedelta(seconds=40)
    assert vote.takes(START + timedelta(seconds=42))
    assert not vote.takes(START + timedelta(seconds=43))
    assert not held(asked(), did("host", CLOSED, 20)).rounds[0].takes(START + timedelta(seconds=21))


def test_the_next_question_closes_the_one_before() -> None:
    session = held(asked(), asked(ITEMS[1], 60))
    assert session.rounds[0].closed == START + timedelta(seconds=60)
    assert session.now is not None
    assert (session.now.number, session.phase) == (2, "asking")


def test_who_comes_goes_to_the_smallest_team() -> None:
    session = held(joined("a", 1), joined("b", 2), joined("c", 1), teams=3)
    assert session.smallest_team() == 3
    assert held().smallest_team() == 0


def test_a_tally_counts_options_and_says_what_to_do(items: dict[str, Item]) -> None:
    people = [f"p{number}" for number in range(10)]
    right = [answer(one, "b", earned=1) for one in people[:6]]
    wrong = [answer(one, "a", earned=0, seconds=9.0) for one in people[6:]]
    session = held(*map(joined, people), asked(), *right, *wrong)
    found = tally(items[ITEMS[0]], session.rounds[0])
    assert (found.answered, found.right, found.share) == (10, 6, 0.6)
    assert found.interval is not None
    assert [round(end, 3) for end in found.interval] == [0.313, 0.832]  # Wilson, by hand
    assert found.seconds == pytest.approx(6.0)
    chosen = {bar.answer: (bar.chosen, bar.right) for bar in found.bars}
    assert chosen["b"] == (6, True)
    assert chosen["a"] == (4, False)
    assert found.advice == "discuss"


@pytest.mark.parametrize(
    ("right", "of", "advice"),
    [(0, 4, "wait"), (1, 5, "explain"), (3, 10, "discuss"), (7, 10, "discuss"), (8, 10, "go_on")],
)
def test_a_discussion_is_advised_where_opinion_is_divided(
    items: dict[str, Item], right: int, of: int, advice: str
) -> None:
    people = [f"p{number}" for number in range(of)]
    given = [answer(one, "b", earned=float(n < right)) for n, one in enumerate(people)]
    session = held(*map(joined, people), asked(), *given)
    assert tally(items[ITEMS[0]], session.rounds[0]).advice == advice


def test_numbers_are_tallied_by_what_was_typed_and_orders_by_what_they_earned(
    items: dict[str, Item],
) -> None:
    people = [joined(one) for one in "abc"]
    typed = [answer(one, text, earned=earned, item=ITEMS[3]) for one, text, earned in
             (("a", "87216", 1), ("b", " 87216", 1), ("c", "12", 0))]  # fmt: skip
    session = held(*people, asked(ITEMS[3]), *typed)
    bars = tally(items[ITEMS[3]], session.rounds[0]).bars
    assert [(bar.answer, bar.chosen, bar.right) for bar in bars] == [
        ("87216", 2, True), ("12", 1, False),
    ]  # fmt: skip
    ordered = [answer(one, earned=earned, item=ITEMS[4]) for one, earned in
               (("a", 1), ("b", 0.5), ("c", 0))]  # fmt: skip
    session = held(*people, asked(ITEMS[4]), *ordered)
    bars = tally(items[ITEMS[4]], session.rounds[0]).bars
    assert [(bar.answer, bar.chosen) for bar in bars] == [("right", 1), ("partly", 1), ("wrong", 1)]


def test_the_board_counts_marks_and_time_only_where_they_are_equal() -> None:
    session = held(
        *map(joined, ("slow", "quick", "away", "wrong")),
        asked(),
        answer("slow", "b", earned=1, seconds=9.0),
        answer("quick", "b", earned=1, seconds=2.0),
        answer("wrong", "a", earned=0, seconds=1.0),
    )
    assert [(one.place, one.who) for one in leaderboard(session)] == [
        (1, "quick"), (2, "slow"), (3, "wrong"), (4, "away"),
    ]  # fmt: skip


def test_a_team_has_the_mean_of_its_members_and_silence_earns_nothing() -> None:
    session = held(
        joined("a", 1), joined("b", 1), joined("c", 2),
        asked(),
        answer("a", "b", earned=1), answer("c", "b", earned=0.4),
        teams=3,
    )  # fmt: skip
    board = [(one.place, one.who, one.earned) for one in team_board(session)]
    assert board == [(1, "1", 0.5), (2, "2", 0.4)]


def test_the_most_telling_question_comes_first_and_follows_the_class() -> None:
    names = ("easy", "middle", "hard")
    bank = Bank(np.ones(3), np.array([-2.5, 0.0, 2.5]))
    new = held(joined("ann"), items=["easy", "middle", "hard"])
    assert propose(new, names, bank)[0].item == "middle"
    assert propose(new, names, bank)[0].expected == pytest.approx(0.5)
    strong = held(
        *map(joined, "abcdef"),
        asked("middle"),
        *(answer(one, "x", earned=1, item="middle") for one in "abcdef"),
        items=["easy", "middle", "hard"],
    )
    assert [one.item for one in propose(strong, names, bank)] == ["hard", "easy"]


@given(st.permutations(range(4)), st.data())
def test_in_whatever_order_people_answer_the_tally_is_the_same(
    order: list[int], data: st.DataObject
) -> None:
    given_ = [answer(f"p{n}", data.draw(st.sampled_from("ab")), earned=n / 3) for n in range(4)]
    people = [joined(f"p{n}") for n in range(4)]
    one = held(*people, asked(), *given_)
    other = held(*people, asked(), *(given_[n] for n in order))
    assert one.rounds[0].answers == other.rounds[0].answers
    assert leaderboard(one) == leaderboard(other)
