"""The command that serves the apps."""

from __future__ import annotations

import errno
import os
import sys
import threading
import webbrowser
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import segno
import typer
from tornado.netutil import bind_sockets

from salestrain.apps.desk import Desk
from salestrain.apps.rehearsal import rehearse
from salestrain.cli.app import Lang, Where, app, err, language_of, out
from salestrain.errors import UsageError
from salestrain.language import Text
from salestrain.serving.reach import own_name
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    import socket

    from salestrain.records import Records

OWN_MACHINE = "127.0.0.1"
EVERY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104 (named, not bound)
DEFAULT_PORT = 8866
PORTS_TRIED = 50
SERVING = Text("练习和回顾在这里：{address}", "Practice and reviews are at {address}")
ON_PHONES = Text("手机扫码打开：", "On a phone, scan:")
SIGN_IN = Text(
    "同一网络里的人都能打开，要用邀请链接或口令登录。",
    "Everyone on this network can reach it; they sign in by invitation link or PIN.",
)
NEEDS_HUB = (
    "JupyterHub started this, and Python's jupyterhub is missing here; "
    "install it with pip install 'salestrain[hub]'"
)
URL_OF_SERVICE = "give the service a url in jupyterhub_config.py, like http://127.0.0.1:10100"
REHEARSED = Text(
    "演示数据：样板公司的 {count} 位新人已有几天的练习记录。"
    "看新人的一天选{learner}，看团队选{leader}。",
    "For the demo, {count} new reps of the sample company come with some days of practice. "
    "Choose {learner} to see a new hire’s day, {leader} to see the team.",
)
STOP = Text("按 Ctrl-C 停止。", "Press Ctrl-C to stop.")

Host = Annotated[
    str | None,
    typer.Option("--host", help="Address others can reach, such as 0.0.0.0; then all sign in."),
]
Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help="Port; default: the first free from 8866."),
]
Browser = Annotated[bool, typer.Option(help="Open the home page.")]


@app.command()
def serve(
    host: Host = None,
    port: Port = None,
    browser: Browser = True,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Serve the apps: on this machine, or with --host to everyone who can reach it.

    Example: salestrain serve --host 0.0.0.0 --no-browser
    """
    desk = Desk.laid(find_workspace(workspace), language_of(lang))
    serve_workspace(desk, host=host, port=port, browser=browser)


def serve_workspace(
    desk: Desk, *, host: str | None, port: int | None, browser: bool, rehearsed: bool = False
) -> None:
    """Serve a workspace until Ctrl-C; people of the CRM may come in from the first start.

    Args:
        desk: The workspace laid out.
        host: Address to listen on; None means this machine alone, and nobody needs to sign in.
        port: None takes the first free one.
        browser: Whether to open the home page.
        rehearsed: Whether some of the sample company's people shall have practised already.

    Raises:
        UsageError: If the port is taken or the address isn't ours.
    """
    from salestrain.serving.house import open_house  # noqa: PLC0415 (heavy, needed here alone)
    from salestrain.serving.server import serve as serve_house  # noqa: PLC0415 (heavy)

    if os.environ.get("JUPYTERHUB_SERVICE_NAME"):  # a person's own server on a hub has none
        _serve_under_hub(desk)
        return
    sockets = _sockets(host or OWN_MACHINE, port)
    house = open_house(desk, on_network=bool(host))
    if rehearsed:
        _rehearse(desk, house.records)
    address = _address(host, sockets[0].getsockname()[1])
    _tell(desk, address, on_network=bool(host))
    if browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    serve_house(house, sockets)


def _rehearse(desk: Desk, records: Records) -> None:
    """Let the sample company's new reps have practised, and say whom to be to see it."""
    found = rehearse(desk.workspace, records, datetime.now().astimezone())
    if not found:
        return
    one = found[-1]  # stands first where people choose who they are
    leads = (lead for lead in records.people.all() if lead.role == "manager")
    leader = next((lead for lead in leads if lead.team == one.team), one)
    learner, lead = (who.called.in_(desk.language) for who in (one, leader))
    facts = {"count": len(found), "learner": learner, "leader": lead}
    out.print(REHEARSED.in_(desk.language).format(**facts), markup=False)


def _serve_under_hub(desk: Desk) -> None:
    """Serve as a service of the JupyterHub that started us, to its users, where it says."""
    if find_spec("jupyterhub") is None:
        raise UsageError(NEEDS_HUB)
    from salestrain.serving.house import open_house  # noqa: PLC0415 (heavy)
    from salestrain.serving.hub import HubIdentity  # noqa: PLC0415 (an extra)
    from salestrain.serving.server import serve as serve_house  # noqa: PLC0415 (heavy)

    address = os.environ.get("JUPYTERHUB_SERVICE_URL", "")
    place, prefix = urlsplit(address), os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
    if place.scheme != "http" or not place.hostname:
        raise UsageError(f"JUPYTERHUB_SERVICE_URL is {address!r}; {URL_OF_SERVICE}")
    try:
        sockets = bind_sockets(place.port or 80, place.hostname)
    except OSError as error:
        why = f"can't listen at {address}: {error.strerror}"
        raise UsageError(f"{why}; {URL_OF_SERVICE}") from error
    public = os.environ.get("JUPYTERHUB_PUBLIC_URL") or prefix
    out.print(SERVING.in_(desk.language).format(address=public), markup=False)
    sys.stdout.flush()
    serve_house(open_house(desk, on_network=True), sockets, HubIdentity, prefix)


def _sockets(host: str, port: int | None) -> list[socket.socket]:
    """Listen on the port asked for, else on the first free one."""
    wanted = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED)
    for number in wanted:
        try:
            return bind_sockets(number, host)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                mend = "name an address of this machine"
                raise UsageError(f"can't listen on {host!r}: {error.strerror}; {mend}") from error
    raise UsageError(f"port {wanted[0]} is in use; name another with --port, or leave it out")


def _address(host: str | None, port: int) -> str:
    name = own_name() if host in EVERY_ADDRESS else host or OWN_MACHINE
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _tell(desk: Desk, address: str, *, on_network: bool) -> None:
    out.print(SERVING.in_(desk.language).format(address=address), markup=False)
    if on_network:
        out.print(SIGN_IN.in_(desk.language))
        err.print(ON_PHONES.in_(desk.language))
        segno.make(address).terminal(out=sys.stderr, compact=True)
    out.print(STOP.in_(desk.language))
    sys.stdout.flush()
