"""Where people fail: decisions the scenario may have wrong, the hardest ones, the teams behind."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.training.statistics.item import FEWEST_PEOPLE
from salestrain.training.talk_statistics.nodes import node_gap
from salestrain.views.page import section
from salestrain.views.quiz_review.needs import table
from salestrain.views.roleplay_review.phrases import (
    HEARD,
    MOST,
    most_said,
    node_cell,
    place_of,
    share,
    shortened,
)
from salestrain.views.tables import Question, Row, questions

if TYPE_CHECKING:
    from salestrain.training.talk_statistics.nodes import Node
    from salestrain.views.roleplay_review.study import Behind, TalkStudy

SHOWN, SUSPECTS_SHOWN = 12, 6
SUSPECT = Text(
    "先看剧本：这里会谈的人反而走错", "Look at the scenario first: good people fail here"
)
SUSPECT_SUB = Text(
    "看的是所有人，不只这个班。依据的是记录，不是定论：先读这一段，再决定改剧本还是讲清楚。"
    "这些关口不算进下面的排名。",
    "From everybody’s talks, not this class’s alone. It points to a decision and doesn’t settle "
    "it: read the passage, then mend it or explain it. These are left out of what follows.",
)
SUSPECT_TEXT = Text(
    "{n} 人走到这里。别处走得最好的 {best} 人里 {best_good} 人走对，最差的 {weakest} 人里 "
    "{weakest_good} 人走对（相关 {r}）。走错的多是{wrong}。",
    "{n} people came here. Of the {best} who do best elsewhere {best_good} made a good move, of "
    "the {weakest} who do worst {weakest_good} (correlation {r}). The usual wrong move: {wrong}.",
)
WHERE = Text("{heard}{place}", "{heard} {place}")
TITLE = Text(
    "最容易走错的关口在{title}：{n} 人里 {good} 人走对",
    "Most go wrong in {title}: {good} of {n} made a good move",
)
NO_NODES = Text("看不出哪个关口难", "No decision shows as hard")
NO_NODES_SUB = Text(
    "一个关口要有 {few} 人走到过、有人走错，才放在这里。",
    "A decision is listed once {few} people came to it and one of them went wrong.",
)
SUB = Text(
    "一个关口是场景里的一个状态，看每人第一次走到时的那一步。走对：得了分、问到了事、对方更信任，"
    "或者谈成了。最没把握走对的在前，列 {shown} 个，共 {all} 个（{few} 人以上走到、有人走错的）。",
    "A decision is a state of a scenario; what counts is each person’s move the first time there. "
    "Good: it earned points, learned something, raised trust or closed the deal. The surest to go "
    "wrong first; {shown} of {all} that at least {few} people came to and somebody failed.",
)
COLUMNS = (
    (Text("关口", "Decision"), False),
    (Text("人数", "People"), True),
    (Text("走对", "Good move"), True),
    (Text("走错的多数", "Usual wrong move"), False),
)
APART, OTHERS = Text("区分", "Tells apart"), Text("别人", "Others")
HIDDEN = Text("人太少", "too few")
SAME = Text("都走对", "all alike")
GAPS = Text("哪个组总在同一处走错", "Which team keeps failing one decision")
GAPS_SUB = Text(
    "和别的组在同一个关口比，差得超出误差（几十个关口一起比，所以比 95% 更严）。",
    "Against the other teams at the same decision, beyond what chance brings among dozens.",
)
GAP = Text("{group}：{title}·{state}", "{group}: {title} · {state}")
GAP_TEXT = Text(
    "{n} 人里 {hits} 人走对，别人 {others_n} 人里 {others} 人（差 {points} 个点，区间 {low} 到 "
    "{high}）。走错的多是{wrong}。",
    "{hits} of {n} made a good move, of the others {others} of {others_n}: {points} points, "
    "interval {low} to {high}. The usual wrong move: {wrong}.",
)


def moments_section(study: TalkStudy) -> str:
    """Return the decisions to look at, the hardest ones, and the teams that fail one."""
    if not study.talks or study.level == "rep":
        return ""
    return _suspects(study) + _hardest(study) + _gaps(study)


def _suspects(study: TalkStudy) -> str:
    if not study.suspicious:
        return ""
    asked = questions([_suspect(study, one) for one in study.suspicious[:SUSPECTS_SHOWN]])
    return section(study.say(SUSPECT), asked, sub=study.say(SUSPECT_SUB))


def _suspect(study: TalkStudy, one: Node) -> Question:
    facts = {
        "n": one.n,
        "best": one.best.n,
        "best_good": one.best.good,
        "weakest": one.weakest.n,
        "weakest_good": one.weakest.good,
        "r": number(one.discrimination, study.language, 2),
        "wrong": most_said(study, one),
    }
    heard = study.say(HEARD, words=shortened(one.heard.in_(study.language), study.language))
    gap = "" if study.language == "zh" else " "
    told = (
        study.say(SUSPECT_TEXT, **facts),
        study.say(WHERE, heard=heard, place=place_of(study, one)),
    )
    title = node_cell(study, one).text
    return Question(title, gap.join(told), study.scenarios[one.scenario].cites[0])


def hardest_words(study: TalkStudy) -> str:
    """Return which decision most surely goes wrong; empty where none was met by enough people."""
    if not study.own_nodes:
        return ""
    one = study.own_nodes[0]
    good = round(one.facility * one.n)
    return study.say(TITLE, title=study.titled(one.scenario), n=one.n, good=good)


def _hardest(study: TalkStudy) -> str:
    if not study.own_nodes:
        return section(study.say(NO_NODES), "", sub=study.say(NO_NODES_SUB, few=FEW_PEOPLE))
    shown = study.own_nodes[:SHOWN]
    more = APART if study.level == "company" else OTHERS
    columns = (*COLUMNS[:3], (more, True), COLUMNS[3])
    title = hardest_words(study)
    body = table(study, columns, [_row(study, one) for one in shown], title)
    facts = {"shown": len(shown), "all": len(study.own_nodes), "few": FEW_PEOPLE}
    return section(title, body, sub=study.say(SUB, **facts))


def _row(study: TalkStudy, one: Node) -> Row:
    good = share(one.facility * one.n, one.n, one.interval, study.language)
    more = _apart(study, one) if study.level == "company" else _others(study, one)
    n = number(one.n, study.language)
    return Row((node_cell(study, one), n, good, more, most_said(study, one)))


def _apart(study: TalkStudy, one: Node) -> str:
    if math.isnan(one.discrimination):
        return study.say(HIDDEN if one.rested < FEWEST_PEOPLE else SAME)
    low, high = (number(end, study.language, 2) for end in one.discrimination_interval)
    return f"{number(one.discrimination, study.language, 2)} ({low} – {high})"


def _others(study: TalkStudy, one: Node) -> str:
    gap = node_gap(study.decisions, one.name, study.people)
    if gap.others < FEW_PEOPLE:
        return study.say(HIDDEN)
    return percent(gap.others_share, study.language) + ("*" if gap.sure else "")


def _gaps(study: TalkStudy) -> str:
    if not study.failing or study.level == "team":  # its own row says it
        return ""
    asked = questions([_gap(study, one) for one in study.failing[:SUSPECTS_SHOWN]])
    return section(study.say(GAPS), asked, sub=study.say(GAPS_SUB))


def _gap(study: TalkStudy, one: Behind) -> Question:
    inside = study.members(one.level, one.group)
    here = (each for each in study.decisions if each.name == one.node.name)
    failed = [each.made for each in here if each.person in inside and not each.good]
    moves = [made.move for made in failed]
    worst = max(sorted({*moves}), key=moves.count)
    wrong = study.move_name(one.node.scenario, worst)
    facts = {
        "n": one.gap.n,
        "hits": one.gap.hits,
        "others_n": one.gap.others,
        "others": one.gap.others_hits,
        "points": number(one.gap.gap * 100, study.language),
        "low": number(one.gap.interval.low * 100, study.language),
        "high": number(one.gap.interval.high * 100, study.language),
        "wrong": study.say(MOST, move=wrong, n=moves.count(worst)),
    }
    group = study.names[one.level, one.group]
    title = study.say(GAP, group=group, title=study.titled(one.node.scenario), state=one.node.state)
    rule = next((made.rule for made in failed if made.move == worst), "")
    return Question(title, study.say(GAP_TEXT, **facts), rule)
