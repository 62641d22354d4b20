"""What was acknowledged is there, whatever happens next."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from websocket import WebSocketException

from tests.page_client import PageClient

if TYPE_CHECKING:
    from tests.served import Served

pytestmark = pytest.mark.slow

STEPS = 200
KILLED_AFTER = 120
PAD = """
from salestrain.apps.app import App, Fields, action
from salestrain.apps.visit import open_visit
from salestrain.views.screen import Drawn


class Noted(Fields):
    text: str


class Pad(App):
    name = "pad"
    at = "pad"

    def draw(self):
        return Drawn("<h1>Pad</h1>", self.at, "Pad")

    @action("note", Noted)
    def note(self, fields):
        self.visit.thread("pad", "one").save("noted", {"text": fields.text})
"""
PARAMETERS = 'person = ""\nlanguage = ""\nworkspace = ""\nbase_url = ""'
SHOW = "open_visit(person, language, workspace, base_url).show(Pad)"


def own_notebook(served: Served) -> None:
    """Give the workspace an app of its own: a pad that keeps every note."""
    cells = [code(PARAMETERS, "parameters"), code(PAD), code(SHOW)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    place = served.workspace.root / "notebooks" / "apps" / "pad.ipynb"
    place.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")


def pad(served: Served) -> PageClient:
    """Open the app."""
    page = PageClient(served.address, served.cookie_for("D1")).open("app/pad")
    page.at = "pad"
    return page


def code(source: str, *tags: str) -> dict[str, object]:
    """Return a code cell."""
    about: dict[str, object] = {"cell_type": "code", "execution_count": None, "outputs": []}
    return {**about, "metadata": {"tags": list(tags)}, "source": source}


def test_each_acknowledged_step_survives_the_server_being_killed(served: Served) -> None:
    own_notebook(served)
    page = pad(served)
    acknowledged: list[str] = []

    def write() -> None:
        try:
            for number in range(STEPS):
                assert "done" in page.act("note", text=f"note {number}")
                acknowledged.append(f"note {number}")
        except (WebSocketException, OSError):
            return

    writing = threading.Thread(target=write)
    writing.start()
    until = time.monotonic() + 60
    while len(acknowledged) < KILLED_AFTER and time.monotonic() < until:
        time.sleep(0.001)
    served.kill()
    writing.join(30)
    page.close()
    served.restart()
    assert KILLED_AFTER <= len(acknowledged) < STEPS
    with sqlite3.connect(served.workspace.state / "records.db") as database:
        rows = database.execute("SELECT data FROM steps WHERE app = 'pad' ORDER BY id").fetchall()
    kept = "".join(row[0] for row in rows)
    assert [note for note in acknowledged if f'"{note}"' not in kept] == []
    with closing(pad(served)) as again:
        assert "done" in again.act("note", text="after")
