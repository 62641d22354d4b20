"""How the reps might have role-played: real talks by the real engine, for ``practice.py``."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.generator.chance import stream
from data.generator.learners import BETWEEN
from salestrain.training.talks.play import begun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from random import Random

    from data.generator.learners import Learner, Row
    from salestrain.playbook.scenarios import Scenario
    from salestrain.training.talks.play import Play

FIRST, LAST, ALL_BY = date(2026, 3, 2), date(2026, 9, 25), "R40"
FEW_TALKS = {"R15": 1, "R28": 2}
CHOSEN_BY_ALL = ("2.2.s.price_objection", "2.2.s.quote")
SHARE, AGAIN, ONCE_MORE, TEST, EXPLORE, MOST = 0.45, 0.8, 0.25, 0.25, 0.04, 4
"""How many of the other scenarios one plays; how likely one goes on after failing, after passing,
as a test, or begins by exploring; how many runs at most."""
LEARNT, A_MONTH = 0.6, 0.3
"""What another run adds, and a month of practice (logits)."""
UNREAD, TWO_MOVES = 0.11, 0.15
AND, NOT_READ = "+", "?"
GIVES_IN = ("E2", "2.2.s.price_objection", "bargain", "give_away")
PROMISES = ("N1", "2.2.s.quote", "dates", "promise_date")
LEADS_THERE = ("2.2.s.price_objection", "value", "trade")
LURES = ("2.2.s.quote", "heard", "ask_power")
"""The able ask who signs, which the scenario takes amiss."""


class Try(NamedTuple):
    """One run: who, of what, the how many-th, how good they are by now (logits)."""

    one: Learner
    scenario: Scenario
    number: int
    able: float
    typed: bool


def talks(one: Learner, scenarios: Mapping[str, Scenario]) -> Iterator[Row]:
    """Yield what somebody played, a row a run."""
    rng = stream("talks", one.id)
    most = FEW_TALKS.get(one.id, 99)
    asked = [s for s in scenarios.values() if not s.roles or "rep" in s.roles]
    asked = [s for s in asked if _plays(one, s, rng)][:most]
    rng.shuffle(asked)
    first = max(FIRST, one.since)
    days = sorted(rng.randint(0, (LAST - first).days) for _ in asked)
    for scenario, after in zip(asked, days, strict=True):
        yield from _runs(one, scenario, first + timedelta(days=after), rng)


def _plays(one: Learner, scenario: Scenario, rng: Random) -> bool:
    wanted = rng.random() < SHARE
    return wanted or scenario.id in CHOSEN_BY_ALL or one.id == ALL_BY


def _runs(one: Learner, scenario: Scenario, day: date, rng: Random) -> Iterator[Row]:
    typed = scenario.main_way == "text" or (scenario.main_way == "mixed" and rng.random() < 0.5)
    held, mode = 0, "explore" if rng.random() < EXPLORE else "practise"
    for number in range(1, MOST + 1):
        months = (day - FIRST).days / 30
        more = LEARNT * (number - 1) + A_MONTH * months
        said, play = talk(Try(one, scenario, number, one.able + more, typed), rng)
        at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=2, minutes=9 * held)
        way = "text" if typed else "choice"
        outcome = f"{mode}/{way}/{play.ends}/{int(play.passed and mode != 'explore')}"
        earned = f"{play.score / 100:g}"
        yield (
            one.id, scenario.id, f"{at:%Y-%m-%dT%H:%MZ}", BETWEEN.join(said), earned, outcome
        )  # fmt: skip
        if rng.random() > (ONCE_MORE if play.passed else AGAIN) or one.id in FEW_TALKS:
            return
        mode = "test" if play.passed or rng.random() < TEST else "practise"
        held += 1
        if rng.random() < 0.5:
            day, held = min(day + timedelta(days=rng.randint(1, 9)), LAST), 0


def talk(run: Try, rng: Random) -> tuple[list[str], Play]:
    """Return what is said turn by turn, and the talk at its end."""
    play, said, been = begun(run.scenario), list[str](), set[str]()
    while not play.ends:
        turn = _turn(run, play, been, rng)
        been.add(play.state)
        play = play.said("", turn) if run.typed else play.after(turn[0], "")
        said.append(AND.join(turn) or NOT_READ)
    return said, play


def _turn(run: Try, play: Play, been: set[str], rng: Random) -> tuple[str, ...]:
    if run.typed and rng.random() < UNREAD:
        return ()
    move = _move(run, play, been, rng)
    after = play.after(move, "")
    if run.typed and not after.ends and rng.random() < TWO_MOVES:
        return move, _move(run, after, been | {play.state}, rng)
    return (move,)


def _move(run: Try, play: Play, been: set[str], rng: Random) -> str:
    if play.state not in been and (planted := _planted(run, play, rng)):
        return planted
    good = _best(play)
    place = stream("node", run.scenario.id, play.state).gauss(0.2, 0.9)
    if rng.random() < 1 / (1 + math.exp(-place - 0.9 * run.able)):
        return rng.choice(good)
    others = [move for move in play.scenario.states[play.state] if move not in good] or good
    return rng.choices(others, [_lure(play, move) for move in others])[0]


def _lure(play: Play, move: str) -> float:
    drawn = (stream("lure", play.scenario.id, play.state, move).random() + 0.15) ** 2
    return drawn * (0.3 if move in play.scenario.mistakes else 1.0)


def _planted(run: Try, play: Play, rng: Random) -> str:
    """Return what is planted there at the first try, empty if nothing is."""
    here = run.scenario.id, play.state
    for team, *node, move in (GIVES_IN, PROMISES):
        if here == tuple(node):
            own = run.one.team == team and run.number < MOST - 1
            return move if own else rng.choice(_best(play)) if rng.random() < 0.7 else ""
    if here == LEADS_THERE[:2] and rng.random() < 0.8:
        return LEADS_THERE[2]
    if here == LURES[:2]:
        lured = rng.random() < 1 / (1 + math.exp(-4.0 * (run.one.able - 0.1)))
        return LURES[2] if lured else rng.choice(_best(play))
    return ""


def _best(play: Play) -> list[str]:
    """Return the moves that bring most there; the model answer's next where none brings any."""
    worths = {move: _worth(play, move) for move in play.scenario.states[play.state]}
    most = max(worths.values())
    if most > 0:
        return [move for move, worth in worths.items() if worth == most]
    done = [made.move for made in play.made]
    ahead = [one.move for one in play.scenario.model_answer if one.move in worths]
    left = [move for move in ahead if done.count(move) < ahead.count(move)]
    return left[:1] or [move for move, worth in worths.items() if worth == most]


def _worth(play: Play, move: str) -> float:
    after = play.after(move, "")
    made = after.turns[-1].made[0]
    ended = after.ending.verdict if after.ending else ""
    ends = {"": 0, "pass": 30 if after.passed else -45, "partial": -25, "fail": -60}[ended]
    gains = made.points + 3 * (made.trust[1] - made.trust[0]) + 4 * len(made.learns)
    return gains + ends - 80 * bool(made.critical)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return the rows by time."""
    return sorted(rows, key=lambda each: (each[2], each))
