"""What each person remembers, what is due, and what they keep getting wrong."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text, day, number, percent
from salestrain.training.memory.knowledge import minutes_for
from salestrain.views.page import section
from salestrain.views.quiz_review.bank import stem
from salestrain.views.quiz_review.gaps import name_of, says
from salestrain.views.quiz_review.recollection import IDLE, Recollection
from salestrain.views.tables import Cell, Column, Row, data_table
from salestrain.workspace import report_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.views.quiz_review.recollection import Recalled
    from salestrain.views.quiz_review.study import Study

PEOPLE_SHOWN, TOPICS_SHOWN, OWN_SHOWN, NAMES_SHOWN = 15, 3, 8, 20
HALF = 0.5
FADING = Text(
    "学过的内容，{n} 人有一半以上该复习了（共 {all} 人）",
    "For {n} of {all} people more than half of what they learnt is due again",
)
FRESH = Text("学过的内容，大多数人还记得", "Most people still remember what they learnt")
FADING_SUB = Text(
    "忘得最多的在前，列 {shown} 人，共 {all} 人。{idle} 人 {days} 天以上没答过题。"
    "「今天的复习」和本人在「答题」里看到的一样。",
    "Those who have forgotten most come first; {shown} of {all} people. {idle} have answered "
    "nothing for {days} days or more. “Today” is what each sees in the quiz app.",
)
COLUMNS = (
    (Text("人", "Person"), False),
    (Text("记得 / 学过", "Known / met"), True),
    (Text("该复习", "Due"), True),
    (Text("快忘了", "Nearly forgotten"), True),
    (Text("今天的复习", "Today"), True),
    (Text("先复习", "Review first"), False),
    (Text("连错两次的题", "Wrong twice"), True),
)
IDLE_DAYS = Text("{n} 天没答题", "{n} days idle")
TODAY = Text("{n} 题，约 {minutes} 分钟", "{n}, about {minutes} min")
STILL = Text("一半以上还记得的 {n} 人：{names}。", "Half or more is known by {n}: {names}.")
OF_SECTION = Text("{section}：{topics}", "{section}: {topics}")
NOT_BEGUN = Text("还没开始的 {n} 人：{names}。", "The {n} who haven’t begun: {names}.")
AND_MORE = Text("{names}等", "{names} and others")
JOIN, APART, SECTIONS_APART = Text("、", "; "), Text("、", ", "), Text("；", "; ")
OWN = Text(
    "学过 {met} 个知识点，现在记得 {known} 个，{due} 个该复习了",
    "{known} of {met} points met are known now, {due} are due",
)
OWN_SUB = Text(
    "今天的复习 {n} 题，约 {minutes} 分钟，和「答题」里的一样。快忘了的有 {nearly} 个。"
    "最近一次答题是 {day}。",
    "Today’s review has {n} questions, about {minutes} minutes, as in the quiz app. {nearly} are "
    "nearly forgotten. The last answer was on {day}.",
)
OWN_IDLE = Text("已经 {n} 天没答题。", "Nothing has been answered for {n} days.")
OWN_COLUMNS = (
    (Text("先复习", "Review first"), False),
    (Text("节", "Section"), False),
    (Text("现在记得的可能", "Chance to recall"), True),
    (Text("考试里占的分", "Exam marks"), True),
)
MISSED = Text("连着两次没全对的题", "Wrong twice in a row")
MISSED_SUB = Text("最近的在前；共 {all} 道", "The latest first; {all} in all")
MISSED_COLUMNS = ((Text("题", "Item"), False), (Text("规则", "Rule"), False))


def needs_section(study: Study) -> str:
    """Return what each person remembers and has to review; for one person the topics and items."""
    remembered = Recollection(study)
    if study.level == "rep":
        mine = remembered.of(study.entity)
        return _own(study, mine) if mine else ""
    each = remembered.each
    if not each:
        return ""
    rows = [_row(study, one) for one in each[:PEOPLE_SHOWN]]
    title = needs_words(study, each)
    idle = sum(one.idle for one in each)
    facts = {"shown": len(rows), "all": len(each), "idle": idle, "days": IDLE.days}
    hidden = each[PEOPLE_SHOWN:]
    still = [one.person for one in hidden if one.known >= HALF * one.met]
    body = table(study, COLUMNS, rows, title) + _named(study, STILL, still)
    body += _named(study, NOT_BEGUN, remembered.not_begun)
    return section(title, body, sub=study.say(FADING_SUB, **facts))


def needs_words(study: Study, each: Sequence[Recalled]) -> str:
    """Return in words how much of what people learnt is due."""
    fading = sum(one.due > HALF * one.met for one in each)
    return study.say(FADING, n=fading, all=len(each)) if fading else study.say(FRESH)


def linked(study: Study, person: str, small: str = "") -> Cell:
    """Return a person's name, as a link where their own report lies beside this one."""
    there = "rep" in study.linked and person in study.reps
    return Cell(study.person(person), f"{report_name('rep', person)}.html" if there else "", small)


def _row(study: Study, one: Recalled) -> Row:
    idle = study.say(IDLE_DAYS, n=one.idle_days) if one.idle else ""
    today = study.say(TODAY, n=one.today, minutes=minutes_for(one.today)) if one.today else "–"
    counts = (one.due, one.nearly_forgotten)
    due, nearly = (number(n, study.language) for n in counts)
    missed = number(len(one.missed), study.language) if one.missed else "–"
    who, known = linked(study, one.person, idle), f"{one.known} / {one.met}"
    return Row((who, known, due, nearly, today, _first(study, one), missed))


def _first(study: Study, one: Recalled) -> str:
    """Return the topics to review first by section."""
    found: dict[str, list[str]] = {}
    for each in one.weakest[:TOPICS_SHOWN]:
        found.setdefault(each.section, []).append(name_of(study, each.topic))
    apart = APART.in_(study.language)
    named = [
        study.say(OF_SECTION, section=study.section_name(section), topics=apart.join(topics))
        for section, topics in found.items()
    ]
    return SECTIONS_APART.in_(study.language).join(named) or "–"


def _named(study: Study, says_: Text, people: Sequence[str]) -> str:
    if not people:
        return ""
    names = APART.in_(study.language).join(study.person(one) for one in people[:NAMES_SHOWN])
    if len(people) > NAMES_SHOWN:
        names = study.say(AND_MORE, names=names)
    return f'<p class="chart-sub">{escape(study.say(says_, n=len(people), names=names))}</p>'


def _own(study: Study, mine: Recalled) -> str:
    facts = {
        "n": mine.today,
        "minutes": minutes_for(mine.today),
        "nearly": mine.nearly_forgotten,
        "day": day(mine.last, study.language),
    }
    title = study.say(OWN, met=mine.met, known=mine.known, due=mine.due)
    sub = study.say(OWN_SUB, **facts)
    if mine.idle:
        sub += ("" if study.language == "zh" else " ") + study.say(OWN_IDLE, n=mine.idle_days)
    rows = [
        Row((
            _topic(study, one.topic),
            study.section_name(one.section),
            percent(one.recall, study.language),
            number(one.worth, study.language, 1),
        ))
        for one in mine.weakest[:OWN_SHOWN]
    ]  # fmt: skip
    body = table(study, OWN_COLUMNS, rows, title) if rows else ""
    return section(title, body, sub=sub) + _missed(study, mine.missed)


def _topic(study: Study, topic: str) -> Cell:
    name, told = name_of(study, topic), says(study, topic)
    return Cell(topic, small=told) if name == topic else Cell(name, small=topic)


def _missed(study: Study, ids: Sequence[str]) -> str:
    if not ids:
        return ""
    rows = [Row((stem(study, id_), study.items[id_].cites[0])) for id_ in ids[:OWN_SHOWN]]
    title = study.say(MISSED)
    return section(
        title, table(study, MISSED_COLUMNS, rows, title), sub=study.say(MISSED_SUB, all=len(ids))
    )


def table(
    study: Study, columns: Sequence[tuple[Text, bool]], rows: Sequence[Row], caption: str
) -> str:
    """Return a table whose rows become stacks on a phone."""
    heads = [Column(study.say(name), numeric) for name, numeric in columns]
    return data_table(heads, rows, caption=caption, stacked=True)
