"""The README's first command, as a process of its own: checked, reviewed, served, stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.starting import free_port, wait_for

SCRIPT = Path(sys.executable).with_name("salestrain")
STOPS_WITHIN_SECONDS = 20


@pytest.mark.slow
def test_the_demo_makes_the_reviews_and_serves_until_it_is_stopped(
    workspace: Path, tmp_path: Path
) -> None:
    log, port = tmp_path / "log", free_port()
    words = ("demo", "--no-browser", "--lang", "en", "--port", str(port), "--workspace", workspace)
    with log.open("w") as told, subprocess.Popen([SCRIPT, *words], stdout=told, stderr=told) as run:
        try:
            wait_for(lambda: urlopen(f"http://127.0.0.1:{port}/healthz").close(), log.read_text)
            run.send_signal(signal.SIGINT)
            assert run.wait(STOPS_WITHIN_SECONDS) == 0
        finally:
            run.kill()
    said = log.read_text()
    assert "8 made, 0 unchanged, 0 failed." in said
    assert f"http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said
    (index,) = (workspace / "reports").rglob("index.html")
    assert "Ann Lee" in index.read_text("utf-8")
