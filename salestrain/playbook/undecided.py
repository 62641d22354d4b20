"""What a draft leaves to its author: marks that `check` names until the last one is gone."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from salestrain.errors import ContentError, Fault, Place
from salestrain.language import Text
from salestrain.playbook.source import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = re.compile(r"# 待定 · to decide: (.+?) · (.+)$")
TO_TRANSLATE = "〔待译 · to translate〕"
WAITING = Text(
    f"{{}} 处文字还没翻译，都以{TO_TRANSLATE}开头，第一处在这里",
    f"texts that wait for their translation: {{}}, each begins with {TO_TRANSLATE}, "
    "the first one here",
)
NOT_DECIDED = "not decided yet: {}"


class Left(NamedTuple):
    """Something an author has still to do, and where."""

    place: Place
    what: Text

    @property
    def fault(self) -> Fault:
        """The same for who checks."""
        mend = "decide it and take the mark out, or take the draft out of the playbook"
        return Fault(self.place, NOT_DECIDED.format(self.what.en), mend)


def marked(what: Text) -> str:
    """Return the comment that leaves something to the author.

    >>> marked(Text("怎么判", "the verdict"))
    '  # 待定 · to decide: 怎么判 · the verdict'
    """
    return f"  # 待定 · to decide: {what.zh} · {what.en}"


def left_in(text: str, shown: PurePath) -> Iterator[Left]:
    """Yield what a file leaves to decide; what waits for a translation comes as one."""
    first = 0
    for number, line in enumerate(text.split("\n"), 1):
        if found := MARK.search(line):
            yield Left(Place(shown, number), Text(found[1], found[2]))
        if TO_TRANSLATE in line:
            first = first or number
    if first:
        count = text.count(TO_TRANSLATE)
        yield Left(Place(shown, first), Text(*(one.format(count) for one in WAITING)))


def undecided(root: Path) -> Iterator[Fault]:
    """Yield what the role-plays of the playbook in a folder leave to decide."""
    for path in sorted((root / "scenarios").glob("*.yaml")):
        shown = PurePath(root.resolve().name, "scenarios", path.name)
        try:
            text = read_text(path, shown, root)
        except ContentError:
            continue  # named where the playbook is loaded
        yield from (left.fault for left in left_in(text, shown))
