"""The four levels: what people thought, what they learnt, what they do, what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.language import Text
from salestrain.training.effects import Estimate, before_after, retained
from salestrain.training.effects.reactions import liking
from salestrain.training.effects.words import ALONE
from salestrain.views.page import section
from salestrain.views.quiz_review.needs import table
from salestrain.views.tables import Cell, Row
from salestrain.views.training_review.phrases import MEASURES, people_in, told

if TYPE_CHECKING:
    from salestrain.training.quizzes.responses import Floats
    from salestrain.views.training_review.phrases import Unit
    from salestrain.views.training_review.study import TrainingStudy

TITLE = Text("四层，一层一层看", "Four levels, one by one")
SUB = Text(
    "全班合起来。每个数先按人算，再求平均；括号里是 95% 区间，n 是人数，不到 5 人不显示。这张表没"
    "有对照，"
    "所以只说变了多少；哪一课带来的，看下一节。",
    "The class as a whole. Each figure is one a person first, then the mean; 95% intervals in "
    "brackets, n is people, hidden below 5. Nothing here is held against anybody else, so it says "
    "how much changed; what brought it about is the next section’s matter.",
)
COLUMNS = (
    (Text("层", "Level"), False),
    (Text("看什么", "What"), False),
    (Text("数", "Figure"), True),
    (Text("n", "n"), True),
    (Text("怎么比的", "Design"), False),
    (Text("能说到哪", "What it can say"), False),
)
REACTION = Text("1 反应", "1 Reaction")
LEARNING = Text("2 学到", "2 Learning")
BEHAVIOUR = Text("3 做法", "3 Behaviour")
RESULTS = Text("4 结果", "4 Results")
USEFUL = Text("觉得有用（1 到 5）", "Found it useful (1 to 5)")
GAINED = Text("课后比课前多得的分", "Marks gained, after against before")
KEPT = Text("两周以上还剩几成", "Share kept two weeks on")
ASKED = Text("课后问一次", "Asked once, after")
LIKES = Text(
    "喜不喜欢；和有没有用是两回事。", "Whether they liked it, which isn’t whether it works."
)
KNOWS = Text(
    "多懂了多少；里面有反复做题的份。",
    "How much more they know; practice with the quiz is part of it.",
)
STAYS = Text("学到的留住了多少。", "How much of what was learnt has stayed.")
CHANGED = Text("这些人变了多少，不说因为什么。", "By how much these people changed, and not why.")
NOTHING = Text("还没有什么可比的", "Nothing to compare yet")
NOTHING_SUB = Text(
    "有 5 人在一课前后各答过一组题，或 CRM 里课前课后各满四周，这里才有数。",
    "This fills once 5 people have answered a set before and after a module, or the CRM has four "
    "whole weeks on either side.",
)


def levels_section(study: TrainingStudy) -> str:
    """Return the four levels of the class; nothing for one person."""
    if study.level == "rep":
        return ""
    rows = [_reaction(study), *_learning(study), *_at_customers(study)]
    if not any(rows):
        return section(study.say(NOTHING), "", sub=study.say(NOTHING_SUB))
    title = study.say(TITLE)
    kept = [row for row in rows if row]
    return section(title, table(study, COLUMNS, kept, title), sub=study.say(SUB))


class Line(NamedTuple):
    """What one line of the table is about: its level, what, in which unit, how compared."""

    level: Text
    what: Text
    unit: Unit
    says: Text
    design: Text = ALONE
    rule: str = ""
    change: bool = True


def _row(study: TrainingStudy, one: Line, found: Estimate) -> Row:
    what = Cell(study.say(one.what), small=one.rule)
    figure = told(study, found, one.unit, change=one.change)
    said = study.say(one.design), study.say(one.says)
    return Row((study.say(one.level), what, figure, people_in(study, found), *said))


def _reaction(study: TrainingStudy) -> Row | None:
    found = liking(study.deeds, study.learners)
    if not found.n[0]:
        return None
    return _row(study, Line(REACTION, USEFUL, "grade", LIKES, ASKED, change=False), found)


def _learning(study: TrainingStudy) -> list[Row]:
    before, after, later = pooled(study)
    if not len(before):
        return []
    gained, kept = before_after(before, after), retained(before, after, later)
    return [
        _row(study, Line(LEARNING, GAINED, "points", KNOWS), gained),
        _row(study, Line(LEARNING, KEPT, "share", STAYS, change=False), kept),
    ]


def pooled(study: TrainingStudy) -> tuple[Floats, Floats, Floats]:
    """Return each learner's mean share before, after and later, over the modules with all three.

    Who has no module with a later run is there with those that have before and after.
    """
    by: dict[str, list[tuple[float, float, float]]] = {}
    for found in study.learnt.values():
        for person, *three in zip(*found, strict=True):
            if not np.isnan(three[:2]).any():
                by.setdefault(person, []).append((three[0], three[1], three[2]))
    means = []
    for rows in by.values():
        whole = [row for row in rows if not np.isnan(row[2])]
        means.append(np.mean(whole or rows, axis=0))
    columns = np.array(means, np.float64).reshape(-1, 3).T
    return columns[0], columns[1], columns[2]


def _at_customers(study: TrainingStudy) -> list[Row]:
    rows = []
    for figure, course in study.courses.items():
        if course.shape[1] < 2 or np.isnan(course).all():
            continue
        name, unit, rule = MEASURES[figure]
        level = BEHAVIOUR if unit == "points" else RESULTS
        found = before_after(course[:, 0], course[:, -1])
        rows.append(_row(study, Line(level, name, unit, CHANGED, rule=rule), found))
    return rows
