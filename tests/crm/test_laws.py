"""What holds for every export, however good or bad its rows."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salestrain.crm.export import escape_formula
from tests.crm.exports import GOOD, deals

LINE_SAFE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
IDS = st.sampled_from(["d1", "d2", "d3", "", "总计", "Total", "=x"])
OWNERS = st.sampled_from(["ann", "bo", "ANN", "zoe", ""])
OUTCOMES = st.sampled_from(["won", "lost", "open", "赢单", "maybe", ""])
DAYS = st.sampled_from(["2026-01-05", "2026/3/1", "2025年12月31日", "soon", "", "99999999"])
AMOUNTS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True).map(str),
    st.text(LINE_SAFE, max_size=6),
    st.sampled_from(["1,200", "1.2万", "(5)", "1e308", "-", ""]),
)
ROWS = st.lists(st.tuples(IDS, OWNERS, OUTCOMES, DAYS, DAYS, AMOUNTS), max_size=12)


def as_csv(rows: list[tuple[str, ...]]) -> list[str]:
    text = io.StringIO()
    csv.writer(text).writerows(rows)  # quotes a lone carriage return only if it ends lines itself
    return [text.getvalue().removesuffix("\r\n")] if rows else []


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_accepted_and_quarantined_make_read_and_a_second_import_changes_nothing(
    rows: list[tuple[str, ...]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = deals(Path(folder), GOOD.replace("d1", "d0"), *as_csv(rows))
        note = first.tables["opportunities"]
        assert note.accepted + note.quarantined == note.read
        assert note.read == 1 + sum(any(map(str.strip, row)) for row in rows)
        before = first.snapshot.path.stat()
        again = deals(Path(folder), GOOD.replace("d1", "d0"), *as_csv(rows))
        assert (again.changed, again.snapshot) == (False, first.snapshot)
        after = first.snapshot.path.stat()
        assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@given(st.text())
def test_no_cell_begins_with_what_a_spreadsheet_would_run(text: str) -> None:
    escaped = escape_formula(text)
    assert escaped in (text, "'" + text)
    assert not escaped.startswith(tuple("=@\t\r\n＝＋－＠"))
    if escaped.startswith(("+", "-")):
        assert set(escaped) <= set("+-.,0123456789eE%")
