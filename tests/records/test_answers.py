from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from salestrain.records import Person, open_records
from salestrain.records.answers import Log, fingerprint_of, open_class, open_log
from salestrain.training.exams.exam import attempts
from salestrain.training.quizzes.responses import responses
from salestrain.training.steps import Step
from salestrain.training.talk_statistics.held import ROLEPLAY, held
from salestrain.workspace import Workspace, create_workspace, shipped
from tests.sample import sample_playbook

NOW = datetime(2026, 9, 1, tzinfo=UTC)
ITEM = "2.2.i.which_stage"


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the records would be; there are none yet."""
    place = tmp_path / "records.db"
    monkeypatch.setenv("SALESTRAIN_RECORDS", str(place))
    return place


def keep(place: Path, app: str, people: int) -> None:
    kept = open_records(place)
    for name in [f"p{number}" for number in range(people)]:
        kept.people.add(Person(name, "安", "Ann", team="E1"))
        data = {"item": ITEM, "answer": ["needs"], "earned": 1.0}
        kept.steps.append(name, app, "2.2", f"s{name}", Step("answered", data, NOW))
    kept.close()


def test_the_sample_company_comes_with_simulated_answers(records: Path) -> None:
    log = open_log(Workspace.at(shipped()))
    assert log.sample
    assert not records.exists()
    assert len(log.deeds) == 37
    found = responses(log.deeds, sample_playbook().items, NOW)
    assert found.count == pytest.approx(3300, abs=100)


def test_the_sample_people_sat_exams_as_the_app_would_have_kept_them(records: Path) -> None:
    log, playbook = open_log(Workspace.at(shipped())), sample_playbook()
    products = playbook.exams["4.3.e.products"]
    taken = {
        who: attempts(
            products, (step for _, thread, step in deeds if thread == products.id), playbook.items
        )
        for who, deeds in log.deeds.items()
    }
    tries = Counter(len(each) for each in taken.values())
    assert tries == {0: 9, 1: 24, 2: 4}
    twice = taken["R20"]
    assert [one.passed for one in twice] == [False, True]
    assert all(one.count == products.count for each in taken.values() for one in each)
    assert not any(one.is_open(NOW) or one.unanswered for each in taken.values() for one in each)
    assert {one.handed_in_at is None for each in taken.values() for one in each} == {False}
    assert not records.exists()


def test_the_sample_answers_are_answers_to_todays_items() -> None:
    text = (shipped() / "data" / "practice.tsv").read_text("utf-8").splitlines()
    names = {line.split("\t")[1] for line in text[1:]}
    gone = names - sample_playbook().items.keys() - sample_playbook().scenarios.keys()
    assert gone == set(), "run `python -m data.generator.practice` again"
    assert len("\n".join(text)) < 500_000


def test_the_sample_talks_are_what_todays_scenarios_make_of_them(records: Path) -> None:
    log, scenarios = open_log(Workspace.at(shipped()), ROLEPLAY), sample_playbook().scenarios
    assert log.sample
    found, again = held(log.deeds, scenarios), "run `python -m data.generator.practice` again"
    assert (len(found.talks), found.open, found.explored, found.gone) == (543, 0, 10, 0), again
    kept = [
        step.data for _, deeds in log.deeds.items() for app, _, step in deeds if app == ROLEPLAY
    ]
    told = Counter((one["ending"], one["score"], one["passed"]) for one in kept if "ending" in one)
    explored = Counter(one["mode"] for one in kept if "ending" in one)["explore"]
    worth = Counter((one.play.ends, one.play.score, one.play.passed) for one in found.talks)
    assert sum((worth - told).values()) == 0, again
    assert sum((told - worth).values()) == explored
    assert not records.exists()


def test_five_who_talked_take_the_place_of_simulated_talks_but_not_of_answers(
    records: Path,
) -> None:
    keep(records, "roleplay", 5)
    place = Workspace.at(shipped())
    assert [open_log(place, ROLEPLAY).sample, open_log(place).sample] == [False, True]


def test_a_class_of_real_people_takes_the_place_of_the_simulated_one(records: Path) -> None:
    keep(records, "quiz", 5)
    log = open_log(Workspace.at(shipped()))
    assert not log.sample
    assert list(log.deeds) == ["p0", "p1", "p2", "p3", "p4"]
    assert (log.names["p1"].en, log.teams["p1"]) == ("Ann", "E1")


@pytest.mark.parametrize(("app", "people"), [("quiz", 4), ("playbook", 5)])
def test_fewer_or_reading_alone_do_not(records: Path, app: str, people: int) -> None:
    keep(records, app, people)
    assert open_log(Workspace.at(shipped())).sample


def test_a_workspace_of_ones_own_never_shows_simulated_answers(
    records: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    for part in ("playbook", "data"):
        (own / part).mkdir(parents=True)
    sample = (shipped() / "data" / "practice.tsv").read_bytes()
    (own / "data" / "practice.tsv").write_bytes(sample)
    assert open_log(Workspace.at(own)) == Log()
    assert not records.exists()


def test_the_fingerprint_changes_with_every_answer(records: Path) -> None:
    place = Workspace.at(shipped())
    before = fingerprint_of(place)
    assert not records.exists()  # asking makes no records
    keep(records, "quiz", 1)
    first = fingerprint_of(place)
    kept = open_records(records)
    kept.steps.append("p0", "quiz", "2.2", "another", Step("went_on", {}, NOW))
    kept.close()
    assert len({before, first, fingerprint_of(place)}) == 3


def test_the_simulated_class_stands_in_until_five_have_walked_a_path(records: Path) -> None:
    place = Workspace.at(shipped())
    log = open_class(place)
    assert log.sample
    assert (log.names["N01"].en, log.teams["N01"]) == ("Song Xia", "E1")
    kinds = {step.kind for deeds in log.deeds.values() for _, _, step in deeds}
    assert {"drawn", "set", "paired", "signed", "reacted", "noted", "finished", "ended"} <= kinds
    keep(records, "onboarding", 5)
    assert not open_class(place).sample


def test_the_simulated_class_answers_and_talks_by_todays_items_and_scenarios(records: Path) -> None:
    again = "run `python -m data.generator.newcomers`"
    deeds = open_class(Workspace.at(shipped())).deeds
    answered = {
        step.data["item"] for own in deeds.values() for _, _, step in own if step.kind == "answered"
    }
    assert answered <= sample_playbook().items.keys(), again
    found = held(deeds, sample_playbook().scenarios)
    assert (found.open, found.gone) == (0, 0), again
    assert len(found.talks) > 80
    assert not records.exists()


def test_a_workspace_of_ones_own_never_shows_the_simulated_class(
    records: Path, tmp_path: Path
) -> None:
    own = create_workspace(tmp_path / "own")
    assert not (own.data / "newcomers").exists()
    assert open_class(own) == Log()
    assert not records.exists()
