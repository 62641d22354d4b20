"""How well the quiz measures: alpha with its interval, the error of a score, and how they moved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.training.statistics.item import FEWEST_PEOPLE
from salestrain.training.statistics.reliability import Reliability, reliability
from salestrain.views.page import section
from salestrain.views.tables import Column, Row, data_table

if TYPE_CHECKING:
    from salestrain.views.quiz_review.study import Study

GOOD, FAIR = 0.8, 0.7
WORDS = (
    (
        GOOD,
        Text(
            "测得准：同一个人再考一次，排位大致不变",
            "It measures well: another quiz like it would rank people much the same",
        ),
    ),
    (
        FAIR,
        Text(
            "测得还行：看趋势可以，定一个人过不过要多出题",
            "It measures fairly: good for trends; to pass or fail a person, ask more",
        ),
    ),
    (
        -math.inf,
        Text("测得粗：别拿分数定人", "It measures roughly: don’t judge a person by the score"),
    ),
)
WITHHELD = Text("还说不出测得准不准", "Too few answers to say how well it measures")
SUB = Text(
    "α 是内部一致性，带 95% 区间；误差是一个人得分的标准误，同一个人重考一次，三次里有两次差"
    "在它的 1.4 倍以内。看的是所有人；少于 {few} 人不显示。",
    "α is internal consistency with its 95% interval; the error is the standard error of "
    "one score: "
    "two scores of the same person differ by less than 1.4 times that two times in three. "
    "Everybody’s answers; hidden under {few} people.",
)
ALL = Text("到期末为止", "all to the end")
COLUMNS = (
    (Text("时间", "Period"), False),
    (Text("人数", "People"), True),
    (Text("每人题数", "Items each"), True),
    (Text("平均得分", "Mean share"), True),
    (Text("α", "α"), True),
    (Text("误差", "Error"), True),
)
HIDDEN = Text("人太少", "too few")
POINTS = Text("±{} 个点", "±{} points")


def quality_section(study: Study) -> str:
    """Return alpha and the error of a score, in all and by period."""
    if not study.found.count or study.level == "rep":
        return ""
    whole = reliability(study.found.earned)
    rows = [_row(study, study.say(ALL), whole, focus=True)]
    rows += [_row(study, study.say(when.name), one) for when, one, n in reversed(study.course) if n]
    columns = [Column(study.say(name), numeric) for name, numeric in COLUMNS]
    title = quality_words(study, whole)
    table = data_table(columns, rows, caption=title, stacked=True)
    return section(title, table, sub=study.say(SUB, few=FEWEST_PEOPLE))


def quality_words(study: Study, whole: Reliability) -> str:
    """Return how well the quiz measures, judged by the lower end of alpha's interval."""
    if math.isnan(whole.alpha):
        return study.say(WITHHELD)
    return study.say(next(words for least, words in WORDS if whole.interval.low >= least))


def _row(study: Study, name: str, one: Reliability, *, focus: bool = False) -> Row:
    says = study.language
    alpha, error = study.say(HIDDEN), "–"
    if not math.isnan(one.alpha):
        ends = " – ".join(number(end, says, 2) for end in one.interval)
        alpha = f"{number(one.alpha, says, 2)} ({ends})"
        error = POINTS.in_(says).format(number(one.error * 100, says, 1))
    mean = "–" if math.isnan(one.mean) else percent(one.mean, says)
    cells = (name, number(one.n, says), number(one.items, says, 1), mean, alpha, error)
    return Row(cells, focus)
