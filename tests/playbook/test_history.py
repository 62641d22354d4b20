"""What changed since a day, and what rests on it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from salestrain.errors import ContentError
from salestrain.playbook.history import (
    NAME,
    carried_on,
    changed_since,
    hashes,
    read_history,
    write_history,
)
from salestrain.playbook.load import load_playbook
from tests.playbook.conftest import leave_out

pytestmark = pytest.mark.slow  # each reads a whole playbook or workspace

FIRST, SECOND, THIRD = date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 26)


@pytest.fixture
def root(root: Path) -> Path:
    """The playbook with the items that these tests look for."""
    names = "2.2-opportunity-stages", "4.3-products"
    leave_out(root, *(root / f"items/{name}.yaml" for name in names))
    return root


def edited(root: Path, file: str, old: str, new: str) -> dict[str, str]:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return hashes(load_playbook(root, prove=False))


def test_a_changed_figure_makes_stale_what_cites_the_rule_and_what_quotes_it(root: Path) -> None:
    before = hashes(load_playbook(root, prove=False))
    history = carried_on({}, before, FIRST)
    now = edited(root, "standards/stages.yaml", "values: {days: 14,", "values: {days: 21,")
    history = carried_on(history, now, THIRD)
    playbook = load_playbook(root, prove=False)
    changed = {one.id: one for one in changed_since(playbook, history, SECOND)}
    assert changed.keys() == {"2.2.stalled"}
    stale = changed["2.2.stalled"]
    assert stale.on == THIRD
    assert "2.2.i.busy_is_not_moving" in stale.items
    assert "2.2-opportunity-stages.zh.md" in stale.pages
    assert list(changed_since(playbook, history, THIRD)) == []


def test_a_rule_that_quotes_another_changes_with_it(root: Path) -> None:
    before = hashes(load_playbook(root, prove=False))
    now = edited(root, "standards/stages.yaml", "rep_max_rate: 0.05", "rep_max_rate: 0.04")
    changed = {id_ for id_ in now if now[id_] != before[id_]}
    assert {"2.2.discount", "1.1.rep"} <= changed


def test_a_product_fact_makes_its_items_stale(root: Path) -> None:
    history = carried_on({}, hashes(load_playbook(root, prove=False)), FIRST)
    old, new = (f"D-20.cap_months, value: {months}" for months in (24, 18))
    now = edited(root, "standards/products.yaml", old, new)
    playbook = load_playbook(root, prove=False)
    found = {one.id: one for one in changed_since(playbook, carried_on(history, now, THIRD), FIRST)}
    assert "4.3.i.four_year_saving" in found["D-20.cap_months"].items


def test_two_changes_on_one_day_are_one_and_what_stays_adds_nothing() -> None:
    history = carried_on({}, {"a": "1"}, FIRST)
    assert carried_on(history, {"a": "1"}, SECOND) == history == {"a": [("2026-10-01", "1")]}
    twice = carried_on(carried_on(history, {"a": "2"}, SECOND), {"a": "3"}, SECOND)
    assert twice == {"a": [("2026-10-01", "1"), ("2026-11-01", "3")]}


def test_it_is_written_one_id_a_line_and_read_again(tmp_path: Path) -> None:
    history = {"b": [("2026-10-01", "1")], "a": [("2026-10-01", "2"), ("2026-11-01", "3")]}
    write_history(tmp_path, history)
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert text.count("\n") == 4
    assert json.loads(text).keys() == history.keys()
    assert read_history(tmp_path) == history
    (tmp_path / NAME).write_text('{"a": [["yesterday", "1"]]}', encoding="utf-8")
    with pytest.raises(ContentError, match="take the committed file, or remove it"):
        read_history(tmp_path)
    assert read_history(tmp_path / "none") == {}
