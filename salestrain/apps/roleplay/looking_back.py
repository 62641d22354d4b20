"""The screen after a talk: how it went in words, turn by turn, and what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from salestrain.apps.practice import chip, to_read
from salestrain.apps.roleplay.comparing import compared, examples, shared_out
from salestrain.language import Text
from salestrain.training.talks.debrief import Debrief, debrief
from salestrain.views.components import debrief as pieces
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card, notice, page_head, stack, two_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.apps.visit import Visit
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.runs import Run
    from salestrain.views.components.ground import Tone

KICKER = Text("对练复盘 · {} · {} · {} 轮", "Debrief · {} · {} · {} rounds")
PASSED = Text("得分 {}，过关线 {}，过关。", "Score {}, pass line {}: passed.")
NOT_PASSED = Text("得分 {}，过关线 {}，没有过关。", "Score {}, pass line {}: not passed.")
CRITICAL = Text("犯了这一条，多少分都不算过关。", "With this no score is a pass.")
WENT, SHOWED = Text("这一场怎么走的", "How it went"), Text("各项能力", "What it showed")
OF = Text("{}（占 {} 分）", "{} ({} of 100)")
BETTER = Text("第 {} 轮可以这样说", "What round {} could have been")
YOURS, MODEL = Text("你说的", "What you said"), Text("一种更好的说法", "A better way")
AT_A_LOSS = Text("没听明白", "Not understood")
EXPLORED = Text("摸索不算成绩。", "Exploring isn’t counted.")
NEXT, READ = Text("接下来试试", "Try next"), Text("依据的规则", "The rules behind it")
ONE_THING = Text("再练一次，只做一件事：{}。", "Once more, with one thing in mind: {}.")
STEADY = Text("该做的都做了，再来一次会更顺。", "You did it all; once more makes it fluent.")
SAID = Text("「{}」", "“{}”")
ENDED: dict[str, tuple[Tone, Text]] = {
    "pass": ("good", Text("谈成了", "Agreed")),
    "partial": ("warn", Text("进了一步", "A step further")),
    "fail": ("bad", Text("没谈成", "No agreement")),
}


def looking_back(
    visit: Visit, play: Play, runs: Sequence[Run], ways_html: str, rated_html: str = ""
) -> str:
    """Return the debrief of a talk that has ended; ``ways_html`` leads on from it.

    Args:
        visit: Who looks back.
        play: The talk.
        runs: Every run of the scenario, the talk's own last.
        ways_html: Buttons that lead on.
        rated_html: How others rated it.
    """
    scenario, say = play.scenario, visit.language
    about = scenario.title.in_(say), scenario.persona.name.in_(say), len(play.turns)
    kicker, score = KICKER.in_(say).format(*about), scored(visit, play, runs[-1])
    head = page_head(debrief(play).headline.in_(say), say, kicker=kicker, lead=score)
    return head + looked_back(visit, play, runs, ways_html, rated_html)


def scored(visit: Visit, play: Play, run: Run) -> str:
    """Return what a talk scored, and whether that is a pass."""
    say = visit.language
    score = (PASSED if play.passed else NOT_PASSED).in_(say)
    score = score.format(play.score, play.scenario.pass_score)
    return score + (" " + EXPLORED.in_(say) if run.mode == "explore" else "")


def looked_back(
    visit: Visit, play: Play, runs: Sequence[Run], ways_html: str, rated_html: str = ""
) -> str:
    """Return a debrief without its head; arguments as of ``looking_back``."""
    found, scenario, say = debrief(play), play.scenario, visit.language
    names = {move.id: move.name.in_(say) for move in scenario.moves}
    words = ONE_THING.in_(say).format(names[found.next.move]) if found.next else STEADY.in_(say)
    wide = card(WENT.in_(say), _turns(visit, found, names)) + _better(found, visit)
    wide += rated_html + examples(visit, scenario)
    narrow = card(SHOWED.in_(say), _showed(visit, play)) + shared_out(visit, play)
    narrow += card(NEXT.in_(say), some("p", words) + ways_html) + compared(visit, scenario, runs)
    narrow += card(READ.in_(say), to_read(visit, scenario.cites))
    return stack(*_ended(visit, play), two_columns(wide, narrow))


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
    for turn, whys in found.turns:
        said, kind = SAID.in_(say).format(turn.says), kinds.get(turn.number, "")
        if not turn.made:
            why = whys[0].in_(say)
            rows.append(pieces.Turn(turn.number, AT_A_LOSS.in_(say), said, why, kind=kind))
        for at, (made, because) in enumerate(zip(turn.made, whys, strict=bool(turn.made))):
            told = names[made.move], "" if at else said, because.in_(say)
            rest = made.points, chip(visit, made.rule), kind
            rows.append(pieces.Turn(0 if at else turn.number, *told, *rest))
    return pieces.turns(rows)


def _better(found: Debrief, visit: Visit) -> str:
    if found.better is None:
        return ""
    say, turn = visit.language, found.turns[found.turning - 1].turn
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
