"""The path of someone new as a map: what is done, what comes now, what unlocks what."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Annotated

from babel.dates import format_date
from pydantic import Field

from salestrain.apps.app import App, Fields, action
from salestrain.language import LOCALES, Text, percent
from salestrain.playbook.paths import Note, Quiz, Read, Roleplay, Take
from salestrain.training.exam import FINISHED, attempts, closings
from salestrain.training.path import Deed, Progress, Standing, progress
from salestrain.views.components import layout
from salestrain.views.components.buttons import button, link_button
from salestrain.views.components.forms import text_area
from salestrain.views.components.ground import attributes, figure_with_words, some
from salestrain.views.components.today import Stop, path_progress, stepper
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.playbook.paths import PathStep

TITLE, NO_PATH = Text("入职路径", "Onboarding"), Text("还没有入职路径", "There is no path yet")
MEANWHILE = Text("写好以前，先读手册。", "Until it is written, read the playbook.")
WEEK = Text("第 {} 周 · 第 {} 个工作日", "Week {} · working day {}")
DAY = Text("M 月 d 日", "d MMM")
OF, WEEKS = (
    Text("{of} 步中完成 {done} 步", "{done} of {of} steps done"),
    Text("第 {} 周", "Week {}"),
)
STEPS, LEFT = Text("步，{}", "steps, {}"), Text("还要约 {} 分钟", "About {} min to go")
AHEAD = Text("比计划早 {} 个工作日", "{} working day{s} ahead of plan")
BEHIND = Text("比计划晚 {} 个工作日", "{} working day{s} behind plan")
ON_PLAN = Text("按计划", "on plan")
DONE, RESULT = Text("{} 完成", "done on {}"), Text("上次 {}", "last result {}")
MINUTES, DUE = Text("{} 分钟", "{} min"), Text("{} 前", "by {}")
FIRST, JOIN = Text("先完成第 {} 步", "after step {}"), Text("、", ", ")
SHORT = Text("上次得了 {}，还没过线。再来一次。", "Last time {}, not enough yet. Try again.")
GO = {
    "read": Text("去读", "Read it"),
    "quiz": Text("开始练习", "Start the questions"),
    "exam": Text("去考试", "To the exam"),
    "roleplay": Text("开始对练", "Start the role-play"),
    "note": Text("写下来", "Write it down"),
}
SAVE, CHANGE = Text("保存", "Save"), Text("改一改", "Change it")
WRITE_FIRST = Text("先写一句，再保存", "Write a sentence first, then save")
NOT_HERE = Text("这一步现在不能写", "This step can’t be written now")
OVER = Text("{} 步都走完了", "All {} steps are done")
OVER_WORDS = Text(
    "{} 走完最后一步。写过的都在下面。接下来挑一个对练，把话说熟。",
    "The last on {}. What you wrote is below. Next, pick a role-play and get fluent.",
)
PICK = Text("挑一个对练", "Pick a role-play")


def standing(visit: Visit, deeds: Iterable[Deed]) -> Progress | None:
    """Return where somebody stands by what they did; none if the playbook has no path."""
    path, now = next(iter(visit.playbook.paths.values()), None), visit.now().astimezone()
    return progress(path, with_exams(visit, deeds), now) if path else None


def with_exams(visit: Visit, deeds: Iterable[Deed]) -> list[Deed]:
    """Return what somebody did, and how each exam ended: where time ran out no step says it."""
    every, items = list(deeds), visit.playbook.items
    ended: list[Deed] = []
    for exam in visit.playbook.exams.values():
        steps = [step for app, thread, step in every if (app, thread) == ("quiz", exam.id)]
        ends = closings(attempts(exam, steps, items), visit.now())
        ended += [("quiz", exam.id, step) for step in ends]
    kept = [one for one in every if one[1] not in visit.playbook.exams or one[2].kind != FINISHED]
    return sorted([*kept, *ended], key=lambda deed: deed[2].at)


def way_to(visit: Visit, step: PathStep) -> str:
    """Return the address at which a step is done."""
    if isinstance(step, Read):
        return visit.link("playbook", page=step.section)
    if isinstance(step, Quiz):
        return visit.link("quiz", set=step.set)
    if isinstance(step, Take):
        return visit.link("quiz", set=step.exam)
    if isinstance(step, Roleplay):
        return visit.link("roleplay", scenario=step.scenario)
    return visit.link("onboarding")


def day_words(value: date, language: Language) -> str:
    """Write a day of these weeks, without its year."""
    return format_date(value, DAY.in_(language), locale=LOCALES[language])


def how_far(found: Progress, language: Language) -> str:
    """Return how far the path has come and whether that is as planned, as finished HTML."""
    days, every = found.days_ahead, len(found.steps)
    words = AHEAD if days > 0 else BEHIND if days else ON_PLAN
    plan = words.in_(language).format(abs(days), s="" if abs(days) == 1 else "s")
    last = max(one.step.due_day for one in found.steps)
    weeks = [WEEKS.in_(language).format(day // 5 + 1) for day in range(0, last, 5)]
    label = OF.in_(language).format(done=found.done, of=every)
    figure = figure_with_words(f"{found.done} / {every}", STEPS.in_(language).format(plan))
    return figure + path_progress(found.done, every, weeks, (found.day - 1) // 5, label)


def why(one: Standing, language: Language) -> str:
    """Say why a step is worth doing, or that the last try was not enough."""
    if one.state == "done" or one.tried is None or one.tried.enough:
        return one.step.why.in_(language)
    return SHORT.in_(language).format(percent(one.tried.share, language))


class Noted(Fields):
    """What somebody wrote for a step; none to open what was written before."""

    step: Annotated[str, Field(max_length=60)]
    text: Annotated[str, Field(max_length=8000)] = ""


class Onboarding(App):
    """One person's path."""

    name = "onboarding"
    at = "path"

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.changing = ""

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
        self.visit.thread(self.name, found.path.id).save("noted", data)
        self.changing = ""

    def draw(self) -> Drawn:
        """Return the map of the path."""
        found, language = self._progress(), self.visit.language
        if found is None:
            html = layout.empty_state(self.text(NO_PATH), self.text(MEANWHILE), language)
            return Drawn(html, self.at, self.text(TITLE))
        week = self.text(WEEK).format((found.day - 1) // 5 + 1, found.day) if found.now else ""
        head = layout.page_head(self.text(found.path.title), language, kicker=week)
        steps = self.visit.thread(self.name, found.path.id).steps
        texts = {one.data["step"]: one.data["text"] for one in steps}
        stops = [self._stop(one, self._written_in(found), texts) for one in found.steps]
        body = layout.stack(self._summary(found), layout.card("", stepper(stops, language)))
        return Drawn(head + body, self.at, self.text(TITLE))

    def _progress(self) -> Progress | None:
        return standing(self.visit, self.visit.records.steps.of_person(self.visit.person.id))

    def _written_in(self, found: Progress) -> str:
        """Return the step whose field is shown: one being changed, else the one that is on."""
        return self.changing or (found.now.step.id if found.now else "")

    def _summary(self, found: Progress) -> str:
        language = self.visit.language
        if found.now:
            left = some("p", self.text(LEFT).format(found.minutes_left), "note")
            return layout.card("", how_far(found, language) + left)
        last = max(one.done_at for one in found.steps if one.done_at)
        words = some("p", self.text(OVER_WORDS).format(day_words(last.astimezone(), language)))
        way = link_button(self.text(PICK), self.visit.link("roleplay"), look="main", symbol="arrow")
        return layout.notice(self.text(OVER).format(len(found.steps)), words + way, "good")

    def _stop(self, one: Standing, written_in: str, texts: dict[str, str]) -> Stop:
        step, state = one.step, "later" if one.state in {"open", "waiting"} else one.state
        body = self._way(one)
        if isinstance(step, Note) and one.state != "locked":
            text = texts.get(step.id, "")
            look = "main" if state == "now" else ""
            is_open = step.id == written_in
            body = self._field(step, text, look) if is_open else self._text(step, text)
        href = "" if isinstance(step, Note) else way_to(self.visit, step)
        says = "" if one.state in {"done", "locked"} else why(one, self.visit.language)
        title, note = f"{one.number} {self.text(step.title)}", " · ".join(self._facts(one))
        return Stop(title, note, state, href, some("p", says) + body)

    def _facts(self, one: Standing) -> list[str]:
        language = self.visit.language
        if one.done_at:
            done = self.text(DONE).format(day_words(one.done_at.astimezone(), language))
            share = percent(one.tried.share, language) if one.tried else ""
            return [done, *([self.text(RESULT).format(share)] if share else [])]
        waits = self.text(JOIN).join(map(str, one.waits_for))
        first = [self.text(FIRST).format(waits)] if waits else []
        due = self.text(DUE).format(day_words(one.due, language))
        return [*first, self.text(MINUTES).format(one.step.minutes), due]

    def _way(self, one: Standing) -> str:
        href = way_to(self.visit, one.step) if one.state == "now" else ""
        return link_button(self.text(GO[one.step.kind]), href, look="main", symbol="arrow")

    def _field(self, step: Note, text: str, look: str) -> str:
        field = text_area(self.text(step.ask), "text", text=text, rows=5)
        hidden = f"<input{attributes(type='hidden', name='step', value=step.id)}>"
        save = button(self.text(SAVE), look=look, data_needs="text")
        given = attributes(data_do="note", id=f"note-{step.id}")  # each with its own draft
        return f'<form class="chooser"{given}>{field}{hidden}{save}</form>'

    def _text(self, step: Note, text: str) -> str:
        lines = "<br>".join(map(escape, text.splitlines()))
        change = button(self.text(CHANGE if text else GO["note"]), "change", {"step": step.id})
        return (f"<blockquote>{lines}</blockquote>" if text else "") + change


def _takes_note(one: Standing, step: str) -> bool:
    return one.step.id == step and isinstance(one.step, Note) and one.state != "locked"
