"""What raters' scorecards show, in sentences that say no more than the numbers do."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, number
from salestrain.training.agreement.calibration import FEWEST_SCORES
from salestrain.training.agreement.runs import FEWEST_RUNS

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.training.agreement.calibration import Disagreement, Lean, Leaning
    from salestrain.training.agreement.runs import Agreement, Verdict

APART = Text(
    "「{competency}」：{upper}打了 {high} 分，{lower}打了 {low} 分，差 {apart} 分。",
    "{competency}: {upper} gave {high}, {lower} gave {low}, {apart} levels apart.",
)
ALONE = Text("没有别人打分可比。", "Nobody else scored the same; there is nothing to compare.")
FEW_SCORES = Text(
    "{beside}（n={n}，不到 {least}，还说不准）。",
    "{beside} (n={n}, under {least}: too few to say).",
)
LEANING = Text(
    "{beside}（95% 区间 {low} 到 {high}，n={n}）：{lean}。",
    "{beside} (95% interval {low} to {high}, n={n}): {lean}.",
)
ABOVE = Text("比其他人平均高 {gap} 分", "{gap} levels above the others on average")
BELOW = Text("比其他人平均低 {gap} 分", "{gap} levels below the others on average")
LEVEL = Text("和其他人平均持平", "Level with the others on average")
LEANS: dict[Lean, Text] = {
    "lenient": Text("打分偏松", "lenient"),
    "strict": Text("打分偏严", "strict"),
    "": Text("可能只是偶然", "may be chance"),
}
MEASURED = Text(
    "ICC {value}（95% 区间 {low} 到 {high}，{raters} 人，{runs} 次对练）：{verdict}。",
    "ICC {value} (95% interval {low} to {high}, {raters} raters, {runs} runs): {verdict}.",
)
PLAIN = Text(
    "{raters} 人都打了分的对练有 {runs} 次：{verdict}。",
    "Runs that all {raters} raters scored: {runs}; {verdict}.",
)
VERDICTS: dict[Verdict, Text] = {
    "few": Text(f"不到 {FEWEST_RUNS} 次，还说不准", f"under {FEWEST_RUNS} that is too few to say"),
    "alike": Text(
        "分数全都一样，看不出大家能不能分出好坏",
        "all got the same level, so whether raters tell good from bad can’t be seen",
    ),
    "agreed": Text("每次大家打的分都一样", "all raters agree on each of them"),
    "good": Text(
        "一致性好，一个人打分就靠得住", "good agreement; one rater’s score can stand alone"
    ),
    "moderate": Text(
        "一致性中等以上，要紧的结论最好两个人打分",
        "moderate agreement or better; have two people score where it matters",
    ),
    "poor": Text(
        "一致性差，先把评分标准对齐再用分数",
        "poor agreement; settle what each level means before using the scores",
    ),
    "unclear": Text(
        "好坏还分不清，再多打几次", "too uncertain to call good or poor; score more runs"
    ),
}


def said_of_disagreement(one: Disagreement, language: Language) -> str:
    """Return what two raters should talk about."""
    said = {"competency": one.competency, "upper": one.upper, "lower": one.lower}
    levels = {"high": one.high, "low": one.low, "apart": one.high - one.low}
    return APART.in_(language).format(**said, **levels)


def said_of_leaning(one: Leaning, language: Language) -> str:
    """Return how a rater scores beside the others, and whether that may be chance."""
    if not one.n:
        return ALONE.in_(language)
    beside = _beside(one.gap, language)
    if math.isnan(one.interval.low):
        return FEW_SCORES.in_(language).format(beside=beside, n=one.n, least=FEWEST_SCORES)
    low, high = (number(end, language, 1) for end in one.interval)
    lean = LEANS[one.lean].in_(language)
    return LEANING.in_(language).format(beside=beside, low=low, high=high, n=one.n, lean=lean)


def said_of_agreement(one: Agreement, language: Language) -> str:
    """Return how far raters agree, or that it is too early to say."""
    if not one.raters:
        return ALONE.in_(language)
    said = {"raters": len(one.raters), "runs": one.runs}
    verdict = VERDICTS[one.verdict].in_(language)
    if one.icc is None or math.isnan(one.icc.interval.low):
        return PLAIN.in_(language).format(verdict=verdict, **said)
    value, low, high = (number(each, language, 2) for each in (one.icc.value, *one.icc.interval))
    return MEASURED.in_(language).format(value=value, low=low, high=high, verdict=verdict, **said)


def _beside(gap: float, language: Language) -> str:
    shown = number(abs(gap), language, 1)
    side = LEVEL if shown == number(0, language, 1) else ABOVE if gap > 0 else BELOW
    return side.in_(language).format(gap=shown)
