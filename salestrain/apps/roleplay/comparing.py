"""What a debrief lays beside a talk: who spoke how much, earlier runs, a good and a bad example."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text, day, percent
from salestrain.training.talks.balance import balance
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.apps.visit import Visit
    from salestrain.playbook.scenarios import ModelTurn, Scenario
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.runs import Run

SHARED = Text("谁说了多少", "Who spoke")
SHARE = Text("你说了 {} 的字，对方 {}。", "You said {} of it, the other side {}.")
ASKED = Text("问了 {} 句，说明或表态 {} 次。", "{} turns asked something; {} moves told something.")
NO_QUESTION = Text("这一场一句也没问。", "Nothing was asked in this talk.")
BEFORE = Text("和以前比", "Compared with before")
COLUMNS = Text("次 日期 得分 结果", "Run Day Score Result")
ENDED = {
    "pass": Text("谈成", "agreed"),
    "partial": Text("进了一步", "a step"),
    "fail": Text("没谈成", "no agreement"),
}
MOST_RUNS = 8
GOOD, BAD = Text("一场做得好的", "A talk that goes well"), Text("一场谈崩的", "One that goes wrong")


def shared_out(visit: Visit, play: Play) -> str:
    """Return who spoke how much and what was asked; nothing if not a word was said."""
    say = visit.language
    if not play.turns:
        return ""
    found = balance(play, visit.playbook.asks(play.scenario), say)
    share = SHARE.in_(say).format(percent(found.mine, say), percent(1 - found.mine, say))
    asked = ASKED.in_(say).format(len(found.asked), found.told)
    questions = "".join(some("li", turn.says) for turn in found.asked)
    listed = f"<ul>{questions}</ul>" if questions else some("p", NO_QUESTION.in_(say), "note")
    return card(SHARED.in_(say), some("p", share) + some("p", asked) + listed)


def compared(visit: Visit, scenario: Scenario, runs: Sequence[Run]) -> str:
    """Return this run beside those before it, where there are any."""
    say = visit.language
    talks = [(run, play) for run in runs if (play := run.play(scenario)) and play.ending]
    if len(talks) < 2:
        return ""
    heads = "".join(some("th", word) for word in COLUMNS.in_(say).split())
    rows = ""
    for run, play in reversed(talks[-MOST_RUNS:]):
        ended = ENDED[play.ending.verdict].in_(say) if play.ending else ""
        when = day(run.began.astimezone().date(), say)
        cells = (str(run.number), when, str(play.score), ended)
        rows += f"<tr>{''.join(some('td', cell) for cell in cells)}</tr>"
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return card(BEFORE.in_(say), table)


def examples(visit: Visit, scenario: Scenario) -> str:
    """Return the model answer, and the talk that goes wrong, each to unfold."""
    say = visit.language
    told = (GOOD, scenario.model_answer), (BAD, scenario.bad_answer)
    return "".join(_example(title.in_(say), turns, visit) for title, turns in told if turns)


def _example(title: str, turns: Sequence[ModelTurn], visit: Visit) -> str:
    rows = "".join(
        f"<li>{some('p', one.text.in_(visit.language), 'said')}"
        f"{some('p', one.why.in_(visit.language), 'note')}</li>"
        for one in turns
    )
    inside = f"<details><summary>{escape(title)}</summary><ol>{rows}</ol></details>"
    return card("", inside)
