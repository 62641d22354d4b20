"""What was handed in for steps: texts and files, as the person and their signer see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from salestrain.language import Text, number
from salestrain.training.paths.signing import EVIDENCE, NOTED
from salestrain.views.components.ground import link, some

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.training.steps import Step

FILES = Text("交来的文件", "Files handed in")
KILOBYTE = 1000
SIZE = Text("{} KB", "{} kB")


@dataclass
class Handed:
    """What somebody handed in on one path, by step.

    Attributes:
        texts: What they wrote; the last counts.
        files: Hashes, names and sizes in bytes of what they handed in, in order.
        place: Address of their files on the server; empty where there is none.
        reacted: The steps they said a word on.
    """

    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    reacted: set[str] = field(default_factory=set)
    place: str = ""

    @classmethod
    def of(cls, steps: Iterable[Step], place: str = "") -> Handed:
        """Return what was handed in by a person's steps in a path's thread."""
        found = cls(place=place)
        for kind, data, _ in steps:
            name = data.get("step", "")
            if kind == NOTED:
                found.texts[name] = data["text"]
            elif kind == EVIDENCE:
                kept = data["file"], data["name"], data["bytes"]
                found.files.setdefault(name, []).append(kept)
            elif kind == "reacted":
                found.reacted.add(name)
        return found

    def shown(self, step: str, language: Language) -> str:
        """Return what was handed in for a step, as finished HTML; nothing if nothing was."""
        lines = "<br>".join(map(escape, self.texts.get(step, "").splitlines()))
        rows = "".join(
            f"<li>{link(name, self._address(file))} {some('small', _size(size, language))}</li>"
            for file, name, size in self.files.get(step, ())
        )
        listed = f"{some('p', FILES.in_(language), 'note')}<ul>{rows}</ul>" if rows else ""
        return (f'<blockquote class="quoted">{lines}</blockquote>' if lines else "") + listed

    def _address(self, file: str) -> str:
        return f"{self.place}/{file}" if self.place else ""


def evidence_of(visit: Visit, person: str) -> str:
    """Return the address of somebody's files, empty where there is no server."""
    return f"{visit.base_url}evidence/{quote(person, safe='')}" if visit.base_url else ""


def _size(size: int, language: Language) -> str:
    return SIZE.in_(language).format(number(max(size / KILOBYTE, 1), language, 0))
