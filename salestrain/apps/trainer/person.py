"""One learner: why they are stuck, where each competency stands, what to assign or say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.growth.proficiency import LIGHTS, lift_card, standing_card
from salestrain.apps.trainer.forms import ASSIGN, NUDGE, assign_form, nudge_form
from salestrain.apps.trainer.people import facts, tags
from salestrain.language import Text, day, number
from salestrain.training.proficiency import fastest
from salestrain.views.components import scorecard
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card, page_head, two_columns
from salestrain.views.components.scorecard import Row

if TYPE_CHECKING:
    from salestrain.apps.trainer.desk import Desk

SAID = Text("说过的", "Said before")
MOST = 5


def shown(desk: Desk, who: str) -> tuple[str, str]:
    """Return one learner's page and its title; of a stranger there is nothing on it."""
    say, title = desk.visit.language, desk.named(who)
    if who not in desk.led:
        return page_head(title, say), title
    found = desk.readiness.standings(who)
    counts = [sum(one.light == light for one in found) for light in LIGHTS]
    words = zip(LIGHTS.values(), counts, strict=True)
    lights = " · ".join(f"{word.in_(say)} {number(n, say)}" for (word, _), n in words)
    head = page_head(title, say, kicker=facts(desk, who), lead=lights if found else "")
    why = tags(desk, who, desk.stuck(who))
    lift = lift_card(desk.visit, fastest(found, desk.readiness.offers(who)), own=False)
    wide = lift + "".join(standing_card(desk.visit, one) for one in found)
    narrow = card(ASSIGN.in_(say), assign_form(desk, who))
    narrow += card(NUDGE.in_(say), nudge_form(desk, who) + _said(desk, who))
    return head + (f"<p>{why}</p>" if why else "") + two_columns(wide, narrow), title


def _said(desk: Desk, who: str) -> str:
    """Return what was said to them lately, by whom."""
    say = desk.visit.language
    said = [one for one in desk.nudges if one.person == who][-MOST:]
    rows = [
        Row(some("span", one.text), f"{desk.named(one.given_by)} · {day(one.at.date(), say)}")
        for one in reversed(said)
    ]
    return scorecard.folded(SAID.in_(say), scorecard.talk_list(rows)) if rows else ""
