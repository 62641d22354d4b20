"""What stands in a Twee passage: its lines, its links, and macros, which are not imported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMMENT = re.compile(r"<!--.*?-->|/\*.*?\*/|/%.*?%/", re.DOTALL)
LINK = re.compile(r"\[\[(.*?)\]\]")
BULLETS = re.compile(r"[\s*+\-–—•·>|/]*")
HARLOWE = (
    "set|put|move|if|unless|else|else-?if|for|loop|either|print|display|go-?to|link-[a-z-]+|click|"
    "live|enchant|cycling-link|dropdown|text-style|text-colou?r"
)
MACROS = (
    (re.compile(r"<</?([A-Za-z=-][\w-]*)"), "<<{}>>"),
    (re.compile(rf"\(({HARLOWE}):", re.IGNORECASE), "({}:)"),
    (re.compile(r"\{\{\s*([^{}]*?)\s*\}\}"), "{{{{{}}}}}"),
    (re.compile(r"(<%)"), "<% %>"),
    (re.compile(r"\[([<>]?img)\["), "[{}[]]"),
    (re.compile(r"\]\[([^\[\]]*)\]\]"), "[[…][{}]]"),
    (re.compile(r"^\[(if|ifalways|ifnever|unless|else|cont|append|after|JavaScript)\b"), "[{}]"),
)
"""Story formats' macros: a pattern that finds the name, and how to show it."""
FORMAT_MACROS = {
    "harlowe": (re.compile(r"\(([A-Za-z][\w-]*):"), "({}:)"),
    "chapbook": (re.compile(r"\{([^{}]+)\}"), "{{{}}}"),
}
"""Those that would be plain words anywhere else, for stories that name their format."""


class Link(NamedTuple):
    """A choice: what is said, and the passage it leads to."""

    text: str
    target: str


class Written(NamedTuple):
    """A line of a file."""

    number: int
    text: str


def without_comments(lines: Iterable[Written]) -> list[Written]:
    """Return the lines without comments, each still with its number."""
    written = list(lines)
    whole = "\n".join(line.text for line in written)
    left = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), whole).split("\n")
    return [Written(line.number, text) for line, text in zip(written, left, strict=False)]


def links_of(text: str) -> list[Link]:
    """Return the links of a line; one that lacks a text or a target has it empty.

    >>> links_of("[[Ask about budget->Budget]] or [[Close]]")
    [Link(text='Ask about budget', target='Budget'), Link(text='Close', target='Close')]
    """
    return [_link(found) for found in LINK.findall(text)]


def said(text: str) -> str:
    """Return what a line says: a link within a sentence is words of it, one on its own is none.

    >>> said("You could [[ask->Budget]]."), said("* [[Ask->Budget]]")
    ('You could ask.', '')
    """
    if LINK.search(text) and BULLETS.fullmatch(LINK.sub("", text)):
        return ""
    return LINK.sub(lambda found: _link(found[1]).text, text).strip()


def left_open(text: str) -> bool:
    """Whether a link is opened on this line and not closed."""
    return "[[" in LINK.sub("", text)


def macros(text: str, story_format: str) -> Iterator[str]:
    """Yield the macros of a line by name, as their authors write them.

    Args:
        text: The line.
        story_format: The story's format, empty if it names none.

    >>> [*macros("(set: $x to 1)<<if $x>>yes<</if>>", "")]
    ['<<if>>', '<<if>>', '(set:)']
    """
    own = FORMAT_MACROS.get(story_format.lower())
    for pattern, shown in (*MACROS, *([own] if own else [])):
        for found in pattern.finditer(text):
            yield shown.format(found[1])


def _link(inside: str) -> Link:
    """Read ``text->target``, ``target<-text`` or ``text|target``; arrows come first.

    Of several right arrows the last counts, of several left ones the first, as in Twine.
    """
    if "->" in inside:
        text, _, target = inside.rpartition("->")
    elif "<-" in inside:
        target, _, text = inside.partition("<-")
    else:
        text, bar, target = inside.rpartition("|")
        text = text if bar else target
    return Link(text.strip(), target.strip())
