"""The people in an exam: those to look after, those who passed, those who haven't taken it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text, day, percent
from salestrain.views.markup import Caption, figure
from salestrain.views.quiz_review.needs import linked, table
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from salestrain.training.exams.results import Candidate, Results
    from salestrain.views.quiz_review.study import Study

FOLLOW = Text("要跟进的人", "To follow up")
FOLLOW_COLUMNS = (
    (Text("人", "Person"), False),
    (Text("最近一次", "Last attempt"), True),
    (Text("日期", "Day"), True),
    (Text("没通过的次数", "Failed"), True),
    (Text("接下来", "Next"), False),
)
PASSED = Text("通过的 {n} 人", "The {n} who passed")
UNFOLDED = 8
LIST = Text("看名单", "See who")
PASSED_COLUMNS = (
    (Text("人", "Person"), False),
    (Text("得分", "Share"), True),
    (Text("日期", "Day"), True),
    (Text("有效到", "Valid until"), True),
)
FOR_GOOD = Text("一直有效", "for good")
TIMES = Text("{n} 次", "{n}")
MISSING = Text("没考的 {n} 人", "The {n} who haven’t taken it")
OF_GROUP = Text("{group} {names}", "{group}: {names}")
APART, GROUPS_APART = Text("、", ", "), Text("；", "; ")
ROLES = {
    "rep": Text("销售", "Sales"),
    "manager": Text("经理", "Managers"),
    "director": Text("总监", "Directors"),
    "marketing": Text("市场", "Marketing"),
    "service": Text("客服", "Service"),
    "trainer": Text("培训师", "Trainers"),
}
NEXT = {
    "free": Text("现在就能再考，还剩 {left} 次", "may try again now, {left} left"),
    "wait": Text("{day} 起能再考，还剩 {left} 次", "may try again from {day}, {left} left"),
    "used_up": Text("次数用完，要培训师再开一次", "no attempts left; a trainer can grant one"),
    "not_yet": Text("{day} 才开考", "opens on {day}"),
    "closed": Text("{day} 已截止", "closed on {day}"),
}
RUNNING = Text("–", "–")
RUNS_OUT = Text("有效到 {day}，可以提前再考", "valid until {day}; may be renewed now")
RAN_OUT = Text("{day} 过期了，{next}", "ran out on {day}; {next}")


def follow_up(study: Study, found: Results) -> str:
    """Return who failed, whose pass ran out, and whose runs out soon; empty if nobody did."""
    soon = [one for one in found.of("passed") if one.runs_out]
    named = [*found.of("failed"), *found.of("lapsed"), *soon]
    if not named:
        return ""
    rows = [_followed(study, one) for one in named]
    title = study.say(FOLLOW)
    return figure(Caption(title), table(study, FOLLOW_COLUMNS, rows, title), "people")


def _followed(study: Study, one: Candidate) -> Row:
    last = one.over[-1]
    times = study.say(TIMES, n=one.failures) if one.failures else "–"
    ended = day(one.day(last), study.language)
    return Row((linked(study, one.person), scored(study, one), ended, times, what_next(study, one)))


def scored(study: Study, one: Candidate) -> Cell:
    """Return what the last attempt came to."""
    last = one.over[-1]
    share = percent(last.share, study.language)
    return Cell(share) if last.passed else Cell(share, tone="bad")


def what_next(study: Study, one: Candidate) -> str:
    """Return when they may try again, or until when the pass holds."""
    until = day(one.until, study.language) if one.until else ""
    if one.state == "passed":
        return study.say(RUNS_OUT, day=until) if one.runs_out else until or study.say(FOR_GOOD)
    again = one.admitted
    when = day(again.day, study.language) if again.day else ""
    said = study.say(NEXT.get(again.why, RUNNING), day=when, left=again.left)
    return study.say(RAN_OUT, day=until, next=said) if one.state == "lapsed" else said


def passed_roll(study: Study, found: Results) -> str:
    """Return who holds a pass, folded if they are many: nobody there has to do anything."""
    held = found.of("passed")
    if not held:
        return ""
    title = study.say(PASSED, n=len(held))
    ranked = sorted(held, key=lambda one: (study.team_of(one.person), one.person))
    body = table(study, PASSED_COLUMNS, [_holder(study, one) for one in ranked], title)
    if len(held) <= UNFOLDED:
        return figure(Caption(title), body, "people")
    folded = f'<details class="roll"><summary>{escape(study.say(LIST))}</summary>{body}</details>'
    return figure(Caption(title), folded, "people")


def _holder(study: Study, one: Candidate) -> Row:
    if one.held is None:
        raise ValueError(f"{one.person} holds no pass")
    share = percent(one.held.attempt.share, study.language)
    on = day(one.day(one.held.attempt), study.language)
    until = day(one.held.until, study.language) if one.held.until else study.say(FOR_GOOD)
    return Row((linked(study, one.person), share, on, until))


def missing_roll(study: Study, found: Results) -> str:
    """Return who hasn't taken it, by team, then by role; empty if all have."""
    there = found.of("missing")
    if not there:
        return ""
    groups: dict[str, list[str]] = {}
    for one in sorted(there, key=lambda one: (study.team_of(one.person) or "~", one.person)):
        groups.setdefault(_group(study, one.person), []).append(study.person(one.person))
    apart = APART.in_(study.language)
    joined = [
        study.say(OF_GROUP, group=group, names=apart.join(names)) if len(groups) > 1
        else apart.join(names)
        for group, names in groups.items()
    ]  # fmt: skip
    names = GROUPS_APART.in_(study.language).join(joined)
    return figure(Caption(study.say(MISSING, n=len(there)), names), "", "people")


def _group(study: Study, person: str) -> str:
    team = study.team_of(person)
    if ("team", team) in study.names:
        return study.names["team", team]
    role = study.staff[person].role
    return study.say(ROLES[role]) if role in ROLES else role
