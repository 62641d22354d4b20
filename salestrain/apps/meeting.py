"""Regular meetings: what was agreed last time is settled first, then what is agreed now is kept."""

from __future__ import annotations

from datetime import date  # noqa: TC003 (pydantic reads the annotations)
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from salestrain.apps.app import App, Fields, action
from salestrain.apps.onboarding.words import day_words
from salestrain.apps.registry import LEADS, TEACHES
from salestrain.language import Text
from salestrain.playbook.standards.team import Cadence
from salestrain.training.actions import AGREED, MEETING, SETTLED, actions
from salestrain.training.proposals.drafts import clean
from salestrain.views.components import forms, layout
from salestrain.views.components.buttons import actions as buttons
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import some, tag
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Thread, Visit
    from salestrain.playbook.standards.team import Meeting
    from salestrain.training.actions import Action

CHAIRS = LEADS | TEACHES
TITLE = Text("例会", "Meetings")
NONE = Text("手册里还没有写例会", "The playbook names no meetings yet")
LATER = Text("写在 standards/cadence.yaml 里，这里就有。", "Write them in standards/cadence.yaml.")
WHICH, TURN = Text("哪一个会", "Which meeting"), Text("换到这个会", "Turn to it")
MINUTES = Text("{} 分钟", "{} min")
AGENDA = Text("议程", "Agenda")
OPEN = Text("上次谈定的，先看这些", "Agreed before; these come first")
ALL_SETTLED = Text("谈定的都有了结果", "Everything agreed has been settled")
DID, DIDNT = Text("做了", "Done"), Text("没做成", "Not done")
BY, LATE = Text("{who}，{day} 前", "{who}, by {day}"), Text("过了日子", "past its day")
NEW = Text("这次谈定的", "Agreed now")
LIMIT = Text("一次会最多 {} 件，还没有结果的也算。", "At most {} at a time, open ones included.")
WHAT, WHO, DAY = (
    Text("做什么", "What"),
    Text("谁", "Who"),
    Text("哪天以前", "By which day"),
)
KEEP = Text("记下来", "Keep it")
EMPTY = Text("写清楚做什么、谁、哪天", "Say what, who, and by which day")
TOO_LATE = Text("日子要在今天或以后", "The day must be today or later")
TOO_MANY = Text("还有 {} 件没结果，先看完再加", "{} are open; settle some before you add more")
GONE = Text("这一件已经有结果了", "That one has been settled")
NOT_YOURS = Text("只有主持会的人能记", "Only those who chair keep what is agreed")
MOST_ACTIONS, LONGEST = 5, 200


class Agreed(Fields):
    """What somebody will do by when."""

    what: Annotated[str, Field(max_length=2000)]
    who: Annotated[str, Field(max_length=200)]
    by: date


class Settled(Fields):
    """What came of an action, by its number from 0."""

    action: Annotated[int, Field(ge=0)]
    done: Literal["yes", "no"]


class Turned(Fields):
    """The meeting to look at."""

    meeting: Annotated[str, Field(max_length=80)]


class Meetings(App):
    """What one chair keeps of their meetings; the pack of the next one opens with it."""

    name = MEETING

    def __init__(self, visit: Visit, meeting: str = "") -> None:
        super().__init__(visit)
        self.chosen: str = meeting if meeting in self.known else next(iter(self.known), "")

    @property
    def at(self) -> str:
        """Which meeting is open."""
        return self.chosen or "none"

    @cached_property
    def known(self) -> dict[str, Meeting]:
        """The meetings of the cadence, by id."""
        cadence = self.visit.playbook.standard(Cadence)
        return {one.id: one for one in cadence.meetings} if cadence else {}

    @property
    def thread(self) -> Thread:
        """What this chair kept of the open meeting."""
        return self.visit.thread(MEETING, self.chosen)

    @action("turn", Turned, anytime=True)
    def turn(self, fields: Turned) -> None:
        """Turn to another meeting."""
        if fields.meeting in self.known:
            self.chosen = fields.meeting

    @action("agree", Agreed)
    def agree(self, fields: Agreed) -> None:
        """Keep an action."""
        self._check_chair()
        what, who = clean(fields.what, lines=False), fields.who
        if not what or who not in self._names or len(what) > LONGEST:
            raise Refused(EMPTY)
        if fields.by < self._today():
            raise Refused(TOO_LATE)
        waiting = sum(one.done is None for one in actions(self.thread.steps))
        if waiting >= self._most():
            raise Refused(Text(*(each.format(waiting) for each in TOO_MANY)))
        data = {"what": what, "who": who, "by": fields.by.isoformat()}
        self.thread.save(AGREED, data)

    @action("settle", Settled)
    def settle(self, fields: Settled) -> None:
        """Keep what came of one."""
        self._check_chair()
        every = actions(self.thread.steps)
        if fields.action >= len(every) or every[fields.action].done is not None:
            raise Refused(GONE)
        self.thread.save(SETTLED, {"action": fields.action, "done": fields.done == "yes"})

    def draw(self) -> Drawn:
        """Return the agenda, what is open, and the form for what is agreed now."""
        if not self.known:
            html = layout.empty_state(self.text(NONE), self.text(LATER), self.visit.language)
            return Drawn(html, self.at, self.text(TITLE))
        held = self.known[self.chosen]
        minutes = self.text(MINUTES).format(held.minutes)
        head = layout.page_head(
            self.text(held.name), self.visit.language, kicker=minutes, lead=self.text(held.text)
        )
        wide = layout.stack(self._open(), self._form())
        body = layout.two_columns(wide, layout.stack(self._agenda(held), self._others()))
        return Drawn(head + body, self.at, self.text(TITLE))

    def _check_chair(self) -> None:
        known = self.visit.records.people.get(self.visit.person.id)
        if not (self.chosen and known.active and known.role in CHAIRS):
            raise Refused(NOT_YOURS)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Who can be given something to do, by id: the chair's team, or everybody's."""
        chair, say = self.visit.person, self.visit.language
        every = (one for one in self.visit.records.people.all() if one.active)
        meant = [one for one in every if not chair.team or one.team == chair.team]
        return {one.id: one.called.in_(say) for one in meant}

    def _today(self) -> date:
        return self.visit.now().astimezone().date()

    def _most(self) -> int:
        rule = self.visit.playbook.rules.get("1.3.actions")
        most = rule.values.get("at_most") if rule else None
        return int(most) if isinstance(most, int) else MOST_ACTIONS

    def _open(self) -> str:
        every = actions(self.thread.steps)
        waiting = [(number, one) for number, one in enumerate(every) if one.done is None]
        if not waiting:
            return layout.notice(self.text(ALL_SETTLED), "", "good") if every else ""
        rows = "".join(self._row(number, one) for number, one in waiting)
        return layout.card(
            self.text(OPEN), f'<ul class="shared">{rows}</ul>', note=str(len(waiting))
        )

    def _row(self, number: int, one: Action) -> str:
        day = day_words(one.by, self.visit.language) if one.by else ""
        late = tag(self.text(LATE), "warn", "warn") if one.late(self._today()) else ""
        due = some(
            "p", self.text(BY).format(who=self._names.get(one.who, one.who), day=day), "note"
        )
        carried = {"action": str(number)}
        yes = button(self.text(DID), "settle", {**carried, "done": "yes"})
        no = button(self.text(DIDNT), "settle", {**carried, "done": "no"}, look="quiet")
        return f"<li>{some('strong', one.what)}{due}{late}{buttons(yes, no)}</li>"

    def _form(self) -> str:
        people = [forms.Option(id_, name) for id_, name in self._names.items()]
        fields = (
            forms.field(self.text(WHAT), "what", maxlength=LONGEST, autocomplete="off"),
            forms.select(self.text(WHO), "who", people),
            forms.field(self.text(DAY), "by", type="date", min=self._today().isoformat()),
        )
        note = some("p", self.text(LIMIT).format(self._most()), "note")
        keep = button(self.text(KEEP), look="main", data_needs="what who by")
        return layout.card(self.text(NEW), forms.form("agree", *fields, note, buttons(keep)))

    def _agenda(self, held: Meeting) -> str:
        rows = "".join(
            f"<li>{some('strong', self.text(MINUTES).format(one.minutes))} "
            f"{some('span', self.text(one.text))}</li>"
            for one in held.agenda
        )
        return layout.card(self.text(AGENDA), f"<ol>{rows}</ol>")

    def _others(self) -> str:
        options = [
            forms.Option(one.id, self.text(one.name), chosen=one.id == self.chosen)
            for one in self.known.values()
        ]
        turn = buttons(button(self.text(TURN)))
        chosen = forms.select(self.text(WHICH), "meeting", options)
        return layout.card("", forms.form("turn", chosen, turn))
