"""An iCalendar file as RFC 5545 wants it: escaped, folded, with ids that stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.views.icalendar import Event, calendar, escaped, folded

STAMP = datetime(2026, 11, 27, 9, 30, tzinfo=timezone(timedelta(hours=8)))
VISIT = Event("p-1@salestrain", date(2026, 12, 31), "跟访，第 3 次", "带本子; a, b")


def test_an_event_lasts_its_day_and_says_when_it_was_written() -> None:
    assert calendar("林晓雨", [VISIT], STAMP).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//salestrain//calendar//EN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:林晓雨",
        "BEGIN:VEVENT",
        "UID:p-1@salestrain",
        "DTSTAMP:20261127T013000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:跟访，第 3 次",
        "DESCRIPTION:带本子\\; a\\, b",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:PT8H",
        "DESCRIPTION:跟访，第 3 次",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_an_event_may_come_without_text_and_without_a_reminder() -> None:
    text = calendar("x", [Event("u", date(2026, 1, 1), "t", remind=False)], datetime.now(UTC))
    assert "DESCRIPTION" not in text
    assert "VALARM" not in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\\b", "a\\\\b"),
        ("one\r\ntwo\rthree", "one\\ntwo\\nthree"),
        ("x\nEND:VEVENT", "x\\nEND:VEVENT"),
        ("bell\x07", "bell"),
    ],
)
def test_no_text_can_break_out_of_its_line(text: str, written: str) -> None:
    assert escaped(text) == written


def test_a_long_line_is_folded_between_characters() -> None:
    assert list(folded("SUMMARY:" + "步" * 40)) == ["SUMMARY:" + "步" * 22, " " + "步" * 18]


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=300))
def test_folding_loses_nothing_and_no_line_is_too_long(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    pieces = list(folded(line))
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == line
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
