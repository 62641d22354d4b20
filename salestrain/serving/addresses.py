"""Every address there is, and who answers it."""

from __future__ import annotations

from re import escape
from typing import Any

from voila.paths import STATIC_ROOT, collect_static_paths  # type: ignore[import-untyped]
from voila.utils import get_data_dir, get_voila_labextensions_path  # type: ignore[import-untyped]

from salestrain.serving import files, sign_in, sockets
from salestrain.serving.app_page import AppPage
from salestrain.serving.evidence.pages import Evidence, SendEvidence
from salestrain.serving.live import pages as live_pages
from salestrain.serving.live.line import LiveLine
from salestrain.serving.mine import MineAsJson
from salestrain.serving.reports import Reports

KERNEL = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"


def handlers(base_url: str, for_pages: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the handlers below a base URL; what isn't listed doesn't exist.

    Args:
        base_url: What all addresses begin with.
        for_pages: What Voila hands to whoever makes a notebook a page.
    """
    template = collect_static_paths(["voila", "nbconvert"], "lab")
    manifest = {"page": "manifest.json", "kind": "application/manifest+json"}
    table: list[tuple[Any, ...]] = [
        ("", files.Home),
        (r"app/([^/]+)", AppPage, for_pages),
        (r"static/([^/]+)", files.Asset),
        (r"reports/(.+)", Reports),
        (r"mine\.json", MineAsJson),
        (r"evidence/([^/]+)/([0-9a-f]{64})", Evidence),
        (r"evidence/([^/]+)/([^/]+)", SendEvidence),
        ("sign-in", sign_in.SignIn),
        ("sign-out", sign_in.SignOut),
        (r"join/([^/]+)", sign_in.Join),
        ("pin", sign_in.Pin),
        ("live", live_pages.Door),
        (r"live/(\d{6})", live_pages.SeatPage),
        (r"live/(\d{6})/wall", live_pages.WallPage),
        (r"live/(\d{6})/line", LiveLine),
        ("language", sign_in.ChooseLanguage),
        (r"sw\.js", files.Written, {"page": "sw.js", "kind": "text/javascript"}),
        (r"manifest\.webmanifest", files.Written, manifest),
        ("offline", files.Written, {"page": "fault.html", "kind": "text/html; charset=UTF-8"}),
        ("healthz", files.Health),
        (rf"api/kernels/{KERNEL}/channels", sockets.KernelSocket),
        (rf"api/kernels/{KERNEL}", sockets.KernelState),
        (rf"(?:leave|voila/api/shutdown)/{KERNEL}", sockets.Leave),
        (r"voila/static/(.+)", files.Stock, {"paths": [STATIC_ROOT, *template]}),
        (r"voila/templates/lab/static/(.+)", files.Stock, {"paths": template}),
        (r"voila/api/themes/(.+)", files.Stock, {"paths": [f"{get_data_dir()}/themes"]}),
        (r"voila/labextensions/(.+)", files.Stock, {"paths": get_voila_labextensions_path()}),
        (r".*", files.Nothing),
    ]
    return [(escape(base_url) + path, *rest) for path, *rest in table]
