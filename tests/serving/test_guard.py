"""The rules between a page and its kernel."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.serving.guard import (
    LEAN_BYTES,
    POLICY,
    TOO_BIG,
    Bucket,
    Drop,
    Guard,
    Refuse,
    outgoing,
    split_frame,
)

HEADER = {"msg_id": "1", "msg_type": "comm_msg"}


def frame(channel: str, kind: str, content: object, *, buffers: tuple[bytes, ...] = ()) -> bytes:
    header = {**HEADER, "msg_type": kind}
    parts = [channel.encode(), *(json.dumps(part).encode() for part in (header, {}, {}, content))]
    return packed([*parts, *buffers])


def packed(parts: list[bytes]) -> bytes:
    ends = [8 * (len(parts) + 2)]
    for part in parts:
        ends.append(ends[-1] + len(part))
    numbers = [len(parts) + 1, *ends]
    return b"".join(number.to_bytes(8, "little") for number in numbers) + b"".join(parts)


def passes(guard: Guard, *sent: bytes | str, now: float = 0.0) -> str:
    """Return what becomes of the last frame: ``passed``, ``dropped``, or the closing code."""
    said = ""
    for one in sent:
        try:
            guard.check_incoming(one, now)
        except Drop:
            said = "dropped"
        except Refuse as refused:
            said = str(refused.code)
        else:
            said = "passed"
    return said


COMM = {"comm_id": "abc", "data": {}}
OPEN = {"comm_id": "abc", "target_name": "jupyter.widget.control", "data": {}}
WIDGET = {"comm_id": "abc", "target_name": "jupyter.widget", "data": {}}


@pytest.mark.parametrize(
    ("channel", "kind", "content"),
    [
        ("shell", "comm_msg", COMM),
        ("shell", "comm_close", COMM),
        ("shell", "comm_open", OPEN),
        ("shell", "comm_info_request", {}),
        ("shell", "kernel_info_request", {}),
        ("control", "kernel_info_request", {}),
    ],
)
def test_what_a_page_needs_passes(channel: str, kind: str, content: object) -> None:
    assert passes(Guard(), frame(channel, kind, content)) == "passed"


@pytest.mark.parametrize(
    ("channel", "kind", "content"),
    [
        ("shell", "execute_request", {"code": "1"}),
        ("shell", "inspect_request", {}),
        ("shell", "complete_request", {}),
        ("shell", "history_request", {}),
        ("control", "execute_request", {"code": "1"}),
        ("control", "shutdown_request", {"restart": False}),
        ("control", "interrupt_request", {}),
        ("control", "debug_request", {}),
        ("control", "comm_msg", COMM),
        ("stdin", "input_reply", {"value": "1"}),
        ("iopub", "kernel_info_request", {}),
        ("nowhere", "comm_msg", COMM),
        ("shell", "comm_open", WIDGET),
        ("shell", "comm_open", {**OPEN, "target_name": "ipython.debugger"}),
        ("shell", "comm_open", {**OPEN, "target_name": ["jupyter.widget.control"]}),
    ],
)
def test_anything_else_is_left_out(channel: str, kind: str, content: object) -> None:
    assert passes(Guard(), frame(channel, kind, content)) == "dropped"


@pytest.mark.parametrize(
    "sent",
    [
        "text",
        b"",
        b"\0" * 8,
        b"\xff" * 200,
        frame("shell", "comm_msg", COMM)[:-1],
        frame("shell", "comm_msg", COMM) + b"x",
        packed([b"shell", b"{}", b"{}", b"{}"]),
        packed([b"shell", b"[]", b"{}", b"{}", b"{}"]),
        packed([b"shell", b"{}", b"{}", b"{}", b"{}"]),
        packed([b"shell", b"not json", b"{}", b"{}", b"{}"]),
        packed([b"shell", b"[" * 100_000, b"{}", b"{}", b"{}"]),
        packed([b"shell", json.dumps(HEADER).encode(), b"{}", b"{}", b"1"]),
        frame("shell", "comm_msg", {"comm_id": 1}),
        frame("shell", "comm_msg", {"comm_id": "x" * 200}),
        frame("shell", "comm_msg", {}),
        frame("shell", "comm_msg", COMM, buffers=(b"",) * 100),
    ],
)
def test_a_malformed_frame_closes_the_socket(sent: bytes | str) -> None:
    assert passes(Guard(), sent) == str(POLICY)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_get_past_unread(sent: bytes) -> None:
    assert passes(Guard(), sent) in {str(POLICY), "dropped"}


def test_a_frame_comes_apart_as_it_was_put_together() -> None:
    sent = frame("shell", "comm_msg", COMM, buffers=(b"\0\1", b""))
    channel, parts = split_frame(sent)
    assert channel == "shell"
    assert json.loads(parts[3]) == COMM
    assert parts[4:] == [b"\0\1", b""]


def test_a_large_frame_closes_the_socket_unless_the_stock_front_end_may_send_it() -> None:
    large = frame("shell", "comm_msg", COMM, buffers=(os.urandom(LEAN_BYTES),))
    assert passes(Guard(), large) == str(TOO_BIG)
    assert passes(Guard(stock=True), large) == "passed"
    assert passes(Guard(stock=True), large + b"0" * 10_000_000) == str(TOO_BIG)


def test_two_hundred_at_once_pass_then_forty_a_second() -> None:
    guard, sent = Guard(), frame("shell", "comm_msg", COMM)
    assert {passes(guard, sent) for _ in range(200)} == {"passed"}
    assert passes(guard, sent) == str(POLICY)
    assert [passes(guard, sent, now=1.0) for _ in range(41)] == ["passed"] * 40 + [str(POLICY)]


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    bucket = Bucket(rate=1, burst=2)
    assert [bucket.take(1000.0) for _ in range(3)] == [True, True, False]
    assert [bucket.take(9999.0) for _ in range(3)] == [True, True, False]


def test_only_stock_pages_make_widgets_and_only_so_many() -> None:
    guard = Guard(stock=True, bucket=Bucket(1, 1000))
    opens = [frame("shell", "comm_open", {**WIDGET, "comm_id": str(n)}) for n in range(201)]
    assert {passes(guard, one) for one in opens[:200]} == {"passed"}
    assert passes(guard, opens[-1]) == "dropped"
    closed = frame("shell", "comm_close", {"comm_id": "7", "data": {}})
    assert passes(guard, closed, opens[-1]) == "passed"


def test_a_page_that_forgets_to_close_its_controls_gets_no_more() -> None:
    guard = Guard()
    opens = [frame("shell", "comm_open", {**OPEN, "comm_id": str(n)}) for n in range(99)]
    assert [passes(guard, one) for one in opens].count("passed") == 20


def from_kernel(kind: str, content: object) -> list[bytes]:
    return [json.dumps({"msg_type": kind}).encode(), b"{}", b"{}", json.dumps(content).encode()]


def test_an_error_stays_on_the_server() -> None:
    said = {"ename": "ValueError", "evalue": "no", "traceback": ["the source"]}
    left = outgoing(from_kernel("error", said))
    assert left == (None, "ValueError: no")


def test_what_is_written_to_stderr_stays_on_the_server() -> None:
    left = outgoing(from_kernel("stream", {"name": "stderr", "text": "Traceback …\n"}))
    assert left == (None, "Traceback …")
    assert outgoing(from_kernel("stream", {"name": "stdout", "text": "hello"}))[0] is not None


@pytest.mark.parametrize("kind", ["display_data", "execute_result", "stream"])
def test_what_a_page_being_made_brings_is_not_sent_beside_it(kind: str) -> None:
    parts = from_kernel(kind, {"name": "stdout", "text": "hello"})
    assert outgoing(parts, making=True) == (None, "")
    assert outgoing(parts) == (parts, "")


def test_a_page_being_made_hears_its_widgets_and_what_is_drawn_anew() -> None:
    for kind in ("comm_open", "comm_msg", "status", "update_display_data", "clear_output"):
        parts = from_kernel(kind, {})
        assert outgoing(parts, making=True) == (parts, "")


@pytest.mark.parametrize("kind", ["execute_input", "execute_reply", "debug_event"])
def test_what_an_execution_says_of_itself_stays(kind: str) -> None:
    assert outgoing(from_kernel(kind, {"code": "the source"})) == (None, "")


def test_a_failed_reply_says_that_it_failed_and_no_more() -> None:
    said = {"status": "error", "ename": "E", "evalue": "v", "traceback": ["the source"]}
    left = outgoing(from_kernel("comm_info_reply", said))[0]
    assert left is not None
    silent = {"status": "error", "ename": "", "evalue": "", "traceback": []}
    assert json.loads(left[3]) == silent


def test_what_widgets_say_passes_untouched() -> None:
    parts = [*from_kernel("comm_msg", COMM), b"\0buffer"]
    assert outgoing(parts) == (parts, "")
