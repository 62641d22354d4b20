"""Files: assets, service worker, manifest, offline page, health; and what the stock page loads."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError
from voila.static_file_handler import MultiStaticFileHandler  # type: ignore[import-untyped]

from salestrain import __version__
from salestrain.serving import pages
from salestrain.serving.base import Base
from salestrain.serving.house import TYPES

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_DAY = "private, max-age=86400"
HASHED = re.compile(r"[a-z]+-[A-Z0-9]{8}\.js")  # as esbuild names what other files load
PLAIN = re.compile(r"(?!\.)[\w@+~.-]+(/(?!\.)[\w@+~.-]+)*")


class Home(Base):
    """``/``: leads on."""

    def get(self) -> None:
        """Go to what is up today."""
        self.redirect(f"{self.base_url}app/home")


class Asset(Base):
    """``/static/FILE?v=VERSION``: one of the files that pages load, from memory."""

    @allow_unauthenticated
    def get(self, name: str) -> None:
        """Send it; under its version a browser never needs to ask again."""
        assets = self.house.assets
        if name not in assets.files:
            raise HTTPError(404)
        fresh = self.get_query_argument("v", "") == assets.version or HASHED.fullmatch(name)
        self.set_header("Cache-Control", FOR_GOOD if fresh else "no-cache")
        self.set_header("Content-Type", TYPES[PurePath(name).suffix])
        self.finish(assets.files[name])


class Written(Base):
    """Service worker, manifest and offline page: written from templates, for everybody."""

    def initialize(self, page: str, kind: str) -> None:  # type: ignore[override]
        """Note which template it is, and what the browser shall take it for."""
        super().initialize()
        self.page, self.kind = page, kind

    @allow_unauthenticated
    def get(self) -> None:
        """Send it in the language asked for, else the reader's."""
        asked = self.get_query_argument("language", self.language)
        frame = replace(self.frame(), language="zh" if asked == "zh" else "en", person=None)
        self.set_header("Content-Type", self.kind)
        self.set_header("Service-Worker-Allowed", self.base_url)  # the worker answers for all
        if self.get_query_argument("v", "") == self.house.assets.version:
            self.set_header("Cache-Control", FOR_A_DAY)
        self.finish(pages.render(self.page, frame, fault="offline"))


class Health(Base):
    """``/healthz``: for whoever watches the server."""

    @allow_unauthenticated
    def get(self) -> None:
        """Answer that it runs, with how many kernels."""
        kernels = len(self.kernels.leases)
        self.finish({"ok": True, "kernels": kernels, "version": __version__})


class Nothing(Base):
    """Every other address."""

    @allow_unauthenticated
    def get(self) -> None:
        """Say that there is no such page, whoever asks."""
        raise HTTPError(404)

    post = get


class Stock(Base, MultiStaticFileHandler):  # type: ignore[misc]
    """``/voila/…``: what Voila's own front end loads; for people, and by a plain path."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Refuse odd paths before any file is looked for."""
        await super().prepare()
        if not self.signed_in or not PLAIN.fullmatch(self.path_args[0]):
            raise HTTPError(404)

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002
        """Let the reader's own browser keep it for a day."""
        self.set_header("Cache-Control", FOR_A_DAY)
