"""The websocket of a page, used by its person and abused by others."""

from __future__ import annotations

import os
import re
import socket
import time
from pathlib import Path

import psutil
import pytest

from tests.served import Served
from tests.serving.conftest import Serve
from tests.serving.raw import joined, refused

pytestmark = pytest.mark.slow
GONE = 4404
CONTROL = "jupyter.widget.control"


def opened(served: Served, cookie: str, path: str = "app/home") -> tuple[str, str]:
    """Open a page; return its kernel's and its widget's id."""
    page = served.get(path, cookie).text
    kernel = re.search(r'"kernelId": "([0-9a-f-]+)"', page)
    model = re.search(r'data-model-id="(\w+)"', page)
    assert kernel, page
    assert model, page
    return kernel[1], model[1]


def wait_for(what: object, of: object, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while (now := of()) != what:  # type: ignore[operator]
        assert time.monotonic() < until, f"{now} in place of {what}"
        time.sleep(0.1)


def test_a_person_talks_to_the_kernel_of_their_page(served: Served) -> None:
    cookie = served.cookie_for("R01")
    kernel, model = opened(served, cookie)
    with joined(served, kernel, cookie) as page:
        page.say(model, do="hello")
        assert page.hears("'said': 'hello'")
    with joined(served, kernel, cookie) as again:
        again.say(model, do="back")
        assert again.hears("'said': 'back'")


def test_a_page_connects_while_its_notebook_still_runs(served: Served) -> None:
    cookie = served.cookie_for("M1")
    request = f"GET /app/own_slow HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        line.sendall(request.encode())
        page = ""
        while not (kernel := re.search(r'"kernelId": "([0-9a-f-]+)"', page)):
            page += line.recv(10_000).decode()
        began = time.monotonic()
        with joined(served, kernel[1], cookie):
            assert time.monotonic() - began < 3
        assert "own_slow" in page
        assert "widget-host" not in page


def test_nobody_else_may_join(served: Served) -> None:
    kernel, _ = opened(served, served.cookie_for("R01"))
    assert refused(served, kernel, served.cookie_for("R02")) == 404
    assert refused(served, kernel, served.cookie_for("D1")) == 404
    assert refused(served, kernel, "") == 403
    assert refused(served, kernel, served.forged_cookie_for("R01")) == 403


def test_a_page_of_another_host_may_not_join(served: Served) -> None:
    cookie = served.cookie_for("R01")
    kernel, _ = opened(served, cookie)
    assert refused(served, kernel, cookie, origin="http://evil.example") == 403
    assert refused(served, kernel, cookie, origin="null") == 403


def test_the_older_protocol_is_refused(served: Served) -> None:
    cookie = served.cookie_for("R01")
    kernel, _ = opened(served, cookie)
    assert refused(served, kernel, cookie, subprotocols=[]) == 400


def test_no_request_runs_code_on_any_channel(served: Served, tmp_path: Path) -> None:
    cookie = served.cookie_for("R01")
    kernel, model = opened(served, cookie)
    with joined(served, kernel, cookie) as page:
        for channel in ("shell", "control", "stdin", "iopub"):
            code = f"open({str(tmp_path / channel)!r}, 'w')"
            page.send(channel, "execute_request", {"code": code, "silent": False})
            page.send(channel, "shutdown_request", {"restart": False})
            page.send(channel, "debug_request", {"command": "initialize"})
        page.say(model, do="still here")
        assert page.hears("still here")
    assert list(tmp_path.iterdir()) == []


def test_a_failing_answer_tells_the_server_and_nobody_else(served: Served) -> None:
    cookie = served.cookie_for("R01")
    kernel, model = opened(served, cookie)
    with joined(served, kernel, cookie) as page:
        page.say(model, do="fail")
        page.send("shell", "comm_msg", {"comm_id": model, "data": "no object"})
        page.send("shell", "comm_msg", {"comm_id": model, "data": {"method": "custom"}})
        said = str(page.heard(3))
    assert "idle" in said
    assert "Traceback" not in said
    assert "ValueError" not in said
    wait_for(True, lambda: "ValueError: secret in the source" in served.log())


def test_a_client_makes_no_widgets(served: Served) -> None:
    cookie = served.cookie_for("R01")
    kernel, _ = opened(served, cookie)
    with joined(served, kernel, cookie) as page:
        said = str(page.make_widgets(50))
    assert "comm_info_reply" in said
    assert f"{7:032x}" not in said


def test_a_stock_page_makes_widgets_up_to_a_limit(served: Served) -> None:
    cookie = served.cookie_for("M1")
    kernel = served.open("app/own_stock", cookie)
    with joined(served, kernel, cookie) as page:
        said = str(page.make_widgets(50))
        assert f"{7:032x}" in said


def test_ten_megabytes_close_the_socket_and_harm_nothing_else(served: Served) -> None:
    cookie = served.cookie_for("R01")
    kernel, model = opened(served, cookie)
    with joined(served, kernel, cookie) as page:
        page.say(model, do="x" * 2_000_000)
        assert page.closing_code() == 1009
    with joined(served, kernel, cookie) as page, pytest.raises(OSError):  # noqa: PT011, PT012
        for _ in range(20):  # reset or broken pipe, as it happens
            page.say(model, do="x" * 11_000_000)
    with joined(served, kernel, cookie) as page:
        page.say(model, do="still here")
        assert page.hears("still here")


def test_ten_thousand_messages_close_the_socket_and_harm_nothing_else(served: Served) -> None:
    cookie = served.cookie_for("R01")
    kernel, _ = opened(served, cookie)
    with joined(served, kernel, cookie) as page, pytest.raises(OSError):  # noqa: PT011, PT012
        for _ in range(10_000):
            page.send("shell", "kernel_info_request", {})
        raise ConnectionError(page.closing_code())
    assert served.get("healthz").status == 200
    other = served.cookie_for("R02")
    kernel, model = opened(served, other)
    with joined(served, kernel, other) as page:
        page.say(model, do="others go on")
        assert page.hears("others go on")


def test_the_state_of_a_kernel_is_told_to_its_person_alone(served: Served) -> None:
    cookie = served.cookie_for("R01")
    kernel, _ = opened(served, cookie)
    assert served.get(f"api/kernels/{kernel}", cookie).status == 200
    assert served.get(f"api/kernels/{kernel}", served.cookie_for("R02")).status == 404
    assert served.get(f"api/kernels/{kernel}").status in {302, 403}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "api/kernels"),
        ("post", "api/kernels"),
        ("post", "api/kernels/{kernel}"),
        ("post", "api/kernels/{kernel}/interrupt"),
        ("post", "api/kernels/{kernel}/restart"),
        ("get", "api/contents"),
        ("get", "api/sessions"),
        ("get", "api/terminals"),
        ("get", "voila/query/{kernel}"),
        ("get", "voila/execution/{kernel}"),
        ("get", "login"),
        ("get", "logout"),
    ],
)
def test_nothing_else_of_jupyter_is_there(served: Served, method: str, path: str) -> None:
    cookie = served.cookie_for("D1")
    kernel, _ = opened(served, cookie)
    ask = served.get if method == "get" else served.post
    assert ask(path.format(kernel=kernel), cookie).status in {404, 405}
    assert served.get(f"api/kernels/{kernel}", cookie).status == 200


def test_a_killed_kernel_is_told_to_its_page_and_never_started_anew(served: Served) -> None:
    cookie = served.cookie_for("R12")
    kernel, _ = opened(served, cookie)
    assert served.process is not None
    children = psutil.Process(served.process.pid).children(recursive=True)
    (process,) = [one for one in children if kernel in " ".join(one.cmdline())]
    with joined(served, kernel, cookie) as page:
        os.kill(process.pid, 9)
        assert page.hears("'execution_state': 'dead'", seconds=5)
    assert served.get(f"api/kernels/{kernel}", cookie).status == 404


def test_leaving_frees_ones_own_kernel(served: Served) -> None:
    cookie = served.cookie_for("R13")
    kernel, _ = opened(served, cookie)
    path, state = f"leave/{kernel}", f"api/kernels/{kernel}"
    assert served.post(path, served.cookie_for("R14")).status == 404
    assert served.post(path, cookie, origin="http://evil.example").status == 403
    assert served.post(path, cookie, origin="null").status == 403
    assert served.post(path, cookie, sec_fetch_site="cross-site").status == 403
    assert served.get(path, cookie).status == 405
    assert served.get(state, cookie).status == 200
    assert served.post(path, cookie).status == 204
    wait_for(404, lambda: served.get(state, cookie).status)


@pytest.mark.parametrize("code", [1001, 4001])
def test_a_socket_closed_by_leaving_frees_the_kernel_at_once(served: Served, code: int) -> None:
    cookie = served.cookie_for("R15")
    kernel, _ = opened(served, cookie)
    with joined(served, kernel, cookie) as page:
        with joined(served, kernel, cookie) as other:
            other.socket.close(code)
        time.sleep(2)
        assert served.get(f"api/kernels/{kernel}", cookie).status == 200
        page.socket.close(code)
    wait_for(404, lambda: served.get(f"api/kernels/{kernel}", cookie).status, seconds=5)


def test_what_was_said_last_is_still_done_when_a_page_leaves(served: Served) -> None:
    cookie = served.cookie_for("R10")
    kernel, model = opened(served, cookie)
    with joined(served, kernel, cookie) as page:
        page.say(model, do="last word")
        served.post(f"leave/{kernel}", cookie)
        assert page.hears("last word")
        assert page.closing_code() == GONE


def test_thirty_closed_pages_leave_no_kernel_in_ten_seconds(serve: Serve) -> None:
    ours = serve(per_person=30)
    cookie = ours.cookie_for("R01")
    kernels = [opened(ours, cookie)[0] for _ in range(30)]
    assert ours.kernels() == 30
    for kernel in kernels:
        ours.post(f"leave/{kernel}", cookie)
    wait_for(0, ours.kernels, seconds=10)


def test_kernels_are_freed_when_their_pages_rest_or_go(serve: Serve) -> None:
    brief = serve(idle_open=4, idle_left=1.5, cull_interval=1)
    cookie = brief.cookie_for("R01")
    opened(brief, cookie)
    wait_for(0, brief.kernels)  # its page never connected

    kernel, model = opened(brief, cookie)
    with joined(brief, kernel, cookie) as page:
        page.say(model, do="hello")
        assert page.closing_code() == GONE  # open, but at rest
    assert brief.get(f"api/kernels/{kernel}", cookie).status == 404

    kernel, model = opened(brief, cookie)
    with joined(brief, kernel, cookie):
        pass
    with joined(brief, kernel, cookie) as page:  # a dropped line comes back in time
        page.say(model, do="back in time")
        assert page.hears("back in time")
    wait_for(0, brief.kernels)


def test_one_person_and_all_together_hold_only_so_many(serve: Serve) -> None:
    few = serve(per_person=2, in_all=3)
    cookie = few.cookie_for("R01")
    first, *_ = [opened(few, cookie)[0] for _ in range(3)]
    assert few.kernels() == 2
    assert few.get(f"api/kernels/{first}", cookie).status == 404
    opened(few, few.cookie_for("R02"))
    full = few.get("app/home", few.cookie_for("R12"), accept_language="en")
    assert full.status == 503
    assert "1" in full.headers["Content-Length"]
    assert few.kernels() == 3


def test_signing_out_ends_the_pages_of_that_sign_in_alone(served: Served) -> None:
    phone, desk = served.cookie_for("R11"), served.cookie_for("R11")
    on_phone, _ = opened(served, phone)
    on_desk, _ = opened(served, desk)
    assert served.post("sign-out", phone).status == 302
    wait_for(404, lambda: served.get(f"api/kernels/{on_phone}", desk).status)
    assert served.get(f"api/kernels/{on_desk}", desk).status == 200


def test_a_reader_who_leaves_while_the_page_is_made_leaves_no_kernel(serve: Serve) -> None:
    ours = serve()
    cookie = ours.cookie_for("R01")
    with socket.create_connection(("127.0.0.1", ours.port)) as line:
        request = f"GET /app/home HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
        line.sendall(request.encode())
        assert b"page-opening" in line.recv(20_000)
    wait_for(0, ours.kernels, seconds=10)


def test_a_kernel_knows_nothing_of_the_request(served: Served) -> None:
    told = "app/own_talk?signature=abc&person=D1&base_url=//evil"
    page = served.get(told, served.cookie_for("M1"), x_forwarded_user="root").text
    printed = re.search(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert printed
    person, base_url, names, is_served = printed[1].split()
    assert (person, base_url, is_served) == ("M1", "/", "1")
    assert not re.search(r"QUERY|HTTP_X|REQUEST_URL|PATH_INFO|SERVER_NAME", names)
