"""Putting right how typed talk was read: one tap beside each part, and readers learn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import Field

from salestrain.apps.app import Fields
from salestrain.apps.practice import NO_SUCH
from salestrain.apps.roleplay.readers import CORRECTED, CORRECTIONS, corrections_of
from salestrain.language import LANGUAGES, Text, percent
from salestrain.training.understanding.encoder import ByLetters
from salestrain.training.understanding.reading import NONE
from salestrain.views.components import scorecard
from salestrain.views.components.forms import Option
from salestrain.views.components.ground import some, tag
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from salestrain.apps.roleplay.scope import Scope, Seen
    from salestrain.playbook.scenarios import Move, Scenario
    from salestrain.training.understanding.reading import Part

NOT_YOURS = Text("只有培训师能改读法", "Only a trainer puts a reading right")
READ_AS = Text("读成「{}」，把握 {}", "read as “{}”, {} sure")
NO_MOVE = Text("不算哪一招", "none of the moves")
NOT_UNDERSTOOD = Text("没听明白", "not understood")
RIGHT = Text("改为「{}」", "put right: “{}”")
PUT_RIGHT, OTHER = Text("改读法", "Put it right"), Text("其他说法", "Another move")
SEND = Text("就是这个", "That one")
KEEPS_ITS_SCORE = Text(
    "改的是以后怎么读，这一场的分不变。下次运行 salestrain check 就学会了。",
    "This changes how such words are read from now on, not this talk’s score. "
    "The next salestrain check learns it.",
)
LIKELY, SUREST = 3, 0.99
OFFERED_COUNTS = 0.15
"""How much likelier a move is where the talk offered it, beside how alike the letters are (0–1)."""


class Corrected(Fields):
    """Which part of which turn of a run makes which move, or none."""

    run: str
    turn: Annotated[int, Field(ge=1)]
    part: Annotated[int, Field(ge=0)]
    move: str


class _Where(NamedTuple):
    part: Part
    turn: int
    at: int


def correct(scope: Scope, fields: Corrected) -> None:
    """Keep what a part of a turn should have been read as.

    Raises:
        Refused: If it isn't this person's to do, or there is no such run, part or move.
    """
    seen = scope.find(fields.run)
    if seen is None:
        raise Refused(NO_SUCH)
    if not scope.teaches:
        raise Refused(NOT_YOURS)
    turns = seen.run.turns[fields.turn - 1 : fields.turn]
    found = [part for turn in turns for part in turn.parts[fields.part : fields.part + 1]]
    if not found or fields.move not in {NONE, *(one.id for one in seen.scenario.moves)}:
        raise Refused(NO_SUCH)
    data = {"scenario": seen.name.scenario, "text": found[0].text, "move": fields.move}
    data["person"] = seen.name.person  # whose words they are, so that they go with them
    scope.visit.thread("roleplay", CORRECTIONS).save(CORRECTED, data)


class Correcting:
    """A run's typed turns, for whoever may put their reading right."""

    def __init__(self, scope: Scope, seen: Seen) -> None:
        self.seen, self.visit = seen, scope.visit
        said = corrections_of(scope.visit.records)
        self.right = {one.text: one.move for one in said if one.scenario == seen.name.scenario}
        self.names = {move.id: self._say(move.name) for move in seen.scenario.moves}
        self.names[NONE] = self._say(NO_MOVE)

    def _say(self, text: Text) -> str:
        return text.in_(self.visit.language)

    def parts(self, turn: int) -> str:
        """Return how the parts of a turn were read, each with the ways to put it right."""
        kept = self.seen.run.turns[turn - 1]
        return scorecard.parts(
            [self._part(_Where(part, turn, at)) for at, part in enumerate(kept.parts)]
        )

    def note(self) -> str:
        """Return what a correction does and what it doesn't; nothing where nothing was typed."""
        typed = any(turn.parts for turn in self.seen.run.turns)
        return some("p", self._say(KEEPS_ITS_SCORE), "note") if typed else ""

    def _part(self, one: _Where) -> str:
        part, right = one.part, self.right.get(one.part.text, "")
        name = self.names.get(part.label, part.label)
        sure = percent(min(part.sure, SUREST), self.visit.language)
        read = self._say(READ_AS).format(name, sure)
        tags = tag(self._say(NOT_UNDERSTOOD), "warn") if self._lost(one) else ""
        if right:
            said = self._say(RIGHT).format(self.names.get(right, right))
            tags += tag(said, "good", "check")
        head = f"<p>{some('b', part.text)} {some('span', read, 'note')} {tags}</p>"
        return head + scorecard.folded(self._say(PUT_RIGHT), self._ways(one, right))

    def _lost(self, one: _Where) -> bool:
        """Return whether a part was not understood: small talk beside something that was, is."""
        every = self.seen.run.turns[one.turn - 1].parts
        beside = any(part.understood for part in every)
        return not one.part.understood and not (beside and one.part.label == NONE)

    def _ways(self, one: _Where, right: str) -> str:
        carries = {"run": str(self.seen.name), "turn": str(one.turn), "part": str(one.at)}
        state = self.seen.play.turns[one.turn - 1].state if self.seen.play else ""
        offered = self.seen.scenario.open_to(state, typed=True) if state else {}
        now = right or one.part.label
        alike = self._likeness(one.part.text)
        ranked = sorted(alike, key=lambda move: -alike[move] - OFFERED_COUNTS * (move in offered))
        likely = [move for move in ranked if move != now][:LIKELY]
        likely += [NONE] if now != NONE else []
        # what was read can be confirmed, or come back to: an example all the same
        rest = [Option(move, name) for move, name in self.names.items() if move not in likely]
        return scorecard.pick_or_other(
            f"correct-{one.turn}-{one.at}", "correct", carries,
            [(move, self.names[move]) for move in likely],
            (self._say(OTHER), self._say(SEND), rest),
        )  # fmt: skip

    def _likeness(self, text: str) -> Mapping[str, float]:
        vectors = self.visit.kept.setdefault("letters of moves", {})
        scenario = self.seen.scenario
        if scenario.id not in vectors:
            vectors[scenario.id] = dict(_lettered(scenario))
        mine = ByLetters().encode([text])[0]
        return {move: float((rows @ mine).max()) for move, rows in vectors[scenario.id].items()}


def _lettered(scenario: Scenario) -> Iterator[tuple[str, object]]:
    """Yield the letters of every move's examples: a reader would tell better, but takes seconds."""
    for move in scenario.moves:
        yield move.id, ByLetters().encode([*_examples(move)])


def _examples(move: Move) -> Collection[str]:
    every = (says for says in (move.says, move.also) if says)
    return [text for says in every for language in LANGUAGES for text in says.in_(language)]
