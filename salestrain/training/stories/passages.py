"""A Twee 3 file taken apart into its passages.

Source: Twee 3 Specification, Interactive Fiction Technology Foundation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from salestrain.errors import Fault
from salestrain.training.stories.markup import (
    Link,
    Written,
    left_open,
    links_of,
    macros,
    said,
    without_comments,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salestrain.errors import Place

NEWLINE = re.compile(r"\r\n?|\n")
HEAD = "::"
PART = r"(?:\\.|[^\\\[\]{}])*"
HEADER = re.compile(rf"(?P<name>{PART})(?:\[(?P<tags>{PART})\])?\s*(?:\{{.*\}})?")
ESCAPED = re.compile(r"\\(.?)")
PLAIN = "only text and links are imported: write it with passages and links, or tell it in Ink"
SHOWN = 60


@dataclass(frozen=True)
class Passage:
    """A piece of a story.

    Attributes:
        place: The line of its header.
        lines: Its content without comments, escapes undone.
    """

    name: str
    tags: tuple[str, ...]
    place: Place
    lines: tuple[Written, ...]

    @cached_property
    def links(self) -> tuple[tuple[Link, Place], ...]:
        """Its links in order, each with its line."""
        return tuple(
            (link, self.at(line.number)) for line in self.lines for link in links_of(line.text)
        )

    @cached_property
    def says(self) -> tuple[str, ...]:
        """Its lines as they are said, blank ones and those of links left out."""
        return tuple(filter(None, (said(line.text) for line in self.lines)))

    def at(self, number: int) -> Place:
        """Return a line of its file."""
        return replace(self.place, line=number)

    def faults(self, story_format: str) -> Iterator[Fault]:
        """Yield what is wrong with it by itself."""
        if not self.says and not self.links:
            yield Fault(self.place, f"passage {self.name!r} says nothing", "write what is said")
        for link, place in self.links:
            if not (link.text and link.target):
                what = f"a link of passage {self.name!r} lacks its text or its passage"
                yield Fault(place, what, "write [[text->passage]]")
        for line in self.lines:
            if left_open(line.text):
                what = f"a link is opened and not closed: {line.text.strip()[:SHOWN]!r}"
                yield Fault(self.at(line.number), what, "close it on the same line with ]]")
        yield from self._macros(story_format)

    def _macros(self, story_format: str) -> Iterator[Fault]:
        found: dict[str, int] = {}
        for line in self.lines:
            for name in macros(line.text, story_format):
                found.setdefault(name, line.number)
        if found:
            what = f"passage {self.name!r} uses macros of a story format: {', '.join(found)}"
            yield Fault(self.at(min(found.values())), what, PLAIN)


def passages_of(text: str, place: Place) -> tuple[list[Passage], list[Fault]]:
    """Return the passages of a file in order, and the faults of its headers.

    Args:
        text: The file's text; a byte order mark and any line ends will do.
        place: The file.
    """
    lines = [Written(*one) for one in enumerate(NEWLINE.split(text.removeprefix("\ufeff")), 1)]
    starts = [number for number, line in enumerate(lines) if line.text.startswith(HEAD)]
    faults = [*_before(lines[: starts[0]] if starts else lines, place)]
    passages = []
    for start, end in pairwise([*starts, len(lines)]):
        passage = _passage(lines[start:end], place)
        if isinstance(passage, Fault):
            faults.append(passage)
        else:
            passages.append(passage)
    return passages, faults


def _before(lines: Sequence[Written], file: Place) -> Iterator[Fault]:
    stray = [line for line in without_comments(lines) if line.text.strip()]
    for line in stray[:1]:
        what = f"{line.text.strip()[:SHOWN]!r} stands before the first passage"
        yield Fault(replace(file, line=line.number), what, "write ':: ' and a name above it")


def _passage(lines: Sequence[Written], file: Place) -> Passage | Fault:
    header, *body = lines
    place = replace(file, line=header.number)
    found = HEADER.fullmatch(header.text.removeprefix(HEAD).strip())
    name = _unescaped(found["name"]) if found else ""
    if not found or not name:
        mend = "write ':: name [tags]', with a backslash before brackets that belong to the name"
        return Fault(place, f"no header of a passage: {header.text[:SHOWN]!r}", mend)
    tags = tuple(_unescaped(tag) for tag in (found["tags"] or "").split())
    content = (Written(line.number, _undone(line.text)) for line in body)
    return Passage(name, tags, place, tuple(without_comments(content)))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(r"\1", text).strip()


def _undone(line: str) -> str:
    """Undo the escape of a line that begins like a header."""
    return line[1:] if line.startswith("\\" + HEAD) else line
