"""HTML of other systems → the plain text of an item; code in it is refused."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from salestrain.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE = {
    "script", "style", "iframe", "object", "embed", "applet", "form", "input", "button", "select",
    "textarea", "link", "meta", "base", "svg", "math", "frame", "frameset", "template", "noscript",
}  # fmt: skip
PICTURES = {"img", "audio", "video", "source", "picture", "canvas", "track"}
BREAKS = {"p", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table"}
PLAIN = {*BREAKS, "br", "span", "td", "th", "tbody", "thead"}
SPACE = re.compile(r"[ \t\r\f]*\n[ \t\r\f]*|[ \t\r\f]+")
HARMLESS = re.compile(r"\s*(https?:|mailto:|#|$)", re.IGNORECASE)
SEEMS_MARKUP = re.compile(r"<[a-zA-Z/!]")
NO_CODE = "remove it; items hold no code"


class Heard(NamedTuple):
    """What HTML says as plain text, and the formatting that is left out."""

    text: str
    dropped: tuple[str, ...]
    faults: tuple[Fault, ...]


def as_html(text: str) -> str:
    """Return a plain text as HTML that reads back as itself."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br>")


def heard(html: str, place: Place) -> Heard:
    """Return what HTML says.

    Args:
        html: As the other system wrote it.
        place: Where it begins.
    """
    reader = _Reader(place)
    reader.feed(html)
    reader.close()
    text = "\n".join(line.strip() for line in "".join(reader.said).split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return Heard(text, tuple(dict.fromkeys(reader.dropped)), tuple(reader.faults))


class _Reader(HTMLParser):
    def __init__(self, place: Place) -> None:
        super().__init__(convert_charrefs=True)
        self.at = place
        self.said: list[str] = []
        self.dropped: list[str] = []
        self.faults: list[Fault] = []

    def fault(self, what: str, mend: str) -> None:
        line = self.at.line and self.at.line + self.getpos()[0] - 1
        self.faults.append(Fault(Place(self.at.path, line), what, mend))

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in CODE:
            self.fault(f"code: <{tag}>", NO_CODE)
            return
        if tag in PICTURES:
            self.fault(f"<{tag}>: items hold no pictures or sound", "say it in words, or a table")
            return
        if tag not in PLAIN:
            self.dropped.append(tag)
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag == "br" or (tag in BREAKS and self._begun()):
            self.said.append("\n")
        if tag == "li":
            self.said.append("- ")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.fault(f"code: {name}= in <{tag}>", NO_CODE)
        elif name in {"href", "src", "action", "formaction", "data", "xlink:href"}:
            if not HARMLESS.match(value):
                self.fault(f"code or a local file: {name}={value[:40]!r}", "link to a web address")
        elif name == "style" and re.search(r"url\s*\(|expression", value, re.IGNORECASE):
            self.fault(f"code: style={value[:40]!r}", NO_CODE)

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKS and self._begun():
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        self.said.append(SPACE.sub(" ", data))

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 (nobody reads it)
        self.dropped.append("!--")

    def handle_decl(self, decl: str) -> None:
        self.fault(f"<!{decl[:40]}>", NO_CODE)

    def unknown_decl(self, data: str) -> None:
        self.fault(f"<![{data[:40]}", NO_CODE)

    def handle_pi(self, data: str) -> None:
        self.fault(f"code: <?{data[:40]}", NO_CODE)

    def _begun(self) -> bool:
        return bool(self.said) and not self.said[-1].endswith("\n")
