"""Talks of the small scenario, told by their moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from salestrain.playbook.scenarios import Scenario
from salestrain.training.paths.path import Deed
from salestrain.training.steps import Step
from salestrain.training.talk_statistics.held import ROLEPLAY, Talk, held
from salestrain.training.talks.runs import BEGAN, ENDED, MOVED, chosen, typed

BEGIN = datetime(2026, 8, 3, 9, tzinfo=UTC)
GOOD = "listen listen ask sum close"  # 100 points, passed
FAIR = "ask sum close"  # 80 points, but the ending is a partial one
BAD = "insult"  # thrown out


def deeds(
    scenario: Scenario, *runs: str, mode: str = "practise", after_days: int = 0, end: bool = True
) -> tuple[Deed, ...]:
    """Return what somebody did who played these runs, a day apart.

    A word is a move chosen; ``?`` is a sentence typed and not understood, ``+ask`` one typed.
    """
    found: list[Deed] = []
    for number, moves in enumerate(runs):
        at = BEGIN + timedelta(days=after_days + number)
        steps = [Step(BEGAN, {"seed": number, "mode": mode, "way": "mixed"}, at)]
        for place, word in enumerate(moves.split(), 1):
            data = chosen(word, "")
            if word[0] in "?+":
                data = typed("", [word[1:]] if word[1:] else [], [], "test")
            steps.append(Step(MOVED, data, at + timedelta(minutes=place)))
        if end:
            steps.append(Step(ENDED, {}, steps[-1].at))
        found += [(ROLEPLAY, scenario.id, step) for step in steps]
    return tuple(found)


def talks(scenario: Scenario, **runs: tuple[str, ...]) -> tuple[Talk, ...]:
    """Return the talks of people who played these runs."""
    each = {who: deeds(scenario, *own) for who, own in runs.items()}
    return held(each, {scenario.id: scenario}).talks
