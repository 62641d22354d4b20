"""What is typed: several moves in a turn, moves that count anywhere, and what is put off."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.scenarios import Scenario
from salestrain.training.talks.balance import balance
from salestrain.training.talks.debrief import debrief, judged
from salestrain.training.talks.play import NotOffered, Play, begun
from tests.training.conftest import both, scenario_data


@pytest.fixture
def typed() -> Scenario:
    """The small talk, in which a promise and a nod count anywhere."""
    data: dict[str, Any] = scenario_data()
    data["anywhere"] = {
        "promise": [{"to": "same", "critical": "beyond", "says": both("Noted.")}],
        "close": [{"to": "same", "trust": 1, "says": both("Soon.")}],
    }
    return Scenario.model_validate(data)


def test_the_moves_of_a_message_count_in_their_order(typed: Scenario) -> None:
    play = begun(typed).said("both", ["ask", "sum"])
    (turn,) = play.turns
    assert [one.state for one in turn.made] == ["start", "open"]
    assert (play.state, play.score, turn.points) == ("done", 60, 60)
    assert turn.answer.en == "answer to ask in start, case 0 answer to sum in open, case 0"
    assert (
        turn.answer.zh == "answer to ask in start, case 0（中）answer to sum in open, case 0（中）"
    )


def test_the_other_way_round_the_second_is_not_there_yet(typed: Scenario) -> None:
    play = begun(typed).said("both", ["sum", "ask"])
    assert [one.move for one in play.made] == ["ask"]
    assert play.turns[0].missed == ("sum",)


def test_what_counts_anywhere_counts_where_no_state_offers_it(typed: Scenario) -> None:
    play = begun(typed).said("x", ["ask"]).said("y", ["promise"])
    assert (play.state, play.critical, play.turns[-1].answer.en) == ("open", ("beyond",), "Noted.")
    offered = begun(typed).said("y", ["promise"])  # the state's own case comes first
    assert offered.state == "open"
    assert offered.turns[0].made[0].rule == "2.2.discount"


def test_what_is_not_to_the_point_now_is_put_off_and_costs_a_turn(typed: Scenario) -> None:
    play = begun(typed).said("x", ["sum"])
    assert (play.turns[0].answer.en, play.turns[0].made, play.state) == ("Not now.", (), "start")
    assert judged(play, play.turns[0]).whys[0].en == "Not yet: the talk hadn’t come to that."


def test_what_nobody_understands_is_asked_back_and_costs_a_turn() -> None:
    data = scenario_data()
    data["unmatched"] = {"says": both("Pardon?"), "trust": -1}
    play = begun(Scenario.model_validate(data)).said("asdf", [])
    assert (play.turns[0].answer.en, play.trust, play.score) == ("Pardon?", 1, 0)
    assert "couldn’t tell" in judged(play, play.turns[0]).whys[0].en
    lost = play.said("asdf", [])
    assert lost.ends == "thrown_out"  # trust has come to its least


def test_nothing_after_the_end_counts(typed: Scenario) -> None:
    play = begun(typed).said("x", ["ask", "discount", "promise"])
    assert (play.ends, play.critical) == ("cheap", ())
    with pytest.raises(NotOffered, match="the talk is over: 'cheap'"):
        play.said("y", ["ask"])


def test_a_message_is_one_turn_whatever_it_holds(typed: Scenario) -> None:
    short = typed.model_copy(update={"max_turns": 3})
    play = begun(short)
    for _ in range(3):
        assert not play.ends
        play = play.said("x", ["listen", "ask", "sum"][:1])
    assert play.ends == "dropped"


def test_a_variable_moves_within_its_bounds_and_opens_cases() -> None:
    data = scenario_data()
    data["variables"] = {"calm": {"start": 1, "least": 0, "most": 2}}
    data["states"]["start"]["ask"] = [
        {"when": {"at_least": {"calm": 2}}, "to": "open", "says": both("Well then.")},
        {"when": {"at_most": {"calm": 0}}, "ends": "thrown_out", "says": both("Out!")},
        {"to": "same", "changes": {"calm": 1}, "says": both("Hm.")},
    ]
    data["states"]["start"]["insult"] = [
        {"to": "same", "changes": {"calm": -5}, "says": both("What?")}
    ]
    talk = Scenario.model_validate(data)
    calmed = begun(talk).said("x", ["ask"]).said("y", ["ask"])
    assert (calmed.numbers, calmed.state) == ({"trust": 2, "calm": 2}, "open")
    angry = begun(talk).said("x", ["insult"])
    assert angry.numbers == {"trust": 2, "calm": 0}
    assert angry.said("y", ["ask"]).ends == "thrown_out"


def test_the_debrief_of_a_turn_of_two_moves_has_two_reasons(typed: Scenario) -> None:
    play = begun(typed).said("x", ["ask", "sum"]).said("y", ["close"])
    first = debrief(play).turns[0]
    assert [why.en for why in first.whys] == ["why ask", "why sum"]


def test_the_balance_of_a_talk_is_counted_in_letters(typed: Scenario) -> None:
    play = begun(typed).said("Why is it?", ["ask"]).said("It adds up.", ["sum"])
    found = balance(play, {"ask"}, "en")
    assert ([turn.number for turn in found.asked], found.told) == ([1], 1)
    mine = len("Whyisit") + len("Itaddsup")
    theirs = len("Toodear") + len("answertoaskinstartcase0") + len("answertosuminopencase0")
    assert found.mine == pytest.approx(mine / (mine + theirs))
    assert balance(begun(typed), {"ask"}, "en").mine == 0


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["ask", "listen", "sum", "close", "promise", "odd"]), max_size=3)
    )
)
def test_any_typed_talk_keeps_its_sums(said: list[list[str]]) -> None:
    play: Play = begun(Scenario.model_validate(scenario_data()))
    for moves in said:
        if play.ends:
            break
        play = play.said("words", moves)
        assert play.making == ()
    assert play.score == sum(turn.points for turn in play.turns)
    assert len(play.turns) <= play.scenario.max_turns
    if play.ends:
        found = debrief(play)
        assert len(found.turns) == len(play.turns)
