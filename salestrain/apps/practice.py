"""What quiz and role-play share: something to choose, one of it open, and the rules behind it."""

from __future__ import annotations

from abc import abstractmethod
from html import escape
from typing import TYPE_CHECKING, ClassVar

from salestrain.apps.app import App, Fields, action
from salestrain.language import Text
from salestrain.playbook.sections import SECTIONS, section_of
from salestrain.training.chance import token
from salestrain.views.components.buttons import button, link_button
from salestrain.views.components.ground import rule_link
from salestrain.views.components.layout import empty_state
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from salestrain.apps.visit import Thread, Visit

NONE = Text("手册里还没有可练的", "The playbook has nothing to practise yet")
LATER = Text("写好后会出现在这里。", "It will show up here once it is written.")
NO_SUCH = Text("没有这一项，请换一个", "There is no such thing; choose another")


class Chosen(Fields):
    """What to open; empty to choose."""

    name: str


class Practice(App):
    """Several threads to choose from, of which one is open; each is gone through in runs."""

    title: ClassVar[Text]
    lead: ClassVar[Text]
    parameter: ClassVar[str]

    def __init__(self, visit: Visit, there: Collection[str], chosen: str) -> None:
        super().__init__(visit)
        self.there, self.chosen = there, chosen if chosen in there else ""

    @property
    def at(self) -> str:
        """What is open, the run through it, and the step of that."""
        return self.draw().at

    @action("open", Chosen, anytime=True)
    def open(self, fields: Chosen) -> None:
        """Turn to something where no server gives it an address."""
        if fields.name and fields.name not in self.there:
            raise Refused(NO_SUCH)
        self.chosen = fields.name

    def draw(self) -> Drawn:
        """Return what there is to choose, or what is open."""
        with self.visit.diary.held():
            return self._drawn()

    def _drawn(self) -> Drawn:
        title, say = self.text(self.title), self.visit.language
        if self.chosen:
            html, step, name = self.shown(self.thread())
            return Drawn(html, f"{self.chosen}/{step}", f"{name} · {title}")
        empty = empty_state(self.text(NONE), self.text(LATER), say)
        return Drawn(self.choose() if self.there else empty, "choose", title)

    @abstractmethod
    def shown(self, thread: Thread) -> tuple[str, str, str]:
        """Return the screen of what is open, a name for its run and step, and its title."""

    @abstractmethod
    def choose(self) -> str:
        """Return what there is to choose, each with a way in and where one stands."""

    def thread(self, name: str = "") -> Thread:
        """Return a thread, by default the open one, read anew: another tab may have gone on.

        Raises:
            Refused: If none is open.
        """
        if not (name or self.chosen):
            raise Refused(NO_SUCH)
        return self.visit.thread(self.name, name or self.chosen)

    def seed(self, thread: Thread) -> str:
        """Return what shuffles the next run; it stays the same until that begins."""
        return token(self.visit.person.id, thread.name, runs(thread))

    def way(self, word: Text, name: str = "", look: str = "") -> str:
        """Return the way in: a link, or an action where no server gives addresses."""
        href = self.visit.link(self.name, **({self.parameter: name} if name else {}))
        said = self.text(word)
        return link_button(said, href, look=look) or button(said, "open", {"name": name}, look=look)


def runs(thread: Thread) -> int:
    """Return how many runs were begun."""
    return sum(step.kind == "began" for step in thread.steps)


def section_title(visit: Visit, section: str) -> str:
    """Return a section's number and name."""
    return f"{section} {SECTIONS.get(section, Text('', '')).in_(visit.language)}".strip()


def chip(visit: Visit, cite: str) -> str:
    """Return a rule's or fact's id as a chip that leads to its place; nothing for no id."""
    if not cite:
        return ""
    section = section_of(cite)
    there = (section, visit.language) in visit.playbook.pages
    return rule_link(cite, f"{visit.link('playbook', rules=section)}#{cite}" if there else "")


def to_read(visit: Visit, cites: Iterable[str]) -> str:
    """Return rules and facts as a list: where each stands, and what it says."""
    rows = ""
    for cite in cites:
        entry = visit.playbook.index.get(cite)
        text = getattr(entry, "name", None) or getattr(entry, "text", None)
        rows += f"<li>{chip(visit, cite)} {escape(text.in_(visit.language)) if text else ''}</li>"
    return f'<ul class="stack">{rows}</ul>'
