"""The kernels behind open pages: whose each is, and when it is freed."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from traitlets import Dict, Float, Instance, Int, default

from salestrain.serving.guard import Guard
from salestrain.serving.spares import SERVED, Spares

if TYPE_CHECKING:
    from collections.abc import Callable

    from tornado.websocket import WebSocketHandler

GONE = 4404
LAST_WORDS_SECONDS, LAST_WORK_SECONDS = 0.4, 5.0
LONGEST_TURN_SECONDS = 5  # a notebook that takes longer mostly waits
HUNG = 5  # times longer a busy kernel is waited for, once its page is gone


@dataclass(eq=False)
class Lease:
    """Who holds a kernel, by which sign-in and websockets; ``since`` when it waits for a page.

    ``making`` is true until its page is made.
    """

    person: str
    session: str
    guard: Guard = field(default_factory=Guard)
    since: float = field(default_factory=time.monotonic)
    sockets: set[WebSocketHandler] = field(default_factory=set)
    making: bool = True
    turn: asyncio.Semaphore | None = None

    def made(self) -> None:
        """Note that the page is made; whoever waits to start a kernel has their turn."""
        self.making = False
        self.end_turn()

    def end_turn(self) -> None:
        """Let the next in line start a kernel; once."""
        turn, self.turn = self.turn, None
        if turn:
            turn.release()


class Kernels(AsyncMappingKernelManager):
    """Lends kernels to people; those left, idle, dead or too many are freed."""

    idle_open = Float(1800, help="Seconds an open page may rest.").tag(config=True)
    idle_left = Float(120, help="Seconds a kernel waits for a page to connect.").tag(config=True)
    per_person = Int(12, help="How many one person may hold.").tag(config=True)
    in_all = Int(100, help="How many there may be.").tag(config=True)
    cull_interval = Int(10, help="Seconds between looks at who rests.").tag(config=True)
    cull_idle_timeout = 1  # starts the looking; when a kernel is freed is decided below
    keep_spare = Int(2, help="How many are kept ready for whoever comes next.").tag(config=True)
    leases: dict[str, Lease] = Dict()  # type: ignore[assignment]
    spares: Spares | None = None
    turns = Instance(asyncio.Semaphore)

    @default("turns")
    def _one_for_each_processor(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(os.cpu_count() or 1)

    async def lend(self, lease: Lease, **kwargs: Any) -> str:  # noqa: ANN401
        """Start a kernel; all it learns of the request is that it is served.

        Raises:
            HTTPError: 503 if there are too many.
        """
        own = [name for name, one in self.leases.items() if one.person == lease.person]
        if len(own) >= self.per_person:
            await self.free(own[0])
        if len(self.leases) >= self.in_all:
            raise HTTPError(503, "too many kernels")
        starting = f"starting-{id(lease)}"  # counts from now on, so that many at once can't pass
        self.leases[starting] = lease
        try:
            fits = self.spares and kwargs.get("kernel_name") == self.default_kernel_name
            ready = self.spares.take() if self.spares and fits else None
            if not ready:
                await self._wait_for_turn(lease)
            env = {**os.environ, **SERVED}
            kernel_id = ready or await self.start_kernel(**{**kwargs, "env": env})
        finally:
            self.leases.pop(starting, None)  # of too many at once the first is pushed out
        self.leases[kernel_id] = lease
        return kernel_id

    async def _wait_for_turn(self, lease: Lease) -> None:
        """Start no more at once than there are processors: of a class, most would wait for all."""
        await self.turns.acquire()
        lease.turn = self.turns
        IOLoop.current().call_later(LONGEST_TURN_SECONDS, lease.end_turn)

    def leased(self, kernel_id: str, person: str) -> Lease:
        """Return the lease of a person's own kernel; for others there is none (HTTPError 404)."""
        lease = self.leases.get(kernel_id)
        if lease is None or lease.person != person or kernel_id not in self:
            raise HTTPError(404)
        return lease

    def let_go(self, wanted: Callable[[Lease], bool]) -> None:
        """Free the kernels of these leases, each once what was still on the way is done."""
        for kernel_id in [name for name, lease in self.leases.items() if wanted(lease)]:
            IOLoop.current().spawn_callback(self._leave, kernel_id)

    async def _leave(self, kernel_id: str) -> None:
        await asyncio.sleep(LAST_WORDS_SECONDS)
        until = time.monotonic() + LAST_WORK_SECONDS
        while self._is_busy(kernel_id) and time.monotonic() < until:  # noqa: ASYNC110 (no event)
            await asyncio.sleep(0.1)
        await self.free(kernel_id)

    async def free(self, kernel_id: str) -> None:
        """End a kernel and tell its page; nothing is lost, each step was saved when it was made."""
        lease = self.leases.pop(kernel_id, None)
        if lease is None:
            return  # by someone else, just now
        if kernel_id in self:
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
        for socket in list(lease.sockets):
            socket.close(GONE, "kernel ended")

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Free a kernel whose page rests, is gone, or never came, for too long."""
        lease, busy = self.leases.get(kernel_id), self._is_busy(kernel_id)
        if lease is None:
            return
        rests = time.time() - self._kernels[kernel_id].last_activity.timestamp()
        waits = min(time.monotonic() - lease.since, rests)  # at work for a page that will be back
        resting = not busy and rests > self.idle_open
        if resting if lease.sockets else waits > self.idle_left * (HUNG if busy else 1):
            await self.free(kernel_id)

    def _is_busy(self, kernel_id: str) -> bool:
        return kernel_id in self and self._kernels[kernel_id].execution_state == "busy"

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Start no kernel anew: the page that comes back gets a fresh one."""
        kernel = self._kernels[kernel_id]
        super()._handle_kernel_died(kernel_id)  # type: ignore[no-untyped-call]
        IOLoop.current().spawn_callback(kernel.cleanup_resources)
        self.leases.pop(kernel_id, None)
