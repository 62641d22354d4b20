"""Under JupyterHub: who comes in is the hub's user, if the records know a person by that id."""

from __future__ import annotations

import os
from re import escape
from shlex import quote
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyterhub.services import auth  # type: ignore[import-untyped]
from tornado.web import HTTPError
from traitlets import Instance, default

from salestrain.records import MYSELF
from salestrain.serving import files, pages
from salestrain.serving.base import Base
from salestrain.serving.identity import Identity, SignedIn
from salestrain.serving.sign_in import Entrance

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler
    from tornado.web import RequestHandler

STRANGER = pages.TEMPLATES.from_string("""{% extends "centred.html.j2" %}
{% set title = t('这里还没有你', 'You’re not on the list here') %}
{% block inside %}
<p>{{ t('JupyterHub 上你叫 {name}，这里没有这个编号的在职人员。请管理员运行：', 'JupyterHub knows you as {name}, and nobody active here has that id. Ask an administrator to run:').format(name=name) }}</p>
<pre><code>{{ command }}</code></pre>
<p class="note">{{ t('如果你在这里用的是别的编号，请管理员把它写进 JupyterHub 的 username_map。', 'If you have another id here, ask them to put it into JupyterHub’s username_map.') }}</p>
<form method="post" action="{{ base }}sign-out"><button class="button button--wide">{{ t('换一个用户', 'Sign in as somebody else') }}</button></form>
{% endblock %}""")  # noqa: E501 (a template)


class HubIdentity(Identity):
    """Knows people by the cookie that holds the hub's token, as long as hub and records do."""

    pins = False
    hub = Instance(auth.HubOAuth)

    @default("hub")
    def _hub(self) -> auth.HubOAuth:
        os.environ.pop("JPY_API_TOKEN", None)  # the same by its old name; no kernel shall have it
        hub = auth.HubOAuth.instance(api_token=os.environ.pop("JUPYTERHUB_API_TOKEN", ""))
        hub.cookie_options = {"samesite": "Lax", **hub.cookie_options}
        return hub

    async def get_user(self, handler: RequestHandler) -> SignedIn | None:
        """Return whom the hub names, None if they may not use this or aren't known here."""
        said = await self.named(handler)
        if said is None or not self.hub.check_scopes(self.hub.access_scopes, said):
            return None
        # who is "me" in a notebook of their own may do everything; no hub's user may be
        person = self.active(said["name"]) if said["name"] != MYSELF.id else None
        return SignedIn(person.id, person=person, session=said["token_id"]) if person else None

    async def named(self, handler: RequestHandler) -> dict[str, Any] | None:
        """Return what the hub says of the reader, None if they have to sign in there."""
        if not (token := handler.get_signed_cookie(self.hub.cookie_name)):
            return None
        session = self.hub.get_session_id(handler)  # gone once they left the hub
        said = await self.hub.user_for_token(token.decode(), session_id=session, sync=False)
        return said if said and said["kind"] == "user" else None

    def sign_out(self, handler: JupyterHandler) -> str:
        """Take the cookie away; lead to where one leaves the hub, or it would sign in again."""
        self.hub.clear_cookie(handler)
        self.hub.cache.clear()  # who kept the cookie is asked for again
        return f"{self.hub.hub_host}{self.hub.hub_prefix}logout"

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return who answers in place of picker, PIN and invitations."""
        base = escape(self.hub.base_url)
        return [
            (f"{base}sign-in", HubSignIn),
            (f"{base}oauth_callback", Callback),
            (f"{base}(?:pin|join/.*)", files.Nothing),
        ]


class HubSignIn(auth.HubOAuthenticated, Entrance):  # type: ignore[misc]
    """``/sign-in``: leads to the hub, and from there back to where the reader wanted to go."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Lead on, or say what has to be done before the reader can come in."""
        said = await self.settings["identity_provider"].named(self)
        if said is None:
            self.redirect(self.get_login_url())
        elif self.signed_in:
            self.redirect(self.where_next())
        else:
            self._turn_away(said["name"])

    def _turn_away(self, name: str) -> None:
        known = [one for one in self.people.all() if one.id == name != MYSELF.id]
        if known and known[0].active:
            raise HTTPError(403)  # the hub doesn't let them use this service
        command = f"leave {quote(name)} --back" if known else f"add {quote(name)} NAME"
        frame, given = self.frame(), {"name": name, "command": f"salestrain people {command}"}
        self.set_status(403)
        self.finish(STRANGER.render(frame=frame, t=frame.t, base=frame.base_url, **given))


class Callback(auth.HubOAuthCallbackHandler, Base):  # type: ignore[misc]
    """``/oauth_callback``: where the hub sends the reader back to."""

    get = allow_unauthenticated(auth.HubOAuthCallbackHandler.get)
