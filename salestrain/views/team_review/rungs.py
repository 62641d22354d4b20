"""The ladder: who lacks what for which rung, which team has a successor, where competencies lag."""

from __future__ import annotations

from html import escape
from statistics import fmean
from typing import TYPE_CHECKING

from salestrain.language import Text, number
from salestrain.sales.team.competencies import gaps
from salestrain.views.page import section
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.sales.team.ladder import Climb, Climber, Condition
    from salestrain.views.team_review.study import TeamStudy

HEAD = Text("台阶：谁够到哪一级，还差什么", "The ladder: who meets which rung, and what is missing")
NONE = Text(
    "手册里没有台阶（standards/ladder.yaml），或者没有在岗的销售。",
    "The playbook has no ladder (standards/ladder.yaml), or no rep works here.",
)
SUB = Text(
    "「缺」是表里看得出没到的；「待证」的表里查不到，不算缺，下面一级一级写明由什么证明。差得最少的在前。",
    "“Missing” is what the tables show isn’t there. What no table can show is counted as to be "
    "shown, listed rung by rung below, and held against nobody. Who lacks least comes first.",
)
OWN_SUB = Text(
    "「缺」是表里看得出没到的；「待证」的表里查不到，不算缺，由后面写的东西来证明。",
    "“Missing” is what the tables show isn’t there. What no table can show is “to be shown”, by "
    "what stands beside it, and isn’t held against you.",
)
COLUMNS = (
    (Text("人", "Person"), False),
    (Text("卡在哪一级", "Held up at"), False),
    (Text("缺什么", "Missing"), False),
    (Text("待证的条数", "To be shown"), True),
)
NOT_HELD = Text("表里不缺什么", "nothing missing in the tables")
BY = Text("{text}（{by}）", "{text} ({by})")
JOIN = Text("；", "; ")
SHOWN = 12
ALL = Text("其余 {n} 人", "The other {n}")
RUNGS = Text("一级一级看", "Rung by rung")
RUNG_COLUMNS = (
    (Text("台阶", "Rung"), False),
    (Text("到这一级表里不缺的", "Lack nothing in the tables up to it"), True),
    (Text("卡在这一级的", "Held up at it"), True),
    (Text("要有人来证的", "To be shown by people"), False),
)
BENCH = Text("板凳：谁离「{rung}」最近", "Bench: who is nearest to {rung}")
BENCH_SUB = Text(
    "表里一条都不缺、只等人来证「{rung}」之前各级的人。规矩 1.2.bench：每组至少 {least} 个，"
    "现在 {empty} 组没有。",
    "Those who lack nothing in the tables on the rungs before {rung} and wait only for people to "
    "show the rest. By 1.2.bench each team has at least {least}; teams without one: {empty}.",
)
BENCH_COLUMNS = (
    (Text("组", "Team"), False),
    (Text("人数", "People"), True),
    (Text("是谁", "Who"), False),
)
NOBODY = Text("没有", "nobody")
GAP = Text("能力差距", "Competency gaps")
GAP_NONE = Text(
    "考评表里没有能力级别，所以算不出差距。考评里加上这几项（evaluations.criterion 写 {words}），"
    "每人最近 {months} 个月有 {least} 次，这里就有；规矩是 1.1.seen_behaviour。",
    "Evaluations hold no competency levels, so there is no gap to show. Score these in evaluations "
    "(evaluations.criterion {words}), {least} times a person within {months} months, and it "
    "appears; the rule is 1.1.seen_behaviour.",
)
GAP_COLUMNS = (
    (Text("能力", "Competency"), False),
    (Text("评过的人", "People rated"), True),
    (Text("没到目标的", "Below target"), True),
    (Text("平均差几级", "Levels short, on average"), True),
)
SELF = Text("自评（1.1.self_first）", "Own view (1.1.self_first)")
SELF_SUB = Text(
    "{n} 人做过自评。自评是谈的起点，不是级别；不到 {least} 人的不显示。",
    "{n} have rated themselves. It opens the talk and is no level; under {least} it isn’t shown.",
)
SELF_COLUMNS = (
    (Text("能力", "Competency"), False),
    (Text("人数", "People"), True),
    (Text("自己觉得没到目标的", "Say they are below target"), True),
    (Text("自评平均", "Own level, mean"), True),
)
LEAST_SELF = 4
STATES = {
    "met": Text("到了", "met"),
    "missing": Text("缺", "missing"),
    "to_show": Text("待证", "to be shown"),
}
OWN_COLUMNS = (
    (Text("条件", "Condition"), False),
    (Text("现在", "Now"), False),
    (Text("表里看到的", "What the tables show"), False),
    (Text("由什么证明", "Shown by"), False),
)


def ladder_section(study: TeamStudy) -> str:
    """Return each rung, each person, and the bench; for one person their own list."""
    if not study.rungs or not study.climbers:
        return section(study.say(HEAD), "", sub=study.say(NONE))
    if study.level == "rep":
        return _own(study, study.climbers[0])
    shown, rest = study.climbers[:SHOWN], study.climbers[SHOWN:]
    body = _table(study, shown)
    if rest:
        summary = escape(study.say(ALL, n=len(rest)))
        body += f'<details class="roll"><summary>{summary}</summary>{_table(study, rest)}</details>'
    people = section(study.say(HEAD), body, sub=study.say(SUB), anchor="ladder")
    return people + _rungs(study) + _bench(study)


def _table(study: TeamStudy, some: Sequence[Climber]) -> str:
    return study.table(COLUMNS, [_row(study, one) for one in some], study.say(HEAD))


def _row(study: TeamStudy, one: Climber) -> Row:
    climb = one.held_up
    name = study.linked_name(one.person, study.team(study.staff[one.person].team))
    if climb is None:
        return Row((name, "–", study.say(NOT_HELD), str(len(one.climbs[-1].of("to_show")))))
    rung = climb.rung.name.in_(study.language)
    return Row((name, rung, missing_words(study, climb), str(len(climb.of("to_show")))))


def missing_words(study: TeamStudy, climb: Climb) -> str:
    """Return what the tables show to be missing for a rung."""
    found = (one.found.in_(study.language) for one in climb.of("missing"))
    return JOIN.in_(study.language).join(found)


def _own(study: TeamStudy, one: Climber) -> str:
    parts = []
    for climb in one.climbs:
        rows = [
            Row((
                condition.text.in_(study.language),
                Cell(study.say(STATES[condition.state]),
                     tone="bad" if condition.state == "missing" else "plain"),
                condition.found.in_(study.language) or "–",
                condition.evidence.in_(study.language),
            ))
            for condition in climb.conditions
        ]  # fmt: skip
        name = climb.rung.name.in_(study.language)
        title = f'<h3 class="chart-title">{escape(name)}</h3>'
        parts.append(title + study.table(OWN_COLUMNS, rows, name))
    return section(study.say(HEAD), "".join(parts), sub=study.say(OWN_SUB), anchor="ladder")


def _rungs(study: TeamStudy) -> str:
    rows = []
    for place, rung in enumerate(study.rungs):
        held = [one.held_up for one in study.climbers]
        free = sum(one.open_for(rung.id) == 0 for one in study.climbers)
        at = sum(climb is not None and climb.rung.id == rung.id for climb in held)
        conditions = [
            one for climber in study.climbers for one in climber.climbs[place].of("to_show")
        ]
        found = dict.fromkeys(_by(study, one) for one in conditions)
        words = JOIN.in_(study.language).join(found) or "–"
        rows.append(Row((rung.name.in_(study.language), str(free), str(at), words)))
    title = study.say(RUNGS)
    return section(title, study.table(RUNG_COLUMNS, rows, title))


def _by(study: TeamStudy, one: Condition) -> str:
    return study.say(BY, text=one.text.in_(study.language), by=one.evidence.in_(study.language))


def bench(study: TeamStudy) -> dict[str, list[str]]:
    """Return, by team, who lacks nothing in the tables on the rungs below the last."""
    if len(study.rungs) < 2:
        return {}
    below = study.rungs[-2].id
    found: dict[str, list[str]] = {team: [] for team in study.teams}
    for one in study.climbers:
        team = study.staff[one.person].team
        if team in found and one.open_for(below) == 0:
            found[team].append(one.person)
    return found


def _bench(study: TeamStudy) -> str:
    found = bench(study)
    if not found or not study.judged:
        return ""
    rung = study.rungs[-1].name.in_(study.language)
    least = study.figure("1.2.bench", "at_least", 1)
    empty = sum(len(people) < least for people in found.values())
    between = "、" if study.language == "zh" else ", "
    rows = [
        Row((study.team(team), str(len(people)),
             between.join(map(study.person, people)) or study.say(NOBODY)))
        for team, people in found.items()
    ]  # fmt: skip
    rung = rung if study.language == "zh" else rung[:1].lower() + rung[1:]
    title = study.say(BENCH, rung=rung)
    sub = study.say(BENCH_SUB, rung=rung, least=least, empty=empty)
    return section(title, study.table(BENCH_COLUMNS, rows, title), sub=sub)


def gaps_section(study: TeamStudy) -> str:
    """Return how far competencies are from the roles' targets, or what would show it."""
    roles = {one.id: one.role for one in study.members}
    levels = {who: each for who, each in study.levels.items() if who in roles}
    found = gaps(levels, study.targets, roles)
    title = study.say(GAP)
    if not found:
        words = ", ".join(one.rpartition(".")[2] for one in study.competencies)
        facts = {
            "words": words,
            "months": study.figure("1.1.seen_behaviour", "months", 6),
            "least": study.figure("1.1.seen_behaviour", "examples", 2),
        }
        return section(title, "", sub=study.say(GAP_NONE, **facts)) + _self(study)
    rows = [
        Row((
            study.competencies[one.competency].name.in_(study.language), str(one.n),
            str(one.below), number(one.levels, study.language, 1),
        ))
        for one in found
    ]  # fmt: skip
    return section(title, study.table(GAP_COLUMNS, rows, title)) + _self(study)


def _self(study: TeamStudy) -> str:
    if not study.assessed:
        return ""
    n = len(study.assessed)
    sub = study.say(SELF_SUB, n=n, least=LEAST_SELF)
    found = (_self_row(study, one) for one in study.competencies)
    rows = [row for row in found if row] if n >= LEAST_SELF else []
    title = study.say(SELF)
    return section(title, study.table(SELF_COLUMNS, rows, title) if rows else "", sub=sub)


def _self_row(study: TeamStudy, competency: str) -> Row | None:
    roles = {one.id: one.role for one in study.members}
    pairs = [
        (levels[competency], study.targets.get(roles[who], {}).get(competency, 1))
        for who, levels in study.assessed.items()
        if competency in levels
    ]
    if len(pairs) < LEAST_SELF:
        return None
    below = sum(level < wanted for level, wanted in pairs)
    mean = number(fmean(level for level, _ in pairs), study.language, 1)
    name = study.competencies[competency].name.in_(study.language)
    return Row((name, str(len(pairs)), str(below), mean))
