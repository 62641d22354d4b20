"""The skill map: people and competencies, and behind each cell what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.growth.proficiency import competency_name
from salestrain.language import Text, number
from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card, page_head, stack
from salestrain.views.components.skill_map import Cell, skill_map

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salestrain.apps.trainer.desk import Desk
    from salestrain.training.proficiency import Standing
    from salestrain.views.components.skill_map import Shade

TITLE = Text("能力地图", "Skill map")
LEAD = Text(
    "大字是大约几级，小字是可能的范围（九成把握）。深色说得准，浅色只是偏向；「?」和没颜色的，看得还太少。"
    "蓝色到了岗位目标，橙色没到。点一格，看它凭什么。",
    "The large figure is about which level, the small one the span it may lie in (nine in ten). "
    "Blue has reached what the role asks, orange hasn’t; strong colours are sure, pale ones only "
    "lean that way, and “?” without colour means too little was seen. Tap a cell for what it "
    "rests on.",
)
PRACTICE = Text(
    "这里只有培训记录，没有业绩数；按名字排，不排名次（4.2.safe_room）。",
    "Training records alone, no sales figures; in the order of names, and no ranking "
    "(4.2.safe_room).",
)
WHO, MEAN = Text("谁", "Who"), Text("{} 人平均", "mean of {}")
TOO_FEW = Text(
    "不到 {} 人，不算平均：人少的平均说的是个人。",
    "Under {} people no mean is shown: it would tell of one person.",
)
SPAN, UNKNOWN = "{}–{}", "?"
NOBODY = Text("还没有你带的学员", "Nobody is yours to look after yet")


def shown(desk: Desk) -> tuple[str, str]:
    """Return the map and its title."""
    say, title = desk.visit.language, TITLE.in_(desk.visit.language)
    found = {who: desk.readiness.standings(who) for who in desk.led}
    found = {who: each for who, each in found.items() if each}
    if not found:
        return page_head(title, say, lead=NOBODY.in_(say)), title
    columns = list(dict.fromkeys(one.competency for each in found.values() for one in each))
    heads = [WHO.in_(say), *(competency_name(desk.visit, one) for one in columns)]
    names = sorted(found, key=lambda who: (desk.named(who), who))
    rows = [(desk.named(who), _cells(who, found[who], columns)) for who in names]
    note = TOO_FEW.in_(say).format(FEW_PEOPLE)
    if len(found) >= FEW_PEOPLE:
        note = ""
        rows.append((MEAN.in_(say).format(len(found)), _means(found, columns, desk)))
    table = skill_map(title, heads, rows) + some("p", note, "note")
    body = card("", table + some("p", PRACTICE.in_(say), "note"))
    return page_head(title, say, lead=LEAD.in_(say)) + stack(body), title


def _cells(who: str, standings: Sequence[Standing], columns: Sequence[str]) -> list[Cell]:
    by = {one.competency: one for one in standings}
    return [_cell(who, by[one]) if one in by else Cell("—") for one in columns]


def _cell(who: str, one: Standing) -> Cell:
    low, high = one.span
    level = UNKNOWN if one.few else str(one.level)
    return Cell(level, SPAN.format(low, high), _shade(one), "look", {"person": who})


def _shade(one: Standing) -> Shade:
    if one.light == "green":
        return "good-2"
    if one.light == "red":
        return "bad-2"
    if one.few:
        return ""
    return "good-1" if one.belief.mean >= one.cut else "bad-1"


def _means(
    found: Mapping[str, Sequence[Standing]], columns: Sequence[str], desk: Desk
) -> list[Cell]:
    """Return the mean level of each competency, of at least ``FEW_PEOPLE`` people.

    Only those count of whom anything was seen: the others' level is what one expects beforehand.
    """
    cells = []
    for competency in columns:
        every = (s for of in found.values() for s in of if s.competency == competency)
        each = [one for one in every if one.observations]
        if len(each) < FEW_PEOPLE:
            cells.append(Cell("—"))
            continue
        mean = sum(1 + one.belief.mean * one.levels for one in each) / len(each)
        cells.append(Cell(number(min(mean, each[0].levels), desk.visit.language, 1)))
    return cells
