"""Skills and growth of the class, and over time."""

from __future__ import annotations

import math
from itertools import dropwhile
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.periods import Period
from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.training.talk_statistics.progress import change, course, usual_first
from salestrain.training.talk_statistics.skills import Standing, skills, standings
from salestrain.views.bars import RankedBar, RankGroup, ranked_bars
from salestrain.views.drawing import Series
from salestrain.views.markup import Caption, axis
from salestrain.views.page import section, two_columns
from salestrain.views.roleplay_review.persons import NAMES, each_section
from salestrain.views.roleplay_review.phrases import signed
from salestrain.views.trend import trend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salestrain.training.quizzes.responses import Floats
    from salestrain.training.talk_statistics.held import Talk
    from salestrain.training.talk_statistics.progress import Change, Point
    from salestrain.views.roleplay_review.study import TalkStudy

MONTHS_SHOWN, FEWEST_POINTS = 9, 4
GREW = Text(
    "同一个场景再谈，分数从 {first} 到 {latest}，多 {change} 分"
    "（区间 {low} 到 {high}，{people} 人）",
    "The same scenario again: from {first} to {latest}, {change} points ({low} to {high}, {people} "
    "people)",
)
GREW_FEW = Text(
    "再谈一次有没有进步，人还太少", "Too few have played a scenario twice to say if it helps"
)
GREW_NOT = Text(
    "同一个场景再谈，看不出进步（{change} 分，区间 {low} 到 {high}）",
    "The same scenario again brings no sure gain ({change} points, {low} to {high})",
)
SUB = Text(
    "没过关的人更常再谈，也记得剧本，所以进步里有一部分不是本事。新场景第一次谈得怎样才说明问题，看第二张图。",
    "Those who failed play again more often, and they know the talk by then, so part of the gain "
    "isn’t skill. How first goes at new scenarios went says more: the second chart.",
)
BY_SKILL = Text("四种本事", "Four skills")
WEAKEST = Text("最弱的是「{skill}」：{share}", "Weakest: {skill}, {share}")
SKILL_SUB = Text(
    "每个场景最近一场里，这种本事的分拿到几成，先算每个人的；横线是 95% 区间；n 是人数。"
    "各场景的能力项按「靠哪类招得分」归到四种里。",
    "Share reached of each skill’s points in the latest run of each scenario, by person; whiskers "
    "are 95% intervals, n is people. A scenario’s competencies are sorted by the kinds of moves "
    "that earn their points.",
)
OWN_SUB = Text(
    "每个场景最近一场里，这种本事的分拿到几成。各场景的能力项按「靠哪类招得分」归到四种里。",
    "Share reached of each skill’s points in the latest run of each scenario, whose competencies "
    "are sorted by the kinds of moves that earn their points.",
)
COURSE = Text("第一次谈一个场景，比平常多几分", "First goes: points above the usual")
COURSE_UP = Text(
    "第一次谈新场景：从 {first} 到 {last} 分", "First goes at new scenarios: from {first} to {last}"
)
COURSE_SUB = Text(
    "每月第一次谈的场景，得分减去大家第一次谈它的平均分；不到 {few} 人的月份不画",
    "Score of each month’s first goes less what people usually score at first there; months under "
    "{few} people are left out",
)


def growth_section(study: TalkStudy) -> str:
    """Return the class's skills, how first goes went over time, and a line for each person."""
    if not study.talks:
        return ""
    people, reached = _skills(study)
    charts = [_by_skill(study, standings(people, reached, study.people))]
    line = _course(study)
    parts = two_columns([*charts, line]) if line else charts[0]
    title = "" if study.level == "rep" else growth_words(study)
    return section(title, parts, sub=study.say(SUB) if line else "") + each_section(
        study, people, reached
    )


def _skills(study: TalkStudy) -> tuple[tuple[str, ...], Floats]:
    asks = study.asks(talk.scenario.id for talk in study.talks)
    return skills(study.talks, asks)


def growth_words(study: TalkStudy) -> str:
    """Return whether the latest runs beat the first ones."""
    found = _change(study)
    if found is None or math.isnan(found.interval.low):
        return study.say(GREW_FEW)
    facts = {
        "first": number(found.first, study.language),
        "latest": number(found.latest, study.language),
        "change": number(found.change, study.language),
        "low": number(found.interval.low, study.language),
        "high": number(found.interval.high, study.language),
        "people": found.people,
    }
    return study.say(GREW if found.interval.low > 0 else GREW_NOT, **facts)


def _change(study: TalkStudy) -> Change | None:
    found = change(study.talks)
    return found if found and found.people >= FEW_PEOPLE else None


def _by_skill(study: TalkStudy, found: Sequence[Standing]) -> str:
    title = study.say(BY_SKILL)
    low, rest = found[0], found[1:]
    if rest and low.interval.high < min(one.share for one in rest):
        share = percent(low.share, study.language)
        title = study.say(WEAKEST, skill=study.say(NAMES[low.skill]), share=share)
    bars = tuple(_bar(study, one) for one in found)
    ticks = axis([1.0], lambda value: percent(value, study.language))
    caption = Caption(title, study.say(OWN_SUB if study.level == "rep" else SKILL_SUB))
    return ranked_bars(caption, [RankGroup(bars)], study.language, ticks=ticks)


def _bar(study: TalkStudy, one: Standing) -> RankedBar:
    low, high = (None if math.isnan(end) else min(max(end, 0.0), 1.0) for end in one.interval)
    label = percent(one.share, study.language)
    name = study.say(NAMES[one.skill])
    if study.level == "rep":
        return RankedBar(name, one.share, label)
    return RankedBar(name, one.share, label, f"n={one.people}", low, high, one.people)


def _course(study: TalkStudy) -> str:
    usual = usual_first(study.held.talks)
    found = course(study.talks, usual, lambda talk: _month(study, talk))
    last = _month_of(study, study.at.date())
    months = [*dropwhile(lambda month: month not in found, last.run(MONTHS_SHOWN))]
    points = [found.get(month) for month in months]
    known = [one for one in points if one and not one.few]
    if len(known) < FEWEST_POINTS:
        return ""
    return _line(study, [str(month) for month in months], points, known)


def _month(study: TalkStudy, talk: Talk) -> Period:
    return _month_of(study, talk.run.began.astimezone(study.zone).date())


def _month_of(study: TalkStudy, when: date) -> Period:
    return Period.containing(when, "month", year_starts=study.period.year_starts)


def _line(
    study: TalkStudy, months: list[str], points: Sequence[Point | None], known: Sequence[Point]
) -> str:
    def write(value: float) -> str:
        return signed(value, study.language)

    there = [one if one and not one.few else None for one in points]
    middle, low, high = (
        tuple(None if one is None else read(one) for one in there) for read in (_above, _low, _high)
    )
    first, last = known[0], known[-1]
    apart = first.interval.high < last.interval.low
    facts = {"first": write(first.above), "last": write(last.above)}
    title = study.say(COURSE_UP, **facts) if apart else study.say(COURSE)
    caption = Caption(title, study.say(COURSE_SUB, few=FEW_PEOPLE))
    main = Series(study.name, write(last.above), middle, low, high)
    reach = [value for value in (*low, *high) if value is not None]
    return trend(caption, months, main, study.language, ticks=axis(reach, write))


def _above(one: Point) -> float:
    return one.above


def _low(one: Point) -> float:
    return one.interval.low


def _high(one: Point) -> float:
    return one.interval.high
