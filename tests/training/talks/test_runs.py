"""Runs folded from steps: what was said and read, modes, the clock, and the score it replays to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.scenarios import Scenario
from salestrain.training.steps import Step
from salestrain.training.talks.play import begun
from salestrain.training.talks.runs import (
    BEGAN,
    ENDED,
    MOVED,
    Mode,
    chosen,
    out_of_time,
    result,
    runs_of,
    scored,
    typed,
)
from salestrain.training.understanding.reading import Part

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def steps(*each: tuple[str, dict[str, Any]]) -> list[Step]:
    return [Step(kind, data, NOON + timedelta(seconds=n)) for n, (kind, data) in enumerate(each)]


def began(mode: str = "practise", way: str = "mixed") -> tuple[str, dict[str, Any]]:
    return BEGAN, {"seed": "s", "mode": mode, "way": way}


def test_a_run_keeps_what_was_chosen_and_what_was_typed(scenario: Scenario) -> None:
    parts = [Part("what for", "ask", 0.91234), Part("hm", "none", 0.5)]
    (run,) = runs_of(
        steps(
            began(),
            (MOVED, typed("what for? hm", ["ask"], parts, "use-3")),
            (MOVED, chosen("sum", "it adds up")),
        )
    )
    first, second = run.turns
    assert (first.said.says, first.said.moves, first.said.chosen) == (
        "what for? hm",
        ("ask",),
        False,
    )
    assert first.parts == (Part("what for", "ask", 0.912), Part("hm", "none", 0.5))
    assert (first.by, second.by, second.said.moves) == ("use-3", "", ("sum",))
    play = run.play(scenario)
    assert play
    assert [one.move for one in play.made] == ["ask", "sum"]


def test_runs_are_numbered_and_older_ones_are_practice_by_choice(scenario: Scenario) -> None:
    first, second = runs_of(
        steps((BEGAN, {"seed": 1}), (MOVED, chosen("insult", "x")), began("test", "text"))
    )
    assert (first.number, first.mode, first.way) == (1, "practise", "choice")
    assert (second.number, second.mode, second.way, second.turns) == (2, "test", "text", ())
    assert first.play(scenario)


def test_what_comes_before_the_first_run_is_none() -> None:
    assert runs_of(steps((MOVED, chosen("ask", "x")), (ENDED, {}))) == ()


def test_a_scenario_that_no_longer_allows_it_has_no_talk(scenario: Scenario) -> None:
    (run,) = runs_of(steps(began(), (MOVED, chosen("close", "x"))))
    assert run.play(scenario) is None


def test_only_a_test_has_a_clock(scenario: Scenario) -> None:
    (test,) = runs_of(steps(began("test")))
    assert test.seconds_left(scenario, NOON + timedelta(seconds=60)) == 120  # of 3 minutes
    assert test.seconds_left(scenario, NOON + timedelta(minutes=4)) == -60
    (practice,) = runs_of(steps(began()))
    assert practice.seconds_left(scenario, NOON) is None


def test_a_talk_out_of_time_ends_as_one_out_of_turns(scenario: Scenario) -> None:
    ended = result(out_of_time(begun(scenario)), "test", timed_out=True)
    assert ended == {
        "ending": "dropped", "score": 0, "passed": False, "mode": "test", "timed_out": True,
    }  # fmt: skip
    (run,) = runs_of(steps(began("test"), (ENDED, ended)))
    play = run.play(scenario)
    assert play
    assert (play.ends, play.turns) == ("dropped", ())
    over = begun(scenario).said("x", ["insult"])
    assert out_of_time(over) == over


@pytest.mark.parametrize(("mode", "passed"), [("explore", False), ("practise", True)])
def test_exploring_is_never_a_pass(scenario: Scenario, mode: Mode, passed: bool) -> None:
    play = begun(scenario)
    for move in ("listen", "listen", "ask", "sum", "close"):
        play = play.after(move, move)
    assert result(play, mode) == {
        "ending": "signed", "score": 100, "passed": passed, "mode": mode,
    }  # fmt: skip


def test_every_move_is_kept_with_its_points_and_its_rule(scenario: Scenario) -> None:
    play = begun(scenario).said("x", ["ask", "discount"])
    assert scored(play.turns[-1]) == {
        "made": [["ask", 30, "", ""], ["discount", 0, "2.2.trade", ""]], "points": 30,
    }  # fmt: skip


MOVES = st.lists(
    st.sampled_from(["ask", "listen", "sum", "discount", "promise", "insult", "close", "nothing"]),
    max_size=4,
)


@settings(deadline=None)
@given(st.lists(MOVES, max_size=9))
def test_a_typed_talk_replays_from_its_log_to_the_same_score(
    scenario: Scenario, said: list[list[str]]
) -> None:
    play, log = begun(scenario), [began()]
    for number, moves in enumerate(said):
        if play.ends:
            break
        play = play.said(f"words {number}", moves)
        kept = typed(f"words {number}", moves, [], "use-3") | scored(play.turns[-1])
        log.append((MOVED, kept))
    (run,) = runs_of(steps(*log))
    assert run.play(scenario) == play
    assert sum(data.get("points", 0) for _, data in log) == play.score
