"""Does selection foretell anything? Scores then beside results later, or why that can't be told."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.sales.team.foretelling import METHODS, WANTED, lacking
from salestrain.views.page import section
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from salestrain.sales.team.correlation import Correlation
    from salestrain.sales.team.foretelling import Foretold, Hired, Outcome
    from salestrain.views.team_review.study import TeamStudy

TITLES = {
    "few": Text(
        "选拔准不准，还说不了：录用满 {months} 个月的 {n} 人，规矩要 {least} 人",
        "Whether selection foretells results can’t be told yet: {n} people have been here "
        "{months} months, the rule asks for {least}",
    ),
    "unclear": Text(
        "{n} 人里看不出选拔分和后来的{outcome}有关（区间含零）",
        "Over {n} people no link between scores and later {outcome} can be seen (interval "
        "holds zero)",
    ),
    "foretells": Text(
        "选拔分高的人，后来{outcome}也高：r = {r}（{n} 人）",
        "Who scored higher did better later: r = {r} with {outcome} ({n} people)",
    ),
    "backwards": Text(
        "选拔分高的人，后来{outcome}反而低：r = {r}（{n} 人），先查评分表",
        "Who scored higher did worse later: r = {r} with {outcome} ({n} people); look at the card",
    ),
}
OUTCOMES: dict[Outcome, Text] = {
    "attainment": Text("指标完成率", "quota attainment"),
    "evaluation": Text("组长评分", "the manager’s scores"),
}
RESTRICTED = Text(
    "只有录用的人才有后来的业绩，而录用的人彼此分数相近：他们的总分只有全部应聘者的 {share} 那么"
    "分散，所以这里的相关会比选拔真正的本事小；没录用的人会怎样，数据里没有。",
    "Only those hired have results, and they scored alike: their totals spread {share} as far as "
    "all applicants’. A correlation among them is smaller than what selection is worth, and how "
    "those turned away would have done nobody knows.",
)
LEFT_EARLY = Text(
    "不满 {months} 个月就走了的人没有算进来。", "Those who left before {months} months are not in."
)
COLUMNS = (
    (Text("选拔分对", "Scores against"), False),
    (Text("人数", "People"), True),
    (Text("Pearson r", "Pearson r"), True),
    (Text("Spearman", "Spearman"), True),
    (Text("面试", "Interview"), True),
    (Text("笔试", "Written test"), True),
    (Text("演练", "Practical"), True),
    (Text("能说什么", "What may be said"), False),
)
SAID = {
    "few": Text("人太少，不下结论", "too few people; nothing is concluded"),
    "unclear": Text("说不准：区间含零", "can’t tell: the interval holds zero"),
    "foretells": Text("分高的后来也高", "higher scores, better results"),
    "backwards": Text("分高的后来反而低", "higher scores, worse results"),
}
PAIRS = Text("录用的人：当时的分和后来的数", "Those hired: scores then, results later")
PAIRS_SUB = Text(
    "只摆出来看。按规矩 1.2.look_back，攒够人之前不下结论，也不改线。",
    "Set side by side and no more: by 1.2.look_back nothing is concluded and no bar is moved yet.",
)
PAIR_COLUMNS = (
    (Text("人", "Person"), False),
    (Text("选拔总分", "Total"), True),
    (Text("头 {months} 个月指标完成", "Quota, first {months} months"), True),
    (Text("头 {months} 个月组长评分", "Manager’s scores"), True),
)
NOT_YET = Text("未满 {months} 个月", "not {months} months yet")
LACKS = Text(
    "没有 {lack}，不能和{outcome}比。", "Without {lack} there is no comparing with {outcome}."
)
VALUE = Text("{value}（{low} 到 {high}）", "{value} ({low} to {high})")


def foretelling_section(study: TeamStudy) -> str:
    """Return how scores go with results, for the whole company; names only of the group's own."""
    if study.level == "rep" or study.hiring is None:
        return ""
    if not study.foretold:
        lacks = [
            study.say(LACKS, lack=lacking(one, study.crm.present), outcome=study.say(OUTCOMES[one]))
            for one in WANTED
        ]
        return section(study.say(TITLES["few"], **_facts(study, 0)), "", sub=" ".join(lacks))
    lead = study.foretold[0]
    rows = [_row(study, one) for one in study.foretold]
    title = title_of(study)
    sub = (
        [study.say(RESTRICTED, share=percent(lead.narrowed, study.language))]
        if (not math.isnan(lead.narrowed))
        else []
    )
    sub.append(study.say(LEFT_EARLY, **_facts(study, lead.line.n)))
    gap = "" if study.language == "zh" else " "
    body = study.table(COLUMNS, rows, title)
    return section(title, body, sub=gap.join(sub), anchor="foretelling") + _pairs(study)


def title_of(study: TeamStudy) -> str:
    """Return the finding in words."""
    lead = study.foretold[0]
    facts = _facts(study, lead.line.n)
    r = "" if math.isnan(lead.line.value) else number(lead.line.value, study.language, 2)
    return study.say(TITLES[lead.verdict], outcome=study.say(OUTCOMES[lead.outcome]), r=r, **facts)


def _facts(study: TeamStudy, n: int) -> dict[str, object]:
    months = study.figure("1.2.look_back", "months", 12)
    return {"n": n, "months": months, "least": study.figure("1.2.look_back", "at_least", 30)}


def _row(study: TeamStudy, one: Foretold) -> Row:
    return Row((
        study.say(OUTCOMES[one.outcome]),
        str(one.line.n),
        _written(study, one.line),
        _written(study, one.order),
        *(_written(study, one.by_method[each]) for each in METHODS),
        study.say(SAID[one.verdict]),
    ))  # fmt: skip


def _written(study: TeamStudy, one: Correlation) -> str:
    """Write a correlation; without an interval it would say more than it knows."""
    if math.isnan(one.low):
        return "–"
    value, low, high = (number(each, study.language, 2) for each in one[1:])
    return study.say(VALUE, value=value, low=low, high=high)


def _pairs(study: TeamStudy) -> str:
    by: dict[str, dict[Outcome, Hired]] = {}
    for one in study.foretold:
        for each in one.hired:
            by.setdefault(each.place.candidate.applicant.hired, {})[one.outcome] = each
    own = {who: each for who, each in by.items()
           if who in study.staff and study.holds(study.staff[who])}  # fmt: skip
    if not own:
        return ""
    months = study.figure("1.2.look_back", "months", 12)
    columns = [(Text(*(each.format(months=months) for each in head)), right)
               for head, right in PAIR_COLUMNS]  # fmt: skip
    rows = [_pair(study, who, each, months) for who, each in own.items()]
    title = study.say(PAIRS)
    return section(title, study.table(columns, rows, title), sub=study.say(PAIRS_SUB))


def _pair(study: TeamStudy, who: str, found: dict[Outcome, Hired], months: int) -> Row:
    place = next(iter(found.values())).place
    quota, score = (found[one].outcome if one in found else None for one in OUTCOMES)
    waiting = study.say(NOT_YET, months=months)
    return Row((
        study.linked_name(who),
        number(place.value, study.language, 2),
        Cell("–", small=waiting) if quota is None else percent(quota, study.language),
        "–" if score is None else number(score, study.language, 1),
    ))  # fmt: skip
