"""``/app/NAME``: a notebook as a page, for one person, with what its address may carry."""

from __future__ import annotations

import re
from functools import cached_property, partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from papermill.parameterize import parameterize_notebook
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila.tornado.handler import TornadoVoilaHandler  # type: ignore[import-untyped]

from salestrain.apps.registry import APPS, checked_parameters, may_open
from salestrain.language import Text
from salestrain.serving import pages
from salestrain.serving.base import Base, content_policy
from salestrain.serving.kernels import Lease

if TYPE_CHECKING:
    from nbformat import NotebookNode

NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
SEND_NOW, HEARTBEAT = "<!--send-->", "<script>window.voila_heartbeat()</script>"
ELSEWHERE = re.compile(r'<link [^>]*href="https?://[^>]*>')  # the stock front end's, for icons
MOST_HEARTBEATS = 24
PROBE_SECONDS = 4
FAULT = Text(
    "这一部分没能显示。原因已记在服务器上，已保存的都还在。请重新打开这一页。",
    "This part couldn’t be shown. The cause is noted on the server and everything saved is safe. "
    "Open the page again.",
)


class AppPage(Base, TornadoVoilaHandler):  # type: ignore[misc]
    """Serves an app's notebook, or one of the workspace's own."""

    app = ""

    async def get(self, name: str) -> None:
        """Run the notebook on a kernel of its own and send what it shows as it comes."""
        path = f"notebooks/apps/{name}.ipynb"
        if not NAME.fullmatch(name) or not (self.house.workspace.root / path).is_file():
            raise HTTPError(404)
        if not may_open(self.person.role, name):
            raise HTTPError(403)
        self.app, self.page_config_hook = name, self._page_config
        try:
            await self._send(path)
        except StreamClosedError:  # the reader left while the page was made
            self.kernels.let_go(lambda one: one is self.lease)
        finally:
            self.lease.made()

    async def _send(self, path: str) -> None:
        beats = 0
        async for html in self.get_generator(path=path):
            beats = beats + 1 if html.strip() == HEARTBEAT else 0
            if beats > MOST_HEARTBEATS:  # a page that failed midway beats forever
                break
            self.write("" if beats else ELSEWHERE.sub("", html))
            if beats or SEND_NOW in html:
                await self.flush()

    @cached_property
    def lease(self) -> Lease:
        """What binds the page's kernel to the person."""
        return Lease(self.person.id, self.signed_in.session if self.signed_in else "")

    @property
    def kernel_manager(self) -> SimpleNamespace:  # type: ignore[override]
        """What Voila takes for its kernel manager while it makes this page."""
        return SimpleNamespace(
            notebook_data={},
            get_pool_size=lambda _notebook: 0,  # no kernel is made before it is known for whom
            start_kernel=partial(self.kernels.lend, self.lease),
            get_kernel=self.kernels.get_kernel,
        )

    def parameterize(self, notebook: NotebookNode) -> Any:  # noqa: ANN401 (untyped there)
        """Return the notebook with who, where, and what the address may say."""
        for cell in notebook.cells:
            cell.metadata.setdefault("tags", [])
        notebook.metadata.setdefault("papermill", {})
        self._choose_front_end(notebook.metadata)
        asked = {name: self.get_query_argument(name) for name in self.request.query_arguments}
        given = {
            "person": self.person.id,
            "language": self.language,
            "workspace": str(self.house.workspace.root),
            "base_url": self.base_url,
        }
        return parameterize_notebook(notebook, {**checked_parameters(self.app, asked), **given})

    def _choose_front_end(self, metadata: dict[str, Any]) -> None:
        own = "" if self.app in APPS else self.get_query_argument("frontend", "")
        stock = "stock" in {own, metadata.get("salestrain", {}).get("frontend")}
        metadata["voila"] = {"template": "lab"} if stock else {}
        self.lease.guard.stock = stock
        self.set_header("Content-Security-Policy", content_policy(self.request.host, stock=stock))

    def _page_config(self, config: dict[str, Any], **_given: object) -> dict[str, Any]:
        frame, listing = self.frame(self.app), APPS.get(self.app)
        before, after = pages.around(frame, frame.said(listing.title) if listing else self.app)
        client = {
            "baseUrl": self.base_url,
            "language": frame.language,
            "stockUrl": "" if listing else f"{self.request.path}?frontend=stock",
            "probeSeconds": PROBE_SECONDS,
        }
        page = {"before": before, "after": after, "client": client, "prose": not listing}
        return {**config, "salestrain": {**page, "fault": frame.said(FAULT)}}
