"""The mentors' app: what waits for a signature, talks with what was agreed, who mentors whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import App, Fields, action
from salestrain.apps.mentor import pairing, signing, talking
from salestrain.apps.mentor.scope import Scope
from salestrain.apps.registry import LEARNER
from salestrain.language import Text
from salestrain.views.components import layout
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import link, some
from salestrain.views.screen import Drawn

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.records import Person

TITLE = Text("带教", "Mentoring")
QUEUE = Text("{} 件等你签字", "{} waiting for your signature")
NO_QUEUE = Text("没有等你签字的", "nothing waits for your signature")
NOBODY = Text("你现在没有带新人", "You mentor nobody at the moment")
HOW = Text(
    "组长或培训师定谁带谁。想带，跟组长说：同组、资深销售以上，每周腾得出一个小时。",
    "Your manager or trainer settles who mentors whom. If you'd like to, tell your manager: same "
    "team, at least a senior rep, an hour free each week.",
)
MINE, TEAM = Text("你带的人", "Whom you mentor"), Text("你的组员", "Your team")
TALK, STEPS = Text("谈一次", "Hold a talk"), Text("{} / {} 步", "{} of {} steps")


class Looked(Fields):
    """Which of those that wait is looked at."""

    key: Annotated[str, Field(max_length=240)]


class Whom(Fields):
    """With whom a talk is held, where no server gives it an address."""

    newcomer: Annotated[str, Field(max_length=100)] = ""


class Mentor(App):
    """One person's mentees and team, as far as signing and talking goes."""

    name = "mentor"

    def __init__(self, visit: Visit, newcomer: str = "") -> None:
        super().__init__(visit)
        self.newcomer, self.opened = newcomer, ""

    @property
    def at(self) -> str:
        """All of them, or the page of one."""
        return f"with-{self.newcomer}" if self.newcomer else "all"

    @property
    def _scope(self) -> Scope:
        return Scope(self.visit)  # anew each time: others sign and pair meanwhile

    @action("look", Looked, anytime=True)
    def look(self, fields: Looked) -> None:
        """Open one of those that wait."""
        self.opened = fields.key

    @action("turn", Whom, anytime=True)
    def turn(self, fields: Whom) -> None:
        """Turn to the page of one newcomer."""
        self.newcomer = fields.newcomer

    @action("sign", signing.Signed)
    def sign(self, fields: signing.Signed) -> None:
        """Sign a step or a milestone, or hand it back."""
        signing.sign(self._scope, fields)
        self.opened = ""

    @action("talk", talking.Talked)
    def talk(self, fields: talking.Talked) -> None:
        """Keep a talk and what was agreed."""
        talking.talk(self._scope, fields)

    @action("settle", talking.Settled)
    def settle(self, fields: talking.Settled) -> None:
        """Say what came of something agreed."""
        talking.settle(self._scope, fields)

    @action("pair", pairing.Paired)
    def pair(self, fields: pairing.Paired) -> None:
        """Give a newcomer a mentor."""
        pairing.pair(self._scope, fields)

    def draw(self) -> Drawn:
        """Return the queue with everybody, or the page of one; strangers have no page."""
        scope, language = self._scope, self.visit.language
        one = scope.people.get(self.newcomer)
        if one and scope.sees(one):
            return Drawn(talking.page(scope, one), self.at, self.text(TITLE))
        self.newcomer = ""
        people = scope.mentees or tuple(each for each in scope.people.values() if scope.leads(each))
        if not people and not scope.teaches:
            html = layout.empty_state(self.text(NOBODY), self.text(HOW), language)
            return Drawn(html, self.at, self.text(TITLE))
        waiting = len(scope.queue)
        said = self.text(QUEUE).format(waiting) if waiting else self.text(NO_QUEUE)
        head = layout.page_head(said[:1].upper() + said[1:], language, kicker=self.text(TITLE))
        parts = [signing.queue(scope, self.opened), self._people(scope, MINE, scope.mentees)]
        led = tuple(each for each in scope.people.values() if _is_on_a_path(scope, each))
        parts += [self._people(scope, TEAM, led), pairing.card(scope)]
        return Drawn(head + layout.stack(*parts), self.at, self.text(TITLE))

    def _people(self, scope: Scope, title: Text, people: tuple[Person, ...]) -> str:
        rows = "".join(f"<li>{self._row(scope, one)}</li>" for one in people)
        return layout.card(self.text(title), f'<ul class="shared">{rows}</ul>') if rows else ""

    def _row(self, scope: Scope, one: Person) -> str:
        found = scope.standings.of(one, scope.deeds.get(one.id, ()))
        steps = self.text(STEPS).format(found.done, len(found.steps)) if found else ""
        title = found.path.title.in_(self.visit.language) if found else ""
        note = " · ".join(filter(None, (title, steps)))
        href, name = self.visit.link(self.name, newcomer=one.id), scope.named(one.id)
        way = "" if href else button(self.text(TALK), "turn", {"newcomer": one.id})
        return f"<strong>{link(name, href)}</strong>{some('p', note, 'note')}{way}"


def _is_on_a_path(scope: Scope, one: Person) -> bool:
    return scope.leads(one) and one.role == LEARNER and scope.has_begun(one)
