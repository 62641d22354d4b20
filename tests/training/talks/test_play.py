"""What a talk leads to and is worth: the first case that holds, repeats, limits, the score."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.scenarios import Scenario
from salestrain.training.talks.play import NotOffered, Play, replayed
from salestrain.training.talks.turns import Said


def played(scenario: Scenario, moves: str) -> Play:
    play = replayed(scenario, [Said(f"I {move}", (move,)) for move in moves.split()])
    assert play
    return play


@pytest.mark.parametrize(
    ("moves", "ends", "score", "passed"),
    [
        ("listen listen ask sum close", "signed", 100, True),  # find 30+30 of 50, hold 30+20
        ("ask sum close", "maybe", 80, False),  # 30 + 50, but the ending isn't a pass
        ("listen listen promise", "", 30, False),
        ("listen listen discount ask sum close", "signed", 60, True),  # hold 30+20-40
        ("ask discount", "cheap", 30, False),  # hold -40 counts as 0
        ("insult", "thrown_out", 0, False),
        ("listen promise sum sum", "", 0, False),
    ],
)
def test_a_talk_ends_and_scores_as_worked_out_by_hand(
    scenario: Scenario, moves: str, ends: str, score: int, passed: bool
) -> None:
    play = played(scenario, moves)
    assert (play.ends, play.score, play.passed) == (ends, score, passed)


def test_the_first_case_that_holds_wins(scenario: Scenario) -> None:
    play = played(scenario, "listen listen")
    assert [turn.answer.en for turn in play.turns] == [
        "answer to listen in start, case 1",
        "answer to listen in start, case 0",  # trust has come to 3
    ]
    assert (play.knows, play.trust) == (("boss",), 3)


def test_the_same_case_again_is_a_repeat_and_costs_trust(scenario: Scenario) -> None:
    play = played(scenario, "listen listen listen")
    last = play.turns[-1]
    assert (last.made[0].repeated, last.answer.en, last.trust) == (True, "You said that.", (3, 2))
    assert (last.points, last.learns) == (0, ())


def test_a_case_newly_open_is_no_repeat(scenario: Scenario) -> None:
    assert not any(made.repeated for made in played(scenario, "listen listen").made)


def test_same_keeps_the_state_and_can_repeat(scenario: Scenario) -> None:
    play = played(scenario, "ask sum listen listen")
    assert (play.state, play.made[-1].repeated) == ("done", True)


def test_trust_stays_between_its_limits_and_the_floor_ends_the_talk(scenario: Scenario) -> None:
    assert played(scenario, "listen listen ask sum").trust == 4  # not 5
    fallen = played(scenario, "discount discount")
    assert (fallen.trust, fallen.ends) == (0, "thrown_out")


def test_the_last_turn_ends_the_talk_but_not_its_own_ending(scenario: Scenario) -> None:
    short = scenario.model_copy(update={"max_turns": 3})
    assert played(short, "listen listen ask").ends == "dropped"
    assert played(short, "ask sum close").ends == "maybe"


def test_a_critical_mistake_fails_the_best_of_talks(scenario: Scenario) -> None:
    earned = frozenset({"asked", "heard", "summed"})
    wrong = played(scenario, "promise")
    reached = replace(wrong, state="done", earned=earned).after("close", "x")
    assert (reached.ends, reached.score) == ("signed", 100)
    assert (reached.critical, reached.passed) == (("beyond",), False)


def test_a_score_under_the_pass_line_is_not_passed(scenario: Scenario) -> None:
    strict = scenario.model_copy(update={"pass_score": 61})
    assert not played(strict, "listen listen discount ask sum close").passed


def test_points_tell_what_each_turn_changed(scenario: Scenario) -> None:
    turns = played(scenario, "listen listen ask sum close").turns
    assert [turn.points for turn in turns] == [0, 30, 20, 30, 20]


def test_what_is_not_offered_is_refused(scenario: Scenario) -> None:
    play = played(scenario, "ask")
    with pytest.raises(NotOffered):
        play.after("close", "x")
    with pytest.raises(NotOffered):
        played(scenario, "insult").after("ask", "x")
    assert replayed(scenario, [Said("x", ("ask",)), Said("x", ("ask",))]) is None


def test_choices_tell_nothing_of_what_is_behind_them(scenario: Scenario) -> None:
    first = set()
    for seed in range(200):
        choices = played(scenario, "").choices(seed, "en")
        assert sorted(one.move for one in choices) == [
            "ask",
            "discount",
            "insult",
            "listen",
            "promise",
        ]
        assert not any(move in one.token for one in choices for move in scenario.states["start"])
        first.add(choices[0].move)
    assert len(first) == 5  # any of them can stand first


def test_every_way_of_saying_a_move_gets_drawn(scenario: Scenario) -> None:
    said = {
        one.says
        for seed in range(60)
        for one in played(scenario, "").choices(seed, "zh")
        if one.move == "ask"
    }
    assert said == {"ask one（中）", "ask two（中）", "ask three（中）"}


def test_what_was_said_is_not_offered_again(scenario: Scenario) -> None:
    play = played(scenario, "")
    for _ in range(3):
        choice = next(one for one in play.choices(1, "en") if one.move == "listen")
        assert choice.says not in {turn.says for turn in play.turns}
        play = play.after(choice.move, choice.says)


@settings(deadline=None)
@given(st.data())
def test_any_talk_ends_in_time_with_a_score_that_its_steps_replay(
    scenario: Scenario, data: st.DataObject
) -> None:
    seed = data.draw(st.integers(0, 2**31))
    play = played(scenario, "")
    while choices := play.choices(seed, "en"):
        choice = data.draw(st.sampled_from(choices))
        play = play.after(choice.move, choice.says)
        assert 0 <= play.score <= 100
        assert play.score == sum(turn.points for turn in play.turns)
    assert 1 <= len(play.turns) <= scenario.max_turns
    assert play.ending
    said = [Said(turn.says, tuple(one.move for one in turn.made)) for turn in play.turns]
    assert replayed(scenario, said) == play
