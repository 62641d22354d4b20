"""How each exam went: the finding in words, the scores, the sections and items missed."""

from __future__ import annotations

from html import escape
from statistics import median
from typing import TYPE_CHECKING

from salestrain.language import Text, day, number, percent
from salestrain.training.exams.results import Results, results
from salestrain.views.bars import RankedBar, RankGroup, ranked_bars
from salestrain.views.markup import Caption, axis, figure
from salestrain.views.page import section, two_columns
from salestrain.views.quiz_review.bank import stem
from salestrain.views.quiz_review.candidates import (
    TIMES,
    follow_up,
    missing_roll,
    passed_roll,
    scored,
    what_next,
)
from salestrain.views.quiz_review.needs import table
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.training.exams.results import Candidate
    from salestrain.views.quiz_review.study import Study

FEW, MANY, ENOUGH_TO_MISS, MISSED_SHOWN = 5, 10, 3, 3
BAND, BANDS_BELOW = 0.1, 2
NOBODY = Text("还没有人考过试", "Nobody has taken an exam yet")
NOBODY_SUB = Text(
    "有 {n} 场考试：{titles}。大家在「答题」里考，结果就在这里。",
    "There are {n} exams: {titles}. Once people take them in the quiz app, results show here.",
)
UNTAKEN = Text("还没有人考过：{titles}。", "Nobody has taken: {titles}.")
HEADLINE = Text("{title}：该考的 {all} 人里，{passed} 人通过", "{title}: {passed} of {all} passed")
PARTS = {
    "failed": Text("，{n} 人没通过", ", {n} failed"),
    "lapsed": Text("，{n} 人过期", ", {n} ran out"),
    "running": Text("，{n} 人正在考", ", {n} at it now"),
    "missing": Text("，{n} 人没考", ", {n} haven’t taken it"),
}
SOON = Text("，{n} 人 30 天内到期", ", {n} to renew within 30 days")
FACTS = Text(
    "{count} 题，{minutes} 分钟，{share} 以上通过",
    "{count} questions, {minutes} minutes, {share} passes",
)
LONG, GOOD = (
    Text("，有效 {days} 天。", ", valid for {days} days."),
    Text("，一直有效。", ", for good."),
)
RUNNING = Text("现在有 {n} 人正在考。", "{n} taking it right now.")
SEALED = Text(
    "{day} 考完之前，不说哪些题错得多。", "Which questions went wrong is told after {day}."
)
SPREAD = Text("最近一次的得分", "Shares at the last attempt")
SPREAD_HALF = Text("一半人得了 {share} 以上", "Half of them earned {share} or more")
SPREAD_SUB = Text(
    "每人最近一次，n={n}；及格线 {share}，线下用橙色",
    "Each person’s last attempt, n={n}; the pass mark is {share}, below it in orange",
)
ESTIMATED = Text("；按答题估的、全部考题里答得对的比例", "; as estimated of all it may ask")
FEW_SCORES = Text(
    "{n} 人考过，最近一次得 {shares}；人太少，不画分布。",
    "{n} have taken it and earned {shares} at the last attempt: too few for a chart.",
)
BAND_TOP = Text("{low}% 以上", "{low}% and over")
BAND_LOW = Text("{low}% 以下", "under {low}%")
PEOPLE = Text("{n} 人", "{n}")
LOST = Text("没通过的，在「{section}」丢分最多", "Those who failed lost most in {section}")
LOST_SUB = Text(
    "没通过的考试（{n} 次）各节得到的分；n 是题数，不到 10 题的画斜线",
    "What failed attempts ({n}) earned by section; n is questions, hatched under 10",
)
LOST_FEW = Text("；次数少，只作参考", "; few attempts, so read it lightly")
MISSED = Text("错得最多的题", "Missed most often")
MISSED_COLUMNS = (
    (Text("题", "Question"), False),
    (Text("规则", "Rule"), False),
    (Text("没全对 / 考到的人次", "Not wholly right / asked"), True),
)
OWN = Text("考试", "Exams")
OWN_COLUMNS = (
    (Text("考试", "Exam"), False),
    (Text("最近一次", "Last attempt"), True),
    (Text("日期", "Day"), True),
    (Text("没通过的次数", "Failed"), True),
    (Text("接下来", "Next"), False),
)
UNTIL = Text("有效到 {day}", "valid until {day}")
AT_IT = Text("正在考", "at it now")
NOT_YET = Text("还没考：{titles}。", "Not taken yet: {titles}.")
LOST_IN = Text(
    "没通过的，丢分最多：{section}（{of} 题得 {earned} 分）",
    "failed attempts lost most in {section} ({earned} of {of} marks)",
)


def exams_section(study: Study) -> str:
    """Return how each exam went; where nobody has taken one, a sentence that says so."""
    found = [_results(study, id_) for id_ in study.playbook.exams]
    found = [one for one in found if one.candidates]
    if not found:
        return ""
    taken = [one for one in found if len(one.of("missing")) < len(one.candidates) or one.running]
    if not taken:
        sub = study.say(NOBODY_SUB, n=len(found), titles=_titles(study, found))
        return section(study.say(NOBODY), "", sub=sub)
    if study.level == "rep":
        return _own(study, found)
    untaken = [one for one in found if one not in taken]
    rest = study.say(UNTAKEN, titles=_titles(study, untaken)) if untaken else ""
    note = f'<p class="chart-sub">{escape(rest)}</p>' if rest else ""
    return "".join(_exam(study, one) for one in taken) + (section("", note) if note else "")


def _results(study: Study, exam: str) -> Results:
    deeds = {one: study.deeds[one] for one in study.people if not study.left(one)}
    meant = {one for one in study.colleagues if exam in study.exams_for(one)}
    return results(study.playbook.exams[exam], deeds, meant, study.items, study.at)


def _titles(study: Study, found: Sequence[Results]) -> str:
    named = (one.exam.title.in_(study.language) for one in found)
    return ("、" if study.language == "zh" else ", ").join(named)


def _exam(study: Study, found: Results) -> str:
    lost, missed = _lost(study, found), _missed(study, found)
    body = _beside(_spread(study, found), lost or missed)
    body += follow_up(study, found)
    body += _beside(missing_roll(study, found), passed_roll(study, found))
    body += missed if lost else ""
    return section(headline(study, found), body, sub=_facts(study, found))


def _beside(*parts: str) -> str:
    there = [part for part in parts if part]
    return two_columns(there) if len(there) > 1 else "".join(there)


def headline(study: Study, found: Results) -> str:
    """Return in words how an exam went."""
    passed, title = found.of("passed"), found.exam.title.in_(study.language)
    said = study.say(HEADLINE, title=title, passed=len(passed), all=len(found.candidates))
    for state, words in PARTS.items():
        if n := sum(one.state == state for one in found.candidates):
            said += study.say(words, n=n)
    soon = sum(one.runs_out for one in passed)
    return said + (study.say(SOON, n=soon) if soon else "")


def _facts(study: Study, found: Results) -> str:
    exam, gap = found.exam, "" if study.language == "zh" else " "
    share = percent(exam.pass_share, study.language)
    said = study.say(FACTS, count=exam.count, minutes=exam.minutes, share=share)
    said += study.say(LONG if exam.valid_days else GOOD, days=exam.valid_days)
    if found.running:
        said += gap + study.say(RUNNING, n=found.running)
    if found.sealed and exam.closes:
        said += gap + study.say(SEALED, day=day(exam.closes, study.language))
    return said


def _spread(study: Study, found: Results) -> str:
    scores, says = found.scores, study.language
    if len(scores) < FEW:
        shares = ("、" if says == "zh" else ", ").join(percent(one, says) for one in scores)
        said = study.say(FEW_SCORES, n=len(scores), shares=shares)
        return f'<p class="chart-sub">{escape(said)}</p>' if scores else ""
    bands = _bands(found.exam.pass_share)
    counts = [sum(low <= round(one, 9) < high for one in scores) for low, high in bands]
    bars = tuple(
        _band(study, low, high, n, passes=low >= found.exam.pass_share)
        for (low, high), n in zip(bands, counts, strict=True)
    )
    title = study.say(SPREAD)
    if len(scores) >= MANY:
        title = study.say(SPREAD_HALF, share=percent(median(scores), says))
    share = percent(found.exam.pass_share, says)
    sub = study.say(SPREAD_SUB, n=len(scores), share=share)
    sub += study.say(ESTIMATED) if found.exam.adaptive else ""
    ticks = axis([float(n) for n in counts], lambda value: number(value, says))
    return ranked_bars(Caption(title, sub), [RankGroup(bars)], says, ticks=ticks)


def _bands(pass_share: float) -> list[tuple[float, float]]:
    """Return bands of a tenth above and below the pass mark, the highest first (low, high)."""
    lows = [round(pass_share + BAND * step, 9) for step in range(1, -BANDS_BELOW - 1, -1)]
    lows = [low for low in lows if 0 < low < 1]
    return [*zip(lows, [2.0, *lows], strict=False), (0.0, lows[-1])]


def _band(study: Study, low: float, high: float, n: int, *, passes: bool) -> RankedBar:
    ends = {"low": round(100 * (low or high)), "high": round(100 * high) - 1}
    name = f"{ends['low']}–{ends['high']}%"
    if high > 1 or not low:
        name = study.say(BAND_TOP if low else BAND_LOW, **ends)
    label = study.say(PEOPLE, n=n)
    return RankedBar(name, float(n), label, focus=passes, tone="plain" if passes else "bad")


def _lost(study: Study, found: Results) -> str:
    if len(found.lost) < 2:
        return ""
    says, n = study.language, len(found.failed)
    title = study.say(LOST, section=study.section_name(found.lost[0].section))
    sub = study.say(LOST_SUB, n=n) + (study.say(LOST_FEW) if n < FEW else "")
    bars = tuple(
        RankedBar(
            study.section_name(one.section),
            one.earned / one.asked,
            percent(one.earned / one.asked, says),
            f"n={one.asked}",
            n=one.asked,
            tone="bad" if one is found.lost[0] else "plain",
        )
        for one in found.lost
    )
    ticks = axis([1.0], lambda value: percent(value, says))
    return ranked_bars(Caption(title, sub), [RankGroup(bars)], says, ticks=ticks)


def _missed(study: Study, found: Results) -> str:
    faulty = {one.item for one in study.misleading}
    shown = [
        one
        for one in found.missed
        if one.wrong > 1 and one.asked >= ENOUGH_TO_MISS and one.item not in faulty
    ][:MISSED_SHOWN]
    if not shown:
        return ""
    rows = [
        Row((stem(study, one.item), study.items[one.item].cites[0], f"{one.wrong} / {one.asked}"))
        for one in shown
    ]
    title = study.say(MISSED)
    return figure(Caption(title), table(study, MISSED_COLUMNS, rows, title), "people")


def _own(study: Study, found: Sequence[Results]) -> str:
    """Return one person's exams as a table."""
    untaken = [one for one in found if one.of("missing")]
    rows = [_own_row(study, one, one.candidates[0]) for one in found if one not in untaken]
    title, titles = study.say(OWN), _titles(study, untaken)
    sub = study.say(NOT_YET, titles=titles) if untaken else ""
    return section(title, table(study, OWN_COLUMNS, rows, title), sub=sub)


def _own_row(study: Study, found: Results, mine: Candidate) -> Row:
    title = found.exam.title.in_(study.language)
    if not mine.over:
        return Row((title, study.say(AT_IT), "–", "–", "–"))
    if mine.state == "passed" and not mine.runs_out and mine.until:
        following = study.say(UNTIL, day=what_next(study, mine))
    else:
        following = what_next(study, mine)
    times = study.say(TIMES, n=len(found.failed)) if found.failed else "–"
    ended = day(mine.day(mine.over[-1]), study.language)
    named = Cell(title, small=_lost_words(study, found) if len(found.lost) > 1 else "")
    return Row((named, scored(study, mine), ended, times, following))


def _lost_words(study: Study, found: Results) -> str:
    most = found.lost[0]
    earned = number(most.earned, study.language, 0 if most.earned % 1 == 0 else 1)
    where = study.section_name(most.section)
    return study.say(LOST_IN, section=where, of=most.asked, earned=earned)
