"""How far the eighteen sections live in all four places: page, standard, exercise, review."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import LANGUAGES, Text
from salestrain.playbook.sections import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.playbook.whole import Playbook

PLACES = {
    "page": Text("页面", "page"),
    "standard": Text("标准", "standard"),
    "exercise": Text("练习", "exercise"),
    "review": Text("回顾", "review"),
}


class Coverage(NamedTuple):
    """Where a section lives."""

    section: str
    page: bool
    standard: bool
    exercise: bool
    review: bool

    @property
    def missing(self) -> Iterator[str]:
        """The places it doesn't live in yet."""
        return (place for place in PLACES if not getattr(self, place))


def coverage(playbook: Playbook, reviewed: Iterable[str]) -> tuple[Coverage, ...]:
    """Return where each section lives.

    Args:
        playbook: The playbook.
        reviewed: The sections that a review notebook says it serves.
    """
    standards = {each.section for each in playbook.standards if each.entries}
    exercised = {item.section for item in playbook.items.values()}
    exercised |= {entry.section for entry in playbook.scenarios.values()}
    reviewed = set(reviewed)
    return tuple(
        Coverage(
            section,
            all((section, language) in playbook.pages for language in LANGUAGES),
            section in standards,
            section in exercised,
            section in reviewed,
        )
        for section in SECTIONS
    )
