"""Do interviewers see the same: how far they agree, and who is strict."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.normal import wilson
from salestrain.sales.team.hiring import word
from salestrain.training.agreement import icc
from salestrain.training.agreement.words import LEANS
from salestrain.training.statistics.beta import t_quantile
from salestrain.views.page import section
from salestrain.views.tables import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salestrain.sales.team.hiring import Candidate
    from salestrain.training.agreement import IntraclassCorrelation
    from salestrain.training.agreement.calibration import Lean
    from salestrain.views.team_review.study import TeamStudy

FEWEST_RATED, FEWEST_TARGETS = 5, 10
"""Under so many candidates nobody is called strict, and no agreement is given."""
GOOD, POOR = 0.75, 0.5
TITLE = {
    "good": Text(
        "评委看法一致：一个人的总分就靠得住（ICC {one}，{low} 到 {high}）",
        "Interviewers agree: one’s total can stand alone (ICC {one}, {low} to {high})",
    ),
    "middling": Text(
        "一个评委的总分只能算中等可靠（ICC {one}，{low} 到 {high}）；{k} 人的平均到 {mean}",
        "One interviewer’s total is only middling (ICC {one}, {low} to {high}); the mean of {k} "
        "reaches {mean}",
    ),
    "poor": Text(
        "评委看法不一致（ICC {one}，{low} 到 {high}）：先对一对尺",
        "Interviewers don’t agree (ICC {one}, {low} to {high}): settle the scale first",
    ),
    "few": Text("评委一不一致，还看不出", "Too early to say whether interviewers agree"),
}
SUB = Text(
    "全公司 {n} 位应聘者的 {cells} 项评分里，{share} 最高和最低的评委差不到 {apart} 分"
    "（95% 区间 {low}–{high}）。ICC 是 ICC(1)：每位应聘者的评委各不相同。",
    "Of {cells} criteria of {n} candidates in the company, {share} had the highest and the lowest "
    "interviewer less than {apart} apart (95% interval {low} to {high}). ICC is ICC(1), since "
    "each candidate met interviewers of their own.",
)
FEW = Text(
    "要 {least} 位由同样多评委打过分的应聘者，现在有 {n} 位。",
    "It takes {least} candidates scored by equally many interviewers; there are {n}.",
)
COLUMNS = (
    (Text("项目", "Criterion"), False),
    (Text("评过的人次", "Scored"), True),
    (Text("差不到 {apart} 分", "Less than {apart} apart"), True),
    (Text("ICC(1)", "ICC(1)"), True),
)
STRICT = Text("谁手紧、谁手松", "Who is strict, who is lenient")
STRICT_SUB = Text(
    "和同场评委给同一个人、同一项的分比，扣掉了碰上的人强弱；不看各人自己的平均。"
    "不到 {least} 位应聘者的 {few} 位评委不下结论。",
    "Beside others’ scores of the same people, so that it doesn’t matter whom one met; nobody’s "
    "own mean counts. Nothing is concluded of the {few} who scored fewer than {least} candidates.",
)
STRICT_COLUMNS = (
    (Text("评委", "Interviewer"), False),
    (Text("应聘者", "Candidates"), True),
    (Text("比平均的评委", "Beside the average"), True),
    (Text("95% 区间", "95% interval"), True),
    (Text("看得出吗", "More than chance?"), False),
)
SPAN, VALUE = Text("{low}–{high}", "{low} to {high}"), Text("{value}（{span}）", "{value} ({span})")
TO = Text("{low} 到 {high}", "{low} to {high}")


def agreement_section(study: TeamStudy) -> str:
    """Return how far interviewers agree and who leans; for the company, where there are enough."""
    if study.level != "company" or study.hiring is None:
        return ""
    whole = of_totals(study.hiring.candidates)
    cells = _cells(study.hiring.candidates)
    sub = _sub(study, cells)
    if whole is None:
        n = _most_alike(study.hiring.candidates)[1]
        body = section(study.say(TITLE["few"]), "", sub=study.say(FEW, least=FEWEST_TARGETS, n=n))
        return body + _strict(study)
    return section(title_of(study, whole), _criteria(study, cells), sub=sub) + _strict(study)


def title_of(study: TeamStudy, found: IntraclassCorrelation) -> str:
    """Return what the agreement on totals comes to, by where it may lie."""
    low, high = found.interval
    kind = "good" if low >= GOOD else "poor" if high < POOR else "middling"
    k = found.raters
    mean = k * found.value / (1 + (k - 1) * found.value)
    facts = {"one": found.value, "low": low, "high": high, "mean": mean}
    written = {name: number(each, study.language, 2) for name, each in facts.items()}
    return study.say(TITLE[kind], k=k, **written)


def of_totals(candidates: Iterable[Candidate]) -> IntraclassCorrelation | None:
    """Return ICC(1) of the interviewers' totals; None under ten candidates."""
    every = list(candidates)
    raters, n = _most_alike(every)
    if n < FEWEST_TARGETS:
        return None
    rows = [[given.score for given in one.given()] for one in every if len(one.raters) == raters]
    return icc(rows, 1)


def _most_alike(candidates: Iterable[Candidate]) -> tuple[int, int]:
    """Return the number of interviewers that most candidates had, of two and more, and how many."""
    counts: defaultdict[int, int] = defaultdict(int)
    for one in candidates:
        counts[len(one.raters)] += 1
    found = [(n, raters) for raters, n in counts.items() if raters > 1]
    n, raters = max(found, default=(0, 2))
    return raters, n


def _cells(candidates: Iterable[Candidate]) -> dict[str, list[list[float]]]:
    """Return the scores that several gave one candidate, by the criterion's word."""
    found: defaultdict[str, list[list[float]]] = defaultdict(list)
    for one in candidates:
        given: defaultdict[str, list[float]] = defaultdict(list)
        for score in one.scores:
            given[score.criterion].append(score.score)
        for name, scores in given.items():
            if len(scores) > 1:
                found[name].append(scores)
    return found


def _near(cells: Sequence[Sequence[float]], apart: int) -> tuple[float, float, float]:
    share = sum(max(one) - min(one) < apart for one in cells) / len(cells)
    low, high = wilson(share, len(cells))
    return share, float(low), float(high)


def _sub(study: TeamStudy, cells: dict[str, list[list[float]]]) -> str:
    every = [one for each in cells.values() for one in each]
    if not every or study.hiring is None:
        return ""
    apart = study.figure("1.2.two_raters", "talk_at", 2)
    share, low, high = (percent(one, study.language) for one in _near(every, apart))
    n = len(study.hiring.candidates)
    low = low.removesuffix("%") if study.language == "zh" else low
    return study.say(SUB, n=n, cells=len(every), share=share, low=low, high=high, apart=apart)


def _criteria(study: TeamStudy, cells: dict[str, list[list[float]]]) -> str:
    apart = study.figure("1.2.two_raters", "talk_at", 2)
    hiring = study.hiring
    names: dict[str, str] = {}
    for one in hiring.candidates if hiring else ():
        for each in one.card.criteria:
            names.setdefault(word(each.id), each.name.in_(study.language))
    rows = []
    for name, scores in cells.items():
        share = percent(_near(scores, apart)[0], study.language)
        rows.append(Row((names.get(name, name), str(len(scores)), share, _icc(study, scores))))
    columns = [(Text(*(each.format(apart=apart) for each in head)), right)
               for head, right in COLUMNS]  # fmt: skip
    return study.table(columns, rows, study.say(columns[0][0]))


def _icc(study: TeamStudy, scores: Sequence[Sequence[float]]) -> str:
    sizes = [len(one) for one in scores]
    usual = max(set(sizes), key=sizes.count)
    rows = [list(one) for one in scores if len(one) == usual]
    if len(rows) < FEWEST_TARGETS:
        return "–"
    found = icc(rows, 1)
    value = number(found.value, study.language, 2)
    if math.isnan(found.interval.low):
        return value
    low, high = (number(each, study.language, 2) for each in found.interval)
    return study.say(VALUE, value=value, span=study.say(SPAN, low=low, high=high))


def leanings(study: TeamStudy) -> list[tuple[str, int, float, float, Lean]]:
    """Return interviewers of enough candidates: id, n, leaning, half its interval, and the word.

    A word beyond Bonferroni's bound, since every interviewer is tried.
    """
    if study.hiring is None:
        return []
    model = study.hiring.model
    n: defaultdict[str, int] = defaultdict(int)
    for one in study.hiring.candidates:
        for rater in one.raters:
            n[rater] += 1
    kept = [at for at, rater in enumerate(model.raters) if n[rater] >= FEWEST_RATED]
    if not kept or math.isnan(model.width):
        return []
    bound = t_quantile(1 - 0.025 / len(kept), model.freedom)
    found = []
    for at in kept:
        gap, error = float(model.leanings[at]), float(model.errors[at])
        lean: Lean = ("lenient" if gap > 0 else "strict") if abs(gap) > bound * error else ""
        found.append((model.raters[at], n[model.raters[at]], gap, model.width * error, lean))
    return sorted(found, key=lambda one: one[2])


def _strict(study: TeamStudy) -> str:
    found = leanings(study)
    if not found or study.hiring is None:
        return ""
    rows = []
    for rater, n, gap, half, lean in found:
        low, high = (_signed(study, each) for each in (gap - half, gap + half))
        rows.append(Row((
            study.person(rater), str(n), _signed(study, gap), study.say(TO, low=low, high=high),
            study.say(LEANS[lean]),
        )))  # fmt: skip
    few = len(study.hiring.model.raters) - len(found)
    title = study.say(STRICT)
    return section(
        title, study.table(STRICT_COLUMNS, rows, title),
        sub=study.say(STRICT_SUB, least=FEWEST_RATED, few=few),
    )  # fmt: skip


def _signed(study: TeamStudy, value: float) -> str:
    text = number(value, study.language, 2)
    return f"+{text}" if value > 0 and text.strip("0.") else text
