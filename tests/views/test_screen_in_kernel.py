"""A screen in a real kernel: what a hostile client gets to see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

jupyter_client = pytest.importorskip("jupyter_client")
pytestmark = pytest.mark.slow
CODE = """
import threading
from salestrain.views.screen import Drawn, Screen

class Breaking:
    said = 0
    def draw(self):
        return Drawn(f"<p>{self.said}</p>", f"at-{self.said}", "t")
    def act(self, action):
        self.said += 1
        if action.name == "break":
            raise RuntimeError("the key is B")

actor = Breaking()
screen = Screen(actor, "en")
screen
"""
FROM_A_THREAD = """
def later():
    actor.said = 100
    screen.redraw()
thread = threading.Thread(target=later)
thread.start()
thread.join()
"""


class Client:
    """Talks to a kernel as a page does."""

    def __init__(self, kernel: Any) -> None:  # noqa: ANN401 (untyped library)
        self.kernel = kernel

    def heard(self, sent: str) -> list[tuple[str, dict[str, Any]]]:
        """Return all that comes of a message until the kernel is idle again."""
        found: list[tuple[str, dict[str, Any]]] = []
        while True:
            message = self.kernel.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") != sent:
                continue
            content = message["content"]
            if message["msg_type"] == "status":
                if content["execution_state"] == "idle":
                    return found
            else:
                found.append((message["msg_type"], content))

    def run(self, code: str) -> list[tuple[str, dict[str, Any]]]:
        return self.heard(self.kernel.execute(code))

    def say(self, comm: str, data: object) -> list[tuple[str, dict[str, Any]]]:
        content = {"comm_id": comm, "data": data}
        message = self.kernel.session.msg("comm_msg", content)
        self.kernel.shell_channel.send(message)
        return self.heard(message["header"]["msg_id"])


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    manager, kernel = jupyter_client.manager.start_new_kernel(
        env={"SALESTRAIN_SERVED": "1", "PATH": "", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    )
    yield Client(kernel)
    kernel.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def comm(client: Client) -> str:
    shown = client.run(CODE)
    (opened,) = [content for kind, content in shown if kind == "comm_open"]
    (result,) = [content for kind, content in shown if kind == "execute_result"]
    assert opened["data"]["state"]["html"] == ""  # the page below holds it already
    assert result["data"]["text/html"] == "<p>0</p>"
    return str(opened["comm_id"])


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"method": "update", "state": {"html": "<script>forged</script>"}, "buffer_paths": []},
        {"method": "update", "state": 5, "buffer_paths": [["x"]]},
        {"method": "custom", "content": {"id": {}, "do": "press"}},
        {"method": "no such"},
    ],
)
def test_a_client_gets_nothing_back_for_what_is_no_action(
    client: Client, comm: str, data: object
) -> None:
    assert client.say(comm, data) == []


def test_a_fault_reaches_the_client_as_a_sentence_without_a_traceback(
    client: Client, comm: str
) -> None:
    action = {"id": "a", "do": "break", "at": "", "fields": {}}
    came = client.say(comm, {"method": "custom", "content": action})
    assert [kind for kind, _ in came] == ["comm_msg"]
    assert came[0][1]["data"]["content"]["refused"] == "a"
    assert "key is B" not in json.dumps(came)
    assert "Traceback" not in json.dumps(came)


def test_a_redraw_from_a_thread_reaches_the_client(client: Client, comm: str) -> None:
    sent = client.run(FROM_A_THREAD)
    states = [content["data"]["state"] for kind, content in sent if kind == "comm_msg"]
    assert states == [{"html": "<p>100</p>", "at": "at-100"}]
    assert comm
