from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salestrain.playbook.scenarios import Scenario
from salestrain.training.talk_statistics.held import Held, held, unread
from tests.training.talk_statistics.playing import BAD, BEGIN, FAIR, GOOD, deeds, talks


def of(scenario: Scenario) -> dict[str, Scenario]:
    return {scenario.id: scenario}


def test_runs_that_ended_count_practised_or_tested(scenario: Scenario) -> None:
    each = {
        "ann": (*deeds(scenario, FAIR), *deeds(scenario, GOOD, mode="test", after_days=1)),
        "bo": deeds(scenario, BAD),
    }
    found = held(each, of(scenario))
    told = [(one.person, one.time, one.tested, one.play.score) for one in found.talks]
    assert told == [("ann", 1, False, 80), ("ann", 2, True, 100), ("bo", 1, False, 0)]
    assert found.people == {"ann", "bo"}
    assert (found.open, found.explored, found.gone) == (0, 0, 0)


def test_exploring_what_never_ended_and_what_no_longer_goes_is_counted_apart(
    scenario: Scenario,
) -> None:
    each = {
        "ann": (*deeds(scenario, GOOD, mode="explore"), *deeds(scenario, GOOD)),
        "bo": deeds(scenario, "ask"),
        "cy": deeds(scenario, "close ask"),
    }
    found = held(each, of(scenario))
    assert [(one.person, one.time) for one in found.talks] == [("ann", 1)]
    assert (found.open, found.explored, found.gone) == (1, 1, 1)


def test_a_run_whose_time_was_up_has_ended(scenario: Scenario) -> None:
    (app, thread, step), *rest = deeds(scenario, "ask", mode="test")
    ended = [*rest[:-1], (app, thread, rest[-1][2]._replace(data={"timed_out": True}))]
    found = held({"ann": [(app, thread, step), *ended]}, of(scenario))
    assert [one.play.ends for one in found.talks] == ["dropped"]


def test_only_what_began_before_the_end_counts(scenario: Scenario) -> None:
    each = {"ann": deeds(scenario, FAIR, GOOD)}
    found = held(each, of(scenario), BEGIN + timedelta(hours=1))
    assert [one.play.score for one in found.talks] == [80]


def test_other_apps_and_scenarios_that_are_gone_are_left_out(scenario: Scenario) -> None:
    steps = deeds(scenario, GOOD)
    other = tuple(("quiz", thread, step) for _, thread, step in steps)
    assert held({"ann": other}, of(scenario)) == Held()
    assert held({"ann": steps}, {}) == Held()


@pytest.mark.parametrize(("moves", "verdict"), [(GOOD, "pass"), (FAIR, "partial"), (BAD, "fail")])
def test_a_talk_has_the_verdict_of_its_ending(scenario: Scenario, moves: str, verdict: str) -> None:
    assert [one.verdict for one in talks(scenario, ann=(moves,))] == [verdict]


def test_with_a_critical_mistake_the_best_ending_is_a_fail(scenario: Scenario) -> None:
    (one,) = talks(scenario, ann=(GOOD,))
    made = one.play.turns[0].made[0]._replace(critical="beyond")
    turns = (one.play.turns[0]._replace(made=(made,)), *one.play.turns[1:])
    assert one.verdict == "pass"
    assert replace(one, play=replace(one.play, turns=turns)).verdict == "fail"


def test_sentences_typed_and_not_understood_are_counted(scenario: Scenario) -> None:
    found = talks(scenario, ann=("? +ask +close sum ? close",))
    assert unread(found) == (4, 2)  # close isn't offered there, but it was understood
    assert unread(()) == (0, 0)
