"""The websocket between a page and its own kernel, and how a page asks for and leaves it."""

from __future__ import annotations

import time
from logging import INFO, WARNING
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError

from salestrain.serving.base import Base
from salestrain.serving.guard import Drop, Refuse, outgoing

if TYPE_CHECKING:
    from concurrent.futures import Future

    from salestrain.serving.kernels import Lease

PROTOCOL = "v1.kernel.websocket.jupyter.org"
MOST_SOCKETS = 4
LEFT = {1001, 4001}  # how a socket closes whose page is left: by the browser, by the page
ROUTINE = "No such comm"  # ipywidgets closes its end of a control comm first


class GuardedConnection(ZMQChannelsWebsocketConnection):
    """Lets out of a kernel's messages what a page may know."""

    def _on_zmq_reply(self, stream: Any, msg_list: list[bytes] | dict[str, Any]) -> None:  # noqa: ANN401
        if isinstance(msg_list, dict):
            return  # the socket has closed meanwhile, and with it the protocol was forgotten
        page = self.websocket_handler
        making = isinstance(page, KernelSocket) and bool(page.lease and page.lease.making)
        parts, note = outgoing([bytes(part) for part in msg_list], making=making)
        if note:
            routine = note.startswith(ROUTINE)
            self.log.log(INFO if routine else WARNING, "kernel %s says: %s", self.kernel_id, note)
        if parts is not None:
            super()._on_zmq_reply(stream, parts)  # type: ignore[no-untyped-call]

    def request_kernel_info(self) -> Future[Any]:
        """Ask nothing: it would wait for the notebook to end, while the page waits to connect."""
        self._finish_kernel_info({})  # type: ignore[no-untyped-call]
        return self._kernel_info_future

    def write_stderr(self, error_message: str, parent_header: object) -> None:  # noqa: ARG002
        """Keep the server's own remarks on the server."""
        self.log.warning("kernel %s: %s", self.kernel_id, error_message)


class KernelSocket(Base, KernelWebsocketHandler):
    """``/api/kernels/ID/channels``: only for the person whose page holds the kernel."""

    lease: Lease | None = None
    refused = False

    def set_default_headers(self) -> None:
        """Set none: this is no page."""

    async def pre_get(self) -> None:
        """Refuse strangers, other protocols and too many at once, each time a page connects."""
        lease = self.kernels.leased(self.kernel_id, self.person.id)
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in offered.replace(" ", "").split(","):
            raise HTTPError(400, "unknown protocol")
        if len(lease.sockets) >= MOST_SOCKETS:
            raise HTTPError(429, "too many sockets")
        await super().pre_get()  # type: ignore[no-untyped-call]
        self.lease = lease

    async def open(self, kernel_id: str) -> None:
        """Count the page as connected."""
        if self.lease:
            self.lease.sockets.add(self)
        await super().open(kernel_id)  # type: ignore[no-untyped-call]

    def on_message(self, ws_message: bytes | str) -> None:
        """Pass what the guard lets pass."""
        if self.lease is None or self.refused:
            return
        try:
            self.lease.guard.check_incoming(ws_message, time.monotonic())
        except Drop as dropped:
            self.log.info("dropped for kernel %s: %s", self.kernel_id, dropped)
        except Refuse as refused:
            self.log.warning("closed on kernel %s: %s", self.kernel_id, refused)
            self.refused = True
            self.close(refused.code, str(refused))
        else:
            super().on_message(ws_message)  # type: ignore[no-untyped-call]

    def on_close(self) -> None:
        """Note since when the kernel waits for its page, or free it if the page is left."""
        lease = self.lease
        if lease is None:
            return
        lease.sockets.discard(self)
        lease.since = time.monotonic()
        super().on_close()  # type: ignore[no-untyped-call]
        if self.close_code in LEFT and not lease.sockets:
            self.kernels.let_go(lambda one: one is lease)


class KernelState(Base):
    """``/api/kernels/ID``: whether a page's own kernel still lives."""

    def get(self, kernel_id: str) -> None:
        """Answer its state, or 404."""
        self.kernels.leased(kernel_id, self.person.id)
        self.finish(self.kernels.kernel_model(kernel_id))  # type: ignore[no-untyped-call]


class Leave(Base):
    """``/leave/ID``: the beacon of a page that is closed."""

    def set_default_headers(self) -> None:
        """Set none: nobody is there to read the answer."""

    def post(self, kernel_id: str) -> None:
        """Free the page's kernel once its last words are done."""
        lease = self.kernels.leased(kernel_id, self.person.id)
        self.kernels.let_go(lambda one: one is lease)
        self.set_status(204)
