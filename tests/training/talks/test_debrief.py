"""What a debrief says of a talk, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.scenarios import Scenario
from salestrain.training.talks.debrief import Debrief, debrief
from salestrain.training.talks.play import replayed
from salestrain.training.talks.turns import Said


def told(scenario: Scenario, moves: str) -> Debrief:
    play = replayed(scenario, [Said(f"I {move}", (move,)) for move in moves.split()])
    assert play
    return debrief(play)


@pytest.mark.parametrize(
    ("moves", "headline"),
    [
        ("listen listen ask sum close", "Agreed, with every part of it done"),
        ("listen listen discount ask sum close", "Agreed; “holding” could go further"),
        ("ask sum close", "“holding” went best, “finding” has furthest to go"),
        ("insult", "No agreement yet; start with “finding”"),
        ("listen listen promise sum", "promised beyond: with that it isn’t passed"),
    ],
)
def test_the_headline_says_how_it_went(scenario: Scenario, moves: str, headline: str) -> None:
    assert told(scenario, moves).headline.en == headline


def test_every_turn_has_its_reason_and_its_rule(scenario: Scenario) -> None:
    turns = told(scenario, "listen listen listen promise discount").turns
    assert [(turn.made[0].move, whys[0].en, turn.made[0].rule) for turn, whys in turns] == [
        ("listen", "No harm done, and no progress.", ""),
        ("listen", "why listen", ""),
        ("listen", "Said before, and it wears thin.", ""),
        ("promise", "promised beyond", "2.2.discount"),
        ("discount", "It works against “holding”.", "2.2.trade"),
    ]


def test_the_sentence_that_lost_the_talk_is_told_so(scenario: Scenario) -> None:
    last = [told(scenario, moves).turns[-1].whys[0].en for moves in ("insult", "ask sum close")]
    assert last == ["With that the talk was lost.", "why close"]


@pytest.mark.parametrize(
    ("moves", "best", "turning"),
    [
        ("listen listen ask sum close", 2, 0),
        ("ask discount", 1, 2),  # nothing lost, but it ended there
        ("listen listen discount ask sum close", 2, 3),  # things cooled
        ("listen promise discount", 0, 2),  # the critical one, not the last
        ("insult", 0, 1),
        (
            "listen listen discount insult",
            2,
            3,
        ),  # the rule broken, though no point was left to lose
    ],
)
def test_the_best_turn_and_the_turning_point(
    scenario: Scenario, moves: str, best: int, turning: int
) -> None:
    found = told(scenario, moves)
    assert (found.best, found.turning) == (best, turning)


def test_at_the_turning_point_the_model_answer_knows_something_better(scenario: Scenario) -> None:
    early, late = told(scenario, "listen insult"), told(scenario, "ask discount")
    assert early.better
    assert early.better.en == "model ask"
    assert late.better
    assert late.better.en == "model sum"
    assert told(scenario, "listen listen ask sum close").better is None


def test_next_comes_what_the_model_answer_did_and_the_learner_did_not(scenario: Scenario) -> None:
    missing = told(scenario, "listen ask discount").next
    assert missing
    assert missing.en == "model sum"
    assert told(scenario, "listen listen ask sum close").next is None


@settings(deadline=None)
@given(st.data())
def test_any_talk_can_be_looked_back_on(scenario: Scenario, data: st.DataObject) -> None:
    play = replayed(scenario)
    assert play
    while choices := play.choices(0, "zh"):
        choice = data.draw(st.sampled_from(choices))
        play = play.after(choice.move, choice.says)
    found = debrief(play)
    assert len(found.turns) == len(play.turns)
    assert all(why.zh and why.en for _, whys in found.turns for why in whys)
    assert bool(found.better) <= bool(found.turning)
    assert found.turning or play.passed or (play.ending and play.ending.verdict != "fail")
