"""A quiz opened on a phone: salestrain's server against stock Voila, in turns.

    python -m benchmarks.first_visit [--rounds 3] [--nets local,m10,slow,cpu] [--apps]

Stock is ``voila`` with its own front end and an equivalent quiz of plain ipywidgets. Each round
opens either quiz twice in a fresh browser profile on every network. Bytes are counted twice: by the
browser (Chrome DevTools Protocol: responses, and websocket frames), and by a relay between browser
and server, which also sees headers and the service worker. "Ready" is when the page can be used:
ours says so itself, for stock it is when the first radio button is visible. All other hosts are
unreachable. Prints medians and ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from playwright.sync_api import sync_playwright

from benchmarks.servers import LEARNER, QUIZ, Server, both, cookie_of, ours
from salestrain.apps.registry import APPS, may_open
from salestrain.records import open_records
from tests.chromium import ALONE, CHROMIUM, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright

SETTLES_MS = 2000
READY_MS = 240_000


class Net(NamedTuple):
    """Bits a second down and up (0: as fast as it goes), delay, and how much slower the CPU is."""

    down: float = 0
    up: float = 0
    delay_ms: float = 0
    slower: int = 1


NETS = {
    "local": Net(),
    "m10": Net(10e6, 3e6, 80),
    "slow": Net(1.6e6, 0.75e6, 150),
    "cpu": Net(slower=4),
}


@dataclass
class Seen:
    """One visit: responses, kB as the browser and the relay count them, seconds, MB of heap."""

    responses: float = 0
    http_kb: float = 0
    socket_kb: float = 0
    wire_kb: float = 0
    ready_s: float = 0
    heap_mb: float = 0


class Relay:
    """Passes bytes on to a server and counts those that come back."""

    def __init__(self, port: int) -> None:
        self.port, self.bytes = 0, 0
        self._target = port
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        begun = asyncio.start_server(self._serve, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(begun, self._loop).result()
        self.port = server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        back = self._pass(far_reader, writer, count=True)
        await asyncio.gather(self._pass(reader, far_writer, count=False), back)

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, count: bool
    ) -> None:
        try:
            while data := await source.read(1 << 16):
                self.bytes += len(data) if count else 0
                sink.write(data)
                await sink.drain()
        except OSError:
            pass  # a browser that closes doesn't say goodbye
        finally:
            sink.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nets", default=",".join(NETS))
    parser.add_argument("--apps", action="store_true", help="only the weight of each of our apps")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        if not asked.apps:
            compare(playwright, asked.nets.split(","), asked.rounds)
        with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "ours") as server:
            weigh_apps(playwright, server, Path(folder) / "ours")


def compare(playwright: Playwright, nets: Sequence[str], rounds: int) -> None:
    """Print both quizzes side by side."""
    found: dict[tuple[str, int, str], list[Seen]] = defaultdict(list)
    for turn in range(rounds):  # servers anew, since stock keeps every kernel
        with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as servers:
            for net in nets:
                for server in servers if turn % 2 == 0 else reversed(servers):
                    for number, seen in enumerate(visits(playwright, server, server.path, net), 1):
                        found[net, number, server.name].append(seen)
    print("net    visit  server      responses  http kB   ws kB  wire kB  ready s  heap MB")
    for (net, number, name), every in sorted(found.items(), key=lambda one: one[0][:2]):
        print(f"{net:6} {number:5}  {name:10} {row(medians(every))}")
    for net in nets:
        for number in (1, 2):
            each = (medians(found[net, number, name]) for name in ("salestrain", "stock"))
            print(f"{net:6} {number:5}  ratio      {ratios(*each)}")


def weigh_apps(playwright: Playwright, server: Server, workspace: Path) -> None:
    """Print what the first and second visit to each of our apps weigh."""
    people = open_records(workspace / ".salestrain" / "records.db").people.all()
    print("app          visit  responses  http kB   ws kB  wire kB  ready s  heap MB")
    for name in APPS:
        whom = [one.id for one in people if may_open(one.role, name)]
        if whom and (workspace / "notebooks" / "apps" / f"{name}.ipynb").exists():
            person = LEARNER if LEARNER in whom else whom[0]
            path = QUIZ if name == "quiz" else f"app/{name}"
            for visit, seen in enumerate(visits(playwright, server, path, "local", person), 1):
                print(f"{name:12} {visit:5} {row(seen)}")


def visits(
    playwright: Playwright, server: Server, path: str, net: str, person: str = LEARNER
) -> Iterator[Seen]:
    """Yield the first and the second visit of a fresh browser profile."""
    chromium = CHROMIUM or sys.exit("needs an installed chromium")
    cookie = cookie_of(server, person)
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with folder as profile, Relay(server.port) as relay:
        address = f"http://127.0.0.1:{relay.port}/"
        for _ in range(2):
            context = playwright.chromium.launch_persistent_context(
                profile, executable_path=chromium, args=[*ALONE], locale="zh-CN", **PHONE
            )
            sign_in(context, address, cookie)
            yield visit(context, relay, address + path, server.ready, NETS[net])
            context.close()


def sign_in(context: BrowserContext, address: str, cookie: str) -> None:
    """Give the browser the cookie."""
    for pair in filter(None, cookie.split("; ")):
        name, _, value = pair.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": address}])


def visit(context: BrowserContext, relay: Relay, url: str, ready: str, net: Net) -> Seen:
    """Open a page once."""
    page, seen, before = context.pages[0], Seen(), relay.bytes
    session = context.new_cdp_session(page)
    watch(session, seen)
    slow_down(session, net)
    started = time.monotonic()
    page.goto(url, wait_until="commit", timeout=READY_MS)
    page.wait_for_selector(ready, timeout=READY_MS)
    seen.ready_s = time.monotonic() - started
    page.wait_for_timeout(SETTLES_MS)
    session.send("HeapProfiler.collectGarbage")
    seen.heap_mb = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    seen.wire_kb = (relay.bytes - before) / 1e3
    leave(page)
    return seen


def leave(page: Page) -> None:
    """Go away as a reader does, so that kernels are freed where the server frees them."""
    page.goto("about:blank")


def watch(session: CDPSession, seen: Seen) -> None:
    """Count what the browser loads."""

    def loaded(event: dict[str, Any]) -> None:
        seen.http_kb += event["encodedDataLength"] / 1e3

    def answered(event: dict[str, Any]) -> None:
        seen.responses += not event["response"].get("fromDiskCache")

    def said(event: dict[str, Any]) -> None:
        frame = event["response"]  # binary frames come in base64
        seen.socket_kb += len(frame["payloadData"]) * (0.75 if frame["opcode"] == 2 else 1) / 1e3

    session.on("Network.loadingFinished", loaded)
    session.on("Network.responseReceived", answered)
    session.on("Network.webSocketFrameReceived", said)
    session.send("Network.enable")


def slow_down(session: CDPSession, net: Net) -> None:
    """Make network and CPU as slow as asked."""
    if net.down:
        speeds = {"downloadThroughput": net.down / 8, "uploadThroughput": net.up / 8}
        given = {"offline": False, "latency": net.delay_ms, **speeds}
        session.send("Network.emulateNetworkConditions", given)
    session.send("Emulation.setCPUThrottlingRate", {"rate": net.slower})


def medians(seen: Sequence[Seen]) -> Seen:
    """Return the median of each figure."""
    return Seen(*(median(vars(one)[name] for one in seen) for name in vars(seen[0])))


def row(seen: Seen) -> str:
    """Return one line of figures."""
    return (
        f"{seen.responses:10.0f} {seen.http_kb:8.1f} {seen.socket_kb:7.1f} {seen.wire_kb:8.1f} "
        f"{seen.ready_s:8.2f} {seen.heap_mb:8.1f}"
    )


def ratios(mine: Seen, stock: Seen) -> str:
    """Return how many times more stock takes."""
    times = (vars(stock)[name] / max(vars(mine)[name], 1e-9) for name in vars(mine))
    widths = (10, 8, 7, 8, 8, 8)
    return " ".join(f"{one:{width}.1f}" for one, width in zip(times, widths, strict=True))


if __name__ == "__main__":
    main()
