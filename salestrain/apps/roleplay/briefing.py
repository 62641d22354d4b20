"""Before a talk: which there are to choose from, whom one will meet, and how one wants to play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.practice import section_title
from salestrain.apps.roleplay.customer import the_customer
from salestrain.language import Text
from salestrain.training.talks.runs import MODES, WAYS
from salestrain.training.understanding.encoder import encoder
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.forms import Option, form, one_of, segmented
from salestrain.views.components.ground import some, tag
from salestrain.views.components.layout import card, notice, page_head, stack, two_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.apps.roleplay import Roleplay
    from salestrain.apps.visit import Thread, Visit
    from salestrain.playbook.scenarios import Persona, Scenario

FACTS = Text(
    "约 {} 分钟，最多 {} 轮，{} 分过关", "About {} min, {} rounds at most, {} points to pass"
)
LAST, GOING = Text("上次 {} 分", "last time {} points"), Text("谈到第 {} 轮", "at round {}")
OPEN, GO_ON, SEE = Text("看看情况", "Open"), Text("接着谈", "Go on"), Text("看复盘", "Debrief")
GOAL, BEGIN = Text("这一场要做到", "What it takes"), Text("开始对练", "Begin the talk")
WANTS, WORRIES, BUDGET = Text("想要", "Wants"), Text("担心", "Worries"), Text("预算", "Budget")
HOW, SAY = Text("怎么练", "How to practise"), Text("怎么说", "How to talk")
MODE: dict[str, tuple[Text, Text]] = {
    "explore": (
        Text("摸索", "Explore"),
        Text("每句都有点评，可以看提示；不算成绩", "A word on every turn, and hints; not counted"),
    ),
    "practise": (Text("练习", "Practise"), Text("谈完看复盘", "A debrief at the end")),
    "test": (Text("测试", "Test"), Text("限时，没有帮助，算成绩", "Timed, no help, it counts")),
}
WAY = {
    "choice": Text("选句子", "Choose"),
    "text": Text("自己打字", "Type"),
    "mixed": Text("都可以", "Either"),
}
TEST_WAY = Text("测试一律「{}」。", "A test is always “{}”.")
LIGHT = Text(
    "读懂打字用的是较粗的方法，容易读错；装上 salestrain[understanding] 会准得多。",
    "Typed text is read by a lighter method, which errs more often; "
    "install salestrain[understanding] for the better one.",
)
SENT = Text(
    "对方的话由语言模型来说：你说的每一句都会发给 {place}。评分仍按手册的规则，不由它定。",
    "A language model speaks for the other side: what you say is sent to {place}. "
    "The score still follows the playbook’s rules alone.",
)
LEADS = Text("带团队的人", "For managers")
TYPED = Text("打字", "Typed")


def choosing(
    app: Roleplay, threads: Iterable[Thread], ways_html: str = "", more_html: str = ""
) -> str:
    """Return every scenario by section, each with how it went the last time.

    Args:
        app: Who chooses.
        threads: What they did in each scenario.
        ways_html: What stands before the scenarios.
        more_html: What stands after them.
    """
    head = page_head(app.text(app.title), app.visit.language, lead=app.text(app.lead))
    by_section: dict[str, list[str]] = {}
    for thread in sorted(threads, key=lambda one: one.name.split(".")[:2]):
        section = app.scenario(thread).section
        by_section.setdefault(section, []).append(_entry(app, thread))
    groups = (
        some("h2", section_title(app.visit, section), "kicker")
        + f'<div class="scenarios stack">{"".join(entries)}</div>'
        for section, entries in by_section.items()
    )
    return head + stack(ways_html, *groups, more_html)


def _entry(app: Roleplay, thread: Thread) -> str:
    scenario, play = app.scenario(thread), app.play_of(thread)
    facts, word = who(scenario.persona, app.visit), OPEN
    if play:
        form_, number = (LAST, play.score) if play.ends else (GOING, len(play.turns) + 1)
        facts = f"{facts} · {app.text(form_).format(number)}"
        word = SEE if play.ends else GO_ON
    marks = [TYPED] if scenario.main_way == "text" else []
    marks += [LEADS] if scenario.roles == ("manager",) else []
    tags = "".join(tag(app.text(mark)) for mark in marks)
    way = app.way(word, scenario.id, "main" if word is GO_ON else "")
    body = some("p", facts, "note") + f"<p>{tags}</p>" * bool(tags) + actions(way)
    return card(app.text(scenario.title), body)


def briefing(visit: Visit, scenario: Scenario) -> str:
    """Return who one is, whom one will meet, what it takes, and the ways to play."""
    say = visit.language
    facts = FACTS.in_(say).format(scenario.minutes, scenario.max_turns, scenario.pass_score)
    kicker = section_title(visit, scenario.section)
    head = page_head(scenario.title.in_(say), say, kicker=kicker, lead=facts)
    goals = "".join(some("li", one.name.in_(say)) for one in scenario.competencies)
    wide = card("", some("p", scenario.you_are.in_(say)))
    wide += card(who(scenario.persona, visit), "".join(_about(scenario.persona, visit)))
    narrow = card(GOAL.in_(say), f"<ul>{goals}</ul>") + card("", _ways(visit, scenario))
    return head + two_columns(wide, narrow)


def who(persona: Persona, visit: Visit) -> str:
    """Return the other side's name, place and company."""
    known = (persona.name, persona.post, persona.company)
    return " · ".join(one.in_(visit.language) for one in known if one)


def _about(persona: Persona, visit: Visit) -> Iterator[str]:
    say = visit.language
    yield some("p", persona.temper.in_(say))
    listed = (WANTS, persona.goals), (WORRIES, persona.worries)
    rows = [(word, each.text) for word, every in listed for each in every]
    rows += [(BUDGET, persona.budget)] if persona.budget else []
    told = "".join(
        f"<li>{tag(word.in_(say))} {some('span', text.in_(say))}</li>" for word, text in rows
    )
    yield f'<ul class="stack">{told}</ul>' if told else ""


def _ways(visit: Visit, scenario: Scenario) -> str:
    say = visit.language
    modes = [
        Option(mode, MODE[mode][0].in_(say), MODE[mode][1].in_(say), chosen=mode == "practise")
        for mode in MODES
    ]
    ways = [Option(way, WAY[way].in_(say), chosen=way == scenario.main_way) for way in WAYS]
    main = WAY[scenario.main_way].in_(say)
    begin = actions(button(BEGIN.in_(say), look="main", symbol="arrow"))
    told = notice(LIGHT.in_(say), tone="warn") if encoder().name == "letters" else ""
    if customer := the_customer():
        told += notice(SENT.in_(say).format(place=customer.place), tone="warn")
    return form(
        "begin",
        one_of(HOW.in_(say), "mode", modes),
        segmented(SAY.in_(say), "way", ways, note=TEST_WAY.in_(say).format(main)),
        told,
        begin,
    )
