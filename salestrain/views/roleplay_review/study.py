"""What a role-play review is written from: talks up to a day, whose they are, and the scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.records.answers import open_log
from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.training.talk_statistics.decisions import first_decisions
from salestrain.training.talk_statistics.held import ROLEPLAY, Held, held
from salestrain.training.talk_statistics.mistakes import Mistake, mistake_gap, mistakes
from salestrain.training.talk_statistics.nodes import Node, node_gap, nodes
from salestrain.training.talk_statistics.results import Result, results
from salestrain.views.quiz_review.study import Study, midnight, open_study
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.playbook.scenarios import Scenario
    from salestrain.training.talk_statistics.decisions import Decision
    from salestrain.training.talk_statistics.gaps import Gap
    from salestrain.training.talk_statistics.held import Talk

QUOTES = "「」\"“”'"


class Behind(NamedTuple):
    """A class that surely fails a node more often than the others."""

    level: str
    group: str
    node: Node
    gap: Gap


class Prone(NamedTuple):
    """A class that surely makes a critical mistake more often than the others."""

    level: str
    group: str
    mistake: Mistake
    gap: Gap


@dataclass(frozen=True)
class TalkStudy(Study):
    """One class's talks up to the end of a period, and everybody's for comparison."""

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """By id."""
        return self.playbook.scenarios

    @cached_property
    def held(self) -> Held:
        """Everybody's talks that began before the end of the period."""
        end = midnight(self.period.end, self.zone, 1)
        return held(self.log.deeds, self.scenarios, end)

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        """Those of the class."""
        return self.held.of(self.people)

    @cached_property
    def talkers(self) -> frozenset[str]:
        """Who of the class held a talk to the end."""
        return frozenset(talk.person for talk in self.talks)

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """How the class did in each scenario."""
        return results(self.talks)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Everybody's first decisions."""
        return first_decisions(self.held.talks)

    @cached_property
    def own_decisions(self) -> tuple[Decision, ...]:
        """Those of the class."""
        return tuple(one for one in self.decisions if one.person in self.people)

    @cached_property
    def every_node(self) -> tuple[Node, ...]:
        """Each node as everybody took it."""
        return nodes(self.decisions)

    @cached_property
    def suspicious(self) -> tuple[Node, ...]:
        """Nodes that good people fail, the surest first."""
        found = (one for one in self.every_node if one.suspicious)
        return tuple(sorted(found, key=lambda one: (one.discrimination, one.name)))

    @cached_property
    def own_nodes(self) -> tuple[Node, ...]:
        """Each node that somebody of the class failed, as the class took it.

        Of those that enough of it came to, without the suspicious ones.
        """
        suspects = {one.name for one in self.suspicious}
        found = self.every_node if self.level == "company" else nodes(self.own_decisions)
        return tuple(one for one in found if one.wrong and not one.few and one.name not in suspects)

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The critical mistakes of the class."""
        return mistakes(self.talks)

    @cached_property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """The classes to hold against the others: the teams of a company or region, or itself."""
        if self.level in ("team", "rep"):
            return ((self.level, self.entity),)
        teams = {self.team_of(one) for one in self.talkers} - {""}
        return tuple(("team", team) for team in sorted(teams))

    def members(self, level: str, group: str) -> frozenset[str]:
        """Return who belongs to a class."""
        if level == "rep":
            return frozenset({group})
        return frozenset(one for one in self.talkers if self.team_of(one) == group)

    @cached_property
    def failing(self) -> tuple[Behind, ...]:
        """Classes that surely fail a node more often than the others, the widest gap first."""
        suspects = {one.name for one in self.suspicious}
        fair = [one for one in self.every_node if one.n >= FEW_PEOPLE and one.name not in suspects]
        found = [
            Behind(*whose, one, gap)
            for whose in self.groups
            for one in fair
            if (gap := node_gap(self.decisions, one.name, self.members(*whose))).sure
            and gap.gap < 0
        ]
        return tuple(sorted(found, key=lambda one: (one.gap.gap, one.node.name)))

    @cached_property
    def prone(self) -> tuple[Prone, ...]:
        """Classes that surely make a critical mistake more often than the others, likewise."""
        found = [
            Prone(*whose, one, gap)
            for whose in self.groups
            for one in self.mistakes
            if (gap := mistake_gap(self.held.talks, one, self.members(*whose))).sure and gap.gap > 0
        ]
        return tuple(sorted(found, key=lambda one: (-one.gap.gap, one.mistake)))

    def titled(self, id_: str) -> str:
        """Return a scenario's title in quotation marks, whether or not it has some of its own."""
        title = self.scenarios[id_].title.in_(self.language).strip(QUOTES)
        return f"「{title}」" if self.language == "zh" else f"“{title}”"

    def move_name(self, scenario: str, move: str) -> str:
        """Return what a move of a scenario is called."""
        found = (one.name for one in self.scenarios[scenario].moves if one.id == move)
        return next(found).in_(self.language)

    def asks(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return by scenario the moves that are questions."""
        return {id_: self.playbook.asks(self.scenarios[id_]) for id_ in ids}


def open_talks(
    workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
) -> TalkStudy:
    """Read what a review needs; the arguments are those of the KPI review.

    Raises:
        UsageError: For a parameter that names nothing; says what would.
        ContentError: If the playbook has faults.
    """
    of = open_study(workspace, period, level, entity, language, linked)
    log = open_log(find_workspace(workspace or None), ROLEPLAY)
    whose = of.level, of.entity, of.period, of.language, of.linked
    return TalkStudy(of.playbook, log, of.entities, *whose, of.staff)
