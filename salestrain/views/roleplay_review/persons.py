"""Person by person: what each has passed, how they gained, what they are weakest at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from salestrain.language import Text, day, percent
from salestrain.training.talk_statistics.progress import changes
from salestrain.training.talk_statistics.skills import SKILLS
from salestrain.views.page import section
from salestrain.views.quiz_review.needs import linked, table
from salestrain.views.roleplay_review.phrases import signed
from salestrain.views.tables import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.training.quizzes.responses import Floats
    from salestrain.training.statistics.intervals import Interval
    from salestrain.training.talk_statistics.held import Talk
    from salestrain.views.roleplay_review.study import TalkStudy

PEOPLE_SHOWN, FEWEST_SCENARIOS, FULL = 15, 3, 100.0
NAMES: dict[str, Text] = {
    "ask": Text("问", "Asking"),
    "listen": Text("听和担", "Listening and owning up"),
    "tell": Text("讲", "Telling"),
    "settle": Text("换和定", "Trading and settling"),
}
EACH = Text("每个人", "Person by person")
EACH_SUB = Text(
    "过关少的在前，列 {shown} 人，共 {all} 人；谈过的场景不到三个的不下结论，放在最后。"
    "「再谈多几分」按再谈过的场景平均，三个以上才算。「问」是说出的招里提问占的份。",
    "Fewest passes first; {shown} of {all} people. Nothing is concluded from under three "
    "scenarios, and they come last. “Gain” is the mean over scenarios played twice, from three "
    "on. “Asked” is the share of moves that were questions.",
)
COLUMNS = (
    (Text("人", "Person"), False),
    (Text("场 / 测试", "Runs / tests"), True),
    (Text("过关的场景", "Scenarios passed"), True),
    (Text("再谈多几分", "Gain"), True),
    (Text("问", "Asked"), True),
    (Text("最弱", "Weakest"), False),
    (Text("最近", "Latest"), True),
)


def each_section(study: TalkStudy, people: Sequence[str], reached: Floats) -> str:
    """Return a line for each person of a class, fewest passes first; nothing for one alone."""
    if study.level == "rep":
        return ""
    gained = changes(study.talks)
    by: dict[str, list[Talk]] = {one: [] for one in people}
    for talk in study.talks:
        by[talk.person].append(talk)
    order = sorted(by, key=lambda one: (_few(by[one]), _passed(by[one]), one))
    weakest = dict(zip(people, reached, strict=True))
    rows = [_row(study, by[one], gained.get(one), weakest[one]) for one in order[:PEOPLE_SHOWN]]
    title = study.say(EACH)
    sub = study.say(EACH_SUB, shown=len(rows), all=len(order))
    return section(title, table(study, COLUMNS, rows, title), sub=sub)


def _few(own: Sequence[Talk]) -> bool:
    return len({talk.scenario.id for talk in own}) < FEWEST_SCENARIOS


def _passed(own: Sequence[Talk]) -> float:
    played = {talk.scenario.id for talk in own}
    return len({talk.scenario.id for talk in own if talk.play.passed}) / len(played)


def _row(
    study: TalkStudy,
    own: Sequence[Talk],
    gained: tuple[int, float, Interval] | None,
    reached: Floats,
) -> Row:
    says = study.language
    played = {talk.scenario.id for talk in own}
    passed = {talk.scenario.id for talk in own if talk.play.passed}
    runs = f"{len(own)} / {sum(talk.tested for talk in own)}"
    latest = day(max(talk.run.began for talk in own).astimezone(study.zone).date(), says)
    return Row((
        linked(study, own[0].person),
        runs,
        f"{len(passed)} / {len(played)}",
        _gain(study, gained),
        _asked(study, own),
        "–" if _few(own) else _weakest(study, reached),
        latest,
    ))  # fmt: skip


def _weakest(study: TalkStudy, reached: Floats) -> str:
    skill = study.say(NAMES[SKILLS[int(np.nanargmin(reached))]])
    return f"{skill} {percent(float(np.nanmin(reached)), study.language)}"


def _gain(study: TalkStudy, gained: tuple[int, float, Interval] | None) -> str:
    if gained is None or math.isnan(gained[2].low):
        return "–"
    low, high = (min(max(end, -FULL), FULL) for end in gained[2])
    told = [signed(value, study.language) for value in (gained[1], low, high)]
    return f"{told[0]} ({told[1]} – {told[2]})"


def _asked(study: TalkStudy, own: Sequence[Talk]) -> str:
    asks = study.asks(talk.scenario.id for talk in own)
    made = [(talk.scenario.id, one.move) for talk in own for one in talk.play.made]
    if not made:
        return "–"
    return percent(sum(move in asks[id_] for id_, move in made) / len(made), study.language)
