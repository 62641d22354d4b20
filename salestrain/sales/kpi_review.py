"""The KPI review as facts: where each measure stands, what changed, and which finding leads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal

from salestrain.sales.figures import Book, Cell, Change, Figure, against, change, pooled, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from salestrain.periods import Period
    from salestrain.playbook.standards.kpis import Kpi

Comparison = Literal["recent", "previous", "last_year", "peers"]
PERIODS_SHOWN = 10
RECENT, BEFORE = 2, 4
LEADS_FROM = 1.5
REVENUE = ("3.1.revenue", "3.1.won_value")


@dataclass(frozen=True)
class Row:
    """One measure of the board.

    Attributes:
        kpi: Its definition.
        cell: Whose it is, and when.
        now: The figure; for an individual measure of a group the median of its reps.
        history: The last ten periods, oldest first, ``now`` the last.
        previous: Change against the period before.
        last_year: Change against the same period a year before.
        peers: Distance from the others at the same level (a rep: from the rest of the team).
        recent: The last two periods pooled against the four before; only for shares of counts.
        target: Distance from the target.
        spread: Lowest and highest rep, for the individual measures of a group.
        reps: How many reps the median is taken over; 0 if it is no median.
    """

    kpi: Kpi
    cell: Cell
    now: Figure
    history: tuple[Figure, ...]
    previous: Change | None
    last_year: Change | None
    peers: Change | None = None
    recent: Change | None = None
    target: Change | None = None
    spread: tuple[float, float] | None = None
    reps: int = 0

    def findings(self) -> Iterator[Finding]:
        """Yield what is sure about this measure."""
        if self.kpi.better == "neither" or self.reps:
            return
        pairs: tuple[tuple[Comparison, Change | None], ...] = (
            ("recent", self.recent),
            ("previous", self.previous),
            ("last_year", self.last_year),
            ("peers", self.peers),
        )
        for comparison, found in pairs:
            if found and found.sure:
                yield Finding(self, comparison, found)


@dataclass(frozen=True)
class Finding:
    """A difference that chance is unlikely to explain."""

    row: Row
    comparison: Comparison
    change: Change

    @property
    def good(self) -> bool:
        """Whether it goes the right way."""
        return bool(self.change.good(self.row.kpi.better))


@dataclass(frozen=True)
class People:
    """Who belongs to whom: the entities table of ``entities.entities_of`` as look-ups."""

    parents: Mapping[tuple[str, str], str]

    def above(self, cell: Cell) -> Cell | None:
        """Return the group a cell is compared with the rest of: a rep's team, else the company."""
        if cell.level == "company":
            return None
        team = self.parents.get(("rep", cell.entity), "") if cell.level == "rep" else ""
        return Cell("team" if team else "company", team, cell.period)

    def reps(self, cell: Cell) -> list[Cell]:
        """Return the reps of a group."""
        found = []
        for (level, entity), team in self.parents.items():
            groups = {"company": "", "team": team, "region": self.parents.get(("team", team), "")}
            if level == "rep" and groups.get(cell.level) == cell.entity:
                found.append(Cell("rep", entity, cell.period))
        return found


def board(book: Book, kpis: Iterable[Kpi], cell: Cell, people: People) -> list[Row]:
    """Return a row for each KPI that was computed for the cell's level.

    At a rep's level a result of the team and one of the person may be the same measure: one row.
    """
    rows: list[Row] = []
    for kpi in kpis:
        twice = cell.level == "rep" and any(row.kpi.measures == kpi.measures for row in rows)
        if twice or not book.has(kpi.id):
            continue
        if kpi.layer == "individual" and cell.level != "rep":
            rows.append(_median_row(book, kpi, cell, people.reps(cell)))
        elif cell.level in kpi.levels:
            rows.append(_row(book, kpi, cell, people.above(cell)))
    return rows


def _row(book: Book, kpi: Kpi, cell: Cell, above: Cell | None) -> Row:
    history = tuple(book.figure(kpi.id, cell.at(each)) for each in _window(cell.period))
    now = history[-1]
    shares = not math.isnan(now.denominator) and kpi.interval != "none"
    counted = shares and all(measure.fn == "count" for measure in kpi.measures)
    return Row(
        kpi,
        cell,
        now,
        history,
        previous=change(now, history[-2]),
        last_year=change(now, book.figure(kpi.id, cell.at(cell.period.last_year))),
        peers=_peers(book, kpi, now, above) if above and counted else None,
        recent=_recent(kpi, history) if counted else None,
        target=against(now, now.target),
    )


def _peers(book: Book, kpi: Kpi, now: Figure, above: Cell) -> Change | None:
    rest = without(book.figure(kpi.id, above), now)
    return change(now, rest) if rest.n >= kpi.minimum_n else None


def _recent(kpi: Kpi, history: Sequence[Figure]) -> Change | None:
    late, early = pooled(history[-RECENT:]), pooled(history[-RECENT - BEFORE : -RECENT])
    enough = min(late.n, early.n) >= kpi.minimum_n
    return change(late, early) if enough else None


def _median_row(book: Book, kpi: Kpi, cell: Cell, reps: Sequence[Cell]) -> Row:
    def at(period: Period) -> Figure:
        return middle([book.figure(kpi.id, rep.at(period)) for rep in reps])

    history = tuple(at(period) for period in _window(cell.period))
    now = history[-1]
    values = [f.value for rep in reps if (f := book.figure(kpi.id, rep)).shown]
    return Row(
        kpi,
        cell,
        now,
        history,
        previous=change(now, history[-2]),
        last_year=change(now, at(cell.period.last_year)),
        spread=(min(values), max(values)) if values else None,
        reps=len(values),
    )


def middle(figures: Sequence[Figure]) -> Figure:
    """Return the median of those figures that are shown, with the median of their targets.

    Where fewer than half are shown, their median would speak for the others: there is none.
    """
    values = [figure.value for figure in figures if figure.shown]
    targets = [figure.target for figure in figures if not math.isnan(figure.target)]
    if not values or 2 * len(values) < len(figures):
        return Figure()
    target = median(targets) if targets else math.nan
    return Figure(median(values), n=len(values), target=target, shown=True)


def _window(period: Period) -> Iterator[Period]:
    return period.run(PERIODS_SHOWN)


def lead_of(findings: Sequence[Finding]) -> Finding | None:
    """Return what a review is about: the first to be mended, else the first; never a mere result.

    The results stand in the headline anyway, in money.
    """
    why = [finding for finding in findings if finding.row.kpi.id not in REVENUE]
    return next((finding for finding in why if not finding.good), next(iter(why), None))


def leading(rows: Iterable[Row]) -> list[Finding]:
    """Return one finding a measure, the strongest first; those of the process before results.

    A result says that something happened, a process measure where: so it leads. A review makes
    dozens of comparisons, of which some leave out zero by chance alone; so one that leads must lie
    half as far again beyond its interval (z ≈ 2.9, about 1 in 300).
    """
    best: dict[str, Finding] = {}
    for row in rows:
        for finding in row.findings():
            held = best.get(row.kpi.id)
            if finding.change.strength < LEADS_FROM:
                continue
            if held is None or finding.change.strength > held.change.strength:
                best[row.kpi.id] = finding
    return sorted(best.values(), key=lambda f: (f.row.kpi.layer != "process", -f.change.strength))
