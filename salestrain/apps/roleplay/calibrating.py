"""Calibration: several rate one run, each without seeing the others, and then compare."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from salestrain.apps.app import Fields
from salestrain.apps.practice import NO_SUCH
from salestrain.apps.roleplay.rating import skills_of
from salestrain.language import Text, number
from salestrain.training.agreement import agreements, leanings, session
from salestrain.training.agreement.calibration import FAR_APART
from salestrain.training.agreement.runs import FEWEST_RUNS
from salestrain.training.agreement.words import (
    said_of_agreement,
    said_of_disagreement,
    said_of_leaning,
)
from salestrain.training.talks.scorecards import CALIBRATING, RATINGS, cards
from salestrain.views.components import scorecard
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card, notice, stack
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salestrain.apps.roleplay.scope import Scope
    from salestrain.language import Language
    from salestrain.training.agreement import Agreement, Kappa, Leaning
    from salestrain.training.talks.scorecards import RunName

NOT_YOURS = Text("只有培训师能拿一场来校准", "Only a trainer takes a talk for calibration")
TAKE = Text("拿这一场来校准", "Take this one for calibration")
PUT_BACK = Text("不再用来校准", "No longer for calibration")
BLIND = Text("先各评各的", "Rate first, compare after")
BLIND_WHY = Text(
    "你评完，才看得到别人评的。已有 {} 人评过。",
    "You see what others gave once you have given yours. Rated by {} so far.",
)
ALONE = Text(
    "目前只有你评了，等别人评完再比。", "So far only you have rated it; the comparison waits."
)
COMPARED = Text("大家评的放在一起", "What everybody gave")
TALK_FIRST, NOTHING_APART = (
    Text("先谈这几项", "Talk about these first"),
    Text("没有差两级以上的。", "Nothing lies two levels apart or more."),
)
STRICT = Text("谁偏松，谁偏严", "Who is lenient, who is strict")
SKILL, RANGE = Text("技能", "Skill"), Text("相差", "Apart")
OVER_ALL = Text("这些场合起来看", "Over all these talks")
OVER_NOTE = Text(
    "只算你自己也评过的 {} 场。", "Counted: the talks that you have rated too, {} of them."
)
WHOLE = Text("整张评分表", "The whole scorecard")
KAPPA_BETWEEN = Text(
    "加权 kappa {value}（95% 区间 {low} 到 {high}）。",
    "Weighted kappa {value} (95% interval {low} to {high}).",
)
KAPPA_ALONE = Text("加权 kappa {value}。", "Weighted kappa {value}.")
TOO_FEW = Text(
    "几个人都评过的不到 {least} 场，还说不准：{few}。",
    "Too few to say, under {least} talks rated by the same people: {few}.",
)
COLON, COMMA, UNSEEN = Text("：", ": "), Text("、", ", "), "—"


class Marked(Fields):
    """Which run to take for calibration, or to put back."""

    run: str
    on: bool


def mark(scope: Scope, fields: Marked) -> None:
    """Take a run for calibration, or put it back.

    Raises:
        Refused: If there is no such run for this person, or it isn't theirs to mark.
    """
    seen = scope.find(fields.run)
    if seen is None:
        raise Refused(NO_SUCH)
    if not scope.teaches:
        raise Refused(NOT_YOURS)
    data = {"about": fields.run, "person": seen.name.person, "on": fields.on}
    scope.visit.thread("roleplay", RATINGS).save(CALIBRATING, data)


def mark_button(scope: Scope, name: RunName) -> str:
    """Return the button that takes a run for calibration or puts it back, for whoever may."""
    if not scope.teaches:
        return ""
    on = str(name) in scope.calibrating
    carries = {"run": str(name), "on": "false" if on else "true"}
    word = (PUT_BACK if on else TAKE).in_(scope.visit.language)
    return button(word, "calibrate", carries, look="quiet")


def compared(scope: Scope, name: RunName) -> str:
    """Return how raters lie apart on a run marked for calibration, once one has rated it."""
    given = scope.mine(str(name), name.person)
    if str(name) not in scope.calibrating or not scope.rates:
        return ""
    by_rater = _named(scope, cards(scope.ratings, [str(name)])[str(name)])
    say = scope.visit.language
    if given is None:
        return notice(BLIND.in_(say), some("p", BLIND_WHY.in_(say).format(len(by_rater))), "brand")
    if len(by_rater) < 2:
        return notice(ALONE.in_(say))
    found = session(by_rater)
    table = _table(scope, by_rater)
    first = _listed(said_of_disagreement(one, say) for one in found.disagreements)
    first = first or some("p", NOTHING_APART.in_(say), "note")
    return (
        card(COMPARED.in_(say), table)
        + card(TALK_FIRST.in_(say), first)
        + card(STRICT.in_(say), _listed(_leaning(one, say) for one in found.leanings))
    )


def over_all(scope: Scope) -> str:
    """Return how far raters agree over all runs for calibration that this person has rated."""
    say = scope.visit.language
    all_ = cards(scope.ratings, scope.calibrating)
    me = scope.visit.person.id
    runs = {run: _named(scope, given) for run, given in all_.items() if me in given}
    note = some("p", OVER_NOTE.in_(say).format(len(runs)), "note")
    if not runs:
        return card(OVER_ALL.in_(say), note)
    agreed = agreements(runs)
    said = [_agreement(one, say) for one in agreed if one.icc]
    lean = _listed(_leaning(one, say) for one in leanings(runs))
    body = stack(note, _listed([*said, *_too_few(agreed, say)]))
    return card(OVER_ALL.in_(say), body) + card(STRICT.in_(say), lean)


def _too_few(agreed: Iterable[Agreement], say: Language) -> list[str]:
    """Return in one line what there is too little of to say how far raters agree."""
    few = [f"{one.competency or WHOLE.in_(say)} {one.runs}" for one in agreed if one.icc is None]
    listed = COMMA.in_(say).join(few)
    return [TOO_FEW.in_(say).format(least=FEWEST_RUNS, few=listed)] if few else []


def _agreement(one: Agreement, say: Language) -> str:
    return (
        f"{one.competency or WHOLE.in_(say)}{COLON.in_(say)}{said_of_agreement(one, say)}"
        f"{_kappa(one.kappa, say)}"
    )


def _kappa(kappa: Kappa | None, say: Language) -> str:
    """Return weighted kappa with its interval, where there is one to say."""
    if kappa is None or math.isnan(kappa.value):
        return ""
    value, low, high = (number(each, say, 2) for each in (kappa.value, *kappa.interval))
    known = not math.isnan(kappa.interval.low)
    said = (KAPPA_BETWEEN if known else KAPPA_ALONE).in_(say)
    return " " + said.format(value=value, low=low, high=high)


def _leaning(one: Leaning, say: Language) -> str:
    return f"{one.rater}{COLON.in_(say)}{said_of_leaning(one, say)}"


def _listed(rows: Iterable[str]) -> str:
    found = "".join(some("li", row) for row in rows)
    return f'<ul class="stack">{found}</ul>' if found else ""


def _named(scope: Scope, given: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Return levels by names in place of ids; namesakes keep their id beside the name."""
    skills = {one.id: one.name.in_(scope.visit.language) for one in skills_of(scope.visit)}
    names = {rater: scope.named(rater) for rater in scope.people}
    often = Counter(names.values())
    return {
        (f"{name} ({rater})" if often[name] > 1 else name): {
            skills.get(skill, skill): level for skill, level in levels.items()
        }
        for rater, levels in given.items()
        for name in (names.get(rater, rater),)
    }


def _table(scope: Scope, by_rater: Mapping[str, Mapping[str, int]]) -> str:
    say = scope.visit.language
    skills = [one.name.in_(say) for one in skills_of(scope.visit)]
    shown = [one for one in skills if any(one in card for card in by_rater.values())]
    rows, apart = [], []
    for skill in shown:
        levels = [card[skill] for card in by_rater.values() if skill in card]
        span = max(levels) - min(levels)
        each = [str(card.get(skill, UNSEEN)) for card in by_rater.values()]
        rows.append([skill, *each, str(span) if len(levels) > 1 else UNSEEN])
        apart.append(span >= FAR_APART)
    heads = [SKILL.in_(say), *by_rater, RANGE.in_(say)]
    return scorecard.side_by_side(COMPARED.in_(say), heads, rows, apart)
