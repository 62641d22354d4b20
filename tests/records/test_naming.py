"""What names a person in a text, and what looks like it and doesn't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.records.naming import MARK, Named, plain

ZE = Named("R77", ("祁连墨", "Qi Lianmo"), ("祁连墨白", "祁连", "Bo Qi Lianmoson"))


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("和祁连墨谈过", f"和{MARK}谈过"),
        ("祁 连　墨", MARK),
        ("QI LIANMO and qilianmo", f"{MARK} and {MARK}"),
        ("Lianmo Qi came", f"{MARK} came"),
        ("ｑｉ　ｌｉａｎｍｏ", MARK),
        ("Qí Liánmò", MARK),
        ("R77", MARK),
        ("ask r77.", f"ask {MARK}."),
        ("2.2.s.quote-R77-3", f"2.2.s.quote-{MARK}-3"),
        ("祁连墨白来了", "祁连墨白来了"),
        ("祁连墨和祁连墨白", f"{MARK}和祁连墨白"),
        ("Bo Qi Lianmoson", "Bo Qi Lianmoson"),
        ("xQi Lianmo", "xQi Lianmo"),
        ("R777 or XR77", "R777 or XR77"),
        ("祁连山", "祁连山"),
        ("", ""),
    ],
)
def test_names_are_found_however_written_and_no_others(text: str, replaced: str) -> None:
    assert ZE.replaced(text) == replaced
    assert ZE.within(text) is (text != replaced)


@pytest.mark.parametrize("person_id", ["ann", "1001", "me", "李"])
def test_an_id_that_may_be_a_word_counts_only_where_it_can_be_no_other(person_id: str) -> None:
    named = Named(person_id, ())
    assert not named.within(f"say {person_id} of it")
    assert named.within(person_id)
    assert named.within(f'{{"mentor": "{person_id}"}}')
    assert named.within(f"2.2.s.quote-{person_id}-1")


def test_a_name_that_somebody_else_has_too_is_told_and_not_looked_for() -> None:
    named = Named("R1", ("王伟", "Wang Wei"), ("王伟", "Wang Xi"))
    assert named.shared == ("王伟",)
    assert not named.within("王伟来了")
    assert named.within("wang wei")


def test_json_is_searched_in_keys_and_values_at_any_depth() -> None:
    data = {"mentor": "R77", "ratings": [{"who": "R77", "n": 3}], "R77": True, "x": None}
    expected = {"mentor": MARK, "ratings": [{"who": MARK, "n": 3}], MARK: True, "x": None}
    assert ZE.replaced_in(data) == expected


def test_escapes_are_resolved() -> None:
    assert plain(r"\u7941\u8fde\u58a8 &#31041;&amp;") == "祁连墨 祁&"


@given(st.text(max_size=60))
def test_what_was_replaced_names_nobody_and_what_names_nobody_stays(text: str) -> None:
    made = ZE.replaced(text)
    assert not ZE.within(made)
    assert made == text or ZE.within(text)
