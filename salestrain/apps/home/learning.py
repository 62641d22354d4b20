"""A learner's day: what to do and why, how far the path is, how it went, how steadily."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.home import asked
from salestrain.apps.home.classes import class_to_join
from salestrain.apps.home.mentoring import mentoring
from salestrain.apps.onboarding.day import day_of, minutes_of, task
from salestrain.apps.onboarding.standing import Standings, standing, with_exams
from salestrain.apps.onboarding.words import GO, MINUTES, SYMBOLS, day_words, how_far
from salestrain.apps.quiz.knowing import Knowing
from salestrain.apps.registry import LEARNER
from salestrain.language import Text, number, percent
from salestrain.playbook.paths import Quiz, Roleplay, Take
from salestrain.playbook.sections import SECTIONS
from salestrain.playbook.standards.team import Roles
from salestrain.training.memory.knowledge import minutes_for
from salestrain.training.paths.path import rhythm
from salestrain.views.components import layout, today
from salestrain.views.components.buttons import link_button
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salestrain.apps.visit import Visit
    from salestrain.training.mentoring.cohorts import Assignment
    from salestrain.training.paths.path import Deed, Progress, Standing

PICK = Text("挑一个对练", "Pick a role-play")
TODAY, OF = Text("今天做什么", "What to do today"), Text("已完成 {} / {}", "{} of {} done")
ABOUT = Text("今天大约 {} 分钟", "about {} minutes today")
NOTHING = Text("今天没有要做的", "nothing to do today")
MORE = Text("想多练，可以挑一个对练，把话说熟。", "To practise more, pick a role-play.")
SEE_ALL = Text("看全部 {} 步", "See all {} steps")
SIGN_OFF = Text("下一个要过的关：第 {} 步「{}」。", "Next to be passed: step {}, “{}”.")
RESULTS = Text("最近的结果", "Latest results")
MARKS = Text("{} 分得 {} 分 · {}", "{1} of {0} marks · {2}")
PASSED, MISSED = (
    Text("{} 分，通过 · {}", "{}, passed · {}"),
    Text("{} 分，没过 · {}", "{}, missed · {}"),
)
EXAM_PASSED, EXAM_MISSED = (
    Text("{}，通过 · {}", "{}, passed · {}"),
    Text("{}，没过 · {}", "{}, missed · {}"),
)
RHYTHM, DAYS = Text("练习节奏", "Practice rhythm"), Text("近 15 天", "Last 15 days")
PRACTISED = Text(
    "15 天里练了 {} 天，共约 {} 分钟。", "Practised on {} of 15 days, about {} minutes in all."
)
REVIEW = Text("每天的复习", "Daily review")
ABOUT_TO_FORGET = Text(
    "{} 题，多半是快要忘的。今天答一遍，记得更久。",
    "{} questions, most of them nearly forgotten. Answered today, they stay longer.",
)
NOT_YET = Text("还没开始练。每天十几分钟就够。", "None yet. A quarter of an hour a day will do.")
COMPETENCIES, SEE = Text("我的能力", "My competencies"), Text("看差在哪", "See the gaps")
ON_COMPETENCIES = Text(
    "离岗位的目标差多少，凭什么这么说，先练哪一件。",
    "How far from what the role asks, on what evidence, and what to practise first.",
)


def learning(visit: Visit) -> tuple[str, str]:
    """Return what a learner is told first, and their part of the home page."""
    deeds, language = visit.records.steps.of_person(visit.person.id), visit.language
    found = standing(visit, deeds)
    todo = day_of(found, visit.now().astimezone().date()) if found else []
    minutes = sum(minutes_of(one) for one in todo if not one.settled)
    review = _to_review(visit)
    minutes += minutes_for(review)
    given = asked.open_assignments(visit, with_exams(visit, deeds))
    minutes += sum(asked.minutes(visit, one) for one in given)
    title = ABOUT.in_(language).format(minutes) if minutes else NOTHING.in_(language)
    wide = class_to_join(visit) + asked.nudge_notices(visit)
    wide += _today(visit, todo, review, given) if minutes else _nothing(visit)
    wide += _path(visit, found)
    wide += mentoring(visit) if visit.person.role == LEARNER else ""
    narrow = _results(visit, deeds) + _rhythm(visit, deeds) + _competencies(visit)
    return title, layout.two_columns(wide, narrow)


def is_new(visit: Visit) -> bool:
    """Return whether somebody who leads has joined lately and has a path of their own to go."""
    known = Standings(visit)
    return known.joined_lately(visit.person) and bool(known.paths_of(visit.person))


def _today(visit: Visit, todo: Sequence[Standing], review: int, given: Sequence[Assignment]) -> str:
    done, language = sum(one.state == "done" for one in todo), visit.language
    tasks, free = [task(visit, one) for one in todo], all(one.state != "now" for one in todo)
    tasks += [_asked_task(visit, one, first=free and one is given[0]) for one in given]
    if review:
        tasks.append(_review_task(visit, review, first=free and not given))
    note = OF.in_(language).format(done, len(tasks))
    return today.today_list(TODAY.in_(language), note, tasks)


def _to_review(visit: Visit) -> int:
    """Return how many questions today's review has; none before there is anything to forget."""
    known = Knowing.of(visit)
    return len(known.queue) if known.memories else 0


def _review_task(visit: Visit, count: int, *, first: bool) -> today.Task:
    language = visit.language
    return today.Task(
        REVIEW.in_(language),
        ABOUT_TO_FORGET.in_(language).format(count),
        MINUTES.in_(language).format(minutes_for(count)),
        visit.link("quiz", set="today"),
        SYMBOLS["quiz"],
        "next" if first else "later",
        GO["quiz"].in_(language) if first else "",
    )


def _asked_task(visit: Visit, one: Assignment, *, first: bool) -> today.Task:
    language, kind = visit.language, "exam" if one.thread in visit.playbook.exams else one.app
    return today.Task(
        asked.title(visit, one),
        asked.why(visit, one),
        MINUTES.in_(language).format(asked.minutes(visit, one)),
        asked.way(visit, one),
        SYMBOLS[kind],
        "next" if first else "later",
        GO[kind].in_(language) if first else "",
    )


def _competencies(visit: Visit) -> str:
    """Return the way to one's own competencies, where there are any to see."""
    if visit.playbook.standard(Roles) is None:
        return ""
    language = visit.language
    more = SEE.in_(language), visit.link("growth")
    return layout.card(
        COMPETENCIES.in_(language), some("p", ON_COMPETENCIES.in_(language), "note"), more=more
    )


def _nothing(visit: Visit) -> str:
    way = link_button(PICK.in_(visit.language), visit.link("roleplay"), look="main", symbol="arrow")
    return layout.notice(MORE.in_(visit.language), way, "brand")


def _path(visit: Visit, found: Progress | None) -> str:
    language = visit.language
    if found is None:
        return ""
    judged = (one for one in found.steps if isinstance(one.step, Quiz | Take | Roleplay))
    next_ = next((one for one in judged if one.state != "done"), None)
    words = SIGN_OFF.in_(language) if next_ else ""
    if next_:
        words = words.format(next_.number, next_.step.title.in_(language))
    body = how_far(found, language) + some("p", words, "note")
    every = len(found.steps)
    more = SEE_ALL.in_(language).format(every), visit.link("onboarding")
    return layout.card(found.path.title.in_(language), body, more=more)


def _results(visit: Visit, deeds: Iterable[Deed]) -> str:
    """Return the last result of each quiz, exam and role-play, the latest first."""
    judged = [deed for deed in with_exams(visit, deeds) if deed[2].kind in {"finished", "ended"}]
    last = {(app, thread): (app, thread, step) for app, thread, step in judged}
    latest = sorted(last.values(), key=lambda deed: deed[2].at, reverse=True)
    rows = (
        f"<li>{some('strong', title)}{some('p', words, 'note')}</li>"
        for title, words in (_result(visit, deed) for deed in latest)
    )
    return layout.card(RESULTS.in_(visit.language), f"<ul>{''.join(rows)}</ul>") if last else ""


def _result(visit: Visit, deed: Deed) -> tuple[str, str]:
    """Return what a result is of, and how it was, in words."""
    (app, thread, (_, data, at)), language = deed, visit.language
    when = day_words(at.astimezone(), language)
    if exam := visit.playbook.exams.get(thread):
        share = percent(data["share"], language)
        words = (EXAM_PASSED if data["passed"] else EXAM_MISSED).in_(language)
        return exam.title.in_(language), words.format(share, when)
    if app == "quiz":
        got = number(data["earned"], language, 0 if data["earned"] % 1 == 0 else 1)
        name = SECTIONS.get(thread, REVIEW).in_(language)
        return f"{thread} {name}" if thread in SECTIONS else name, MARKS.in_(language).format(
            data["of"], got, when
        )
    scenario = visit.playbook.scenarios.get(thread)
    words = (PASSED if data["passed"] else MISSED).in_(language).format(data["score"], when)
    return scenario.title.in_(language) if scenario else thread, words


def _rhythm(visit: Visit, deeds: Iterable[Deed]) -> str:
    language, spent = visit.language, rhythm(deeds, visit.now().astimezone())
    last = max(spent)
    days = [
        today.Day(took, str(one.day) if one.weekday() == 0 or one == last else "", one == last)
        for one, took in spent.items()
    ]
    practised = sum(took > 0 for took in spent.values())
    words = (PRACTISED if practised else NOT_YET).in_(language)
    said = words.format(practised, sum(spent.values()))
    body = today.rhythm(days, said) + some("p", said, "note")
    return layout.card(RHYTHM.in_(language), body, note=DAYS.in_(language))
