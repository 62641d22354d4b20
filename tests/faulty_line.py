"""A line between browser and server that can be cut or stalled, as trains and lifts do it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import Literal, Self

State = Literal["ok", "cut", "stall"]
STEP_SECONDS = 0.02


class FaultyLine:
    """A TCP proxy on 127.0.0.1; ``state`` may be changed at any time, from any thread.

    ``brought`` are the bytes that came back from the server, all headers and frames with them.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._pairs: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.state: State = "ok"
        self.port = self.brought = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._listening.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def cut(self) -> None:
        """Break every connection, and refuse new ones until ``mend``."""
        self.state = "cut"
        self._loop.call_soon_threadsafe(self._abort)

    def stall(self) -> None:
        """Keep connections open and let nothing through."""
        self.state = "stall"

    def mend(self) -> None:
        """Let everything through again."""
        self.state = "ok"

    def _abort(self) -> None:
        for writer in self._pairs:
            writer.transport.abort()
        self._pairs.clear()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._join, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        self._loop.run_forever()
        server.close()
        self._abort()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.1))
        self._loop.close()

    async def _join(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # at the end of the test
            await self._connect(near, back)

    async def _connect(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if self.state == "cut":
            back.transport.abort()
            return
        await self._flows()
        try:
            far, out = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            back.transport.abort()
            return
        self._pairs |= {back, out}
        await asyncio.gather(self._pump(near, out), self._pump(far, back, coming=True))

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, coming: bool = False
    ) -> None:
        try:
            while data := await source.read(65536):
                await self._flows()
                self.brought += len(data) if coming else 0
                sink.write(data)
                await sink.drain()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            sink.close()

    async def _flows(self) -> None:
        while self.state == "stall":  # noqa: ASYNC110 (set from another thread)
            await asyncio.sleep(STEP_SECONDS)
