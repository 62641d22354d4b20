"""Phrases that several parts of the review share: figures with their intervals, names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import Text, money, number, percent
from salestrain.playbook.sections import SECTIONS
from salestrain.training.effects.estimate import FEW
from salestrain.views.board import Hidden

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.sales.behaviour import Figure
    from salestrain.training.effects import Estimate
    from salestrain.views.training_review.study import TrainingStudy

Unit = Literal["points", "count", "money", "grade", "share"]
BETWEEN = Text("{value}（{low} 到 {high}）", "{value} ({low} to {high})")
UNSURE = Text("{value}（区间算不出）", "{value} (no interval)")
POINTS = Text("{n} 个百分点", "{n} points")
WIDE = Text("区间太宽，说不准", "too wide to say")
NONE, NO_TABLE = Text("还没有", "none yet"), Text("还算不出", "not known yet")


class Measured(NamedTuple):
    """A figure of behaviour or of results: what it is called, its unit, the rule it rests on."""

    name: Text
    unit: Unit
    rule: str


MEASURES: dict[Figure, Measured] = {
    "confirmed": Measured(
        Text("谈完有下一步的拜访", "Visits that moved"), "points", "4.1.step_share"
    ),
    "fresh": Measured(Text("没停滞的商机", "Deals not stalled"), "points", "2.2.stalled"),
    "contracts": Measured(
        Text("四周签的单", "Deals signed in 4 weeks"), "count", "3.1.contracts_signed"
    ),
    "revenue": Measured(Text("四周销售额", "Revenue in 4 weeks"), "money", "3.1.own_revenue"),
}


def module_name(study: TrainingStudy, id_: str) -> str:
    """Return what a module, or a step of the path, is called."""
    if id_ in SECTIONS:
        return study.section_name(id_)
    exam = study.playbook.exams.get(id_)
    return exam.title.in_(study.language) if exam else id_


def quoted(study: TrainingStudy, id_: str) -> str:
    """Return a module's name in quotation marks, without its number."""
    name = SECTIONS[id_].in_(study.language) if id_ in SECTIONS else module_name(study, id_)
    return f"「{name}」" if study.language == "zh" else f"“{name}”"


def told(study: TrainingStudy, found: Estimate, unit: Unit, *, change: bool = True) -> str:
    """Write an estimate with its interval, or why it isn't shown.

    Args:
        study: Whose reader it is for.
        found: The estimate.
        unit: What it is measured in. A share whose interval is wider than everything isn't shown.
        change: Whether it is a difference, which is written with its sign.
    """
    say = study.language
    if not found.n or max(found.n) == 0:
        return study.say(NONE)
    if found.few:
        return Hidden(min(found.n), FEW).written(say)
    if math.isnan(found.value):
        return study.say(NO_TABLE)
    value = _written(found.value, unit, say, change=change)
    if not found.known:
        return study.say(UNSURE, value=value)
    if unit == "share" and found.interval.high - found.interval.low > 1:
        return study.say(WIDE)
    low, high = (_written(end, unit, say, change=change) for end in found.interval)
    if unit == "points":
        value = study.say(POINTS, n=value)
    return study.say(BETWEEN, value=value, low=low, high=high)


def _written(value: float, unit: Unit, say: Language, *, change: bool) -> str:
    if unit == "points":
        text = number(value * 100, say)
    elif unit == "share":
        text = percent(value, say)
    elif unit == "money":
        text = money(value, say)
    else:
        text = number(value, say, 1)
    plus = change and value > 0 and any(digit in text for digit in "123456789")
    return f"+{text}" if plus else text


def people_in(study: TrainingStudy, found: Estimate) -> str:
    """Write how many people an estimate rests on, of each side."""
    n = " + ".join(number(one, study.language) for one in found.n)
    return n or "–"
