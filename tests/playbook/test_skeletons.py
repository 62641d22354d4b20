"""A new page, item, role-play or KPI begins as a skeleton that passes the check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from salestrain.errors import UsageError
from salestrain.playbook.load import load_playbook
from salestrain.playbook.skeletons import Begun, Kind, begin
from salestrain.playbook.whole import Playbook
from salestrain.workspace import shipped
from tests.sample import sample_playbook


def written(root: Path, files: list[Begun]) -> Playbook:
    """Write files into a playbook and read it anew."""
    for path, text in files:
        (root / path).write_text(text, encoding="utf-8")
    return load_playbook(root)


@pytest.mark.parametrize(
    ("kind", "section", "name", "where", "id_"),
    [
        ("item", "5.2", "late_call", "items", "5.2.i.late_call"),
        ("scenario", "2.1", "first_call", "scenarios", "2.1.s.first_call"),
        ("kpi", "3.1", "all_contacts", "kpis", "3.1.all_contacts"),
    ],
)
def test_what_is_begun_passes_the_check(
    bare: Path, kind: Kind, section: str, name: str, where: str, id_: str
) -> None:
    before = sample_playbook()
    shutil.copy(shipped() / "playbook" / "moves.yaml", bare)  # a role-play's moves are of its kinds
    after = written(bare, begin(before, kind, section, name))
    assert set(getattr(after, where)) - set(getattr(before, where)) == {id_}


def test_a_page_is_begun_in_both_languages(bare: Path) -> None:
    for page in (bare / "pages").glob("6.3-*"):
        page.unlink()
    after = written(bare, begin(load_playbook(bare), "page", "6.3", "on_the_road"))
    assert {language for section, language in after.pages if section == "6.3"} == {"zh", "en"}


def test_a_kpi_is_added_and_nothing_else_changes(root: Path) -> None:
    ((path, text),) = begin(sample_playbook(), "kpi", "3.1", "all_contacts")
    old = (root / path).read_text(encoding="utf-8").splitlines()
    new = text.splitlines()
    at = next(n for n, line in enumerate(new) if "新指标" in line)
    added = len(new) - len(old)
    assert new[:at] + new[at + added :] == old


@pytest.mark.parametrize(
    ("kind", "section", "name", "says"),
    [
        ("item", "7.1", "late_call", "no section '7.1'; did you mean"),
        ("item", "2.2", "Late call", "'Late call' is no name; write lowercase words"),
        ("item", "2.2", "which_stage", "2.2.i.which_stage exists already"),
        ("kpi", "3.1", "win_rate", "3.1.win_rate exists already"),
        ("item", "2.2", "../up", "is no name"),
        ("page", "6.3", "on_the_road", "6.3 has a page already; edit playbook/pages/6.3-mobile-"),
    ],
)
def test_what_cannot_be_begun_says_why(kind: Kind, section: str, name: str, says: str) -> None:
    with pytest.raises(UsageError) as refused:
        begin(sample_playbook(), kind, section, name)
    assert says in str(refused.value)
