from __future__ import annotations

import pytest

from salestrain.playbook.scenarios import Scenario
from salestrain.training.statistics.intervals import of_share
from salestrain.training.talk_statistics.decisions import first_decisions
from salestrain.training.talk_statistics.held import Talk
from salestrain.training.talk_statistics.mistakes import Mistake, habits, mistake_gap, mistakes
from salestrain.training.talk_statistics.results import results
from tests.training.conftest import KINDS
from tests.training.talk_statistics.playing import BAD, FAIR, GOOD, talks

BEYOND = "promise insult"
"""A critical mistake, and then the talk is lost: trust 2 - 2."""


@pytest.fixture(scope="session")
def scenario(scenario: Scenario) -> Scenario:
    """Return it with an insult that counts in every state."""
    states = {
        name: {**moves, "insult": scenario.states["start"]["insult"]}
        for name, moves in scenario.states.items()
    }
    return scenario.model_copy(update={"states": states})


def test_a_scenarios_result_is_the_one_worked_out_by_hand(scenario: Scenario) -> None:
    (one,) = results(talks(scenario, ann=(BAD, FAIR, GOOD), bo=(GOOD, GOOD), cy=(BEYOND,)))
    assert (one.people, one.runs, one.tests) == (3, 6, 0)
    assert (one.first, one.passed) == (1, 2)  # bo at the first go; ann by now
    assert one.interval == of_share(1 / 3, 3)
    assert one.score == 90  # of 0, 80, 100, 100, 100, 0
    assert one.verdicts == (3, 1, 2)
    assert one.failures == (("thrown_out", 2),)
    assert one.few


def test_who_tries_often_does_not_weigh_more(scenario: Scenario) -> None:
    every = talks(scenario, ann=(BAD,) * 9, bo=(GOOD,))
    assert [(one.first, one.people) for one in results(every)] == [(1, 2)]


def test_the_hardest_comes_first_and_what_few_played_last(scenario: Scenario) -> None:
    def played(id_: str, good: int, bad: int) -> tuple[Talk, ...]:
        own = scenario.model_copy(update={"id": id_})
        runs = {f"p{n}": ((GOOD if n < good else BAD),) for n in range(good + bad)}
        return talks(own, **runs)

    every = [*played("2.2.s.few", 0, 4), *played("2.2.s.easy", 4, 1), *played("2.2.s.hard", 1, 4)]
    assert [one.scenario for one in results(every)] == ["2.2.s.hard", "2.2.s.easy", "2.2.s.few"]


def test_nobody_played_anything() -> None:
    assert results(()) == ()
    assert mistakes(()) == ()


def test_critical_mistakes_are_counted_by_person_and_by_run(scenario: Scenario) -> None:
    every = talks(scenario, ann=(BEYOND, BEYOND), bo=(GOOD,), cy=(BEYOND,))
    (one,) = mistakes(every)
    assert one == Mistake("2.2.s.small", "beyond", "2.2.discount", 3, 2, 3)


def test_a_class_that_makes_a_mistake_more_often_is_found(scenario: Scenario) -> None:
    runs = {f"a{n}": (BEYOND,) for n in range(5)} | {f"b{n}": (GOOD,) for n in range(20)}
    every = talks(scenario, **runs)
    gap = mistake_gap(every, mistakes(every)[0], {f"a{n}" for n in range(5)})
    assert (gap.hits, gap.n, gap.others_hits, gap.others) == (5, 5, 0, 20)
    assert gap.sure
    assert not mistake_gap(every, mistakes(every)[0], {"a0", "b0"}).sure


def test_kinds_of_moves_that_fail_are_told_with_how_often_they_were_made(
    scenario: Scenario,
) -> None:
    found = first_decisions(talks(scenario, ann=("discount discount",), bo=(FAIR,), cy=(BAD,)))
    kinds = {(scenario.id, move): kind for move, kind in KINDS.items()}
    told = [(one.kind, one.made, one.wrong, one.people) for one in habits(found, kinds)]
    assert told == [
        ("blame", 1, 1, 1),
        ("concession", 1, 1, 1),
        ("next_step", 1, 0, 0),
        ("open_question", 1, 0, 0),
        ("value", 1, 0, 0),
    ]
