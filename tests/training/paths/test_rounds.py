"""Paths that come again: when a round begins, and what no longer counts."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.paths.path import Beside, progress
from salestrain.training.paths.rounds import counts_since, months_later, round_begun
from tests.training.first_week import NOON, PATH, deed

YEARLY = PATH.model_copy(update={"repeats_every_months": 12})
MINUTES = 24 * 60


@pytest.mark.parametrize(
    ("first", "every", "today", "begun"),
    [
        ("2026-04-01", 12, "2027-03-31", None),
        ("2026-04-01", 12, "2027-04-01", "2027-04-01"),
        ("2026-04-01", 12, "2028-12-24", "2028-04-01"),
        ("2026-04-01", 6, "2027-03-31", "2026-10-01"),
        ("2024-02-29", 12, "2026-03-01", "2026-02-28"),
        ("2026-08-31", 6, "2027-02-28", "2027-02-28"),
    ],
)
def test_a_round_begins_a_whole_number_of_rounds_after_the_first_day(
    first: str, every: int, today: str, begun: str | None
) -> None:
    found = round_begun(date.fromisoformat(first), every, date.fromisoformat(today))
    assert (found and found.isoformat()) == begun


DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(DAYS, st.integers(1, 60), DAYS)
def test_a_round_that_has_begun_isnt_over(first: date, every: int, today: date) -> None:
    begun = round_begun(first, every, today)
    if begun is None:
        assert today < months_later(first, every)
    else:
        assert begun <= today <= months_later(begun, every + 1)


def test_what_is_older_than_a_round_or_its_rules_is_asked_again() -> None:
    since = counts_since(YEARLY, NOON, {"quiz": date(2026, 6, 1)})
    assert since["read"] == datetime(2025, 10, 9, tzinfo=NOON.tzinfo)
    assert since["quiz"] == datetime(2026, 6, 1, tzinfo=NOON.tzinfo)
    deeds = [
        deed("playbook", "2.2", "read", -300 * MINUTES),
        deed("quiz", "2.2", "finished", -200 * MINUTES, earned=9, of=10),
        deed("onboarding", PATH.id, "noted", -400 * MINUTES, step="note", text="…"),
    ]
    found = progress(YEARLY, deeds, NOON, beside=Beside(since=since))
    assert [one.state for one in found.steps[:3]] == ["done", "now", "open"]
    again = deed("quiz", "2.2", "finished", -90 * MINUTES, earned=9, of=10)
    found = progress(YEARLY, [*deeds, again], NOON, beside=Beside(since=since))
    assert found.steps[1].state == "done"


def test_of_a_path_that_comes_once_everything_counts() -> None:
    assert counts_since(PATH, NOON, {"quiz": date(2026, 6, 1)}) == {}
