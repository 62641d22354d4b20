"""The screen after a talk: how it went in words, turn by turn, and what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from salestrain.apps.practice import chip, to_read
from salestrain.language import Text
from salestrain.training.debrief import Debrief, debrief
from salestrain.views.components import debrief as pieces
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card, notice, page_head, stack, two_columns

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.training.play import Play
    from salestrain.views.components.ground import Tone

KICKER = Text("对练复盘 · {} · {} · {} 轮", "Debrief · {} · {} · {} rounds")
PASSED = Text("得分 {}，过关线 {}，过关。", "Score {}, pass line {}: passed.")
NOT_PASSED = Text("得分 {}，过关线 {}，没有过关。", "Score {}, pass line {}: not passed.")
CRITICAL = Text("犯了这一条，多少分都不算过关。", "With this no score is a pass.")
WENT, SHOWED = Text("这一场怎么走的", "How it went"), Text("各项能力", "What it showed")
OF = Text("{}（占 {} 分）", "{} ({} of 100)")
BETTER = Text("第 {} 轮可以这样说", "What round {} could have been")
YOURS, MODEL = Text("你说的", "What you said"), Text("一种更好的说法", "A better way")
NEXT, READ = Text("接下来试试", "Try next"), Text("依据的规则", "The rules behind it")
ONE_THING = Text("再练一次，只做一件事：{}。", "Once more, with one thing in mind: {}.")
STEADY = Text("该做的都做了，再来一次会更顺。", "You did it all; once more makes it fluent.")
SAID = Text("「{}」", "“{}”")
ENDED: dict[str, tuple[Tone, Text]] = {
    "pass": ("good", Text("谈成了", "Agreed")),
    "partial": ("warn", Text("进了一步", "A step further")),
    "fail": ("bad", Text("没谈成", "No agreement")),
}


def looking_back(visit: Visit, play: Play, ways_html: str) -> str:
    """Return the debrief of a talk that has ended; ``ways_html`` leads on from it."""
    found, scenario, say = debrief(play), play.scenario, visit.language
    names = {move.id: move.name.in_(say) for move in scenario.moves}
    about = scenario.title.in_(say), scenario.persona.name.in_(say), len(play.turns)
    score = (PASSED if play.passed else NOT_PASSED).in_(say)
    score = score.format(play.score, scenario.pass_score)
    kicker = KICKER.in_(say).format(*about)
    words = ONE_THING.in_(say).format(names[found.next.move]) if found.next else STEADY.in_(say)
    wide = card(WENT.in_(say), _turns(visit, found, names)) + _better(found, visit)
    narrow = card(SHOWED.in_(say), _showed(visit, play))
    narrow += card(NEXT.in_(say), some("p", words) + ways_html)
    narrow += card(READ.in_(say), to_read(visit, scenario.cites))
    head = page_head(found.headline.in_(say), say, kicker=kicker, lead=score)
    return head + stack(*_ended(visit, play), two_columns(wide, narrow))


def _ended(visit: Visit, play: Play) -> list[str]:
    said, say = [], visit.language
    if play.ending:
        tone, word = ENDED[play.ending.verdict]
        said.append(notice(word.in_(say), some("p", play.ending.text.in_(say)), tone))
    for one in (one for one in play.scenario.critical if one.id in play.critical):
        body = f"<p>{CRITICAL.in_(say)} {chip(visit, one.rule or one.fact or '')}</p>"
        said.append(notice(one.text.in_(say), body, "bad"))
    return said


def _turns(visit: Visit, found: Debrief, names: dict[str, str]) -> str:
    say, rows = visit.language, []
    kinds: dict[int, Literal["", "best", "turning"]] = {
        found.best: "best",
        found.turning: "turning",
    }
    for turn, why, rule in found.turns:
        told = names[turn.move], SAID.in_(say).format(turn.says), why.in_(say)
        rest = turn.points, chip(visit, rule), kinds.get(turn.number, "")
        rows.append(pieces.Turn(turn.number, *told, *rest))
    return pieces.turns(rows)


def _better(found: Debrief, visit: Visit) -> str:
    if found.better is None:
        return ""
    say, turn = visit.language, found.turns[found.turning - 1][0]
    mine, model = (SAID.in_(say).format(x) for x in (turn.says, found.better.text.in_(say)))
    pair = pieces.compare((YOURS.in_(say), mine), (MODEL.in_(say), model))
    why = some("p", found.better.why.in_(say), "note")
    return card(BETTER.in_(say).format(turn.number), pair + why)


def _showed(visit: Visit, play: Play) -> str:
    rows = []
    for one in play.scenario.competencies:
        name = OF.in_(visit.language).format(one.name.in_(visit.language), one.weight)
        score, means = 100 * play.points(one) / one.weight, one.earned_by.in_(visit.language)
        rows.append(pieces.Competency(name, score, means=means))
    return pieces.competencies(rows, visit.language)
