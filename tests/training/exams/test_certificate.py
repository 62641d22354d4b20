"""A certificate's code is proof for whoever asks the records, and for nobody else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from salestrain.playbook.items import Item
from salestrain.training.exams.certificate import code, found, plain
from tests.training.exams.test_admission import tries
from tests.training.exams.test_exam import exam

Items = dict[str, Item]
SECRET = b"s" * 32


def test_a_code_leads_to_the_pass_it_stands_for(items: Items) -> None:
    of = exam()
    passes = [(who, tries(items, of, (day, True))[0]) for day, who in enumerate(("lin", "tang"))]
    made = code(SECRET, *passes[1])
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", made)
    assert found(made.lower().replace("-", " ").replace("0", "o"), SECRET, passes) == passes[1]
    assert found(made, b"other" * 8, passes) is None
    assert found(made[:-1] + ("0" if made[-1] != "0" else "1"), SECRET, passes) is None
    assert found("", SECRET, passes) is None


def test_another_person_day_or_share_is_another_code(items: Items) -> None:
    of = exam()
    codes = {
        code(SECRET, who, tries(items, of, (day, right))[0])
        for who in ("lin", "tang")
        for day in (0, 1)
        for right in (True, False)
    }
    assert len(codes) == 8


@given(st.text())
def test_whatever_is_typed_is_read(typed: str) -> None:
    assert plain(plain(typed)) == plain(typed)
