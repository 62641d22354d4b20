"""Which mistakes are common: critical ones with their rules, kinds of moves, what wasn't read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.training.talk_statistics.held import unread
from salestrain.training.talk_statistics.mistakes import habits
from salestrain.views.page import section
from salestrain.views.quiz_review.gaps import says
from salestrain.views.quiz_review.needs import table
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from salestrain.training.talk_statistics.mistakes import Habit, Mistake
    from salestrain.views.roleplay_review.study import Prone, TalkStudy

SHOWN, HABITS_SHOWN, FEWEST_TYPING = 8, 6, 3
TITLE = Text(
    "最常见的关键错误：{name}（{people} / {all} 人）",
    "The most common critical mistake: {name} ({people} of {all})",
)
NONE = Text("没有人犯关键错误", "No critical mistakes")
SUB = Text(
    "关键错误犯一次，多少分都不算过关。按犯过的人数排；「人」的分母是这个场景谈过的人。",
    "One critical mistake and no score is a pass. By people who ever made it, of those who "
    "played the scenario.",
)
OWN = Text("犯过的关键错误", "Critical mistakes made")
OWN_SUB = Text("关键错误犯一次，多少分都不算过关。", "One critical mistake and no score is a pass.")
PRONE = Text(
    "{group}明显更常犯「{name}」：{n} 人里 {hits} 人，别人 {others_n} 人里 {others} 人。",
    "{group} surely makes “{name}” more often: {hits} of {n}, of the others {others} of "
    "{others_n}.",
)
COLUMNS = (
    (Text("关键错误", "Critical mistake"), False),
    (Text("规则", "Rule"), False),
    (Text("人", "People"), True),
    (Text("场次", "Runs"), True),
)
HABITS = Text("常走错的招", "Moves that often fail")
HABITS_SUB = Text(
    "第一次走到一个关口时用的招，按走错的人数排，列 {shown} 种。同一招在别处可能是对的："
    "看「走错 / 用过」。",
    "Moves made the first time at a decision, by how many people got one wrong; {shown} kinds. "
    "The same move may be right elsewhere: see wrong / made.",
)
HABIT_COLUMNS = (
    (Text("招", "Move"), False),
    (Text("走错的人", "People"), True),
    (Text("走错 / 用过", "Wrong / made"), True),
)
UNREAD = Text(
    "打字说的 {typed} 句里，{n} 句（{share}）对方没听懂，不算走错。原话谁的都不显示。",
    "Of {typed} sentences typed {n} ({share}) weren’t understood; they count for nothing. "
    "Nobody’s words are shown.",
)


def errors_section(study: TalkStudy) -> str:
    """Return the critical mistakes, the moves that often fail, and how much wasn't understood."""
    if not study.talks:
        return ""
    return _critical(study) + _habits(study)


def _critical(study: TalkStudy) -> str:
    if not study.mistakes:
        return section(study.say(NONE), _not_understood(study))
    alone, one = study.level == "rep", study.mistakes[0]
    facts = {"name": mistake_name(study, one), "people": one.people, "all": one.all}
    title = study.say(OWN if alone else TITLE, **facts)
    columns = (*COLUMNS[:2], COLUMNS[3]) if alone else COLUMNS
    rows = [_row(study, each, alone=alone) for each in study.mistakes[:SHOWN]]
    above = "".join(f"<p>{escape(prone_words(study, each))}</p>" for each in study.prone)
    body = above + table(study, columns, rows, title) + _not_understood(study)
    return section(title, body, sub=study.say(OWN_SUB if alone else SUB))


def mistake_name(study: TalkStudy, one: Mistake) -> str:
    """Return what a critical mistake is called."""
    found = (each.text for each in study.scenarios[one.scenario].critical if each.id == one.id)
    return next(found).in_(study.language)


def prone_words(study: TalkStudy, one: Prone) -> str:
    """Return which class makes which mistake more often than the others."""
    return study.say(
        PRONE,
        group=study.names[one.level, one.group],
        name=mistake_name(study, one.mistake),
        n=one.gap.n,
        hits=one.gap.hits,
        others_n=one.gap.others,
        others=one.gap.others_hits,
    )


def _row(study: TalkStudy, one: Mistake, *, alone: bool) -> Row:
    name = Cell(mistake_name(study, one), small=study.titled(one.scenario))
    rule = f"{one.rule} {says(study, one.rule)}" if one.rule else "–"
    people = () if alone else (f"{one.people} / {one.all}",)
    return Row((name, rule, *people, number(one.runs, study.language)))


def _habits(study: TalkStudy) -> str:
    kinds = {(id_, m.id): m.kind for id_, one in study.scenarios.items() for m in one.moves}
    found = [one for one in habits(study.own_decisions, kinds) if one.wrong]
    if study.level == "rep" or len(study.talkers) < FEW_PEOPLE or not found:
        return ""
    rows = [_habit(study, one) for one in found[:HABITS_SHOWN]]
    title = study.say(HABITS)
    body = table(study, HABIT_COLUMNS, rows, title)
    return section(title, body, sub=study.say(HABITS_SUB, shown=len(rows)))


def _habit(study: TalkStudy, one: Habit) -> Row:
    kind = next(each for each in study.playbook.kinds_of_moves.kinds if each.id == one.kind)
    name = Cell(kind.name.in_(study.language), small=kind.means.in_(study.language))
    counts = f"{one.wrong} / {one.made}"
    return Row((name, number(one.people, study.language), counts))


def _not_understood(study: TalkStudy) -> str:
    typing = [talk for talk in study.talks if any(not kept.said.chosen for kept in talk.run.turns)]
    found = unread(typing)
    few = len({talk.person for talk in typing}) < FEWEST_TYPING
    if not found.typed or (few and study.level != "rep"):
        return ""
    facts = {
        "typed": number(found.typed, study.language),
        "n": number(found.unread, study.language),
        "share": percent(found.unread / found.typed, study.language),
    }
    return f'<p class="chart-sub">{escape(study.say(UNREAD, **facts))}</p>'
