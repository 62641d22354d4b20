"""Did the scores of those hired foretell how they did? What they came to, and the comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.sales.team.correlation import Correlation, pearson, restriction, spearman

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    import duckdb

    from salestrain.playbook.standards.team import Method
    from salestrain.sales.team.hiring import Hiring, Place

Outcome = Literal["attainment", "evaluation"]
METHODS: tuple[Method, ...] = ("interview", "written_test", "practical")
BEGAN = "date_trunc('month', p.joined_on)::DATE"
ENDED = f"({BEGAN} + to_months($2))::DATE - 1"
FIRST_MONTHS = f"{BEGAN} AND {ENDED}"
DUE = f"{ENDED} <= $1 AND coalesce(p.left_on >= {ENDED}, TRUE)"
ATTAINMENT = f"""
    SELECT p.person_id,
      (SELECT coalesce(sum(o.amount_ex_vat), 0) FROM orders o WHERE o.owner_id = p.person_id
        AND {{kept}} AND o.ordered_on BETWEEN {FIRST_MONTHS})
      / nullif((SELECT sum(t.amount) FROM targets t WHERE t.person_id = p.person_id
        AND t.metric = 'revenue' AND t.period_start BETWEEN {FIRST_MONTHS}), 0)
    FROM people p WHERE {DUE}"""
EVALUATION = f"""
    SELECT p.person_id, avg(e.manager_score)
    FROM people p JOIN evaluations e ON e.person_id = p.person_id
      AND e.period_start BETWEEN {FIRST_MONTHS}
    WHERE {DUE} GROUP BY p.person_id"""
WANTED: dict[Outcome, dict[str, tuple[str, ...]]] = {
    "attainment": {
        "people": ("joined_on", "left_on"),
        "orders": ("owner_id", "ordered_on", "amount_ex_vat"),
        "targets": ("person_id",),
    },
    "evaluation": {"people": ("joined_on", "left_on"), "evaluations": ("manager_score",)},
}


class Hired(NamedTuple):
    """Somebody hired: the scorecard then, and what they came to; None as long as it isn't known."""

    place: Place
    outcome: float | None


@dataclass(frozen=True)
class Foretold:
    """How scores go with one outcome.

    Attributes:
        outcome: What they are compared with.
        hired: Everybody hired, those with no outcome yet too.
        least: With fewer people nothing is concluded (1.2.look_back).
        line: Pearson's correlation with the total; ``order`` Spearman's.
        by_method: Pearson's, of what was found out in each way.
        narrowed: How much less those compared differ in their totals than all who applied.
    """

    outcome: Outcome
    hired: tuple[Hired, ...]
    least: int
    line: Correlation
    order: Correlation
    by_method: dict[Method, Correlation]
    narrowed: float

    @property
    def verdict(self) -> Literal["few", "unclear", "foretells", "backwards"]:
        """What may be said: too few; the interval holds zero; the higher the better, or worse."""
        if self.line.n < self.least:
            return "few"
        if not self.line.sure:
            return "unclear"
        return "foretells" if self.line.value > 0 else "backwards"


def lacking(outcome: Outcome, present: Mapping[str, Collection[str]]) -> str:
    """Return the table or column without which an outcome isn't known; "" if all are there."""
    for table, columns in WANTED[outcome].items():
        if table not in present:
            return table
        for column in columns:
            if column not in present[table]:
                return f"{table}.{column}"
    return ""


def read_outcomes(
    connection: duckdb.DuckDBPyConnection,
    outcome: Outcome,
    present: Mapping[str, Collection[str]],
    until: date,
    months: int,
) -> dict[str, float]:
    """Return what people came to in their first months, of those who stayed that long.

    ``attainment`` is orders over quota, ``evaluation`` the mean of the manager's scores (1 to 5).
    """
    if lacking(outcome, present):
        return {}
    status = "status" in present.get("orders", ())
    kept = "o.status IS DISTINCT FROM 'cancelled'" if status else "TRUE"
    sql = ATTAINMENT.format(kept=kept) if outcome == "attainment" else EVALUATION
    rows = connection.execute(sql, [until, months]).fetchall()
    return {person: float(value) for person, value in rows if value is not None}


def foretold(
    hiring: Hiring, outcome: Outcome, outcomes: Mapping[str, float], *, role: str, least: int
) -> Foretold:
    """Return how the scorecards of one role go with what became of those hired.

    Args:
        hiring: All scorecards.
        outcome: What ``outcomes`` are, by person.
        outcomes: As ``read_outcomes`` has them.
        role: One role's candidates, for those of others are scored by other cards.
        least: How many people it takes to conclude anything.
    """
    every = [hiring.place(one) for one in hiring.candidates if one.applicant.role == role]
    hired = tuple(
        Hired(place, outcomes.get(place.candidate.applicant.hired))
        for place in every
        if place.candidate.applicant.hired
    )
    known = [(one.place, one.outcome) for one in hired if one.outcome is not None]
    came_to = [value for _, value in known]
    totals = [place.value for place, _ in known]
    return Foretold(
        outcome,
        hired,
        least,
        pearson(totals, came_to),
        spearman(totals, came_to),
        {method: pearson(_of_method(known, method), came_to) for method in METHODS},
        restriction(totals, [place.value for place in every]),
    )


def _of_method(known: Sequence[tuple[Place, float]], method: Method) -> list[float]:
    found = (place.candidate.by_method(method) for place, _ in known)
    return [float("nan") if one is None else one for one in found]
