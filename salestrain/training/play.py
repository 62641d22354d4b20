"""Playing a scenario by choice: what each move leads to, and what the talk is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from salestrain.errors import SalestrainError
from salestrain.playbook.scenarios import SAME, Case
from salestrain.training.chance import token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.language import Language, Text
    from salestrain.playbook.scenarios import Competency, Ending, Scenario


class NotOffered(SalestrainError):  # noqa: N818 (the talk goes on)
    """The state of the talk doesn't offer this move."""


class Choice(NamedTuple):
    """Something to say at a turn; its token tells nothing of the move behind it."""

    token: str
    move: str
    says: str


class Turn(NamedTuple):
    """One exchange.

    Attributes:
        state: Where the talk stood before; ``trust`` is that before and after.
        points: What it changed in the score; all turns together make the score.
        earned: Marks that are new; ``learns`` are hidden facts that are new.
        critical: The critical mistake it was, or an empty text.
    """

    number: int
    move: str
    says: str
    answer: Text
    state: str
    trust: tuple[int, int]
    points: int
    earned: tuple[str, ...]
    learns: tuple[str, ...]
    critical: str
    repeated: bool


@dataclass(frozen=True)
class Play:
    """A talk as far as it has come.

    Attributes:
        knows: Hidden facts learned, in order.
        met: Cases that have kept the state since the talk came to it; met again they are a repeat.
        ends: Id of the ending, empty while the talk goes on.
    """

    scenario: Scenario
    state: str
    trust: int
    turns: tuple[Turn, ...] = ()
    knows: tuple[str, ...] = ()
    earned: frozenset[str] = frozenset()
    met: frozenset[tuple[str, str, int]] = frozenset()
    ends: str = ""

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
        """Return the talk after one more turn.

        Raises:
            NotOffered: If the talk is over, or its state doesn't offer the move.
        """
        cases = self.scenario.states[self.state].get(move, ())
        if self.ends or not cases:
            raise NotOffered(f"{move!r} is not offered in {self.ends or self.state!r}")
        place = next(number for number, case in enumerate(cases) if self._holds(case))
        case, key, repeat = cases[place], (self.state, move, place), self.scenario.repeat
        if repeated := key in self.met:
            case = Case(to=SAME, says=repeat.says, trust=repeat.trust)
        play = self._went(case, move, says, repeated=repeated)
        stays = case.to in (SAME, self.state)
        return replace(play, met=self.met | {key} if stays else frozenset())

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
    def critical(self) -> tuple[str, ...]:
        """Critical mistakes made, in order."""
        return tuple(dict.fromkeys(turn.critical for turn in self.turns if turn.critical))

    @property
    def passed(self) -> bool:
        """Whether it is over, well ended, scored enough, and free of critical mistakes."""
        good = self.ending is not None and self.ending.verdict == "pass"
        return good and not self.critical and self.score >= self.scenario.pass_score

    def _holds(self, case: Case) -> bool:
        when = case.when
        if when is None:
            return True
        trusted = when.trust_at_least is None or self.trust >= when.trust_at_least
        return trusted and {*when.knows} <= {*self.knows} and {*when.earned} <= self.earned

    def _went(self, case: Case, move: str, says: str, *, repeated: bool) -> Play:
        limits, number = self.scenario.trust, len(self.turns) + 1
        trust = min(max(self.trust + case.trust, limits.least), limits.most)
        earned = tuple(mark for mark in case.earns if mark not in self.earned)
        learns = tuple(fact for fact in case.learns if fact not in self.knows)
        ends = case.ends or (limits.at_least_ends if trust <= limits.least else None)
        if not ends and number >= self.scenario.max_turns:
            ends = self.scenario.max_turns_ends
        play = replace(
            self,
            state=self.state if case.to in (None, SAME) else case.to,
            trust=trust,
            knows=(*self.knows, *learns),
            earned=self.earned | {*earned},
            ends=ends or "",
        )
        turn = Turn(
            *(number, move, says, case.says, self.state, (self.trust, trust)),
            *(play.score - self.score, earned, learns, case.critical or "", repeated),
        )
        return replace(play, turns=(*self.turns, turn))


def replayed(scenario: Scenario, moves: Iterable[tuple[str, str]] = ()) -> Play | None:
    """Return the talk after these moves and words, None if the scenario no longer allows them."""
    play = Play(scenario, scenario.opening.state, scenario.trust.start)
    try:
        for move, says in moves:
            play = play.after(move, says)
    except NotOffered:
        return None
    return play
