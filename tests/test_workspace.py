from __future__ import annotations

from pathlib import Path

import pytest

from salestrain.errors import UsageError
from salestrain.workspace import (
    Workspace,
    create_workspace,
    find_workspace,
    report_name,
    shipped,
)


def test_the_nearest_workspace_upward_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("playbook", "notebooks", "deep/er"):
        (tmp_path / part).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "er")
    assert find_workspace().root == tmp_path.resolve()


def test_outside_any_workspace_the_sample_company_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_workspace().root == shipped().resolve()


def test_a_folder_without_a_playbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no playbook/ folder"):
        Workspace.at(tmp_path)


def test_a_new_workspace_has_playbook_data_and_notebooks(tmp_path: Path) -> None:
    made = create_workspace(tmp_path / "ours")
    assert (made.playbook / "standards" / "kpis.yaml").is_file()
    assert (made.data / "opportunities.csv").is_file()
    assert not (made.data / "generator").exists()
    assert (made.root / "notebooks" / "reviews" / "kpi_review.ipynb").is_file()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty"):
        create_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_reports_name_is_safe_and_never_shared() -> None:
    assert report_name("team", "E2") == "team-E2"
    assert report_name("company", "") == "company"
    names = {report_name("rep", entity) for entity in ("a/b", "a b", "a:b", "../a", "李 伟")}
    assert len(names) == 5
    assert not any("/" in name or " " in name for name in names)
