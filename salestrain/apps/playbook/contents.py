"""The playbook's contents: six chapters of three sections, written or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.sections import CHAPTERS, SECTIONS
from salestrain.views.components.book import Chapter, Entry, contents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from salestrain.language import Language

UNWRITTEN = Text("{}（还没写）", "{} (unwritten)")


def contents_of(
    there: Collection[str],
    read: Collection[str],
    href: Callable[[str], str],
    language: Language,
    here: str,
) -> str:
    """Return the contents as finished HTML; sections not ``there`` say so, those read too."""

    def entry(section: str) -> Entry:
        name = SECTIONS[section].in_(language)
        if section not in there:
            return Entry(section, UNWRITTEN.in_(language).format(name), "")
        return Entry(section, name, href(section), section == here, section in read)

    chapters = (
        Chapter(name.in_(language), tuple(entry(one) for one in SECTIONS if one[0] == number))
        for number, name in CHAPTERS.items()
    )
    return contents(tuple(chapters), language)
