from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from salestrain.errors import UsageError
from salestrain.playbook.load import load_playbook
from salestrain.records import Person, open_records
from salestrain.training.steps import Step
from salestrain.views.meeting_pack import MeetingPack
from tests.views.test_kpi_review import Words

pytestmark = pytest.mark.slow

PARTS = ("head", "agenda", "actions", "figures", "deals", "newcomers", "agreed", "notes")
WEEKLY = "1.3.weekly_pipeline"
NOON = datetime(2026, 9, 28, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the records are; nothing was done yet."""
    place = tmp_path / "records.db"
    monkeypatch.setenv("SALESTRAIN_RECORDS", str(place))
    return place


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """The playbook, which takes longest, is read once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("salestrain.views.group.load_playbook", cache(load_playbook))
        yield


def pack(meeting: str = WEEKLY, entity: str = "E2", language: str = "en") -> MeetingPack:
    level = "team" if entity else "company"
    return MeetingPack.open("", "2026-Q3", level, entity, language).about(meeting)


def said(found: MeetingPack, *parts: str) -> str:
    return " ".join(Words("\n".join(getattr(found, part)().html for part in parts)).text)


def headline(found: MeetingPack) -> str:
    facts = found.head().facts
    assert facts
    return facts["headline"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("meeting", "entity"),
    [(WEEKLY, "E2"), ("1.3.monthly_review", ""), ("1.3.quarterly", ""), ("1.3.practice", "N2")],
)
def test_every_meetings_pack_is_whole(meeting: str, entity: str, language: str) -> None:
    text = said(pack(meeting, entity, language), *PARTS)
    assert not re.search(r"\bnan\b|None|[{}]|\binf\b", text)
    assert ("没有这个会谈定的事" if language == "zh" else "hold no actions of this") in text


def test_mondays_agenda_runs_by_the_clock_and_its_deals_are_stalled_or_past_their_step() -> None:
    found = pack()
    assert headline(found) == "23 deals to settle, one newcomer"
    assert "09:05–09:30 25 Red and stalled deals, each settled on the spot" in said(found, "agenda")
    assert "09:40–09:45" in said(found, "agenda")
    rule = found.study.playbook.rules["2.2.stalled"].when
    stalled = found.study.crm.connection.execute(
        f"""SELECT count(*) FROM (SELECT *, DATE '2026-09-30' AS period_end FROM opportunities) o
        JOIN people p ON p.person_id = o.owner_id WHERE p.team_id = 'E2' AND {rule}"""
    ).fetchone()
    counted = sum("stalled" in one.reasons for one in found.study.deals)
    assert stalled == (counted,)
    assert 0 < counted < len(found.study.deals)


def test_an_unknown_meeting_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"there is no meeting '1\.3\.weekly'; did you mean"):
        pack("1.3.weekly")


def test_what_was_agreed_and_signed_is_in_the_teams_own_pack_only(records: Path) -> None:
    kept, ids = open_records(records), count()
    kept.people.add(Person("M2", "周建国", "Zhou Jianguo", role="manager", team="E2"))
    kept.people.add(Person("R08", "周敏", "Zhou Min", team="E2"))

    def save(by_: str, app: str, thread: str, kind: str, **data: object) -> None:
        kept.steps.append(by_, app, thread, str(next(ids)), Step(kind, data, NOON))

    save("M2", "meeting", WEEKLY, "agreed", what="Call Heting", who="R08", by="2026-09-29")
    save("M2", "meeting", WEEKLY, "agreed", what="Close Songbang", who="R08", by="2026-09-29")
    save("M2", "meeting", WEEKLY, "settled", action=1, done=True)
    save("M2", "trainer", "mentors", "paired", person="R15", mentor="R08")
    path = "4.1.p.first_week"
    save("R08", "onboarding", path, "signed", person="R15", step="note_deal", ok=True, text="")
    save("R08", "onboarding", path, "signed", person="R08", step="exam", ok=True, text="")
    kept.close()
    found = pack()
    assert headline(found) == "23 deals to settle, one action still open, one newcomer"
    actions = said(found, "actions")
    assert "Call Heting Zhou Min 29 Sept 2026 past its day" in actions
    assert "Of 2 actions that fell due 1 are done" in actions
    assert "Songbang" not in actions
    new = said(found, "newcomers")
    assert "Lin Xiaoyu mentor Zhou Min 7 Day 30: Can explain" in new
    assert "Take one of your mentor's deals and judge its stage" in new
    assert "R08" not in found.study.signed  # nobody signs for themselves
    assert pack(entity="N1").study.actions == ()
    assert pack("1.3.monthly_review", "").study.actions == ()
