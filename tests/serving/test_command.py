"""``salestrain serve``, run as the shell runs it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from salestrain.workspace import Workspace
from tests.served import copied

pytestmark = pytest.mark.slow
COMMAND = "from salestrain.cli import main; main()"


@contextmanager
def running(workspace: Workspace, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Start the command; end it if the test didn't."""
    given = ["serve", "--no-browser", "--workspace", str(workspace.root), *words]
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "en_GB.UTF-8", "COLUMNS": "200"},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def port_said(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://[^/]+:(\d+)/", line)
    assert found, line
    return int(found[1])


def ask(address: str, form: bytes | None = None) -> str:
    """Get a page, or post a form and follow where it leads."""
    origin = {"Origin": "http://" + urlsplit(address).netloc}
    request = urllib.request.Request(address, form, origin)  # noqa: S310 (our own server)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(request, timeout=60) as answer:
        return str(answer.read().decode())


@pytest.fixture
def workspace(prepared: Workspace, tmp_path: Path) -> Workspace:
    return copied(prepared, tmp_path / "ours")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_with_no_kernel_left(workspace: Workspace, sign: signal.Signals) -> None:
    with running(workspace) as process:
        address = f"http://127.0.0.1:{port_said(process)}"
        assert "page-config" in ask(f"{address}/sign-in", b"person=R01")
        kernels = psutil.Process(process.pid).children(recursive=True)
        assert kernels
        process.send_signal(sign)
        out, err = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "Traceback" not in out + err
        assert psutil.wait_procs(kernels, timeout=5)[1] == []


def test_a_port_in_use_is_told_and_without_one_the_next_is_taken(workspace: Workspace) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(workspace, "--port", str(port)) as process:
            _, err = process.communicate(timeout=60)
        assert process.returncode == 2
        assert err.strip() == f"port {port} is in use; name another with --port, or leave it out"
    with running(workspace) as first, running(workspace) as second:
        assert port_said(first) != port_said(second)


def test_an_address_of_no_machine_here_is_told(workspace: Workspace) -> None:
    with running(workspace, "--host", "192.0.2.7") as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "can't listen on '192.0.2.7'" in err


def test_on_a_network_it_shows_a_code_for_phones(workspace: Workspace) -> None:
    with running(workspace, "--host", "127.0.0.1", "--lang", "zh") as process:
        ask(f"http://127.0.0.1:{port_said(process)}/healthz")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stdout is not None
        assert process.stderr is not None
        out, err = process.stdout.read(), process.stderr.read()
    assert "要用邀请链接或口令登录" in out
    assert "手机扫码打开" in err
    assert "█" in err or "▀" in err or "▄" in err
