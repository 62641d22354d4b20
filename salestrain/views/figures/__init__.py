"""Figures of the playbook's pages, drawn from its standards: flows as SVG, matrices as tables."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.views.figures import flows, matrices

if TYPE_CHECKING:
    from collections.abc import Callable

    from salestrain.language import Language
    from salestrain.playbook.whole import Playbook

    Drawer = Callable[[Playbook, Language, str], str]

FIGURES: dict[str, Drawer] = {
    "stages": flows.stages,
    "orders": flows.orders,
    "complaints": flows.complaints,
    "ladder": flows.ladder,
    "milestones": flows.milestones,
    "follow_up": matrices.follow_up,
    "competencies": matrices.competencies,
    "raci": matrices.raci,
    "cadence": matrices.cadence,
    "tiers": matrices.tiers,
    "capacity": matrices.capacity,
    "privacy": matrices.privacy,
}


def figure(name: str, caption: str, playbook: Playbook, language: Language) -> str:
    """Return a figure with its caption; nothing where its standard isn't written."""
    body = FIGURES[name](playbook, language, caption)
    return f"<figure>{body}<figcaption>{escape(caption)}</figcaption></figure>" if body else ""
