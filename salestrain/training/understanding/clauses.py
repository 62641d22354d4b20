"""A message as its clauses: the smallest pieces that can each make a move."""

from __future__ import annotations

import re
import unicodedata

MOST_CLAUSES = 16
"""More than this nobody reads through in a talk; what follows is left unread."""
LONGEST = 240
"""Characters of a clause that are looked at."""
_ENDS = re.compile(r"[^。！？!?；;…\n]*[。！？!?；;…\n]+[」』”’）)]*|[^。！？!?；;…\n]+$")
_DOT = re.compile(r"(?<=[a-z0-9)”’'\"])\.\s+(?=[A-Za-z“‘'\"])")
_PAUSE = re.compile(r"(?<=[，,：])\s*|\s+(?:—|–|-)\s+|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SPACES = re.compile(r"\s+")


def clauses(message: str) -> tuple[tuple[str, ...], ...]:
    """Return the sentences of a message, each as its clauses, without what says nothing.

    Args:
        message: Any text; control characters and what no keyboard writes are dropped.

    Returns:
        Sentences of clauses; the clauses of all sentences are at most ``MOST_CLAUSES``.
    """
    found, left = [], MOST_CLAUSES
    for sentence in _sentences(clean(message)):
        parts = tuple(part[:LONGEST] for part in _PAUSE.split(sentence) if _speaks(part))[:left]
        found += [parts] if parts else []
        left -= len(parts)
    return tuple(found)


def clean(message: str) -> str:
    """Return a message in one form of each character, spaces single, control characters gone."""
    text = unicodedata.normalize("NFC", message)
    kept = (c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in text)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _sentences(text: str) -> list[str]:
    halves = _DOT.sub(".\n", text)
    return [one.strip() for one in _ENDS.findall(halves) if _speaks(one)]


def _speaks(text: str) -> bool:
    return any(character.isalnum() for character in text)
