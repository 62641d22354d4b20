"""How a message falls into sentences and clauses, and what never gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.understanding.clauses import LONGEST, MOST_CLAUSES, clauses, clean


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("您好，方便吗？多久换一次？", (("您好，", "方便吗？"), ("多久换一次？",))),
        ("Hi, is now good? How often?", (("Hi,", "is now good?"), ("How often?",))),
        ("It costs 3.5 a day. Fine.", (("It costs 3.5 a day.",), ("Fine.",))),
        ("好的 那我周四过来", (("好的", "那我周四过来"),)),  # a space is a pause in Chinese
        ("on site", (("on site",),)),
        ("我们 D-20 不错", (("我们 D-20 不错",),)),  # not beside a product's name
        ("first line\nsecond line", (("first line",), ("second line",))),
        ("……！！", ()),
        ("👍👍", ()),
        ("", ()),
    ],
)
def test_a_message_falls_into_sentences_and_clauses(
    message: str, found: tuple[tuple[str, ...], ...]
) -> None:
    assert clauses(message) == found


def test_what_nobody_reads_through_is_left_unread() -> None:
    found = clauses("好的。" * 100)
    assert sum(map(len, found)) == MOST_CLAUSES
    ((only,),) = clauses("a" * 10_000)
    assert len(only) == LONGEST


def test_control_characters_are_dropped() -> None:
    assert clean("a\x00b\u200bc\u202ed") == "a b c d"
    assert clean("  two   spaces \n\n line ") == "two spaces\nline"


@given(st.text(max_size=300))
def test_any_text_falls_into_bounded_clauses_that_say_something(message: str) -> None:
    found = [clause for sentence in clauses(message) for clause in sentence]
    assert len(found) <= MOST_CLAUSES
    for clause in found:
        assert 0 < len(clause) <= LONGEST
        assert any(character.isalnum() for character in clause)
        assert not any(unicodedata.category(one).startswith("C") for one in clause if one != "\n")
