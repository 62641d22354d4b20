"""A cue: the turn that is to be answered, what may be spoken of, and what may not yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salestrain.language import Language, Text
    from salestrain.playbook.scenarios import Persona, Scenario
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.turns import Turn

MOST_CHARACTERS, MOST_SENTENCES = 400, 3
"""How long an answer may be."""


@dataclass(frozen=True)
class Cue:
    """A turn whose answer is to be spoken.

    Attributes:
        before: The talk before the turn.
        turn: What the learner said, and what the script answers.
    """

    before: Play
    turn: Turn
    language: Language

    @property
    def scenario(self) -> Scenario:
        """The scenario that is played."""
        return self.before.scenario

    @property
    def persona(self) -> Persona:
        """Whom the learner talks with."""
        return self.scenario.persona

    @property
    def answer(self) -> str:
        """What the script says."""
        return self.turn.answer.in_(self.language)

    @property
    def known(self) -> tuple[Text, ...]:
        """Hidden facts the learner has come to know, with this turn's."""
        return self._facts(known=True)

    @property
    def secret(self) -> tuple[Text, ...]:
        """Hidden facts the learner doesn't know."""
        return self._facts(known=False)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """What the other side may speak of: all it is told, and has said by the script.

        The learner's own briefing isn't in it: it tells what the other side can't know.
        """
        persona, say = self.persona, self.language
        about = persona.name, persona.post, persona.company, persona.temper, persona.budget
        listed = (one.text for one in (*persona.goals, *persona.worries))
        said = (turn.answer for turn in (*self.before.turns, self.turn))
        told = *about, *listed, self.scenario.title, self.scenario.opening.says, *said, *self.known
        return tuple(text.in_(say) for text in told if text)

    @property
    def heard(self) -> tuple[str, ...]:
        """What the learner has said."""
        return tuple(turn.says for turn in (*self.before.turns, self.turn))

    def _facts(self, *, known: bool) -> tuple[Text, ...]:
        knows = {*self.before.knows, *self.turn.learns}
        return tuple(one.text for one in self.persona.hidden if (one.id in knows) == known)
