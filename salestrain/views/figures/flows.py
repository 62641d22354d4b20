"""Flows: the stages of a deal, an order's states, the steps of a complaint, the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Language, Text, number, percent
from salestrain.playbook.standards.customers import Complaints
from salestrain.playbook.standards.growing import Onboarding
from salestrain.playbook.standards.selling import Orders
from salestrain.playbook.standards.team import Ladder
from salestrain.views.figures.flow import Box, Way, flow
from salestrain.views.figures.people import role_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.playbook.standards.customers import ComplaintStep
    from salestrain.playbook.standards.selling import OrderState
    from salestrain.playbook.whole import Playbook

LIMIT = Text("时限 {} 天 · 预测按 {}", "limit {} days · forecast at {}")
WITHIN = Text("{} · {} 个工作日内", "{} · within {} working days")
MONTHS = Text("上一级至少 {} 个月", "at least {} months on the rung below")
DAY = Text("第 {} 天 · {}签字", "day {} · signed by the {}")


def stages(playbook: Playbook, language: Language, said: str) -> str:
    """Return the stages in their order, each with its limit and its probability."""
    boxes = [
        Box(
            one.name.in_(language),
            (LIMIT.in_(language).format(one.limit_days, percent(one.probability, language, 0)),),
        )
        for one in playbook.stages
    ]
    return flow(boxes, _chain(boxes), said)


def orders(playbook: Playbook, language: Language, said: str) -> str:
    """Return an order's states and every way between them."""
    standard = playbook.standard(Orders)
    if standard is None:
        return ""

    def note(state: OrderState) -> str:
        owner = role_name(state.owner, playbook, language)
        days = number(state.working_days or 0, language, 1 if (state.working_days or 0) % 1 else 0)
        return WITHIN.in_(language).format(owner, days) if state.working_days else owner

    boxes = [Box(each.name.in_(language), (note(each),)) for each in standard.states]
    return flow(boxes, _ways(standard.states), said)


def complaints(playbook: Playbook, language: Language, said: str) -> str:
    """Return the steps of a complaint with their owners."""
    standard = playbook.standard(Complaints)
    if standard is None:
        return ""
    boxes = [
        Box(each.name.in_(language), (role_name(each.owner, playbook, language),))
        for each in standard.steps
    ]
    return flow(boxes, _ways(standard.steps), said)


def ladder(playbook: Playbook, language: Language, said: str) -> str:
    """Return the rungs as a staircase, the first one lowest."""
    standard = playbook.standard(Ladder)
    if standard is None:
        return ""
    boxes = [
        Box(
            each.name.in_(language),
            (MONTHS.in_(language).format(each.months_at_least),) if each.months_at_least else (),
        )
        for each in standard.rungs
    ]
    return flow(boxes, (), said, rising=True)


def milestones(playbook: Playbook, language: Language, said: str) -> str:
    """Return what somebody new can do by which day."""
    standard = playbook.standard(Onboarding)
    if standard is None:
        return ""
    boxes = [
        Box(
            each.name.in_(language),
            (DAY.in_(language).format(each.day, role_name(each.signed_by, playbook, language)),),
        )
        for each in standard.milestones
    ]
    return flow(boxes, _chain(boxes), said)


def _chain(boxes: Sequence[Box]) -> list[Way]:
    return [Way(number, number + 1) for number in range(len(boxes) - 1)]


def _ways(steps: Sequence[OrderState] | Sequence[ComplaintStep]) -> list[Way]:
    places = {each.id: number for number, each in enumerate(steps)}
    return [Way(places[each.id], places[after]) for each in steps for after in each.next]
