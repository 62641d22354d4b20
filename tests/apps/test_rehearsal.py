"""The demo's new reps: what they did is what the real apps saved, and lies in the past."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from salestrain.apps.mentor.scope import Scope
from salestrain.apps.onboarding.standing import Standings
from salestrain.apps.rehearsal import read_script, rehearse
from salestrain.apps.visit import Visit
from salestrain.errors import ContentError
from salestrain.language import Language
from salestrain.playbook.paths import Measured
from salestrain.records import Person, Records, open_records
from salestrain.workspace import Workspace, create_workspace, shipped

pytestmark = pytest.mark.slow  # each reads a whole playbook or workspace

MONDAY = datetime(2026, 11, 30, 8, tzinfo=timezone(timedelta(hours=8)))
SCRIPT = read_script(Workspace(shipped(), Path("unused"), Path("unused")))
PARTS = SCRIPT.learners if SCRIPT else ()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The shipped workspace, with a folder of its own for what is made."""
    made = tmp_path_factory.mktemp("made")
    return Workspace(shipped(), made / "state", made / "reports")


def records(folder: Path, language: Language = "zh") -> Records:
    found = open_records(folder / "records.db")
    for part in PARTS:
        found.people.add(Person(part.person, part.person, language=language))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_has_taken_as_many_steps_as_the_script_says(
    tmp_path: Path, language: Language, here: Workspace
) -> None:
    kept = records(tmp_path, language)
    people = rehearse(here, kept, MONDAY)
    assert [one.id for one in people] == [part.person for part in PARTS]
    assert len(people) > 1
    for one, part in zip(people, PARTS, strict=True):
        visit = Visit(here, kept, one, one.language, clock=lambda: MONDAY)
        every = Standings(visit).all_of(one, kept.steps.of_person(one.id))
        own = [s for found in every for s in found.steps if not isinstance(s.step, Measured)]
        assert sum(each.settled for each in own) == part.steps
        found = every[0]
        late = part.pace > 1
        assert (found.days_ahead < 0) is late


def test_they_practised_in_order_on_past_working_days(tmp_path: Path, here: Workspace) -> None:
    kept = records(tmp_path)
    for one in rehearse(here, kept, MONDAY):
        times = [step.at.astimezone(MONDAY.tzinfo) for _, _, step in kept.steps.of_person(one.id)]
        assert times == sorted(times)
        assert times[-1].date() < MONDAY.date()
        assert all(time.weekday() < 5 for time in times)


def test_it_goes_the_same_each_time_and_never_twice(tmp_path: Path, here: Workspace) -> None:
    kept = records(tmp_path)
    people = [one.id for one in rehearse(here, kept, MONDAY)]
    before = kept.steps.of_people(people)
    assert rehearse(here, kept, MONDAY) == ()
    assert kept.steps.of_people(people) == before
    (tmp_path / "other").mkdir()
    other = records(tmp_path / "other")
    rehearse(here, other, MONDAY)
    assert other.steps.of_people(people) == before


def test_where_anybody_has_done_anything_nobody_rehearses(tmp_path: Path, here: Workspace) -> None:
    kept = open_records(tmp_path / "records.db")
    assert rehearse(here, kept, MONDAY) == ()  # people whom nobody knows are left out
    kept.people.add(Person("R15", "林晓雨"))
    assert [one.id for one in rehearse(here, kept, MONDAY)] == ["R15"]
    kept.people.add(Person("R40", "叶知遥"))
    assert rehearse(here, kept, MONDAY) == ()


def test_a_companys_own_workspace_has_no_script(tmp_path: Path) -> None:
    own = create_workspace(tmp_path / "ours")
    assert rehearse(own, records(tmp_path), MONDAY) == ()


def test_a_fault_in_the_script_is_told_with_its_line(tmp_path: Path) -> None:
    own = create_workspace(tmp_path / "ours")
    (own.data / "rehearsal.yaml").write_text("learners:\n  - {person: R15, begin: 3}\nnotes: {}\n")
    with pytest.raises(ContentError, match=r"data/rehearsal\.yaml:2: unknown key 'begin'"):
        rehearse(own, records(tmp_path), MONDAY)


def test_who_leads_them_has_settled_who_mentors_whom(tmp_path: Path, here: Workspace) -> None:
    kept = records(tmp_path)
    for one in (
        Person("R36", "宋雨桐", team="N2"),
        Person("M6", "姜海燕", role="manager", team="N2"),
    ):
        kept.people.add(one)
    kept.people.update(Person("R40", "叶知遥", team="N2"))
    rehearse(here, kept, MONDAY)
    visit = Visit(here, kept, kept.people.get("R36"), "zh", clock=lambda: MONDAY)
    assert [(one.person.id, one.step) for one in Scope(visit).queue] == [("R40", "shadow_first")]
