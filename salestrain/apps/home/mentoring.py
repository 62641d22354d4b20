"""What waits for whoever mentors or leads: how many signatures, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.mentor.scope import Scope
from salestrain.apps.registry import LEARNER
from salestrain.language import Text
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, link_button
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit

TITLE = Text("带教", "Mentoring")
WAITING = Text("{} 件等你签字。", "{} waiting for your signature.")
NONE = Text("没有等你签字的。", "Nothing waits for your signature.")
LOOK = Text("去看", "Look at them")


def mentoring(visit: Visit) -> str:
    """Return the card of what waits; nothing for a learner who mentors nobody."""
    scope, language = Scope(visit), visit.language
    if visit.person.role == LEARNER and not scope.mentees:
        return ""
    count = len(scope.queue)
    said = WAITING.in_(language).format(count) if count else NONE.in_(language)
    way = link_button(LOOK.in_(language), visit.link("mentor"))
    return layout.card(TITLE.in_(language), some("p", said) + actions(way))
