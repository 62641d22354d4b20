"""What colleagues propose: one's own with what became of them, and somebody's words quoted."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from collections.abc import Sequence


class Shared(NamedTuple):
    """Something proposed: its text, when, what became of it; ``tag_html`` and ``way`` are done.

    ``words`` is what it was answered with.
    """

    text: str
    note: str
    tag_html: str = ""
    words: str = ""
    way: str = ""


def shared_list(rows: Sequence[Shared]) -> str:
    """Return what was proposed, each with its answer."""
    return f'<ul class="shared">{"".join(map(_row, rows))}</ul>'


def _row(row: Shared) -> str:
    note = f'<p class="note">{escape(row.note)} {row.tag_html}</p>'
    words = f"<blockquote>{some('p', row.words)}</blockquote>" if row.words else ""
    return f"<li>{some('p', row.text)}{note}{words}{row.way}</li>"


def quoted(text: str, who: str = "") -> str:
    """Return somebody's words, and whose they are."""
    words = f"{some('p', text)}{some('footer', who, 'note')}"
    return f'<blockquote class="quoted">{words}</blockquote>' if text else ""
