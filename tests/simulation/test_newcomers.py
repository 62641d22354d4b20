"""A simulated class: made by the real engine, kept in real records, and what is planted is "
"found."""

from __future__ import annotations

import filecmp
from datetime import UTC, timedelta
from functools import cache
from pathlib import Path

import pytest

from benchmarks.effects import NAMED, estimates, kept
from data.generator.newcomers import __main__ as generator
from data.generator.newcomers.lessons import Matter
from data.generator.newcomers.plan import FIRST, IDLE
from data.generator.newcomers.simulation import Simulated, matter_of, simulate
from salestrain.training.paths.path import Deed, progress
from salestrain.training.quizzes.responses import given
from salestrain.training.quizzes.sitting import sitting
from salestrain.training.steps import Step
from salestrain.training.talks.runs import ENDED, runs_of
from salestrain.workspace import shipped
from tests.sample import sample_playbook

pytestmark = pytest.mark.slow  # a class takes half a second, and its records as long

SEEDS = 6


@cache
def matter() -> Matter:
    return matter_of(sample_playbook())


@pytest.fixture(scope="module")
def made() -> Simulated:
    return simulate(3, matter())


@pytest.fixture(scope="module")
def deeds(made: Simulated, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Deed, ...]]:
    """What the class did, kept in records and read again."""
    return kept(made, tmp_path_factory.mktemp("class") / "records.db")


def test_a_seed_makes_the_same_class_and_another_seed_another(made: Simulated) -> None:
    assert simulate(3, matter()) == made
    assert simulate(4, matter()).done != made.done


def test_nearly_everybody_has_finished_the_first_path_and_the_idle_one_has_not(
    made: Simulated, deeds: dict[str, tuple[Deed, ...]]
) -> None:
    end = made.done[-1].steps[-1].at.astimezone(UTC)
    found = {
        one.id: progress(matter().path, deeds[one.id], end, FIRST).now for one in made.plan.hires
    }
    open_ = {id_ for id_, now in found.items() if now}
    assert made.plan.hires[IDLE].id in open_
    assert len(open_) <= 4


def test_what_the_apps_would_read_is_what_the_engine_marked(
    made: Simulated, deeds: dict[str, tuple[Deed, ...]]
) -> None:
    one, items = made.plan.hires[0], sample_playbook().items
    end = made.done[-1].steps[-1].at + timedelta(days=1)
    answers = given(deeds[one.id], end)
    assert len(answers) > 60
    own = [step for app, thread, step in deeds[one.id] if (app, thread) == ("quiz", "4.2")]
    asked = {item.id: item for item in matter().sets["4.2"]}
    run = sitting(own, asked, lambda: Step("began", {"items": [], "seed": 0}, end))
    assert (run.number, run.current) == (3, None)
    assert run.earned == pytest.approx(own[-1].data["earned"])
    assert all(answer.item in items for answer in answers)


def test_talks_play_out_again_as_they_were_scored(deeds: dict[str, tuple[Deed, ...]]) -> None:
    scenario = sample_playbook().scenarios["2.2.s.first_contact"]
    steps = [
        step for app, thread, step in deeds["N01"] if (app, thread) == ("roleplay", scenario.id)
    ]
    ended = [step.data["score"] for step in steps if step.kind == ENDED]
    plays = [run.play(scenario) for run in runs_of(steps)]
    assert [play.score if play else None for play in plays] == ended
    assert len(ended) == 2


def test_a_review_finds_what_is_planted_and_nothing_where_nothing_is(tmp_path: Path) -> None:
    found = [one for seed in range(SEEDS) for one in estimates(seed, tmp_path)]
    words = {
        what: [one.word for one in found if one.what == what] for what in {o.what for o in found}
    }
    assert words["4.2 confirmed, 2 waves by lot"].count("helped") >= SEEDS - 1
    assert words["6.2 confirmed, 2 waves by lot"].count("cant_tell") >= SEEDS - 1
    assert words["2.1 confirmed, matched"].count("higher") <= 1
    assert words["2.1 confirmed, before/after"].count("higher") >= 2  # what peers protect from
    assert all(one.estimate.value == 1 for one in found if one.what == NAMED)
    told = [one for one in found if one.lot]
    assert sum(one.estimate.covers(one.truth) for one in told) / len(told) >= 0.85


def test_what_ships_is_what_the_generator_makes(tmp_path: Path) -> None:
    generator.main(tmp_path)
    names = sorted(file.name for file in (shipped() / "data" / "newcomers").iterdir())
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    same = filecmp.cmpfiles(tmp_path, shipped() / "data" / "newcomers", names, shallow=False)
    assert same == (names, [], [])
