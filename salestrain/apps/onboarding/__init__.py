"""The path of someone new as a map: what is done, what comes now, what unlocks what."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import App, Fields, action
from salestrain.apps.onboarding import agreed, assessing
from salestrain.apps.onboarding.day import day_of, task
from salestrain.apps.onboarding.handed import Handed, evidence_of
from salestrain.apps.onboarding.standing import Standings, standing
from salestrain.apps.onboarding.stops import Stops
from salestrain.apps.onboarding.words import day_words, how_far, way_to, why
from salestrain.language import Text
from salestrain.playbook.paths import WRITTEN
from salestrain.training.paths.phases import Phase, finished, phases
from salestrain.training.paths.signing import NOTED
from salestrain.views.components import layout, today
from salestrain.views.components.buttons import actions, link_button
from salestrain.views.components.ground import Tone, some, tag
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.training.paths.path import Progress, Standing
    from salestrain.training.paths.signing import Signature

__all__ = ["Onboarding", "day_words", "how_far", "standing", "way_to", "why"]

TITLE, NO_PATH = Text("入职路径", "Onboarding"), Text("还没有入职路径", "There is no path yet")
MEANWHILE = Text("写好以前，先读手册。", "Until it is written, read the playbook.")
WEEK = Text("第 {} 周 · 第 {} 个工作日", "Week {} · working day {}")
LEFT = Text("还要约 {} 分钟", "About {} min to go")
NOT_HERE = Text("这一步现在不能写", "This step can’t be written now")
WRITE_FIRST = Text("先写一句，再保存", "Write a sentence first, then save")
NO_REACTION = Text("这一步还没做完", "This step isn’t done yet")
OVER = Text("{} 步都走完了", "All {} steps are done")
OVER_WORDS = Text(
    "{} 走完最后一步。写过的都在下面。接下来挑一个对练，把话说熟。",
    "The last on {}. What you wrote is below. Next, pick a role-play and get fluent.",
)
OVER_WAITS = Text(
    "只等里程碑签字。组长看得到你交的每一样。",
    "Only milestones are still to be signed. Your manager sees all you handed in.",
)
PICK = Text("挑一个对练", "Pick a role-play")
TODAY = Text("今天", "Today")
PHASE = Text("{done} / {of} 步 · {day} 前", "{done} of {of} steps · by {day}")
STATES: dict[str, tuple[Text, Tone, str]] = {
    "done": (Text("签了", "signed"), "good", "check"),
    "waiting": (Text("等签字", "to be signed"), "brand", "clock"),
}
OF_PHASE = Text("{} 步", "{} steps")
NOT_YET = Text("还没签：{}", "Not signed yet: {}")
OTHER, ASSESS = Text("你的各条路径", "Your paths"), Text("给自己评一评", "Rate yourself")


class Noted(Fields):
    """What somebody wrote for a step; none to open what was written before."""

    step: Annotated[str, Field(max_length=60)]
    text: Annotated[str, Field(max_length=8000)] = ""


class Reacted(Fields):
    """How useful a step was and, with the second tap, how clear, from 1 to 5."""

    step: Annotated[str, Field(max_length=60)]
    useful: Annotated[int, Field(ge=1, le=5)]
    clear: Annotated[int, Field(ge=1, le=5)] | None = None


class Onboarding(App):
    """One person's path."""

    name = "onboarding"

    def __init__(self, visit: Visit, path: str = "", view: str = "") -> None:
        super().__init__(visit)
        self.path, self.view, self.changing = path, view, ""
        self.half: tuple[str, int] | None = None

    @property
    def at(self) -> str:
        """The map, one's own rating, or another of one's paths."""
        return self.view or self.path or "path"

    @cached_property
    def _known(self) -> Standings:
        return Standings(self.visit)

    @action("change", Noted, anytime=True)
    def change(self, fields: Noted) -> None:
        """Open the field of a step again."""
        self.changing = fields.step

    @action("note", Noted)
    def note(self, fields: Noted) -> None:
        """Keep what was written for a step; the last text counts."""
        found = self._progress()
        if found is None or not any(_takes_note(one, fields.step) for one in found.steps):
            raise Refused(NOT_HERE)
        if not fields.text.strip():
            raise Refused(WRITE_FIRST)
        data = {"step": fields.step, "text": fields.text.strip()}
        self.visit.thread(self.name, found.path.id).save(NOTED, data)
        self.changing = ""

    @action("react", Reacted)
    def react(self, fields: Reacted) -> None:
        """Keep how a step was, once both are said."""
        found = self._progress()
        done = {one.step.id for one in found.steps if one.done_at} if found else set()
        if found is None or fields.step not in done:
            raise Refused(NO_REACTION)
        self.half = (fields.step, fields.useful)
        if fields.clear is not None:
            data = {"step": fields.step, "useful": fields.useful, "clear": fields.clear}
            self.visit.thread(self.name, found.path.id).save("reacted", data)
            self.half = None

    @action("assess", assessing.Levels)
    def assess(self, fields: assessing.Levels) -> None:
        """Keep a self-assessment; the last one counts."""
        assessing.assess(self.visit, fields, self._known.role_of(self.visit.person))

    def draw(self) -> Drawn:
        """Return the map of the path, or the page asked for."""
        if self.view:
            role = self._known.role_of(self.visit.person)
            page = assessing.page(self.visit, role)
            return Drawn(page, self.at, self.text(assessing.TITLE))
        found, language = self._progress(), self.visit.language
        if found is None:
            html = layout.empty_state(self.text(NO_PATH), self.text(MEANWHILE), language)
            return Drawn(html, self.at, self.text(TITLE))
        week = self.text(WEEK).format((found.day - 1) // 5 + 1, found.day) if found.now else ""
        head = layout.page_head(self.text(found.path.title), language, kicker=week)
        parts = self._summary(found), self._today(found), agreed.card(self.visit)
        body = layout.stack(*parts, self._map(found), self._others(found))
        return Drawn(head + body, self.at, self.text(TITLE))

    def _progress(self) -> Progress | None:
        """Return the path asked for if it is theirs, else the one they are on."""
        self.__dict__.pop("_known", None)  # others may have signed since
        deeds = self.visit.records.steps.of_person(self.visit.person.id)
        asked = (
            one
            for one in (self._known.all_of(self.visit.person, deeds) if self.path else ())
            if one.path.id == self.path
        )
        return next(asked, None) or self._known.of(self.visit.person, deeds)

    def _written_in(self, found: Progress) -> str:
        """Return the step whose form is shown: one being changed, else the one that is on."""
        return self.changing or (found.now.step.id if found.now else "")

    def _summary(self, found: Progress) -> str:
        language = self.visit.language
        mentor = agreed.mentor_line(self.visit, found)
        if found.now or any(not one.settled for one in found.steps):
            left = some("p", self.text(LEFT).format(found.minutes_left), "note")
            return layout.card("", how_far(found, language) + left + mentor)
        days = [one.done_at for one in found.steps if one.done_at]
        last = day_words(max(days).astimezone(), language) if days else ""
        over = finished(found, self._signed())
        words = (OVER_WORDS if over else OVER_WAITS).in_(language).format(last)
        way = link_button(self.text(PICK), self.visit.link("roleplay"), look="main", symbol="arrow")
        said = some("p", words) + mentor + way
        return layout.notice(self.text(OVER).format(len(found.steps)), said, "good")

    def _signed(self) -> list[Signature]:
        return self._known.signed.get(self.visit.person.id, [])

    def _today(self, found: Progress) -> str:
        """Return the day's list; a short path is its own list."""
        todo = day_of(found, self.visit.now().astimezone().date()) if found.path.plan else []
        tasks = [task(self.visit, one, starts=False) for one in todo]
        return today.today_list(self.text(TODAY), "", tasks) if tasks else ""

    def _map(self, found: Progress) -> str:
        """Return the steps: in one card, or in one for each phase."""
        steps = self.visit.thread(self.name, found.path.id).steps
        names = agreed.names(self.visit)
        opened = self._written_in(found)
        stops = Stops(
            self.visit,
            found,
            Handed.of(steps, evidence_of(self.visit, self.visit.person.id)),
            opened,
            self.half,
            names,
        )
        every = phases(found, self._signed())
        if not every:
            drawn = [stops.stop(one) for one in found.steps]
            return layout.card("", today.stepper(drawn, self.visit.language))
        on = next((one for one in every if any(not each.settled for each in one.steps)), every[-1])
        return "".join(self._phase(one, stops, opened=one is on) for one in every)

    def _phase(self, phase: Phase, stops: Stops, *, opened: bool) -> str:
        language, of = self.visit.language, len(phase.steps)
        due = day_words(phase.due, language)
        note = self.text(PHASE).format(done=phase.done, of=of, day=due)
        known = STATES.get(phase.state)
        state = tag(self.text(known[0]), *known[1:]) if known else ""
        if phase.returned:
            said = self.text(NOT_YET).format(phase.returned.text)
            state += tag(said, "warn", "warn")
        text = some("p", self.text(phase.milestone.text))
        steps = today.stepper([stops.stop(one) for one in phase.steps], language)
        opened = opened or any(one.step.id == stops.open for one in phase.steps)
        label = self.text(OF_PHASE).format(of)
        shown = " open" if opened else ""
        folded = f"<details{shown}><summary>{label}</summary>{steps}</details>"
        return layout.card(self.text(phase.milestone.title), state + text + folded, note=note)

    def _others(self, found: Progress) -> str:
        """Return the ways to one's own rating and to the other paths of one's role."""
        visit = self.visit
        ways = [link_button(self.text(ASSESS), visit.link(self.name, view="self"))]
        deeds = visit.records.steps.of_person(visit.person.id)
        for one in self._known.all_of(visit.person, deeds):
            if one.path.id != found.path.id:
                title = f"{self.text(one.path.title)} {one.done} / {len(one.steps)}"
                ways.append(link_button(title, visit.link(self.name, path=one.path.id)))
        return layout.card(self.text(OTHER), actions(*ways)) if any(ways) else ""


def _takes_note(one: Standing, step: str) -> bool:
    free = one.state != "locked" and one.did.signed is None
    return one.step.id == step and isinstance(one.step, WRITTEN) and free
