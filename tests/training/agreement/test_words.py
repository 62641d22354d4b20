from __future__ import annotations

import math
from typing import get_args

import pytest

from salestrain.training.agreement.calibration import Disagreement, Lean, Leaning
from salestrain.training.agreement.runs import Agreement, Verdict, agreements
from salestrain.training.agreement.words import (
    LEANS,
    VERDICTS,
    said_of_agreement,
    said_of_disagreement,
    said_of_leaning,
)
from salestrain.training.statistics.intervals import UNKNOWN, Interval
from tests.training.agreement.test_runs import ANA, BO, scored


def test_every_verdict_and_leaning_has_its_words() -> None:
    assert set(VERDICTS) == set(get_args(Verdict))
    assert set(LEANS) == set(get_args(Lean))


def test_a_disagreement_names_who_gave_what() -> None:
    one = Disagreement("倾听", "陈静", 5, "李明", 2)
    assert said_of_disagreement(one, "zh") == "「倾听」：陈静打了 5 分，李明打了 2 分，差 3 分。"
    other = Disagreement("Listening", "Ana", 5, "Bo", 2)
    assert said_of_disagreement(other, "en") == "Listening: Ana gave 5, Bo gave 2, 3 levels apart."


@pytest.mark.parametrize(
    ("one", "zh", "en"),
    [
        (
            Leaning("a", 6, 1.25, Interval(0.7, 1.8), "lenient"),
            "比其他人平均高 1.2 分（95% 区间 0.7 到 1.8，n=6）：打分偏松。",
            "1.2 levels above the others on average (95% interval 0.7 to 1.8, n=6): lenient.",
        ),
        (
            Leaning("a", 6, -0.4, Interval(-0.9, 0.1), ""),
            "比其他人平均低 0.4 分（95% 区间 −0.9 到 0.1，n=6）：可能只是偶然。",
            (
                "0.4 levels below the others on average (95% interval −0.9 to 0.1, n=6): "
                "may be chance."
            ),
        ),
        (
            Leaning("a", 3, -0.01, UNKNOWN, ""),
            "和其他人平均持平（n=3，不到 5，还说不准）。",
            "Level with the others on average (n=3, under 5: too few to say).",
        ),
        (
            Leaning("a", 0, math.nan, UNKNOWN, ""),
            "没有别人打分可比。",
            "Nobody else scored the same; there is nothing to compare.",
        ),
    ],
)
def test_a_leaning_says_whether_it_may_be_chance(one: Leaning, zh: str, en: str) -> None:
    assert (said_of_leaning(one, "zh"), said_of_leaning(one, "en")) == (zh, en)


def told(**raters: str) -> tuple[str, str]:
    one = agreements(scored(**raters))[1]
    return said_of_agreement(one, "zh"), said_of_agreement(one, "en")


def test_agreement_is_told_with_its_interval() -> None:
    zh, en = told(ana=ANA, bo=BO)
    assert zh == (
        "ICC 0.86（95% 区间 0.56 到 0.96，2 人，10 次对练）："
        "一致性中等以上，要紧的结论最好两个人打分。"
    )
    assert en == (
        "ICC 0.86 (95% interval 0.56 to 0.96, 2 raters, 10 runs): "
        "moderate agreement or better; have two people score where it matters."
    )


def test_too_few_runs_and_complete_agreement_are_told_without_a_figure() -> None:
    assert told(ana=ANA[:7], bo=BO[:7]) == (
        "2 人都打了分的对练有 7 次：不到 10 次，还说不准。",
        "Runs that all 2 raters scored: 7; under 10 that is too few to say.",
    )
    assert told(ana=ANA, bo=ANA)[1] == (
        "Runs that all 2 raters scored: 10; all raters agree on each of them."
    )
    alone = Agreement("opening", (), 0, None, None)
    assert said_of_agreement(alone, "zh") == "没有别人打分可比。"
