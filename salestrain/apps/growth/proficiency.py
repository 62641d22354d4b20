"""A competency on the screen: its light, what it rests on, what is missing, what lifts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.practice import section_title
from salestrain.language import Text, day, number, percent
from salestrain.playbook.standards.team import Roles
from salestrain.training.talks.scorecards import RunName
from salestrain.views.components import layout, scorecard
from salestrain.views.components.buttons import actions, link_button
from salestrain.views.components.ground import some, tag
from salestrain.views.components.scorecard import Row

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.training.proficiency import Lift, Light, Observation, Offer, Standing
    from salestrain.views.components.ground import Tone

LIGHTS: dict[Light, tuple[Text, Tone]] = {
    "green": (Text("到了", "there"), "good"),
    "red": (Text("还没到", "not there yet"), "bad"),
    "open": (Text("还说不准", "can’t tell yet"), ""),
}
STANDS = Text(
    "岗位要 {target} 级，看到的大约 {level} 级，可能在 {low} 到 {high} 级（九成把握）；"
    "折算 {n} 件新近的事。",
    "The role asks for level {target}. What was seen lies at about {level}, between {low} and "
    "{high} (nine in ten), on what counts as {n} recent things.",
)
ASKED = Text(
    "岗位要 {target} 级；还没有能说明的事。", "The role asks for level {target}; nothing tells yet."
)
NOT_SEEN = Text(
    "最近看见 {seen} 件，满 {least} 件才说。答题不算看见：要一场对练，或一次有人听、评过级的谈话。",
    "{seen} seen lately, and it takes {least}. Answers don’t count as seen: it takes a role-play, "
    "or a talk that somebody hears and rates.",
)
MORE = Text("再有约 {} 件这样的事，就说得准了。", "About {} more things like these would tell.")
ON_THE_LINE = Text(
    "就在线上下，再看很多次也未必分得清。",
    "It lies so near the line that no number would tell soon.",
)
OWN_VIEW = Text("自评 {} 级（分开看，只算一点）", "Own view: level {} (kept apart, counts little)")
DIFFER = Text(
    "自评 {own} 级，看到的是 {level} 级：先各举一件看见的事，再谈（1.1.self_first）。",
    "Own view {own}, seen {level}: name one thing seen each before you settle it (1.1.self_first).",
)
KINDS = {
    "answer": Text("练习题", "practice"),
    "exam": Text("考试题", "exam"),
    "talk": Text("对练", "role-play"),
    "rated": Text("别人评级", "rated by others"),
    "figure": Text("自己的数", "own figure"),
    "assessed": Text("自评", "own view"),
}
EVIDENCE = Text("凭什么", "What it rests on")
NONE = Text("还没有看见什么。", "Nothing was seen yet.")
SHARE, ANSWERS = (
    Text("{} · 做到 {}", "{} · {} of it there"),
    Text("{}：{} 题", "{}: {} questions"),
)
REAL_CALL = Text("一次真实谈话", "A real talk")
LIFT_TITLE = Text("最快的一步", "What lifts it fastest")
LIFT = Text(
    "{what}，约 {minutes} 分钟。{competency}离目标最远（一次补一项，1.1.one_gap）；"
    "能做的事里，这一件每分钟说明得最多。",
    "{what}, about {minutes} minutes. {competency} is farthest from its target (one gap at a time, "
    "1.1.one_gap), and of all there is to do this tells most for each minute.",
)
DO_TALK, DO_SET = Text("对练：{}", "Role-play: {}"), Text("练「{}」{} 题", "{}: {} questions")
START = Text("现在就做", "Do it now")
MOST = 12


def competency_name(visit: Visit, competency: str) -> str:
    """Return a competency's name in the reader's language."""
    roles = visit.playbook.standard(Roles)
    named = {one.id: one.name for one in roles.competencies} if roles else {}
    return named[competency].in_(visit.language) if competency in named else competency


def standing_card(visit: Visit, one: Standing) -> str:
    """Return where somebody stands in one competency, with all it rests on."""
    word, tone = LIGHTS[one.light]
    light = tag(word.in_(visit.language), tone)
    body = f"<p>{light}</p>{some('p', stands(visit, one))}{some('p', missing(visit, one), 'note')}"
    if one.assessed is not None:
        words = DIFFER if one.views_differ else OWN_VIEW
        said = words.in_(visit.language).format(one.assessed, own=one.assessed, level=one.level)
        body += some("p", said, "note")
    folded = scorecard.folded(EVIDENCE.in_(visit.language), evidence(visit, one))
    return layout.card(competency_name(visit, one.competency), body + folded)


def stands(visit: Visit, one: Standing) -> str:
    """Return level, span and what is behind them, in a sentence."""
    if not one.observations:  # what is assumed of everybody is nothing seen
        return ASKED.in_(visit.language).format(target=one.target)
    low, high = one.span
    n = number(one.belief.n, visit.language, 1)
    words = {"target": one.target, "level": one.level, "low": low, "high": high, "n": n}
    return STANDS.in_(visit.language).format(**words)


def missing(visit: Visit, one: Standing) -> str:
    """Return what it would take to tell; nothing where it is told."""
    if one.light != "open":
        return ""
    if one.few:
        words = {"seen": one.seen, "least": one.weighing.least_seen}
        return NOT_SEEN.in_(visit.language).format(**words)
    return (ON_THE_LINE if one.needed is None else MORE).in_(visit.language).format(one.needed)


def evidence(visit: Visit, one: Standing) -> str:
    """Return what was seen, the latest first; answers of a set in one row."""
    sets: dict[tuple[str, str], list[Observation]] = {}
    for seen in one.observations:
        each = seen.kind in {"answer", "exam"}
        key = (seen.kind, seen.source if each else f"{seen.source}{seen.at}{seen.by}{seen.share}")
        sets.setdefault(key, []).append(seen)
    latest = sorted(sets.values(), key=lambda each: each[-1].at, reverse=True)
    rows = [_row(visit, each) for each in latest[:MOST]]
    return scorecard.talk_list(rows) if rows else some("p", NONE.in_(visit.language), "note")


def _row(visit: Visit, seen: list[Observation]) -> Row:
    language, last = visit.language, seen[-1]
    what = _source(visit, last)
    if last.kind in {"answer", "exam"}:
        what = ANSWERS.in_(language).format(what, len(seen))
    share = percent(sum(one.share for one in seen) / len(seen), language)
    when = day(last.at.astimezone().date(), language)
    return Row(
        some("strong", what),
        SHARE.in_(language).format(f"{KINDS[last.kind].in_(language)} · {when}", share),
    )


def _source(visit: Visit, one: Observation) -> str:
    playbook, language = visit.playbook, visit.language
    if one.kind == "figure":
        return playbook.kpis[one.source].name.in_(language)
    if one.kind == "rated":
        about = one.source.partition("/")[0]
        run = RunName.of(about)
        scenario = playbook.scenarios.get(run.scenario) if run else None
        return scenario.title.in_(language) if scenario else REAL_CALL.in_(language)
    if one.kind == "talk":
        return playbook.scenarios[one.source].title.in_(language)
    return KINDS["assessed"].in_(language) if one.kind == "assessed" else section_title(
        visit, one.source
    )  # fmt: skip


def lift_card(visit: Visit, found: Lift | None, *, own: bool = True) -> str:
    """Return what lifts somebody fastest; nothing where there is nothing.

    Args:
        visit: Who reads it.
        found: What it is.
        own: Whether it is the reader's own, who is shown the way to it.
    """
    if found is None:
        return ""
    language = visit.language
    words = {
        "what": offer_name(visit, found.offer),
        "minutes": number(max(round(found.offer.minutes), 1), language),
        "competency": competency_name(visit, found.standing.competency),
    }
    given = {"scenario": found.offer.source}
    app = "roleplay" if found.offer.kind == "talk" else "quiz"
    href = visit.link(app, **(given if app == "roleplay" else {"set": found.offer.source}))
    way = link_button(START.in_(language), href, look="main", symbol="arrow") if own else ""
    body = some("p", LIFT.in_(language).format(**words)) + (actions(way) if way else "")
    return layout.card(LIFT_TITLE.in_(language), body)


def offer_name(visit: Visit, offer: Offer) -> str:
    """Return what an offer asks one to do."""
    if offer.kind == "talk":
        title = visit.playbook.scenarios[offer.source].title.in_(visit.language)
        return DO_TALK.in_(visit.language).format(title)
    return DO_SET.in_(visit.language).format(section_title(visit, offer.source), offer.times)
