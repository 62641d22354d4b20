"""Playing a scenario: what each move leads to, and what the talk is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from salestrain.errors import SalestrainError
from salestrain.language import Text
from salestrain.playbook.scenarios import SAME, TRUST, Case
from salestrain.training.chance import token
from salestrain.training.talks.turns import Choice, Made, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salestrain.language import Language
    from salestrain.playbook.scenarios import Competency, Ending, Scenario
    from salestrain.training.talks.turns import Said


class NotOffered(SalestrainError):  # noqa: N818 (the talk goes on)
    """The state of the talk doesn't offer this move."""


@dataclass(frozen=True)
class Play:
    """A talk as far as it has come.

    Attributes:
        numbers: Trust and the scenario's other variables, as they stand.
        knows: Hidden facts learned, in order.
        met: Cases that have kept the state since the talk came to it; met again they are a repeat.
        ends: Id of the ending, empty while the talk goes on.
        making: Moves of the turn that is being taken; none between turns.
    """

    scenario: Scenario
    state: str
    numbers: Mapping[str, int]
    turns: tuple[Turn, ...] = ()
    knows: tuple[str, ...] = ()
    earned: frozenset[str] = frozenset()
    met: frozenset[tuple[str, str, int]] = frozenset()
    ends: str = ""
    making: tuple[Made, ...] = ()

    @property
    def trust(self) -> int:
        """How far the other side trusts the learner."""
        return self.numbers[TRUST]

    def choices(self, seed: object, language: Language) -> tuple[Choice, ...]:
        """Return one utterance for each move the state offers, in an order that tells nothing.

        What was said before is not offered again while there is another way to say it.
        """
        here, said = (seed, len(self.turns)), {turn.says for turn in self.turns}
        offered = () if self.ends else self.scenario.states[self.state]
        found = []
        for move in (move for move in self.scenario.moves if move.id in offered):
            ways = sorted(move.says.in_(language), key=lambda says: token(*here, says))
            says = next((way for way in ways if way not in said), ways[0])
            found.append(Choice(token(*here, move.id), move.id, says))
        return tuple(sorted(found, key=lambda choice: choice.token))

    def after(self, move: str, says: str) -> Play:
        """Return the talk after one more turn, in which a sentence was chosen.

        Raises:
            NotOffered: If the talk is over, or its state doesn't offer the move.
        """
        if self.ends or move not in self.scenario.states[self.state]:
            raise NotOffered(f"{move!r} is not offered in {self.ends or self.state!r}")
        return self.said(says, (move,))

    def said(self, says: str, moves: Iterable[str]) -> Play:
        """Return the talk after one more turn, in which something of one's own was said.

        Each move counts as it comes: by what the state offers, else by what counts anywhere. A
        move that is neither does nothing. Nothing after the end counts.

        Args:
            says: The words.
            moves: The moves they make, in order; empty if they make none.

        Raises:
            NotOffered: If the talk is over.
        """
        if self.ends:
            raise NotOffered(f"the talk is over: {self.ends!r}")
        play, missed = self, list[str]()
        for move in moves:
            cases = play.scenario.open_to(play.state, typed=True).get(move, ())
            if not cases:
                missed.append(move)
            elif not play.ends:
                play = _with(play, move, cases)
        return _answered(play, self, says, tuple(missed))

    @property
    def ending(self) -> Ending | None:
        """How the talk ended; None while it goes on."""
        return next((one for one in self.scenario.endings if one.id == self.ends), None)

    def points(self, competency: Competency) -> int:
        """Return what was reached of a competency, from 0 to its weight."""
        total = sum(worth for mark, worth in competency.marks.items() if mark in self.earned)
        return min(max(total, 0), competency.weight)

    @property
    def score(self) -> int:
        """The sum of the competencies (0–100)."""
        return min(sum(map(self.points, self.scenario.competencies)), 100)

    @property
    def made(self) -> tuple[Made, ...]:
        """Every move that counted, in order."""
        return tuple(one for turn in self.turns for one in turn.made)

    @property
    def critical(self) -> tuple[str, ...]:
        """Critical mistakes made, in order."""
        return tuple(dict.fromkeys(one.critical for one in self.made if one.critical))

    @property
    def passed(self) -> bool:
        """Whether it is over, well ended, scored enough, and free of critical mistakes."""
        good = self.ending is not None and self.ending.verdict == "pass"
        return good and not self.critical and self.score >= self.scenario.pass_score


def _holds(play: Play, case: Case) -> bool:
    when = case.when
    if when is None:
        return True
    enough = all(play.numbers[name] >= least for name, least in when.at_least.items())
    few = all(play.numbers[name] <= most for name, most in when.at_most.items())
    return enough and few and {*when.knows} <= {*play.knows} and {*when.earned} <= play.earned


def _with(play: Play, move: str, cases: tuple[Case, ...]) -> Play:
    place = next(number for number, case in enumerate(cases) if _holds(play, case))
    case, key, repeat = cases[place], (play.state, move, place), play.scenario.repeat
    if repeated := key in play.met:
        case = Case(to=SAME, says=repeat.says, trust=repeat.trust)
    after = _went(play, case, (move, place), repeated=repeated)
    stays = after.state == play.state
    return replace(after, met=play.met | {key} if stays else frozenset())


def _went(before: Play, case: Case, key: tuple[str, int], *, repeated: bool) -> Play:
    move, place = key
    numbers = _changed(before, {TRUST: case.trust, **case.changes})
    earned = tuple(mark for mark in case.earns if mark not in before.earned)
    learns = tuple(fact for fact in case.learns if fact not in before.knows)
    play = replace(
        before,
        state=before.state if case.to in (None, SAME) else case.to,
        numbers=numbers,
        knows=(*before.knows, *learns),
        earned=before.earned | {*earned},
        ends=case.ends or _distrusted(before.scenario, numbers),
    )
    trust, points = (before.trust, play.trust), play.score - before.score
    rest = earned, learns, case.critical or "", _rule(play.scenario, case, move), repeated
    made = Made(move, case.says, before.state, place, trust, points, *rest)
    return replace(play, making=(*before.making, made))


def _changed(play: Play, changes: Mapping[str, int]) -> dict[str, int]:
    kinds = play.scenario.numbers
    return {
        name: kinds[name].moved(now, changes.get(name, 0)) for name, now in play.numbers.items()
    }


def _distrusted(scenario: Scenario, numbers: Mapping[str, int]) -> str:
    limits = scenario.trust
    return (limits.at_least_ends or "") if numbers[TRUST] <= limits.least else ""


def _rule(scenario: Scenario, case: Case, move: str) -> str:
    broken = next((one for one in scenario.critical if one.id == case.critical), None)
    own = next((one.rule for one in scenario.moves if one.id == move), None)
    return case.rule or (broken and (broken.rule or broken.fact)) or own or ""


def _answered(play: Play, before: Play, says: str, missed: tuple[str, ...]) -> Play:
    """Return the talk with the turn that has been taken."""
    made, answer = play.making, _joined(one.answer for one in play.making)
    if not made and missed:
        answer = play.scenario.not_now
    elif not made:
        play, answer = _at_a_loss(play), play.scenario.unmatched.says
    number, late = len(before.turns) + 1, play.scenario.max_turns_ends
    ends = play.ends or (late if number >= play.scenario.max_turns else "")
    turn = Turn(number, says, made, missed, answer, before.state, (before.trust, play.trust))
    return replace(play, ends=ends, turns=(*before.turns, turn), making=())


def _at_a_loss(play: Play) -> Play:
    numbers = _changed(play, {TRUST: play.scenario.unmatched.trust})
    return replace(play, numbers=numbers, ends=_distrusted(play.scenario, numbers))


def begun(scenario: Scenario) -> Play:
    """Return the talk before its first turn."""
    numbers = {name: one.start for name, one in scenario.numbers.items()}
    return Play(scenario, scenario.opening.state, numbers)


def replayed(scenario: Scenario, turns: Iterable[Said] = ()) -> Play | None:
    """Return the talk after these turns, None if the scenario no longer allows them."""
    play = begun(scenario)
    try:
        for says, moves, chosen in turns:
            play = play.after(moves[0], says) if chosen else play.said(says, moves)
    except NotOffered:
        return None
    return play


def _joined(answers: Iterable[Text]) -> Text:
    every = [*dict.fromkeys(answers)]
    return Text("".join(one.zh for one in every), " ".join(one.en for one in every))
