"""Where a class is weak: by section, by team, by rule."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.training.statistics.classes import FEW_PEOPLE, LOW
from salestrain.views.bars import RankedBar, RankGroup, ranked_bars
from salestrain.views.heat_map import HeatCell, heat_map
from salestrain.views.markup import Caption, axis
from salestrain.views.page import section, two_columns
from salestrain.views.tables import Column, Row, data_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.training.statistics.classes import Standing
    from salestrain.views.markup import Tone
    from salestrain.views.quiz_review.study import Study

RULES_SHOWN, RULE_ANSWERS = 6, 10
BEHIND = Text(
    "{team}在「{section}」明显落后：比别人少 {points} 个点",
    "{team} is behind in {section}: {points} points below the others",
)
LOWEST = Text(
    "各节得分在误差之内，看不出哪一节明显落后",
    "No section is surely behind; the shares lie within chance",
)
TIED = Text("各节分不出高下", "The sections can’t be told apart")
BY_SECTION = Text("各节得分", "Share by section")
LOWEST_ALL = Text("最低的是「{section}」：{share}", "Lowest is {section}: {share}")
SHARE_SUB = Text(
    "第一次作答的得分，先算每个人的，再取平均；横线是 95% 区间（按人数算）；n 是人数",
    "Share earned on first answers, averaged over people; whiskers are 95% intervals over "
    "people; n is people",
)
REP_SUB = Text(
    "第一次作答的得分；n 是题数，不到 10 题的画斜线",
    "Share earned on first answers; n is answers, hatched under 10",
)
HEAT = Text("哪个组在哪一节弱", "Which team is weak where")
HEAT_SURE = Text("{team}在「{section}」最弱", "{team} is weakest in {section}")
HEAT_SUB = Text(
    "比别的组在同样的题上多得或少得的点数；不到 {few} 人的不显示；带 * 的超出误差",
    "Points above or below the other teams on the same items; hidden under {few} people; * "
    "is beyond chance",
)
TEAM = Text("组", "Team")
RULES = Text("要重讲的规则", "Rules to teach again")
RULES_SUB = Text(
    "得分低于 60%、至少有 {least} 个作答的，最低的在前，最多 {most} 条。人少的区间宽，先看区间。",
    "Under 60% with at least {least} answers, the lowest first, {most} at most. Where "
    "people are few the interval is "
    "wide: read it first.",
)
COMMA = Text("，", ", ")
RULE_COLUMNS = (
    (Text("规则", "Rule"), False),
    (Text("说的是", "What it says"), False),
    (Text("得分", "Share"), True),
    (Text("人数 / 作答", "People / answers"), True),
)


def gaps_section(study: Study) -> str:
    """Return how the class stands by section, which team is weak where, and by rule."""
    if not study.own.count:
        return ""
    charts = [_sections(study)]
    if study.level in ("company", "region") and len(study.team_ids) > 1:
        charts.append(_teams(study))
    body = two_columns(charts) if len(charts) > 1 else charts[0]
    return section("", body) + _rules(study)


def gap_words(study: Study) -> str:
    """Return the widest gap that is surely one, in words; empty if there is none."""
    if not study.behind:
        return ""
    team, one = study.behind[0]
    level = "team" if study.level == "company" else study.level
    points = number(abs(one.gap) * 100, study.language)
    name = study.section_name(one.name)
    space = " " if study.language == "zh" and study.names[level, team][-1:].isascii() else ""
    return study.say(BEHIND, team=study.names[level, team] + space, section=name, points=points)


def _sections(study: Study) -> str:
    ranked = sorted(study.sections, key=lambda one: one.share)
    title = study.say(BY_SECTION) if study.level == "rep" else _section_words(study, ranked)
    bars = tuple(_bar(study, one) for one in ranked)
    reach = [v for bar in bars for v in (bar.value, bar.high) if v is not None]
    ticks = axis([*reach, 1.0], lambda value: percent(value, study.language))
    caption = Caption(title, study.say(REP_SUB if study.level == "rep" else SHARE_SUB))
    return ranked_bars(caption, [RankGroup(bars)], study.language, ticks=ticks)


def _section_words(study: Study, ranked: Sequence[Standing]) -> str:
    """Return which section is behind or lowest, if that is more than chance."""
    if study.level != "company":
        return gap_words(study) or study.say(LOWEST)
    low, middle = ranked[0], ranked[len(ranked) // 2].share
    if not low.interval.high < middle:
        return study.say(TIED)
    share = percent(low.share, study.language)
    return study.say(LOWEST_ALL, section=study.section_name(low.name), share=share)


def _bar(study: Study, one: Standing) -> RankedBar:
    low, high = (None if math.isnan(end) else end for end in one.interval)
    n = one.answers if study.level == "rep" else one.people
    label = percent(one.share, study.language)
    name = study.section_name(one.name)
    tone: Tone = "bad" if one.behind else "plain"
    return RankedBar(name, one.share, label, f"n={n}", low, high, n, one.behind, tone)


def _teams(study: Study) -> str:
    names = [one.name for one in study.sections]
    by_team = {team: study.section_gaps(team) for team in study.team_ids}
    rows = [
        (study.names["team", team], [_heat(study, found.get(name)) for name in names])
        for team, found in by_team.items()
    ]
    sure = [(team, one) for team, found in by_team.items() for one in found.values() if one.behind]
    title = study.say(HEAT)
    if sure:
        team, one = min(sure, key=lambda each: each[1].gap)
        where = study.section_name(one.name)
        title = study.say(HEAT_SURE, team=study.names["team", team], section=where)
    caption = Caption(title, study.say(HEAT_SUB, few=FEW_PEOPLE))
    return heat_map(caption, names, rows, palette="div", corner=study.say(TEAM))


def _heat(study: Study, one: Standing | None) -> HeatCell:
    if one is None or one.few or math.isnan(one.gap):
        return HeatCell(None, f"n={one.people if one else 0}")
    points = number(one.gap * 100, study.language)
    sign = "+" if one.gap > 0 and points != "0" else ""
    return HeatCell(one.gap * 100, f"{sign}{points}{'*' if one.sure else ''}")


def _rules(study: Study) -> str:
    low = sorted(
        (one for one in study.rules if one.answers >= RULE_ANSWERS and one.share < LOW),
        key=lambda o: o.share,
    )
    rows = [_rule(study, one) for one in low[:RULES_SHOWN]]
    if not rows:
        return ""
    columns = [Column(study.say(name), numeric) for name, numeric in RULE_COLUMNS]
    table = data_table(columns, rows, caption=study.say(RULES), stacked=True)
    sub = study.say(RULES_SUB, most=RULES_SHOWN, least=RULE_ANSWERS)
    return section(study.say(RULES), table, sub=sub)


def _rule(study: Study, one: Standing) -> Row:
    share = percent(one.share, study.language)
    if not math.isnan(one.interval.low):
        share += f" ({' – '.join(percent(end, study.language) for end in one.interval)})"
    return Row((one.name, says(study, one.name), share, f"{one.people} / {one.answers}"))


def says(study: Study, rule: str) -> str:
    """Return a rule's name or sentence, or a fact's figure."""
    entry = study.playbook.index.get(rule)
    words = getattr(entry, "name", None) or getattr(entry, "text", None)
    said = str(words.in_(study.language)) if words else ""
    value, unit = getattr(entry, "value", None), getattr(entry, "unit", None)
    figure = "" if value is None else study.playbook.written(value, study.language)
    if said and (not unit or figure in said):
        return said
    parts = filter(None, [f"{figure} {unit or ''}".strip(), said])
    return COMMA.in_(study.language).join(parts) or "–"


def name_of(study: Study, rule: str) -> str:
    """Return what a rule is called; its id, or a fact's, if it has no name."""
    name = getattr(study.playbook.index.get(rule), "name", None)
    return str(name.in_(study.language)) if name else rule
