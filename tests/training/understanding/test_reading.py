"""Reading by given chances: where a message is cut, what is read, what is not to the matter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.understanding.reading import (
    NONE,
    Part,
    read,
    to_the_matter,
)

LABELS = ("ask", "give", NONE)


def by_words(text: str) -> tuple[float, float, float]:
    """`why` asks, `off` gives, both together are unclear, anything else is nothing."""
    asks, gives = "why" in text, "off" in text
    if asks and gives:
        return (0.5, 0.45, 0.05)
    return (0.9, 0.05, 0.05) if asks else (0.05, 0.9, 0.05) if gives else (0.02, 0.02, 0.96)


Vectors = npt.NDArray[np.float32]


def chances(texts: Sequence[str]) -> Vectors:
    return np.array([by_words(text) for text in texts], dtype=np.float32)


def labels(message: str) -> list[str]:
    return [part.label for part in read(message, LABELS, chances)]


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("why?", ["ask"]),
        ("why? ten off.", ["ask", "give"]),
        ("why is that, and ten off", ["ask", "give"]),  # cut where it becomes clearer
        ("ten off. why?", ["give", "ask"]),
        ("why? and why? ten off", ["ask", "give"]),  # neighbours that do the same are one part
        ("the weather", [NONE]),
        ("", []),
        ("👍", []),
    ],
)
def test_the_parts_of_a_message_in_their_order(message: str, found: list[str]) -> None:
    assert labels(message) == found


def test_a_part_keeps_its_words_and_how_sure_it_is() -> None:
    first, second = read("why is that, and ten off", LABELS, chances)
    assert (first.text, second.text) == ("why is that", "and ten off")
    assert 0.7 < first.sure <= 1
    assert first.understood


def test_what_is_unclear_or_nothing_is_not_understood() -> None:
    assert not Part("hm", "ask", 0.2).understood
    assert not Part("hm", NONE, 0.9).understood
    assert Part("why", "ask", 0.36).understood


def test_one_sentence_to_the_matter_is_enough() -> None:
    assert to_the_matter("the weather. why?", LABELS, chances) == pytest.approx(0.95)
    assert to_the_matter("", LABELS, chances) == 0


WORDS = st.sampled_from(["why", "ten off", "weather", "so", ",", "，", ".", "。", "?", "\n", " - "])


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_message_is_read_in_order_without_neighbours_alike(message: str) -> None:
    parts = read(message, LABELS, chances)
    assert all(a.label != b.label for a, b in pairwise(parts))
    assert all(0 <= part.sure <= 1 and part.label in LABELS for part in parts)
