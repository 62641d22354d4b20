"""Servers to attack: real processes, each on a copy of one prepared workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from salestrain.workspace import Workspace
from tests.served import Served, copied, new_workspace

PARAMETERS = 'person = ""\nlanguage = ""\nworkspace = ""\nbase_url = ""'
TALKING = """
import os
import anywidget, traitlets
from IPython.display import display

class Talking(anywidget.AnyWidget):
    _esm = "export default {}"
    said = traitlets.Unicode("nothing").tag(sync=True)

talking = Talking()

def answer(_, content, buffers):
    if content["do"] == "fail":
        raise ValueError("secret in the source")
    talking.said = content["do"]

talking.on_msg(answer)
print(person, base_url, "|".join(sorted(os.environ)), os.environ.get("SALESTRAIN_SERVED"))
talking
"""


def notebook(path: Path, *cells: str, **metadata: object) -> None:
    """Write a notebook whose first cell holds the parameters."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = new_notebook(metadata={"kernelspec": kernel, **metadata})  # type: ignore[no-untyped-call]
    first = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})  # type: ignore[no-untyped-call]
    made.cells = [first, *map(new_code_cell, cells)]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with small apps; ``own_…`` are for those who lead or teach."""
    workspace = new_workspace(tmp_path_factory.mktemp("prepared") / "ours")
    apps = workspace.root / "notebooks" / "apps"
    for name in ("own_talk", "home", "manager", "quiz"):
        notebook(apps / f"{name}.ipynb", TALKING)
    notebook(apps / "own_slow.ipynb", "import time; time.sleep(6)", TALKING)
    notebook(apps / "own_fault.ipynb", "typed_by_a_person = 'my salary'\n1 / 0")
    notebook(apps / "own_stock.ipynb", TALKING, salestrain={"frontend": "stock"})
    return workspace


Serve = Callable[..., Served]


@pytest.fixture(scope="session")
def _serve(prepared: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    started: list[Served] = []

    def serve(host: str = "", **limits: float) -> Served:
        workspace = copied(prepared, tmp_path_factory.mktemp("served") / "ours")
        started.append(Served(workspace, host, limits).start())
        return started[-1]

    yield serve
    for one in started:
        one.stop()


@pytest.fixture
def serve(_serve: Serve) -> Serve:
    """Start a server of one's own: ``serve(host="127.0.0.1", idle_left=1)``."""
    return _serve


@pytest.fixture(scope="session")
def served(_serve: Serve) -> Served:
    """One server for all tests that leave it as it was."""
    return _serve()


@pytest.fixture(scope="session")
def on_network(_serve: Serve) -> Served:
    """One server on which everybody signs in."""
    return _serve(host="127.0.0.1")
