"""A small real review notebook: it greets, sleeps, fails or dies as its parameters say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import browser

__all__ = ["browser"]  # a fixture

PARAMETERS = '''\
"""What the review is about."""
entity: str = "nobody"
top: int = 3
share: float = 0.5
loud: bool = False
'''
SHOWS = """\
import os
from pathlib import Path
from time import sleep
from IPython.display import HTML, display
with Path("runs.txt").open("a") as log:
    log.write(f"{entity} {os.getpid()} {os.getppid()}\\n")
display(HTML(f"<p class=greeting>Hello, {entity}</p>"))
display({"application/x-salestrain+json": {"headline": f"{entity} leads"}}, raw=True)
sleep(share)
while Path("hold").exists():
    sleep(0.05)
"""
BREAKS = """\
if entity == "broken":
    {}["revenue"]
if entity == "dead":
    os._exit(3)
"""


def code(number: int, source: str, *tags: str) -> dict[str, Any]:
    metadata = {"tags": list(tags)}
    cell = {"cell_type": "code", "id": f"c{number}", "metadata": metadata, "source": source}
    return cell | {"outputs": [], "execution_count": None}


def markdown(number: int, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": f"c{number}", "metadata": {}, "source": source}


def review_notebook() -> str:
    cells = [
        markdown(0, "## What this shows"),
        code(1, PARAMETERS, "parameters"),
        code(2, SHOWS),
        code(3, BREAKS),
        markdown(4, "## What to do next"),
    ]
    kernel = {"name": "python3", "language": "python", "display_name": "Python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}}
    return json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with the reviews ``greeting`` and ``parting``."""
    folder = tmp_path / "work {space}" / "notebooks" / "reviews"
    folder.mkdir(parents=True)
    for name in ("greeting", "parting"):
        (folder / f"{name}.ipynb").write_text(review_notebook())
    return folder.parents[1]


@pytest.fixture
def greeting(workspace: Path) -> Path:
    return workspace / "notebooks" / "reviews" / "greeting.ipynb"
