"""As a service of a real JupyterHub: hub, proxy and server, each a process of its own."""

from __future__ import annotations

import html
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

import psutil
import pytest
import websocket

from salestrain.apps.desk import Desk
from salestrain.cli import serve
from salestrain.errors import UsageError
from salestrain.records import Records, open_records, read_secret
from salestrain.workspace import Workspace
from tests.page_client import PROTOCOL
from tests.served import copied

needs_hub = pytest.mark.skipif(
    not (find_spec("jupyterhub") and find_spec("configurable_http_proxy")),
    reason="jupyterhub or configurable-http-proxy isn't installed",
)
pytestmark = [pytest.mark.slow, needs_hub]
STARTS_WITHIN_SECONDS, STOPS_WITHIN_SECONDS = 150, 40
COMMAND = "from salestrain.cli import main; main()"
PROXY = "from configurable_http_proxy.cli import main; main()"
CONFIG = """
import jupyterhub, sys
from jupyterhub.auth import DummyAuthenticator
class AsWritten(DummyAuthenticator):
    def normalize_username(self, username):  # by default R15 would be r15
        return self.username_map.get(username, username)
proxy, proxy_api, hub, service = {ports}
c.JupyterHub.bind_url = f"http://127.0.0.1:{{proxy}}/of/ours/"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{{hub}}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{{proxy_api}}"
c.ConfigurableHTTPProxy.command = [sys.executable, "-c", {proxy_code!r}, "--proxy-timeout", "90000"]
c.JupyterHub.authenticator_class = AsWritten
c.Authenticator.allow_all = True
c.Authenticator.username_map = {{"lin": "R16"}}
c.DummyAuthenticator.password = "a shared password"
c.JupyterHub.services = [dict(
    name="salestrain", url=f"http://127.0.0.1:{{service}}", oauth_no_confirm=True,
    command=[sys.executable, "-c", {code!r}, "serve", "--workspace", {root!r}],
    **({{"timeout": 120}} if jupyterhub.version_info[0] > 5 else {{}}),
)]
c.JupyterHub.load_roles = [
    dict(name="user", scopes=["self", "access:services!service=salestrain"]),
]
"""


@dataclass
class Browser:
    """One person's browser: cookies, and redirects followed."""

    home: str
    jar: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Open an address, or post a form to it; return status, where that led, and the page."""
        origin = {"Origin": re.sub(r"(?<=\d)/.*", "", self.home)} if form is not None else {}
        data = None if form is None else urlencode(form).encode()
        asked = urllib.request.Request(urljoin(self.home, path), data, origin)  # noqa: S310
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        try:
            with opener.open(asked, timeout=90) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.url, error.read().decode()

    def sign_in(self, name: str, path: str = "") -> tuple[int, str, str]:
        """Open an address, and fill in the hub's form that comes first."""
        _, at, page = self.get(path)
        action = re.search(r'<form\s+action="([^"]+)"', page)
        xsrf = re.search(r'name="_xsrf" value="([^"]+)"', page)
        assert action, at
        assert xsrf, at
        form = {"_xsrf": xsrf[1], "username": name, "password": "a shared password"}
        return self.get(urljoin(at, html.unescape(action[1])), form)

    def join(self, kernel: str) -> int:
        """Return with which status a kernel's websocket answers."""
        address = urljoin(self.home, f"api/kernels/{kernel}/channels?session_id=x")
        asked = urllib.request.Request(address)  # noqa: S310
        self.jar.add_cookie_header(asked)
        # the proxy names no protocol in its own answer, which the client would refuse
        header = [f"Sec-WebSocket-Protocol: {PROTOCOL}"]
        address, cookie = address.replace("http", "ws", 1), asked.get_header("Cookie", "")
        try:
            line = websocket.create_connection(address, 30, cookie=cookie, header=header)
        except websocket.WebSocketBadStatusException as error:
            return int(error.status_code)
        line.close(timeout=1)
        line.shutdown()  # type: ignore[no-untyped-call]
        return 101


@dataclass
class Hub:
    """A hub that runs in a folder of its own."""

    folder: Path
    workspace: Workspace
    ports: list[int] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}/of/ours/services/salestrain/"

    @property
    def records(self) -> Records:
        state = self.workspace.state
        return open_records(state / "records.db", secret=read_secret(state))

    def start(self) -> None:
        self.ports = free_ports(4)
        given = {"ports": self.ports, "root": str(self.workspace.root)}
        config = self.folder / "jupyterhub_config.py"
        config.write_text(CONFIG.format(code=COMMAND, proxy_code=PROXY, **given))
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", str(config)],
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "LC_ALL": "zh_CN.UTF-8"},
            )
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while not self._answers():
            running = self.process.poll() is None and time.monotonic() < until
            assert running, (self.folder / "log").read_text()
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            return Browser(self.home).get("healthz")[0] == 200
        except OSError:
            return False

    def stop(self) -> None:
        """Stop it; hub, proxy, server and kernels must end."""
        if self.process:
            hub = psutil.Process(self.process.pid)
            running = [*hub.children(recursive=True), hub]
            hub.terminate()
            _, left = psutil.wait_procs(running, timeout=STOPS_WITHIN_SECONDS)
            for one in left:
                one.kill()
            self.process.wait()
            assert not left, left


def free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        servers = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in servers]


def kernel_of(page: str) -> str:
    found = re.search(r'"kernelId": "([0-9a-f-]+)"', page)
    assert found, page
    return found[1]


@pytest.fixture(scope="module")
def hub(prepared: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("hub")
    one = Hub(folder, copied(prepared, folder / "ours"))
    try:
        one.start()
        yield one
    finally:
        one.stop()


def test_the_hubs_user_comes_in_as_the_person_of_that_id(hub: Hub) -> None:
    browser = Browser(hub.home)
    status, at, page = browser.sign_in("R15")
    assert (status, at) == (200, f"{hub.home}app/home")
    assert 'data-person="R15"' in page
    assert "SALESTRAIN_SERVED" in page  # its kernel prints its environment's names
    assert "API_TOKEN" not in page
    assert browser.join(kernel_of(page)) == 101
    assert 'data-person="R16"' in Browser(hub.home).sign_in("lin")[2]


def test_signing_in_leads_to_where_one_wanted_to_go(hub: Hub) -> None:
    browser = Browser(hub.home)
    assert browser.sign_in("R15", "app/quiz?set=2.2")[1] == f"{hub.home}app/quiz?set=2.2"
    elsewhere = quote("https://evil.example/", safe="")
    assert browser.get(f"sign-in?next={elsewhere}")[1] == f"{hub.home}app/home"


def test_a_learner_is_refused_what_managers_see(hub: Hub) -> None:
    browser = Browser(hub.home)
    status, _, page = browser.sign_in("R15", "app/manager")
    assert status == 403
    assert "你的角色看不到" in page
    assert Browser(hub.home).sign_in("M1", "app/manager")[0] == 200


def test_a_stranger_is_told_what_an_admin_has_to_run(hub: Hub) -> None:
    browser = Browser(hub.home)
    status, _, page = browser.sign_in("zoe li")
    assert status == 403
    assert "salestrain people add &#39;zoe li&#39; NAME" in page
    assert browser.get("app/home")[0] == 403
    assert browser.get("api/kernels/" + "0" * 8 + "-0000" * 3 + "-" + "0" * 12)[0] == 403
    assert browser.get("static/app.css")[0] == 200
    person = hub.records.people.get("R15")
    hub.records.people.add(replace(person, id="zoe li", name="李佐依"))
    assert 'data-person="zoe li"' in browser.get("")[2]


def test_who_left_is_turned_away_at_once(hub: Hub) -> None:
    browser, people = Browser(hub.home), hub.records.people
    kernel = kernel_of(browser.sign_in("R17")[2])
    people.update(replace(people.get("R17"), active=False))
    status, _, page = browser.get("")
    assert status == 403
    assert "salestrain people leave R17 --back" in page
    assert browser.join(kernel) == 403


def test_nobody_is_oneself_because_of_a_name(hub: Hub) -> None:
    hub.records.people.add(replace(hub.records.people.get("D1"), id="me"))
    assert Browser(hub.home).sign_in("me")[0] == 403


def test_a_kernel_is_joined_by_its_own_person_alone(hub: Hub) -> None:
    owner, other, nobody = Browser(hub.home), Browser(hub.home), Browser(hub.home)
    kernel = kernel_of(owner.sign_in("R15")[2])
    other.sign_in("D1")
    assert other.join(kernel) == 404
    assert nobody.join(kernel) == 403
    assert owner.join(kernel) == 101


def test_there_is_no_other_way_in(hub: Hub) -> None:
    link = hub.records.invitations.invite("R18", by="D1").token
    browser = Browser(hub.home)
    assert browser.get(f"join/{link}")[0] == 404
    assert browser.get(f"join/{link}", {})[0] == 404
    assert browser.get("pin")[0] == 404
    assert browser.get("sign-in", {"person": "R18"})[0] in {403, 405}
    assert browser.get("oauth_callback?code=guessed&state=guessed")[0] == 403
    assert browser.get("oauth_callback")[0] == 400
    assert "/hub/login" in browser.get("app/home")[1]
    assert 'services/salestrain/pin"' not in browser.sign_in("R15")[2]


def test_signing_out_here_leaves_the_hub(hub: Hub) -> None:
    browser = Browser(hub.home)
    kernel = kernel_of(browser.sign_in("R15")[2])
    kept = Browser(hub.home)
    for cookie in browser.jar:  # what was copied from here, not what the hub has of its own
        if "hub" not in cookie.path:
            kept.jar.set_cookie(cookie)
    assert kept.get("")[1] == f"{hub.home}app/home"
    assert "/hub/l" in browser.get("sign-out", {})[1]
    assert "/hub/login" in kept.get("")[1]
    assert "/hub/login" in browser.get("")[1]
    assert browser.join(kernel) == 403


def test_leaving_the_hub_ends_the_sign_in_here(hub: Hub) -> None:
    browser = Browser(hub.home)
    kernel = kernel_of(browser.sign_in("R15")[2])
    browser.get("/of/ours/hub/logout")
    assert browser.join(kernel) == 403
    assert "/hub/login" in browser.get("")[1]


def test_what_a_service_lacks_is_told(prepared: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk.laid(prepared, "zh")
    monkeypatch.setenv("JUPYTERHUB_SERVICE_NAME", "salestrain")
    with pytest.raises(UsageError, match=r"give the service a url in jupyterhub_config\.py"):
        serve.serve_workspace(desk, host=None, port=None, browser=False)
    monkeypatch.setattr(serve, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'salestrain\[hub\]'"):
        serve.serve_workspace(desk, host=None, port=None, browser=False)
