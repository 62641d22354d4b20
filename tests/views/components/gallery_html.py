"""The gallery without a visit's records: every piece in every state, in any words."""

from __future__ import annotations

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any, cast

from salestrain.apps.gallery import Gallery
from salestrain.apps.visit import Visit
from salestrain.language import Language

VOID = {"input", "path", "br", "circle", "meta", "link"}


def gallery_html(language: Language, words: str = "") -> str:
    """Return the gallery, all its words replaced by these if there are any."""
    gallery = Gallery(cast("Visit", SimpleNamespace(language=language)))
    if words:
        gallery._w = dict.fromkeys(gallery._w, words)
        gallery.sent = words
    return gallery.draw().html


class Reader(HTMLParser):
    """Reads HTML as a browser would: its elements and attributes, and whether all are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, ...]] = []
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, *(name for name, _ in attrs)))
        self.seen.append((tag, {name: value or "" for name, value in attrs}))
        assert len(dict(attrs)) == len(attrs), f"an attribute stands twice in {tag}"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def values(self, *names: str) -> list[Any]:
        """Return the values that attributes of these names have."""
        return [attrs[name] for _, attrs in self.seen for name in names if name in attrs]
