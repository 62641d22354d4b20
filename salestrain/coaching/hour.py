"""Where a manager's next coaching hour is worth most: skill × stage × what lies open in it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.coaching.stage_gap import Counts, alikeness, stage_gap, summed
from salestrain.sales import intervals
from salestrain.sales.pipeline import OpenDeals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from salestrain.coaching.stage_gap import StageGap
    from salestrain.training.proficiency import Standing

    Standings = Mapping[str, Iterable[Standing]]

Verdict = Literal["coach", "watch", "process", "chance", "few"]
"""Talk about the skill; look on first, as little was seen of it; deals wait there, so look for what
they wait for; may be chance; too few deals."""
SLOWER = 1.25
"""From so many times the others' median on, a stay in a stage is a wait, if it surely is longer."""
BY_CHANCE = 0.025
"""How often a gap is called sure where there is none."""


class Stage(NamedTuple):
    """A stage, the competencies that decide in it, and how many deals it takes to say anything."""

    id: str
    competencies: tuple[str, ...]
    least: int


class Pipeline(NamedTuple):
    """What the CRM knows: deals that left a stage and open ones, by rep and stage."""

    left: Mapping[tuple[str, str], Counts]
    open: Mapping[tuple[str, str], OpenDeals]
    days: Mapping[tuple[str, str], Sequence[int]] = MappingProxyType({})
    """How long each deal had stayed that left."""

    def of(self, stage: str) -> dict[str, Counts]:
        """Return what left a stage, by rep."""
        return {rep: one for (rep, at), one in self.left.items() if at == stage}


class Stay(NamedTuple):
    """Medians of the days that deals stayed; ``low`` is the own one's lower end (95 %)."""

    own: float
    low: float
    others: float

    @property
    def longer(self) -> bool:
        """Whether deals wait there: surely longer than others', and by a quarter or more."""
        return self.low > self.others and self.own >= SLOWER * self.others


class Skill(NamedTuple):
    """The competency behind a stage, of one person or of a team.

    Attributes:
        short: How likely it is below what the role asks (0–1); of a team the mean over its people.
        few: Whether too little was seen of it; of a team, of most of its people.
        there: Whether it is surely there; of a team likewise.
        people: Of how many this is.
    """

    competency: str
    short: float
    few: bool
    there: bool
    people: int = 1


@dataclass(frozen=True, slots=True)
class Lead:
    """One person or team and one stage: what may be lost there, and the skill behind it.

    Attributes:
        whom: The person's id, or the team's.
        gap: How far their conversion lies below the others'.
        deals: What they have open in the stage.
        onward: Of deals that leave the stage well, the share that is won in the end (0–1).
        days: How long deals stayed; None where it isn't known.
    """

    whom: str
    stage: str
    gap: StageGap
    deals: OpenDeals
    onward: float
    skill: Skill
    days: Stay | None = None

    @property
    def at_stake(self) -> float:
        """What would be won of the open deals if all of them left the stage well."""
        return self.deals.amount * self.onward

    @property
    def money(self) -> float:
        """The amount expected to be lost.

        Open amount × share won onward × expected shortfall of the conversion × chance that the
        skill is short. The last is what makes it a matter of coaching: a gap of somebody who has
        the skill has other causes. Where deals wait it is left out, for no skill makes up for that.
        """
        return self.at_stake * self.gap.shortfall * self._share

    @property
    def interval(self) -> tuple[float, float]:
        """From where to where it may lie (95 %), by the conversion alone; never under zero."""
        low, high = (max(end, 0.0) * self.at_stake * self._share for end in self.gap.interval)
        return low, high

    @property
    def _share(self) -> float:
        return 1.0 if self.verdict == "process" else self.skill.short

    @property
    def verdict(self) -> Verdict:
        """What can be said."""
        if self.gap.few:
            return "few"
        if not self.gap.told or self.skill.there:
            return "chance"
        if self.days and self.days.longer:
            return "process"
        return "watch" if self.skill.few else "coach"


@dataclass(frozen=True, slots=True)
class Advice:
    """Where an hour goes, the most expected money first, and what can't be told.

    Attributes:
        told: Leads to follow.
        unsure: Gaps that may be chance, or rest on too few deals, with something open in the stage.
        looks: At how many people and stages was looked.
    """

    told: tuple[Lead, ...]
    unsure: tuple[Lead, ...]
    looks: int

    @property
    def by_chance(self) -> float:
        """How many leads so many looks would bring about if nobody differed from anybody."""
        return BY_CHANCE * self.looks


def advice(
    groups: Mapping[str, Collection[str]],
    own: Collection[str],
    stages: Sequence[Stage],
    pipeline: Pipeline,
    standings: Standings,
) -> Advice:
    """Return where a manager's next hour is worth most.

    Each group is compared with all others together; a person is a group of one.

    Args:
        groups: All there are: teams with their people, or each person by themselves.
        own: Those whose hours they are.
        stages: In order; one that no deal has left is passed over.
        pipeline: What the CRM knows.
        standings: Where each person stands, by id.
    """
    found = [
        lead
        for number, stage in enumerate(stages)
        for lead in _of_stage(stage, stages[number + 1 :], (groups, own), pipeline, standings)
    ]
    ranked = sorted(found, key=lambda one: (-one.money, one.whom, one.stage))
    there = [one for one in ranked if one.deals.number]
    told = tuple(one for one in there if one.verdict in {"coach", "watch", "process"})
    rest = (one for one in there if one.verdict in {"chance", "few"})
    unsure = tuple(one for one in rest if one.gap.few or one.gap.gap > 0)
    return Advice(told, unsure, sum(not one.gap.few for one in found))


def _of_stage(
    stage: Stage,
    later: Sequence[Stage],
    whose: tuple[Mapping[str, Collection[str]], Collection[str]],
    pipeline: Pipeline,
    standings: Standings,
) -> list[Lead]:
    (groups, own), left = whose, pipeline.of(stage.id)
    every = {name: summed(left[p] for p in people if p in left) for name, people in groups.items()}
    whole = summed(every.values())
    if not whole.left:
        return []
    alike, onward, found = alikeness(every.values()), _onward(later, pipeline), []
    for name in own:
        people = groups[name]
        if skill := _behind(stage, people, standings):
            gap = stage_gap(every[name], whole, alike, stage.least)
            open_ = [pipeline.open.get((one, stage.id), OpenDeals()) for one in people]
            deals = OpenDeals(sum(o.number for o in open_), sum(o.amount for o in open_))
            days = _days(stage, people, pipeline)
            found.append(Lead(name, stage.id, gap, deals, onward, skill, days))
    return found


def _days(stage: Stage, people: Collection[str], pipeline: Pipeline) -> Stay | None:
    """Return how long some people's deals stayed and all others'; None where too few left."""
    mine: dict[bool, list[int]] = {True: [], False: []}
    for (rep, at), days in pipeline.days.items():
        if at == stage.id:
            mine[rep in people] += days
    own, others = mine[True], mine[False]
    if min(len(own), len(others)) < max(stage.least, 2):
        return None
    first, middle, third = quantiles(own, n=4, method="inclusive")
    low, _ = intervals.of_median(middle, third - first, len(own))
    return Stay(middle, float(low), median(others))


def _behind(stage: Stage, people: Collection[str], standings: Standings) -> Skill | None:
    """Return the competency that decides in a stage and is most likely short; None of nobody."""
    found = []
    for competency in stage.competencies:
        each = [s for p in people for s in standings.get(p, ()) if s.competency == competency]
        if each:
            short = sum(1 - one.belief.above(one.cut) for one in each) / len(each)
            few = 2 * sum(one.few for one in each) > len(each)
            there = 2 * sum(one.light == "green" for one in each) > len(each)
            found.append(Skill(competency, short, few, there, len(each)))
    return max(found, key=lambda one: (one.short, one.competency), default=None)


def _onward(later: Sequence[Stage], pipeline: Pipeline) -> float:
    """Return the share that passes all later stages; one that nobody counts is taken as passed."""
    share = 1.0
    for stage in later:
        every = summed(pipeline.of(stage.id).values())
        share *= every.rate if every.left else 1.0
    return share
