"""The frame of a report: its head, its sections, and columns side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.language import Language

PHRASE_ENDS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?<=[，：；、。？！）」])(?=[^，：；、。？！）」])"),
    "en": re.compile(r"(?<=[,:;?!]) "),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A short label under the headline, such as the number of deals or a warning."""

    text: str
    tone: Literal["plain", "good", "bad", "warn", "brand"] = "plain"


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What a reader sees first: what this is, the finding in words, the reason in two sentences."""

    kicker: str
    title: str
    lead: str = ""
    note: str = ""
    tags: tuple[Tag, ...] = ()


def report_head(head: ReportHead, language: Language) -> str:
    """Return the head of a report; its headline breaks between phrases."""
    lead = f'<p class="lead">{escape(head.lead)}</p>' if head.lead else ""
    note = f"<span>{escape(head.note)}</span>" if head.note else ""
    tags = "".join(
        f"<li{classes('tag', '' if tag.tone == 'plain' else f'tag--{tag.tone}')}>"
        f"{escape(tag.text)}</li>"
        for tag in head.tags
    )
    return (
        f'<header class="report-head"><p class="kicker"><span>{escape(head.kicker)}</span>{note}'
        f"</p><h1>{phrases(head.title, language)}</h1>{lead}"
        + (f'<ul class="tags">{tags}</ul>' if tags else "")
        + "</header>"
    )


def phrases(title: str, language: Language) -> str:
    """Return a heading as HTML whose phrases are kept whole where a line has room for one."""
    parts = PHRASE_ENDS[language].split(title)
    space = " " if language == "en" else ""
    return space.join(f'<span class="phrase">{escape(part)}</span>' for part in parts)


def section(title: str, body: str, *, sub: str = "", anchor: str = "") -> str:
    """Return a part of the report under its own rule and heading.

    Args:
        title: The heading, plain text; empty where the charts inside have their own.
        body: Finished HTML.
        sub: A quieter line under the heading.
        anchor: Id that links inside the report point to.
    """
    named = f' id="{escape(anchor)}"' if anchor else ""
    below = f'<p class="chart-sub">{escape(sub)}</p>' if sub else ""
    heading = f"<h2>{escape(title)}</h2>" if title else ""
    kind = classes("part", "" if title else "part--bare")
    return f"<section{kind}{named}>{heading}{below}{body}</section>"


def two_columns(parts: Sequence[str]) -> str:
    """Return finished pieces in two columns, in one on a phone."""
    return f'<div class="two-columns">{"".join(parts)}</div>'
