"""Days as an iCalendar file, which calendars on phones and computers import.

Source: RFC 5545 (Desruisseaux, 2009): content lines 3.1, TEXT 3.3.11, VEVENT 3.6.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_LINE_BYTES = 75
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
DAY, MOMENT = "%Y%m%d", "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day, all day long.

    Attributes:
        uid: The same each time it is written, so that importing again changes it and adds none.
        remind: Whether a calendar should remind of it in the morning.
    """

    uid: str
    day: date
    title: str
    text: str = ""
    remind: bool = True


def calendar(name: str, events: Iterable[Event], stamp: datetime) -> str:
    """Return a calendar as text, its lines ended by CR and LF.

    Args:
        name: As a calendar shows it.
        events: What it holds.
        stamp: When this was written, aware.
    """
    written = stamp.astimezone(UTC).strftime(MOMENT)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//salestrain//calendar//EN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        lines += _event(event, written)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def _event(event: Event, written: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{written}"
    yield f"DTSTART;VALUE=DATE:{event.day.strftime(DAY)}"
    yield f"DTEND;VALUE=DATE:{(event.day + timedelta(days=1)).strftime(DAY)}"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{escaped(event.text)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy all day with it
    if event.remind:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT8H")
        yield f"DESCRIPTION:{escaped(event.title)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    r"""Return a text as a value holds it.

    >>> escaped("a, b; c\nd")
    'a\\, b\\; c\\nd'
    """
    seen = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(ESCAPED.get(sign, sign) for sign in seen)


def folded(line: str) -> Iterator[str]:
    """Yield a content line in pieces of at most 75 bytes; no character is torn, a blank goes on."""
    piece, size = "", 0
    for sign in line:
        bytes_ = len(sign.encode())
        if size + bytes_ > LONGEST_LINE_BYTES:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + bytes_
    yield piece
