"""For those who lead: how their learners come along, and the reviews there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from salestrain.apps.home.classes import together
from salestrain.apps.home.mentoring import mentoring
from salestrain.apps.making import reviews_in
from salestrain.apps.manager.kept import kept
from salestrain.apps.manager.showing import past_card
from salestrain.apps.onboarding.standing import Standings, own_work
from salestrain.apps.onboarding.words import day_words
from salestrain.apps.registry import LEADS, LEARNER, MANAGER
from salestrain.apps.roleplay.scope import Scope
from salestrain.apps.roster import in_scope, roster
from salestrain.crm.store import open_crm
from salestrain.errors import SalestrainError
from salestrain.language import Text
from salestrain.views.components import desk, layout
from salestrain.views.components.buttons import actions, link_button
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salestrain.apps.roster import Whom
    from salestrain.apps.visit import Visit
    from salestrain.records import Person
    from salestrain.training.paths.path import Deed, Progress

MOST_REVIEWS = 8
UNDER_WAY = Text(
    "{n} 位新人在路上，{late} 位比计划晚", "{n} learner{s} under way, {late} behind plan"
)
NOBODY = Text("还没有人开始入职路径", "nobody has begun the path yet")
REVIEWS_FIRST = Text("从回顾开始", "begin with the reviews")
INVITE = Text("开始走入职路径的人会列在这里。", "Whoever begins the path is listed here.")
LEARNERS, WAITING = (
    Text("新人走到哪一步", "Learners"),
    Text("另有 {} 人还没开始。", "Not begun: {}."),
)
HEADS: tuple[tuple[Text, Literal["text", "number"]], ...] = (
    (Text("姓名", "Name"), "text"),
    (Text("完成", "Done"), "number"),
    (Text("卡住自", "Stuck since"), "text"),
    (Text("几天没练", "Days idle"), "number"),
    (Text("团队", "Team"), "text"),
)
MAKE = Text("生成回顾", "Make reviews")
WAITING_TALKS, LOOK = (
    Text("对练：{} 场待看", "Role-plays to look at: {}"),
    Text("去看", "Look at them"),
)


def leading(visit: Visit, *, main: bool) -> tuple[str, str]:
    """Return what somebody who leads is told first, and their part of the home page.

    Args:
        visit: Who is here.
        main: Whether the part may hold the page's one filled button.
    """
    try:
        everybody = roster(open_crm(visit.workspace))
    except SalestrainError:
        everybody = ()  # the reviews' own page says what is wrong
    title, learners = _learners(visit, everybody)
    learners += _talks(visit) + mentoring(visit) + together(visit)
    if visit.person.role not in LEADS:
        return title or NOBODY.in_(visit.language), learners
    reviews = _reviews(visit, everybody, main=main)
    if title:
        return title, layout.stack(learners, reviews)
    return REVIEWS_FIRST.in_(visit.language), layout.stack(reviews, learners)


def _talks(visit: Visit) -> str:
    """Return how many role-plays nobody has rated yet, and the way to them; nothing for none."""
    waiting = Scope(visit).waiting()
    way = link_button(LOOK.in_(visit.language), visit.link("roleplay", watch="all"))
    title = WAITING_TALKS.in_(visit.language).format(waiting)
    return layout.card(title, actions(way)) if waiting else ""


def _leads(leader: Person, one: Person) -> bool:
    """Return whether somebody is a learner of this leader's: a manager has those of the team."""
    theirs = leader.role != MANAGER or (bool(leader.team) and one.team == leader.team)
    return one.role == LEARNER and one.active and theirs


def _learners(visit: Visit, everybody: Sequence[Whom]) -> tuple[str, str]:
    """Return how many have begun, empty for nobody, and a table of them."""
    language = visit.language
    led = [one for one in visit.records.people.all() if _leads(visit.person, one)]
    every = visit.records.steps.of_people(one.id for one in led)
    deeds = {one: own_work(done) for one, done in every.items()}
    known = Standings(visit)
    standings = [(one, known.of(one, deeds[one.id])) for one in led if deeds[one.id]]
    begun = sorted(((p, f) for p, f in standings if f), key=lambda each: each[1].days_ahead)
    if not begun:
        body = some("p", INVITE.in_(language))
        return "", layout.card(LEARNERS.in_(language), body)
    visit.saw([one.id for one, _ in begun], "progress")
    late = sum(found.days_ahead < 0 for _, found in begun)
    teams = {one.entity: one.name.in_(language) for one in everybody if one.level == "team"}
    rows = [[*_row(visit, *each, deeds[each[0].id]), _team(each[0], teams)] for each in begun]
    # a team leader knows whose team it is, and a phone has no room to say it
    columns = len(HEADS) if len({row[-1] for row in rows}) > 1 else len(HEADS) - 1
    rows = [row[:columns] for row in rows]
    heads = [desk.Heading(head.in_(language), kind) for head, kind in HEADS[:columns]]
    table = desk.sortable_table("learners", LEARNERS.in_(language), heads, rows)
    waiting = WAITING.in_(language).format(len(led) - len(begun)) if led[len(begun) :] else ""
    body = table + some("p", waiting, "note")
    words = {"n": len(begun), "late": late, "s": "" if len(begun) == 1 else "s"}
    title = UNDER_WAY.in_(language).format(**words)
    return title, layout.card(LEARNERS.in_(language), body)


def _row(visit: Visit, person: Person, found: Progress, deeds: Sequence[Deed]) -> list[str]:
    language = visit.language
    last = max(step.at for _, _, step in deeds).astimezone()
    idle = visit.now().astimezone().date() - last.date()
    late_at = found.now if found.days_ahead < 0 else None
    since = day_words(late_at.due, language) if late_at else "—"
    return [
        person.called.in_(language),
        f"{found.done} / {len(found.steps)}",
        since,
        str(idle.days),
    ]


def _team(person: Person, teams: Mapping[str, str]) -> str:
    return teams.get(person.team or "", person.team or "")


def _reviews(visit: Visit, everybody: Sequence[Whom], *, main: bool) -> str:
    """Return the newest review of each they may see, teams before reps, and the way to more."""
    scope = in_scope(visit.person, everybody)
    newest = {one.whom: one for one in reversed(kept(visit.workspace.reports, scope))}
    shown = sorted(
        newest.values(), key=lambda one: (one.whom.level == "rep", scope.index(one.whom))
    )
    titles = reviews_in(visit.workspace.root)
    way = visit.link("manager")
    make = link_button(MAKE.in_(visit.language), way, look="main" if main else "", symbol="arrow")
    return past_card(visit, shown[:MOST_REVIEWS], titles, every=True) + actions(make)
