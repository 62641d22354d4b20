"""The server: Voila's application with own handlers only, configured here and nowhere else."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import shutil
import signal
import sys
import tempfile
from typing import TYPE_CHECKING, Any

from nbclient.exceptions import CellExecutionError
from tornado.httpserver import HTTPServer
from tornado.web import Application
from traitlets import Dict, Instance, List
from traitlets.config import Config
from voila.app import Voila  # type: ignore[import-untyped]
from voila.configuration import VoilaConfiguration  # type: ignore[import-untyped]

from salestrain.apps.roleplay import ahead
from salestrain.records import read_secret
from salestrain.serving import pages
from salestrain.serving.addresses import handlers
from salestrain.serving.clients import PromptClient
from salestrain.serving.house import House
from salestrain.serving.identity import CookieIdentity, Identity
from salestrain.serving.kernels import Kernels
from salestrain.serving.live.rooms import Rooms
from salestrain.serving.sockets import GuardedConnection
from salestrain.serving.spares import Spares

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from salestrain.serving.app_page import AppPage

LEARNS = (sys.executable, "-m", "salestrain.apps.roleplay.ahead")
HEARTBEAT_SECONDS, CLOSING_SECONDS = 5, 5
LARGEST_MESSAGE, LARGEST_POST = 10_000_000, 100_000
PLACES = re.compile(r"^(?:\x1b\[\S*?m)*File (?:\x1b\[\S*?m)*(\S+?:\d+)", re.MULTILINE)


class SalesServer(Voila):  # type: ignore[misc]
    """Serves one house; the command line and configuration files of Voila play no part."""

    name = "voila"  # what Voila's own handlers look for in the settings
    house = Instance(House)
    sockets: List[socket.socket] = List(help="Where it listens, already open.")
    limits = Dict(help="Traits of Kernels that shall differ from their defaults.")

    def initialize(self, argv: None = None) -> None:  # noqa: ARG002 (no arguments are read)
        """Set what Voila would read from its command line."""
        self.root_dir = str(self.house.workspace.root)
        self.port = self.sockets[0].getsockname()[1]
        self.update_config(self._config_of_parts())
        self.voila_configuration = VoilaConfiguration(
            parent=self,
            template="salestrain",
            allow_template_override="NOTEBOOK",
            allow_theme_override="NO",
            multi_kernel_manager_class=Kernels,
            http_keep_alive_timeout=HEARTBEAT_SECONDS,
            prelaunch_hook=self._prelaunch,
        )
        self.template_paths = [str(pages.FOLDER)]
        self.kernel_websocket_connection_class = GuardedConnection
        self.cookie_secret = read_secret(self.house.workspace.state)
        self.log.addFilter(without_sources)

    def _config_of_parts(self) -> Config:
        config = Config()
        config.Kernels.update(self.limits)
        config.AsyncKernelManager.client_factory = PromptClient
        config.IOLoopKernelRestarter.restart_limit = 0
        config.IOLoopKernelRestarter.time_to_dead = 1.0
        config.CookieIdentity.cookie_name = f"salestrain-{self.port}"
        if os.name == "posix":  # no ports to run out of, or for others on the machine to find
            config.KernelManager.transport = "ipc"
        return config

    def _prelaunch(self, page: AppPage, notebook: Any, cwd: str) -> Any:  # noqa: ANN401, ARG002
        return page.parameterize(notebook)

    def init_settings(self) -> dict[str, Any]:
        """Return the settings of the web application."""
        settings = super().init_settings()
        self.identity_provider.records = self.house.records
        return {
            **settings,
            "house": self.house,
            "rooms": Rooms(self.house),
            "login_url": f"{self.base_url}sign-in",
            "allow_remote_access": self.house.on_network,
            "compress_response": True,
            "websocket_compression_options": {},
            "websocket_max_message_size": LARGEST_MESSAGE,
        }

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """Return own handlers; none of Voila's files, tree, contents or render."""
        for_pages = {"template_paths": self.template_paths, "config": self.config}
        for_pages["voila_configuration"] = self.voila_configuration
        ways_in = self.identity_provider.get_handlers()
        return [*ways_in, *handlers(self.base_url, for_pages)]

    def start(self) -> None:
        """Serve until Ctrl-C or a polite kill; no kernel is left behind."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self.connection_dir = tempfile.mkdtemp(prefix="salestrain-")
        self.app = Application(**self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        server = HTTPServer(self.app, max_body_size=LARGEST_POST)
        server.add_sockets(self.sockets)
        stopped, loop = asyncio.Event(), asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, stopped.set)
        kernels, root = self.kernel_manager, str(self.house.workspace.root)
        kernels.spares = Spares(kernels, root, "notebooks/apps", kernels.keep_spare)
        kernels.spares.fill()
        known = ahead.is_done(self.house.workspace)
        learns = None if known else await asyncio.create_subprocess_exec(*LEARNS, root)
        await stopped.wait()
        server.stop()
        await self.app.settings["rooms"].close()
        if learns is not None:
            if learns.returncode is None:
                learns.terminate()
            await learns.wait()
        await kernels.spares.close()
        await self.kernel_manager.shutdown_all(now=True)
        shutil.rmtree(self.connection_dir, ignore_errors=True)
        await asyncio.wait(
            [asyncio.create_task(server.close_all_connections())], timeout=CLOSING_SECONDS
        )


def without_sources(record: logging.LogRecord) -> bool:
    """Tell of a failing cell where and why, not what it holds; that nobody signed it is no news."""
    if "while executing cell" in str(record.msg):
        error = record.exc_info[1] if record.exc_info else None
        told, places = repr(error), "its kernel"
        if isinstance(error, CellExecutionError):
            places = " > ".join(PLACES.findall(error.traceback)) or "the cell itself"
            told = f"{error.ename}: {error.evalue}"
        record.msg, record.args, record.exc_info = f"a cell failed in {places}: {told}", (), None
    return "is not trusted" not in str(record.msg)


def serve(
    house: House,
    sockets: list[socket.socket],
    identity: type[Identity] = CookieIdentity,
    base_url: str = "/",
    limits: Mapping[str, float] | None = None,
) -> None:
    """Serve a house on open sockets until the process is told to stop.

    Args:
        house: What is served.
        sockets: Where to listen.
        identity: How people are known.
        base_url: What all addresses begin with, a slash at both ends.
        limits: Traits of ``Kernels`` that shall differ from their defaults.
    """
    for chatty in ("tornado.access", "tornado.general"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    given = {"house": house, "sockets": sockets, "limits": dict(limits or {})}
    given |= {"identity_provider_class": identity, "base_url": base_url}
    server = SalesServer.instance(log_level=logging.WARNING, **given)
    server.initialize()
    server.start()
