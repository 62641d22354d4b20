"""Every error raised on purpose, and the one sentence form they share.

SalestrainError      base; the command line prints it without a traceback, exit 1
├── ContentError     faults in what people wrote or exported: all of them, each with its place
└── UsageError       the request itself is wrong (an unknown period, team, parameter); exit 2
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

LISTED_AT_MOST = 12


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a text file, or a row (and column) of a table; line 0 is the file as a whole."""

    path: PurePath
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        where = self.path.as_posix()
        if self.line:
            where += f":{self.line}"
        return f"{where}: column {self.column!r}" if self.column else where


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong: where, what (with the value), and how to mend it."""

    place: Place
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.mend}"


class SalestrainError(Exception):
    """Base of every error raised on purpose."""


class ContentError(SalestrainError):
    """One or more faults in authored content or imported data, all reported at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UsageError(SalestrainError):
    """The request can't be understood; the message says what would be."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the mending half of a message about an unknown name.

    >>> did_you_mean("stge", ["stage", "stem"])
    "did you mean 'stage'?"
    """
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    listed = ", ".join(names[:LISTED_AT_MOST])
    return f"use one of: {listed}" + (", …" if len(names) > LISTED_AT_MOST else "")
