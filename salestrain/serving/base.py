"""What every handler here has: the reader, headers, same-origin posts, faults in words."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError

from salestrain.language import LANGUAGES, Language
from salestrain.serving import pages
from salestrain.serving.identity import SignedIn

if TYPE_CHECKING:
    from salestrain.records import Person
    from salestrain.serving.house import House
    from salestrain.serving.kernels import Kernels

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# another host than ours if a hub has subdomains; signing out leads there
HUB = os.environ.get("JUPYTERHUB_HOST", "")
HOST = re.compile(r"([\w.-]+|\[[0-9a-fA-F:]+\])(:\d+)?")


def content_policy(host: str, *, stock: bool = False) -> str:
    """Return a page's content security policy; ``stock`` pages need inline scripts."""
    # older browsers don't count websockets as 'self'
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    inline = " 'unsafe-inline' 'unsafe-eval'" if stock else ""
    return (
        f"default-src 'self'; script-src 'self' blob:{inline}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{sockets}; "
        f"frame-ancestors 'none'; base-uri 'none'; form-action 'self' {HUB}; object-src 'none'"
    )


class Base(JupyterHandler):
    """A handler that knows the house and the reader."""

    def initialize(self, **kwargs: Any) -> None:  # noqa: ANN401 (as each route gives)
        """Lay out what all handlers use."""
        self.house: House = self.settings["house"]
        self.kernels: Kernels = self.settings["kernel_manager"]
        super().initialize(**kwargs)

    @property
    def signed_in(self) -> SignedIn | None:
        """The sign-in of this request; None before it is known, or if there is none."""
        user = getattr(self, "_jupyter_current_user", None)
        return user if isinstance(user, SignedIn) else None

    @property
    def person(self) -> Person:
        """Who asks; HTTPError 403 if nobody is signed in."""
        if self.signed_in is None or self.signed_in.person is None:
            raise HTTPError(403)
        return self.signed_in.person

    @property
    def language(self) -> Language:
        """The reader's language: theirs, else the one chosen here, else the browser's."""
        if self.signed_in is not None:
            return self.person.language
        spoken = self.get_cookie("language") or self.request.headers.get("Accept-Language", "")
        found = re.search(r"\b(zh|en)\b", spoken.lower())
        return next((one for one in LANGUAGES if found and one == found[1]), self.house.language)

    def frame(self, app: str = "") -> pages.Frame:
        """Return what stands around a page for this reader."""
        person = self.person if self.signed_in else None
        here = self.request.uri or ""
        asks = self.house.on_network and self.settings["identity_provider"].pins
        return pages.Frame(
            replace(self.house, on_network=asks), self.base_url, self.language, person, app, here
        )

    def show(self, page: str, status: int = 200, **given: object) -> None:
        """Answer with a page."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(pages.render(f"{page}.html", self.frame(), **given))

    def set_default_headers(self) -> None:
        """Set the headers every answer has."""
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", content_policy(self.request.host))
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def check_xsrf_cookie(self) -> None:
        """Refuse a post that doesn't come from one of our own pages, whatever cookie it brings."""
        site, origin = (self.request.headers.get(name) for name in ("Sec-Fetch-Site", "Origin"))
        ours = urlsplit(origin).netloc == self.request.host if origin else site is not None
        if not ours or site not in {None, "same-origin"}:
            raise HTTPError(403, "a post from elsewhere")

    def write_error(self, status_code: int, **_kwargs: Any) -> None:  # noqa: ANN401
        """Say in the reader's words what is wrong and what to do; never a trace."""
        self.show("fault", status_code, fault=status_code)
