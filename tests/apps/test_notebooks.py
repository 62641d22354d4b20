"""Each app's notebook by itself, run by the ``papermill`` command with its default parameters."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from salestrain.apps.registry import APPS
from salestrain.workspace import Workspace, create_workspace

if TYPE_CHECKING:
    from nbformat import NotebookNode

pytestmark = pytest.mark.slow
FOLDER = Path("notebooks", "apps")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A company's own workspace, as ``salestrain init`` makes it; nobody has been there yet."""
    return create_workspace(tmp_path_factory.mktemp("apps") / "ours")


def executed(workspace: Workspace, name: str, out: Path) -> NotebookNode:
    command = [sys.executable, "-m", "papermill", f"{FOLDER / name}.ipynb", str(out)]
    done = subprocess.run(
        command, cwd=workspace.root, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    notebook: NotebookNode = nbformat.read(out, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


@pytest.mark.parametrize("name", sorted(APPS))
def test_papermill_runs_it_and_keeps_its_screen(
    workspace: Workspace, name: str, tmp_path: Path
) -> None:
    notebook = executed(workspace, name, tmp_path / "run.ipynb")
    shown = [one for cell in notebook.cells for one in cell.get("outputs", ())]
    assert [one.output_type for one in shown] == ["execute_result"]
    assert 'class="app"' in shown[0].data["text/html"]
    assert "<h1" in shown[0].data["text/html"]


def test_every_app_there_is_has_its_notebook(workspace: Workspace) -> None:
    assert {path.stem for path in (workspace.root / FOLDER).glob("*.ipynb")} == set(APPS)
