"""What is on beside one's own work: a class to join or to open, a meeting to prepare."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salestrain.apps.live import HOSTS
from salestrain.apps.meeting import CHAIRS
from salestrain.language import Text
from salestrain.records.shared import of_kinds
from salestrain.training.live import ENDED, JOINED, LIVE, OPENED
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, link_button
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit

STILL_ON = timedelta(hours=3)
"""A class nobody has ended is taken for over after that."""
UNDER_WAY = Text("课堂正在进行：{}", "A class is under way: {}")
JOIN, CODE = Text("进去", "Join"), Text("课堂号在大屏幕上。", "Its code is on the wall.")
TOGETHER = Text("一起练、一起开会", "Together")
CLASS, MEETING = (
    Text("开一场课堂", "Open a class"),
    Text("例会：谈定的事", "Meetings: what was agreed"),
)


def class_to_join(visit: Visit) -> str:
    """Return the way into a class that is under way; into one they sat in, at once."""
    every = of_kinds(visit.records, LIVE, OPENED, ENDED, JOINED)
    over = {code for (_, code), steps in every.items() if any(s.kind == ENDED for s in steps)}
    since = visit.now() - STILL_ON
    on = {
        code: step.data["title"]
        for (_, code), steps in every.items()
        for step in steps
        if step.kind == OPENED and step.at > since and code not in over
    }
    if not on or not visit.base_url:
        return ""
    mine = [code for code in on if (visit.person.id, code) in every]
    code = mine[-1] if mine else ""
    way = f"{visit.base_url}live/{code}" if code else f"{visit.base_url}live"
    title = UNDER_WAY.in_(visit.language).format(on[code] if code else [*on.values()][-1])
    join = link_button(JOIN.in_(visit.language), way, symbol="arrow")
    note = "" if code else some("p", CODE.in_(visit.language), "note")
    return layout.notice(title, note + actions(join), "brand")


def together(visit: Visit) -> str:
    """Return the ways to open a class and to a meeting, for those who may."""
    ways = [
        link_button(word.in_(visit.language), visit.link(app))
        for word, app, roles in ((CLASS, LIVE, HOSTS), (MEETING, "meeting", CHAIRS))
        if visit.person.role in roles
    ]
    shown = "".join(ways)
    return layout.card(TOGETHER.in_(visit.language), actions(shown)) if shown else ""
