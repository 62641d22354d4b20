"""The files in `stories/`: talks that Ink or Twine told, each read by itself.

A story is named by its file without the ending. ``first-day.zh.twee`` is listed to those who read
Chinese, ``first-day.en.twee`` to those who read English, ``first-day.twee`` to everybody.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from salestrain.errors import ContentError, Fault, Place
from salestrain.language import LANGUAGES
from salestrain.playbook.source import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from salestrain.language import Language

FOLDER = "stories"
INK, TWEE = ".ink.json", ".twee"
UNCOMPILED = ".ink"
"""What an Ink story is compiled from may lie beside it."""
NAME = r"[\w-]{1,60}(\.(zh|en))?"


class StoryFile(NamedTuple):
    """A story as it lies in the playbook.

    Attributes:
        name: Of its file, without the ending.
    """

    name: str
    place: Place
    text: str

    @property
    def is_ink(self) -> bool:
        """Whether it is compiled Ink; else it is Twee."""
        return self.place.path.name.endswith(INK)

    @property
    def language(self) -> Language | None:
        """Whose readers it is listed to; None for everybody."""
        return next((one for one in LANGUAGES if self.name.endswith(f".{one}")), None)


class Stories(NamedTuple):
    """The stories that could be read, by name, and what was wrong with the others."""

    files: dict[str, StoryFile]
    faults: tuple[Fault, ...]


def read_stories(root: Path) -> Stories:
    """Return the stories of the playbook in a folder, in the order of their names."""
    files, faults = dict[str, StoryFile](), list[Fault]()
    for path in sorted((root / FOLDER).glob("[!.]*")):
        if path.name.endswith(UNCOMPILED):
            continue
        shown = PurePath(root.resolve().name, FOLDER, path.name)
        try:
            name = _name(shown, files)
            files[name] = StoryFile(name, Place(shown), read_text(path, shown, root))
        except ContentError as error:
            faults += error.faults
    return Stories(files, tuple(faults))


def _name(shown: PurePath, taken: dict[str, StoryFile]) -> str:
    ending = next((one for one in (INK, TWEE) if shown.name.endswith(one)), "")
    name = shown.name.removesuffix(ending)
    if not ending:
        fault = "a file no story is read from", f"end its name in {TWEE} or {INK}"
    elif not re.fullmatch(NAME, name):
        what = f"{name!r} can't stand in an address"
        fault = what, "name it with letters, figures, - and _, and .zh or .en at the end"
    elif name in taken:
        fault = f"a second story {name!r}", f"rename it, or {taken[name].place.path.name}"
    else:
        return name
    raise ContentError([Fault(Place(shown), *fault)])
