"""The apps opened in a real JupyterLab: run, drawn and usable there, saved like anywhere else."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from salestrain.apps.registry import APPS
from salestrain.records import MYSELF, open_records, records_place
from tests.browser.learner import give_some_answer
from tests.served import new_workspace
from tests.starting import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from salestrain.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.browser]
RUNS_WITHIN_MS = 60_000


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return new_workspace(tmp_path_factory.mktemp("lab") / "ours")


@pytest.fixture(scope="module")
def lab(workspace: Workspace) -> Iterator[str]:
    """Return the address of a JupyterLab that has the workspace open."""
    port = free_port()
    words = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token="]
    command = [sys.executable, "-m", "jupyterlab", *words, f"--ServerApp.root_dir={workspace.root}"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=workspace.root, stdout=quiet, stderr=quiet)
    address = f"http://127.0.0.1:{port}/lab"
    try:
        wait_for(lambda: urllib.request.urlopen(f"{address}/api/settings").close())  # noqa: S310 (our own)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def run(lab: str, chromium: Browser, name: str) -> Page:
    """Open an app's notebook and run all its cells."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{lab}/tree/notebooks/apps/{name}.ipynb?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", timeout=RUNS_WITHIN_MS)
    page.get_by_text("| Idle").wait_for()  # before that, cells are sent nowhere
    page.get_by_text("Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_selector(".app[data-live]", timeout=RUNS_WITHIN_MS)
    return page


@pytest.mark.parametrize("name", sorted(APPS))
def test_an_app_is_drawn_in_jupyterlab(lab: str, chromium: Browser, name: str) -> None:
    page = run(lab, chromium, name)
    screen = page.locator(".app[data-live]").first
    assert screen.locator("h1").first.is_visible()
    assert screen.evaluate("it => it.scrollWidth - it.clientWidth") <= 0
    assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0
    page.close()


def test_a_question_is_answered_in_jupyterlab_and_kept(
    lab: str, chromium: Browser, workspace: Workspace
) -> None:
    page = run(lab, chromium, "quiz")
    screen = page.locator(".app[data-live]").first
    screen.get_by_role("button").first.click()
    screen.locator("form").wait_for()
    give_some_answer(screen)
    screen.locator("form button:not([data-move])").last.click()
    screen.locator(".feedback").wait_for()
    page.close()
    with closing(open_records(records_place(workspace.state))) as records:
        kept = [step.kind for app, _, step in records.steps.of_people([MYSELF.id])[MYSELF.id]]
    assert kept[-1] == "answered"
