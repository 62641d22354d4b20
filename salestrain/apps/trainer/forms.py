"""The forms by which something is assigned or a word is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.practice import section_title
from salestrain.apps.trainer.acting import offered
from salestrain.language import Text
from salestrain.views.components.buttons import button
from salestrain.views.components.forms import Option, field, select
from salestrain.views.components.ground import attributes

if TYPE_CHECKING:
    from salestrain.apps.trainer.desk import Desk

ASSIGN, NUDGE = Text("指派一件事", "Assign something"), Text("提醒一句", "Say a word")
WHAT, BY, WHY = Text("做什么", "What"), Text("哪天前", "By"), Text("为什么", "Why")
WHY_NOTE = Text("一句话，学员在首页看得到。", "One sentence; they read it on their home page.")
SAY = Text("说什么", "What to say")
SAY_NOTE = Text(
    "只出现在这位学员的首页，他点「知道了」就收起；不发到别处。",
    "It shows on their home page alone until they tap “Got it”; it is sent nowhere else.",
)
SEND, GIVE = Text("放到首页", "Put it on their page"), Text("指派", "Assign")


def thing(desk: Desk, what: str) -> str:
    """Return the title of what can be assigned."""
    visit = desk.visit
    thread = what.partition(":")[2]
    title = offered(visit.playbook).get(what, Text(thread, thread)).in_(visit.language)
    return section_title(visit, thread) if title == thread else title


def assign_form(desk: Desk, whom: str) -> str:
    """Return the form that assigns something to a person, or to a cohort (``cohort:`` and id)."""
    say = desk.visit.language
    options = [Option(what, thing(desk, what)) for what in offered(desk.visit.playbook)]
    return _form(
        "assign",
        f"assign-{whom}",
        select(WHAT.in_(say), "what", options),
        field(BY.in_(say), "by", type="date", required=True),
        field(WHY.in_(say), "why", note=WHY_NOTE.in_(say), maxlength=200),
        _hidden("whom", whom),
        button(GIVE.in_(say)),
    )


def nudge_form(desk: Desk, who: str) -> str:
    """Return the form that says a word to somebody."""
    say = desk.visit.language
    words = field(SAY.in_(say), "text", note=SAY_NOTE.in_(say), maxlength=200)
    send = button(SEND.in_(say), data_needs="text")
    return _form("nudge", f"nudge-{who}", words, _hidden("person", who), send)


def _hidden(name: str, value: str) -> str:
    """Return a field that isn't shown."""
    return f"<input{attributes(type='hidden', name=name, value=value)}>"


def _form(do: str, id_: str, *parts: str) -> str:
    # each with its own draft, as the page keeps them by the form's id
    given = attributes(data_do=do, id=id_.replace(":", "-"))
    return f'<form class="chooser"{given}>{"".join(parts)}</form>'
