"""Days for a calendar: of somebody on a path, of their mentor, and of nobody else."""

from __future__ import annotations

import re

import pytest

from salestrain.apps.mentor import Mentor
from salestrain.apps.mentor.dates import mentors_calendar, persons_calendar
from tests.apps.learners import LIN, OTHER, TANG, Open, act
from tests.apps.test_mentor import opened  # noqa: F401 (a fixture)


def events(text: str) -> dict[str, str]:
    """Return title → first day."""
    plain = text.replace("\r\n ", "").split("\r\n")
    days = [line.partition(":")[2] for line in plain if line.startswith("DTSTART")]
    titles = [line.partition(":")[2] for line in plain if line.startswith("SUMMARY")]
    return dict(zip(titles, days, strict=True))


@pytest.fixture
def talked(opened: Open) -> Open:  # noqa: F811
    sent = {"person": "lin", "text": "only for us", "what_1": "ring Lu", "by_1": "2026-10-16"}
    act(Mentor(opened(TANG), "lin"), "talk", **sent)
    return opened


def test_a_learner_has_steps_milestones_and_what_was_agreed(talked: Open) -> None:
    text = persons_calendar(talked(LIN))
    assert events(text) == {
        "Path: title of read": "20261016",
        "Path: title of do": "20261020",
        "Path: title of visit": "20261119",
        "Path: title of talk": "20261209",
        "Milestone: thirty": "20261109",
        "Milestone: sixty": "20261209",
        "Agreed: ring Lu": "20261016",
    }
    assert "only for us" not in text


def test_a_mentor_has_talks_signatures_and_what_was_agreed(talked: Open) -> None:
    text = mentors_calendar(talked(TANG))
    found = events(text)
    assert found["Talk with Lin Xiaoyu"] == "20261016"
    assert found["Lin Xiaoyu: Agreed: ring Lu"] == "20261016"
    assert found["Waits for your signature: Lin Xiaoyu · title of shadow"] == "20261009"
    assert "only for us" not in text


def test_who_mentors_nobody_has_an_empty_calendar(talked: Open) -> None:
    assert "VEVENT" not in mentors_calendar(talked(OTHER))


def test_ids_stay_and_no_two_are_the_same(talked: Open) -> None:
    first, again = (re.findall("UID:.*", mentors_calendar(talked(TANG))) for _ in range(2))
    assert first == again
    assert len(set(first)) == len(first)
