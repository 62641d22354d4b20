"""Hiring scorecards: what several interviewers' scores of the same candidates come to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import Text
from salestrain.sales.team.strictness import Adjusted, Given, adjusted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    import duckdb

    from salestrain.playbook.standards.team import Method, Scorecard, ScoredCriterion

Verdict = Literal["passed", "floor", "below", "partial"]
NEEDED = ("interviewer_id", "criterion", "score")
SCORES = """
    SELECT candidate_id, name, {english}, coalesce({role}, 'rep'), {applied}, {hired},
      interviewer_id, criterion, score
    FROM candidates
    WHERE interviewer_id IS NOT NULL AND criterion IS NOT NULL AND score IS NOT NULL
      AND coalesce({applied} <= $1, TRUE)
    ORDER BY {applied}, candidate_id, interviewer_id, criterion"""


class Score(NamedTuple):
    """What one interviewer gave for one criterion, from 1 to 5."""

    rater: str
    criterion: str
    score: float


class Applicant(NamedTuple):
    """Somebody who was interviewed; ``hired`` is the person they became, if any."""

    id: str
    name: Text
    role: str
    applied: date | None
    hired: str


@dataclass(frozen=True)
class Candidate:
    """One candidate's scorecard, filled in by several.

    Attributes:
        applicant: Who.
        card: What the role is scored by.
        scores: All that were given, of criteria on the card.
    """

    applicant: Applicant
    card: Scorecard
    scores: tuple[Score, ...]

    @property
    def raters(self) -> tuple[str, ...]:
        """Who scored."""
        return tuple(dict.fromkeys(one.rater for one in self.scores))

    @property
    def means(self) -> dict[str, float]:
        """The mean of each criterion that somebody scored, by its last word."""
        given: defaultdict[str, list[float]] = defaultdict(list)
        for one in self.scores:
            given[one.criterion].append(one.score)
        return {name: fmean(scores) for name, scores in given.items()}

    @property
    def total(self) -> float:
        """The weighted mean of the criteria, as the scorecard has it; from 1 to 5."""
        return _weighted(self.card.criteria, self.means)

    def by_method(self, method: Method) -> float | None:
        """Return the weighted mean of what was found out in one way; None if nothing was."""
        found = [one for one in self.card.criteria if one.method == method]
        there = [one for one in found if word(one.id) in self.means]
        return _weighted(there, self.means) if there else None

    @property
    def missing(self) -> tuple[ScoredCriterion, ...]:
        """Criteria that nobody scored."""
        return tuple(one for one in self.card.criteria if word(one.id) not in self.means)

    @property
    def below_floor(self) -> tuple[ScoredCriterion, ...]:
        """Criteria whose mean is under what must be reached (1.2.floor)."""
        means = self.means
        return tuple(
            one for one in self.card.criteria if means.get(word(one.id), 5.0) < one.must_reach
        )

    @property
    def verdict(self) -> Verdict:
        """What the scorecard says, by its mean as it stands."""
        if self.below_floor:
            return "floor"
        if self.missing:
            return "partial"
        return "passed" if self.total >= self.card.pass_score else "below"

    def given(self) -> list[Given]:
        """Return each interviewer's weighted total.

        Who left out a criterion is taken to have found there what the others found: nobody's
        total is better for having taken the criterion on which the candidate is strong.
        """
        means = self.means
        own: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for one in self.scores:
            own[one.rater][one.criterion] = one.score
        return [
            Given(self.applicant.id, rater, _weighted(self.card.criteria, means | scores))
            for rater, scores in own.items()
        ]


@dataclass(frozen=True)
class Place:
    """Where a candidate stands: the total with strictness allowed for, and its interval (95 %)."""

    candidate: Candidate
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Hiring:
    """All scorecards up to a day, and what strictness does to them."""

    candidates: tuple[Candidate, ...]
    model: Adjusted

    def place(self, candidate: Candidate) -> Place:
        """Return where a candidate stands."""
        return Place(candidate, *self.model.of(candidate.applicant.id))

    def bands(self, some: Iterable[Candidate]) -> tuple[tuple[Place, ...], ...]:
        """Return candidates, best first, in groups that can't be told apart from their best one.

        Source: Cascio, Outtz, Zedeck and Goldstein (1991), bands by the standard error of the
        difference, referenced to the top score.
        """
        bands: list[list[Place]] = []
        for one in sorted(map(self.place, some), key=lambda place: -place.value):
            best = bands[-1][0].candidate.applicant.id if bands else ""
            if bands and not self.model.apart(best, one.candidate.applicant.id):
                bands[-1].append(one)
            else:
                bands.append([one])
        return tuple(map(tuple, bands))


def word(criterion: str) -> str:
    """Return a criterion's name in the CRM: the last word of its id."""
    return criterion.rpartition(".")[2]


def lacking(present: Mapping[str, Collection[str]]) -> str:
    """Return the table or column without which there are no scorecards; "" if all are there."""
    if "candidates" not in present:
        return "candidates"
    return next((f"candidates.{one}" for one in NEEDED if one not in present["candidates"]), "")


def read_hiring(
    connection: duckdb.DuckDBPyConnection,
    present: Mapping[str, Collection[str]],
    cards: Sequence[Scorecard],
    until: date,
) -> Hiring | None:
    """Return the scorecards of who applied up to a day; None if there are none.

    Args:
        connection: Holds the CRM tables.
        present: The columns at hand by table.
        cards: The scorecards of the roles.
        until: The last day.
    """
    if lacking(present):
        return None
    rows = connection.execute(_sql(present["candidates"]), [until]).fetchall()
    by_role: dict[str, Scorecard] = {card.role: card for card in cards}
    scores: defaultdict[Applicant, list[Score]] = defaultdict(list)
    for id_, zh, en, role, applied, hired, *score in rows:
        known = by_role.get(role)
        if known and any(word(one.id) == score[1] for one in known.criteria):
            who = Applicant(id_, Text(zh, en), role, applied, hired)
            scores[who].append(Score(*score))
    found = [Candidate(who, by_role[who.role], tuple(each)) for who, each in scores.items()]
    every = [given for one in found for given in one.given()]
    return Hiring(tuple(found), adjusted(every)) if every else None


def _sql(columns: Collection[str]) -> str:
    def there(column: str, otherwise: str) -> str:
        return column if column in columns else otherwise

    return SCORES.format(
        english=f"coalesce({there('name_en', 'NULL')}, name)",
        role=there("role", "NULL"),
        applied=there("applied_on", "NULL::DATE"),
        hired=f"coalesce({there('hired_as', 'NULL')}, '')",
    )


def _weighted(criteria: Iterable[ScoredCriterion], means: Mapping[str, float]) -> float:
    there = [one for one in criteria if word(one.id) in means]
    weight = sum(one.weight for one in there)
    return sum(one.weight * means[word(one.id)] for one in there) / weight
