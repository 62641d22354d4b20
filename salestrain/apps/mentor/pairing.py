"""Giving newcomers a mentor."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import Fields
from salestrain.apps.registry import LEARNER
from salestrain.language import Text
from salestrain.records import MYSELF
from salestrain.training.mentoring.mentors import MENTORS, PAIRED, TRAINER
from salestrain.views.components import layout
from salestrain.views.components.buttons import button
from salestrain.views.components.desk import Heading, sortable_table
from salestrain.views.components.forms import Option, form, select
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.mentor.scope import Scope
    from salestrain.records import Person

RULE = "4.1.mentor"
TITLE = Text("谁带谁", "Who mentors whom")
NEWCOMER, MENTOR = Text("新人", "Newcomer"), Text("师傅", "Mentor")
NOBODY_YET, NOBODY = Text("还没定", "none yet"), Text("不带了", "nobody any more")
HAS, PAIR = Text("{}（带着 {} 个）", "{} (has {})"), Text("定下来", "Settle it")
NOT_YOURS = Text("这个人的师傅不归你定", "This person’s mentor isn’t yours to settle")
NOT_SELF = Text("自己不能当自己的师傅", "Nobody is their own mentor")
NO_SUCH = Text("没有这个人，或者已经离开", "There is no such person, or they have left")
FULL = Text("一位师傅同时最多带 {} 个，换一位", "A mentor has at most {}; choose another")
RULE_NOTE = Text(
    "同组、资深销售以上，入职前定好；要换，不问理由。",
    "From the same team, at least a senior rep, settled before the first day; a change needs no "
    "reason.",
)


class Paired(Fields):
    """Who is to mentor whom; nobody, to end it."""

    newcomer: Annotated[str, Field(max_length=100)]
    mentor: Annotated[str, Field(max_length=100)] = ""


def pair(scope: Scope, fields: Paired) -> None:
    """Keep who mentors whom; the last counts.

    Raises:
        Refused: If the newcomer isn't theirs, the mentor is nobody or has enough already.
    """
    newcomer, mentor = scope.people.get(fields.newcomer), scope.people.get(fields.mentor)
    if newcomer is None or not scope.may_pair(newcomer):
        raise Refused(NOT_YOURS)
    if fields.mentor and mentor is None:
        raise Refused(NO_SUCH)
    if fields.mentor == fields.newcomer:
        raise Refused(NOT_SELF)
    most = most_of(scope)
    others = [one for one, by in scope.pairs.items() if by == fields.mentor and one != newcomer.id]
    if fields.mentor and most and len([one for one in others if one in scope.people]) >= most:
        raise Refused(Text(*(words.format(most) for words in FULL)))
    data = {"person": fields.newcomer, "mentor": fields.mentor}
    scope.visit.thread(TRAINER, MENTORS).save(PAIRED, data)


def most_of(scope: Scope) -> int:
    """Return how many one may mentor at a time, 0 where the playbook sets no limit."""
    rule = scope.visit.playbook.rules.get(RULE)
    most = rule.values.get("at_most", 0) if rule else 0
    return most if isinstance(most, int) else 0


def card(scope: Scope) -> str:
    """Return who mentors whom and the form to settle it; nothing for those who may not."""
    language = scope.visit.language
    own = [one for one in scope.people.values() if scope.may_pair(one) and _is_new(scope, one)]
    if not own:
        return ""
    has = Counter(one for newcomer, one in scope.pairs.items() if newcomer in scope.people)
    rows = [[scope.named(one.id), _mentor(scope, one)] for one in own]
    heads = [Heading(NEWCOMER.in_(language)), Heading(MENTOR.in_(language))]
    table = sortable_table("pairs", TITLE.in_(language), heads, rows)
    whom = [Option(one.id, scope.named(one.id)) for one in own]
    may = (one for one in scope.people.values() if one.id != MYSELF.id)
    teams = {one.team for one in own}
    near = sorted(may, key=lambda o: (o.team not in teams, o.role != LEARNER, o.team or "", o.id))
    by = [Option(one.id, _with_count(scope, one, has[one.id])) for one in near]
    by.append(Option("", NOBODY.in_(language)))
    fields = select(NEWCOMER.in_(language), "newcomer", whom)
    fields += select(MENTOR.in_(language), "mentor", by, note=RULE_NOTE.in_(language))
    body = form("pair", fields, button(PAIR.in_(language)))
    return layout.card(TITLE.in_(language), layout.stack(table, body))


def _mentor(scope: Scope, one: Person) -> str:
    mentor = scope.pairs.get(one.id, "")
    return scope.named(mentor) if mentor in scope.people else NOBODY_YET.in_(scope.visit.language)


def _with_count(scope: Scope, one: Person, count: int) -> str:
    name = scope.named(one.id)
    return HAS.in_(scope.visit.language).format(name, count) if count else name


def _is_new(scope: Scope, one: Person) -> bool:
    """Whether somebody has a mentor, or is on a path on which one signs, or has just joined."""
    if one.id in scope.pairs:
        return True
    new = scope.standings.joined_lately(one)
    return new or (one.role == LEARNER and scope.has_begun(one))
