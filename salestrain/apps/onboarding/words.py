"""How a step and a path are spoken of: what it leads to, by when, how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from salestrain.language import LOCALES, Text, percent
from salestrain.playbook.paths import Measured, Quiz, Read, Roleplay, Take
from salestrain.views.components.ground import figure_with_words
from salestrain.views.components.today import path_progress

if TYPE_CHECKING:
    from datetime import date

    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.playbook.paths import PathStep, Signer
    from salestrain.training.paths.path import Progress, Standing

DAY = Text("M 月 d 日", "d MMM")
OF, WEEKS = (
    Text("{of} 步中完成 {done} 步", "{done} of {of} steps done"),
    Text("第 {} 周", "Week {}"),
)
MOST_WEEKS = 6
STEPS = Text("步，{}", "steps, {}")
AHEAD = Text("比计划早 {} 个工作日", "{} working day{s} ahead of plan")
BEHIND = Text("比计划晚 {} 个工作日", "{} working day{s} behind plan")
ON_PLAN = Text("按计划", "on plan")
MINUTES = Text("{} 分钟", "{} min")
SHORT = Text("上次得了 {}，还没过线。再来一次。", "Last time {}, not enough yet. Try again.")
RETURNED = Text("退回来了：{}", "Handed back: {}")
GO = {
    "read": Text("去读", "Read it"),
    "quiz": Text("开始练习", "Start the questions"),
    "exam": Text("去考试", "To the exam"),
    "roleplay": Text("开始对练", "Start the role-play"),
    "note": Text("写下来", "Write it down"),
    "shadow": Text("写下听到的", "Write what you heard"),
    "do": Text("交上来", "Hand it in"),
    "talk": Text("写下谈了什么", "Write what was said"),
    "measured": Text("", ""),
}
SYMBOLS = {
    "read": "playbook",
    "quiz": "practice",
    "exam": "form",
    "roleplay": "roleplay",
    "note": "form",
    "shadow": "voice",
    "do": "list",
    "talk": "person",
    "measured": "reviews",
}
SIGNERS: dict[Signer, Text] = {
    "mentor": Text("师傅", "mentor"),
    "manager": Text("组长", "manager"),
    "trainer": Text("培训师", "trainer"),
}


def way_to(visit: Visit, step: PathStep) -> str:
    """Return the address at which a step is done; empty for what the CRM shows by itself."""
    if isinstance(step, Read):
        return visit.link("playbook", page=step.section)
    if isinstance(step, Quiz):
        return visit.link("quiz", set=step.set)
    if isinstance(step, Take):
        return visit.link("quiz", set=step.exam)
    if isinstance(step, Roleplay):
        return visit.link("roleplay", scenario=step.scenario)
    return "" if isinstance(step, Measured) else visit.link("onboarding")


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
    shown, week = (weeks, (found.day - 1) // 5) if len(weeks) <= MOST_WEEKS else _phases(found)
    label = OF.in_(language).format(done=found.done, of=every)
    figure = figure_with_words(f"{found.done} / {every}", STEPS.in_(language).format(plan))
    names = [one if isinstance(one, str) else one.in_(language) for one in shown]
    return figure + path_progress(found.done, every, names, week, label)


def _phases(found: Progress) -> tuple[list[Text], int]:
    """Return the names of a long path's phases, and which one it is in by its days."""
    over = sum(found.day > milestone.due_day for milestone in found.path.plan)
    names = [_short(milestone.title) for milestone in found.path.plan]
    return names, min(over, max(len(names) - 1, 0))


def _short(title: Text) -> Text:
    return Text(title.zh.partition("：")[0], title.en.partition(":")[0])


def why(one: Standing, language: Language) -> str:
    """Say why a step is worth doing, or that the last try was not enough."""
    if one.did.returned and one.state != "done":
        return RETURNED.in_(language).format(one.did.returned.text)
    if one.state == "done" or one.tried is None or one.tried.enough:
        return one.step.why.in_(language)
    return SHORT.in_(language).format(percent(one.tried.share, language))
