"""What the records hold of a person's competencies, as observations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.training.proficiency.observation import Observation
from salestrain.training.proficiency.standing import share_of
from salestrain.training.quizzes.responses import given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from salestrain.playbook.items import Item
    from salestrain.playbook.standards.growing import Skill, Skills
    from salestrain.playbook.standards.team import Roles
    from salestrain.training.paths.path import Deed
    from salestrain.training.proficiency.observation import Kind
    from salestrain.training.quizzes.responses import Given
    from salestrain.training.talk_statistics.held import Talk
    from salestrain.training.talks.scorecards import Rating

ONBOARDING, SELF, ASSESSED = "onboarding", "self", "assessed"
"""Where people say how they see themselves, and the step."""


@dataclass(frozen=True)
class Shown:
    """Where competencies show themselves, as the playbook says.

    Attributes:
        sections: Section → competencies its items ask for.
        parts: Scenario → part of its score → competency.
        skills: Skill of 4.2 → itself; it names its competency.
        kpis: KPI → competency.
        levels: Competency → how many levels it has.
    """

    sections: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, Mapping[str, str]]
    skills: Mapping[str, Skill]
    kpis: Mapping[str, str]
    levels: Mapping[str, int]

    @classmethod
    def of(cls, roles: Roles | None, skills: Skills | None) -> Shown:
        """Return it from the standards 1.1 and 4.2; of what isn't written nothing shows."""
        sections, parts = defaultdict[str, list[str]](list), defaultdict[str, dict[str, str]](dict)
        kpis: dict[str, str] = {}
        for each in roles.shown_by if roles else ():
            for section in each.sections:
                sections[section].append(each.competency)
            for scenario, named in each.talks.items():
                parts[scenario] |= dict.fromkeys(named, each.competency)
            kpis |= dict.fromkeys(each.kpis, each.competency)
        levels = {one.id: len(one.levels) for one in roles.competencies} if roles else {}
        rated = {one.id: one for one in (skills.skills if skills else ())}
        found = {name: tuple(each) for name, each in sections.items()}
        return cls(found, parts, rated, kpis, levels)


def gathered(
    deeds: Iterable[Deed],
    talks: Iterable[Talk],
    ratings: Iterable[Rating],
    shown: Shown,
    items: Mapping[str, Item],
    now: datetime,
) -> tuple[Observation, ...]:
    """Return all that was seen of one person, the oldest first.

    Args:
        deeds: All that this person did.
        talks: Those they held to the end (``held``).
        ratings: Those others gave them.
        shown: Where competencies show themselves.
        items: By id, as the playbook has them today.
        now: Says which exams are over (aware).
    """
    kept = [*deeds]
    found = (
        *_answers(given(kept, now), items, shown),
        *(one for talk in talks for one in _talk(talk, shown)),
        *(one for rating in ratings for one in _rating(rating, shown)),
        *_own_view(kept, shown),
    )
    return tuple(sorted(found, key=lambda one: (one.at, one)))


def from_figure(
    kpi: str, competency: str, at: datetime, figures: tuple[float, float], better: str
) -> Observation | None:
    """Return what a figure of one's own shows: its target reached, or what share of it.

    Args:
        kpi: Its id.
        competency: What follows from it.
        at: The end of its period (aware).
        figures: The figure, and what it is held to: its target, or the company's own figure.
        better: ``higher`` or ``lower``; of any other figure nothing can be said.

    Returns:
        An observation whose share is figure ÷ target, at most 1, turned round where lower is
        better; None where either isn't over 0.
    """
    value, norm = figures
    if better not in {"higher", "lower"} or not (value >= 0 and norm > 0):
        return None
    reached, wanted = (value, norm) if better == "higher" else (norm, value)
    share = min(reached / wanted, 1.0) if wanted else 1.0
    return Observation(competency, "figure", kpi, at, share)


def _answers(
    answers: Iterable[Given], items: Mapping[str, Item], shown: Shown
) -> Iterator[Observation]:
    """Yield the last answer to each item: what is known now, and none counted twice."""
    last = {one.item: one for one in answers if one.item in items}
    for one in last.values():
        section, kind = items[one.item].section, _kind(one)
        for competency in shown.sections.get(section, ()):
            earned = min(max(float(one.step.data["earned"]), 0.0), 1.0)
            yield Observation(competency, kind, section, one.step.at, earned)


def _kind(one: Given) -> Kind:
    return "exam" if one.exam else "answer"


def _talk(talk: Talk, shown: Shown) -> Iterator[Observation]:
    """Yield what a role-play showed: of each competency the points reached of those there were.

    A critical mistake is a fail, however many points were made elsewhere in the talk.
    """
    reached = defaultdict[str, list[tuple[int, int]]](list)
    named = shown.parts.get(talk.scenario.id, {})
    for part in talk.scenario.competencies:
        if competency := named.get(part.id):
            reached[competency].append((talk.play.points(part), part.weight))
    at = talk.run.ended or talk.run.began
    for competency, points in reached.items():
        earned, of = (sum(each) for each in zip(*points, strict=True))
        share = 0.0 if talk.play.critical else earned / of
        yield Observation(competency, "talk", talk.scenario.id, at, share)


def _rating(rating: Rating, shown: Shown) -> Iterator[Observation]:
    source = "/".join(rating.talk)
    for skill, level in rating.levels.items():
        if known := shown.skills.get(skill):
            share = share_of(min(level, len(known.rubric)), len(known.rubric))
            yield Observation(known.competency, "rated", source, rating.at, share, rating.rater)


def _own_view(deeds: Iterable[Deed], shown: Shown) -> Iterator[Observation]:
    """Yield the level last given to oneself in each competency."""
    last: dict[str, Observation] = {}
    for app, thread, (kind, data, at) in deeds:
        if (app, thread, kind) == (ONBOARDING, SELF, ASSESSED):
            for competency, level in data["levels"].items():
                if of := shown.levels.get(competency):
                    share = share_of(min(max(int(level), 1), of), of)
                    last[competency] = Observation(competency, "assessed", SELF, at, share)
    yield from last.values()
