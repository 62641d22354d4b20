"""The 9-box: who stands where, how sure that is, and whether the sales figures say the same."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.playbook.standards.team import Ladder
from salestrain.sales.team.evaluations import lacking
from salestrain.sales.team.nine_box import Box, expected
from salestrain.views.markup import Caption
from salestrain.views.nine_box import Axis, Dot, nine_box
from salestrain.views.page import section
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.sales.team.nine_box import Placed
    from salestrain.views.team_review.study import TeamStudy

HEAD = Text("九宫格：业绩和潜力", "9-box: performance and potential")
TITLE = Text(
    "九宫格里，{n} 人中 {sure} 人稳在一格，{between} 人在两格之间",
    "In the 9-box {sure} of {n} stand surely in one box, {between} between boxes",
)
NOBODY = Text("九宫格：还没有人可以放", "9-box: nobody to place yet")
NO_TABLE = Text("数据里没有 {lack}。", "The data have no {lack}.")
NO_KEY = Text(
    "playbook/standards/ladder.yaml 的 nine_box 里写上 performance_by 和 potential_by，这里就有。",
    "Name performance_by and potential_by under nine_box in playbook/standards/ladder.yaml.",
)
FEW = Text(
    "要有两次以上的考评，每次两个方向都有分。",
    "It takes two evaluations or more, each with scores on both axes.",
)
SUB = Text(
    "每人最近 {quarters} 个季度组长评分的平均，十字是 95% 区间；实心的稳在一格，空心的跨了线。"
    "格里的数是按可能性算的预计人数。",
    "Each person’s mean of the manager’s scores over the last {quarters} quarters, the cross its "
    "95% interval; full dots are surely in one box, open ones cross a cut. The figure in a box is "
    "how many people are to be expected there.",
)
PERFORMANCE, POTENTIAL = Text("业绩", "Performance"), Text("潜力", "Potential")
PARTS = (Text("低", "low"), Text("中", "middle"), Text("高", "high"))
PLACE = Text("业绩{across}、潜力{up}", "performance {across}, potential {up}")
COUNT = Text("{n} 人", "{n}")
COLUMNS = (
    (Text("人", "Person"), False),
    (Text("业绩", "Performance"), True),
    (Text("潜力", "Potential"), True),
    (Text("在哪一格", "Which box"), False),
    (Text("12 个月指标完成", "Quota, 12 months"), True),
)
SPAN = Text("{low}–{high}", "{low} to {high}")
CHANCE, OR = Text("{box} {chance}", "{box} {chance}"), Text("，或", "; or ")
DRAWN = Text("图上 {place} · ", "no. {place} · ")
PERIODS = Text("{n} 次考评", "{n} evaluations")
SHOWN, OFFERED = 14, 2
ALL = Text("列出全部 {n} 人", "List all {n} people")
BORNE_OUT = {
    "few": Text(
        "组长的业绩分和指标完成率对不对得上，人太少，看不出（{n} 人）。",
        "Too few people ({n}) to see whether the manager’s scores go with quota attainment.",
    ),
    "unclear": Text(
        "看不出组长打的业绩分和 12 个月的指标完成率有关：r = {r}（{low} 到 {high}，{n} 人）。"
        "打高分的，拿出那个数和那件事来（3.2.two_sides）。",
        "No link can be seen between the performance managers score and quota attained in 12 "
        "months: r = {r} ({low} to {high}, {n} people). For a high score, ask for the figure and "
        "the thing seen (3.2.two_sides).",
    ),
    "goes": Text(
        "组长打的业绩分和 12 个月的指标完成率走得到一起：r = {r}（{low} 到 {high}，{n} 人）。",
        "The performance managers score goes with quota attained in 12 months: r = {r} ({low} to "
        "{high}, {n} people).",
    ),
    "against": Text(
        "组长打的业绩分和 12 个月的指标完成率反着走：r = {r}（{low} 到 {high}，{n} 人），先对尺。",
        "The performance managers score runs against quota attained in 12 months: r = {r} ({low} "
        "to {high}, {n} people). Settle the scale first.",
    ),
}
LEAST_PEOPLE = 10
ROOM = 0.6


def boxes_section(study: TeamStudy) -> str:
    """Return the 9-box and the list behind it; for one person their own line."""
    if not study.placed:
        why = study.say(NO_KEY) if not study.axes else study.say(FEW)
        if lack := lacking(study.crm.present):
            why = study.say(NO_TABLE, lack=lack)
        return section(study.say(NOBODY), "", sub=why)
    if study.level == "rep":
        return section(study.say(HEAD), _table(study, study.placed), anchor="nine-box")
    body = _drawn(study) + _list(study)
    return section(study.say(HEAD), body, sub=borne_out(study), anchor="nine-box")


def title_of(study: TeamStudy) -> str:
    """Return how many stand surely in one box."""
    sure = sum(one.sure for one in study.placed)
    n = len(study.placed)
    return study.say(TITLE, n=n, sure=sure, between=n - sure)


def borne_out(study: TeamStudy) -> str:
    """Return whether managers' scores go with sales, over the company; "" without sales."""
    found = study.borne_out
    if not study.attained:
        return ""
    if found.n < LEAST_PEOPLE or math.isnan(found.low):
        return study.say(BORNE_OUT["few"], n=found.n)
    kind = "unclear" if not found.sure else "goes" if found.value > 0 else "against"
    r, low, high = (number(each, study.language, 2) for each in found[1:])
    return study.say(BORNE_OUT[kind], n=found.n, r=r, low=low, high=high)


def _drawn(study: TeamStudy) -> str:
    ladder = study.standard(Ladder)
    if ladder is None:
        return ""
    box = ladder.nine_box
    dots = [_dot(study, one) for one in study.placed]
    across = [(dot.across - dot.across_half, dot.across + dot.across_half) for dot in dots]
    up = [(dot.up - dot.up_half, dot.up + dot.up_half) for dot in dots]
    axes = [
        _axis(study, name, cuts, reach)
        for name, cuts, reach in (
            (PERFORMANCE, box.performance, across),
            (POTENTIAL, box.potential, up),
        )
    ]
    counts = [
        [study.say(COUNT, n=number(each, study.language, 1)) for each in row]
        for row in expected(study.placed)
    ]
    quarters = study.figure("1.2.nine_box", "quarters", 4)
    caption = Caption(title_of(study), study.say(SUB, quarters=quarters))
    return nine_box(caption, axes[0], axes[1], dots, counts)


def _axis(
    study: TeamStudy, name: Text, cuts: tuple[float, float], reach: Sequence[tuple[float, float]]
) -> Axis:
    """Return an axis that holds both cuts with room beyond them, and everybody's interval."""
    low = min(cuts[0] - ROOM, *(each for each, _ in reach))
    high = max(cuts[1] + ROOM, *(each for _, each in reach))
    labels = number(cuts[0], study.language, 1), number(cuts[1], study.language, 1)
    return Axis(study.say(name), max(low, 1.0), min(high, 5.0), cuts, labels)


def _dot(study: TeamStudy, one: Placed) -> Dot:
    s = one.standing
    halves = s.width * s.performance_error, s.width * s.potential_error
    name = str(study.placed.index(one) + 1)
    return Dot(name, s.performance, halves[0], s.potential, halves[1], one.sure)


def _list(study: TeamStudy) -> str:
    n = len(study.placed)
    if n <= SHOWN:
        return _table(study, study.placed)
    summary = escape(study.say(ALL, n=n))
    inside = _table(study, study.placed)
    return f'<details class="roll"><summary>{summary}</summary>{inside}</details>'


def _table(study: TeamStudy, some: Sequence[Placed]) -> str:
    rows = [_row(study, place, one) for place, one in enumerate(some, 1)]
    return study.table(COLUMNS, rows, study.say(HEAD))


def _row(study: TeamStudy, place: int, one: Placed) -> Row:
    s = one.standing
    attained = study.attained.get(s.person)
    drawn = study.say(DRAWN, place=place) if study.level != "rep" else ""
    return Row((
        study.linked_name(s.person, drawn + study.say(PERIODS, n=s.periods)),
        _figure(study, s.performance, s.width * s.performance_error),
        _figure(study, s.potential, s.width * s.potential_error),
        Cell(box_words(study, one)),
        "–" if attained is None else percent(attained, study.language),
    ))  # fmt: skip


def _figure(study: TeamStudy, value: float, half: float) -> Cell:
    ends = max(value - half, 1.0), min(value + half, 5.0)
    low, high = (number(each, study.language, 1) for each in ends)
    return Cell(number(value, study.language, 1), small=study.say(SPAN, low=low, high=high))


def box_words(study: TeamStudy, one: Placed) -> str:
    """Return the box somebody is surely in, or the likeliest two with their chances."""
    if one.sure:
        return _name(study, one.box)
    offered = [
        study.say(CHANCE, box=_name(study, box), chance=percent(one.chance(box), study.language))
        for box in one.between[:OFFERED]
    ]
    return OR.in_(study.language).join(offered)


def _name(study: TeamStudy, box: Box) -> str:
    across, up = (study.say(PARTS[each]) for each in box)
    return study.say(PLACE, across=across, up=up)
