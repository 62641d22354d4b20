"""Files come whole; a record counts only for what it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.batch.record import digest_of, read_record, write_record, write_whole


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "new" / "a.html", "一\n")
    assert (tmp_path / "new" / "a.html").read_bytes() == "一\n".encode()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.html"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text() == "old"


def test_a_record_is_found_again_for_the_same_digest_only(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_record(path, "d1", headline="涨了", seconds=1.5)
    assert read_record(path, "d1") == {"headline": "涨了", "seconds": 1.5}
    assert read_record(path, "d2") is None


@pytest.mark.parametrize("text", ["", "{", '{"digest": "d1"', "[]", '{"digest": "d1"}', "3"])
def test_a_damaged_record_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text)
    assert read_record(tmp_path / "r.json", "d1") is None
    assert read_record(tmp_path / "absent.json", "d1") is None


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_digests_differ_where_their_parts_do(one: list[str], other: list[str]) -> None:
    assert (digest_of(*one) == digest_of(*other)) == (one == other)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
