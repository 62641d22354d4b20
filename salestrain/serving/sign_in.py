"""Coming in and going out: choosing oneself, PIN, invitation, language."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from salestrain.apps.registry import LEARNER
from salestrain.errors import UsageError
from salestrain.language import LANGUAGES, Text
from salestrain.records import InvitationError
from salestrain.serving.base import Base
from salestrain.views.components.ground import inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from salestrain.records import Person
    from salestrain.serving.identity import CookieIdentity
    from salestrain.serving.pages import Frame

LONGEST = 80
SHOWN_TO_STRANGERS = 8
LATELY_SHOWN = 4
LATELY, LEADING, LEARNING = (
    Text("最近练过的", "Lately here"),
    Text("经理、培训老师、管理员", "Managers, trainers, administrators"),
    Text("学员", "Learners"),
)
NOT_SIX = Text("口令是六位数字。", "A PIN is six digits.")
WRONG = Text("口令不对，还可试 {left} 次。", "That PIN isn’t right; {left} more tries.")
LOCKED = Text(
    "试的次数太多了，请一刻钟后再试，或请培训老师重新发一条邀请链接。",
    "Too many tries. Wait a quarter of an hour, or ask your trainer for a new invitation link.",
)


class Entrance(Base):
    """What the ways in and out share."""

    def initialize(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Lay out what gives and takes cookies."""
        super().initialize(**kwargs)
        self.identity: CookieIdentity = self.settings["identity_provider"]
        self.people, self.invitations = self.house.records.people, self.house.records.invitations

    def said(self, name: str) -> str:
        """Return a field of the form or address, cut short."""
        return self.get_argument(name, "")[: LONGEST * (10 if name == "next" else 1)]

    def where_next(self) -> str:
        """Return where the reader wanted to go, if that is here."""
        wanted = self.said("next")
        return wanted if wanted.startswith(self.base_url) and inside(wanted) else self.base_url

    def frame(self, app: str = "") -> Frame:
        """Return the frame whose forms lead on to where the reader wanted to go."""
        return replace(super().frame(app), here=self.where_next())

    def someone(self) -> Person:
        """Return the person a form names; HTTPError 404 if there is none."""
        if person := self.identity.active(self.said("person")):
            return person
        raise HTTPError(404)


class SignIn(Entrance):
    """``/sign-in``: by a tap on one's own machine, with name and PIN on a network."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show people to choose from, or ask the chosen one for the PIN."""
        find, strange = self.said("find").strip(), self.house.on_network
        if strange and self.said("person"):
            self.show("pin", who=self.someone(), wrong="")
            return
        # strangers on a network must not read the whole list of names
        found = [one for one in self.people.find(find) if one.active] if find or not strange else []
        shown = found[:SHOWN_TO_STRANGERS] if strange else found
        groups = [("", shown)] if find or strange else self._grouped(found)
        self.show("picker", groups=[group for group in groups if group[1]], find=find)

    def _grouped(self, people: list[Person]) -> list[tuple[str, list[Person]]]:
        """Return everybody under headings: who practised last, who leads, who learns."""
        active = {one.id: one for one in people}
        lately = self.house.records.steps.last_active(LATELY_SHOWN)
        first = [active[one] for one in lately if one in active]
        lead = [one for one in people if one.role != LEARNER and one not in first]
        learn = [one for one in people if one not in first and one not in lead]
        parts = (LATELY, first), (LEADING, lead), (LEARNING, learn)
        return [(title.in_(self.language), group) for title, group in parts]

    @allow_unauthenticated
    async def post(self) -> None:
        """Sign in."""
        person = self.someone()
        if self.house.on_network and (wrong := await self._wrong_with_pin(person)):
            self.show("pin", 403, who=person, wrong=wrong)
            return
        self.identity.sign_in(self, person)
        self.redirect(self.where_next())

    async def _wrong_with_pin(self, person: Person) -> str:
        given = person.id, self.said("pin"), self.request.remote_ip or ""
        check = await asyncio.to_thread(self.people.check_pin, *given)
        said = {"ok": "", "wrong": WRONG.in_(self.language), "locked": LOCKED.in_(self.language)}
        return said[check.outcome].format(left=check.tries_left)


class SignOut(Entrance):
    """``/sign-out``: ends this sign-in and the kernels of its pages."""

    @allow_unauthenticated
    def post(self) -> None:
        """Sign out."""
        leads_to = self.settings["identity_provider"].sign_out(self)
        if ended := self.signed_in:
            self.kernels.let_go(lambda one: one.session == ended.session)
        self.redirect(leads_to)


class Join(Entrance):
    """``/join/TOKEN``: an invitation; looking at it (as link previews do) doesn't accept it."""

    @allow_unauthenticated
    def get(self, token: str) -> None:
        """Show whom it is for."""
        with _in_time():
            self.show("join", who=self.invitations.look(token))

    @allow_unauthenticated
    def post(self, token: str) -> None:
        """Accept it and sign in."""
        with _in_time():
            who = self.invitations.accept(token)
        self.identity.sign_in(self, who)
        self.redirect(self.base_url + ("" if who.has_pin else "pin"))


@contextmanager
def _in_time() -> Iterator[None]:
    try:
        yield
    except InvitationError as error:
        raise HTTPError(410) from error


class Pin(Entrance):
    """``/pin``: offers to set one's own PIN."""

    def get(self) -> None:
        """Ask for it."""
        self.show("set_pin", wrong="")

    async def post(self) -> None:
        """Keep it."""
        try:
            await asyncio.to_thread(self.people.set_pin, self.person.id, self.said("pin"))
        except UsageError:
            self.show("set_pin", 400, wrong=NOT_SIX.in_(self.language))
        else:
            self.redirect(self.base_url)


class ChooseLanguage(Entrance):
    """``/language``: the switch in the top bar."""

    @allow_unauthenticated
    def post(self) -> None:
        """Remember the language, with the person if one is signed in, and go back."""
        chosen = next((one for one in LANGUAGES if one == self.said("language")), None)
        if chosen is None:
            raise HTTPError(400)
        if self.signed_in:
            self.people.set_language(self.person.id, chosen)
        self.set_cookie("language", chosen, path=self.base_url, samesite="Lax", expires_days=365)
        self.redirect(self.where_next())
