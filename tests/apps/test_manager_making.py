"""Reports made from the managers' app, by real workers and kernels."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from salestrain.apps.manager import Manager
from salestrain.views.screen import Refused
from salestrain.workspace import Workspace
from tests.apps.manager_company import (
    HEAD,
    Make,
    ask,
    asked,
    company,
    opened,
    shown,
    workspace,
)  # fmt: skip

__all__ = ["company", "opened", "workspace"]  # fixtures
pytestmark = pytest.mark.slow
PARAMETERS = "".join(
    f'{name}: str = ""\n'
    for name in ("period", "level", "entity", "language", "workspace", "linked")
)
SLOW = """\
import os
from pathlib import Path
from time import sleep
with Path("runs.txt").open("a") as log:
    log.write(f"{os.getpid()} {os.getppid()}\\n")
sleep(pause)
if entity == "bo":
    {}["<revenue>"]
"""
GOES_ON = """
import sys
from pathlib import Path
from time import sleep
from salestrain.apps.manager import Manager
from salestrain.apps.visit import open_visit
from salestrain.views.screen import Action
manager = Manager(open_visit("head", "en", sys.argv[1], "/"))
wanted = {"review": ("slow",), "period": ("2026-Q3",), "whom": ("reps:north", "reps:south")}
manager.act(Action("a1", "make", manager.at, wanted))
sleep(60)
"""


def wait_for(app: Manager, seconds: float = 120) -> str:
    """Return the screen once everything is made."""
    end = time.monotonic() + seconds
    while " disabled" in shown(app):
        assert time.monotonic() < end, shown(app)
        time.sleep(0.1)
    return shown(app)


def test_two_reports_are_made_shown_as_they_come_and_kept(opened: Make) -> None:
    app = opened(language="zh")
    told: list[str] = []
    app.changed = lambda: told.append(shown(app))
    ask(app, "team:north", "rep:ann")
    assert "正在生成" in shown(app)
    assert shown(app).count("正在做") == 2
    with pytest.raises(Refused, match="Reports are being made"):
        ask(app, "rep:bo", id_="a2")
    ask(app, "team:north", "rep:ann")  # a resend
    drawn = wait_for(app)
    assert len(told) == 3
    assert "1 / 2" in told[0]
    assert "还要约" in told[0]
    assert "生成好了" in drawn
    folder = app.visit.workspace.reports / "2026-Q3" / "kpi_review"
    pages = {path.name for path in folder.glob("*.html")}
    assert pages == {"index.html", "team-north.html", "rep-ann.html"}
    for name in ("team-north", "rep-ann"):
        assert drawn.count(f'href="/reports/2026-Q3/kpi_review/{name}.html"') == 2
    assert asked(app) == [
        {"review": "kpi_review", "period": "2026-Q3", "whom": ["team:north", "rep:ann"]}
    ]
    ask(app, "rep:ann", "rep:bo", id_="a3")
    drawn = wait_for(app)
    assert drawn.count("没有变化") == 1
    index = (folder / "index.html").read_text("utf-8")
    assert [name for name in ("team-north", "rep-ann", "rep-bo") if f'"{name}.html"' in index] == [
        "team-north", "rep-ann", "rep-bo",
    ]  # fmt: skip
    assert index.count("之前做的") == 1


def put_slow_review(workspace: Workspace, pause: float) -> Path:
    cells = [
        ("markdown", "# 慢 · Slow", []),
        ("code", f"{PARAMETERS}pause: float = {pause}", ["parameters"]),
        ("code", SLOW, []),
    ]
    notebook = {
        "cells": [
            {"cell_type": kind, "id": f"c{n}", "metadata": {"tags": tags}, "source": source}
            | ({"outputs": [], "execution_count": None} if kind == "code" else {})
            for n, (kind, source, tags) in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = workspace.root / "notebooks" / "reviews" / "slow.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    return path.with_name("runs.txt")


def test_one_report_that_fails_is_named_with_its_reason_and_the_others_are_made(
    opened: Make, workspace: Workspace
) -> None:
    put_slow_review(workspace, 0)
    app = opened()
    ask(app, "rep:ann", "rep:bo", review="slow")
    drawn = wait_for(app)
    assert "Not made: 1" in drawn
    assert '<code class="fault-place">KeyError: &#x27;&lt;revenue&gt;&#x27;</code>' in drawn
    assert "Mend this and make them again" in drawn
    assert "Ann · Slow" in drawn
    assert "Stopped part-way" in drawn
    assert "Traceback" not in drawn


def test_what_keeps_all_of_it_from_being_made_is_said(opened: Make, workspace: Workspace) -> None:
    notebook = workspace.root / "notebooks" / "reviews" / "kpi_review.ipynb"
    notebook.write_text("{}", "utf-8")
    app = opened()
    ask(app, "rep:ann", "rep:bo")
    drawn = wait_for(app)
    assert "Not made: 2" in drawn
    assert "this is not a Jupyter notebook; see how the shipped reviews do it</code>" in drawn
    with (workspace.playbook / "company.yaml").open("a", encoding="utf-8") as company:
        company.write("strange: 1\n")
    ask(app, "rep:ann", id_="a2")
    assert "unknown key &#x27;strange&#x27;" in wait_for(app)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_kernel_that_ends_in_the_middle_leaves_no_worker_and_no_lock(
    opened: Make, workspace: Workspace, how: signal.Signals
) -> None:
    runs = put_slow_review(workspace, 60)
    app = opened(HEAD)
    command = [sys.executable, "-c", GOES_ON, str(workspace.root)]
    with subprocess.Popen(command) as kernel:
        end = time.monotonic() + 90
        while not (runs.exists() and len(runs.read_text().splitlines()) >= 2):
            assert time.monotonic() < end
            time.sleep(0.1)
        ask(app, "reps:south", review="slow", id_="b1")
        said = wait_for(app)
        assert "reports are being made there already" in said, said
        kernel.send_signal(how)
        kernel.wait(30)
    left = {int(pid) for pid in runs.read_text().split()}
    end = time.monotonic() + 15
    while any(map(alive, left)):
        assert time.monotonic() < end, left
        time.sleep(0.1)
    put_slow_review(workspace, 0)
    ask(app, "reps:south", review="slow", id_="a2")
    assert "Reports made" in wait_for(app)
