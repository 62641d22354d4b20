"""Do the intervals of the training review cover what is planted? Many simulated classes.

``python -m benchmarks.effects [SEEDS]``. Each seed is a class of 24 new hires over 90 days: marked
and played by the engine, kept in and read from records, its visits and deals in CRM tables; then
estimated as the review does. Printed for each effect: the truth, the mean estimate, the share of
intervals that cover the truth, and how often the verdict was sure.
"""

from __future__ import annotations

import math
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import numpy as np

from data.generator.chance import stream
from data.generator.learners import Learner, answer, chance, earned_by
from data.generator.newcomers.customers import EFFECT, Books, work
from data.generator.newcomers.lessons import KEPT, LEARNT, Matter
from data.generator.newcomers.plan import FIRST, STUCK_MENTOR, USEFUL, day_of, planned
from data.generator.newcomers.signing import END
from data.generator.newcomers.simulation import Simulated, matter_of, simulate
from data.generator.newcomers.tables import connected
from salestrain.playbook.load import open_playbook
from salestrain.records import open_records
from salestrain.sales.behaviour import Figure, Stretch, figures
from salestrain.training.effects import (
    Design,
    Estimate,
    Peer,
    before_after,
    matched,
    retained,
    staggered,
    verdict_on,
)
from salestrain.training.effects.gains import learnt
from salestrain.training.effects.modules import Module, modules
from salestrain.training.effects.waits import hand_ins, paces
from salestrain.training.statistics.intervals import UNKNOWN
from salestrain.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from data.generator.newcomers.plan import Plan
    from salestrain.playbook.items import Item
    from salestrain.training.paths.path import Deed
    from salestrain.training.quizzes.responses import Floats

ROOT = Path(__file__).parents[1]
EACH, SLIPS, BIG = 10, 60, 40
"""People on each side that rule 4.1.compare demands; how often a slip is drawn, and how many
classes are simulated, to know the truth."""
FIGURES: tuple[Figure, ...] = ("confirmed", "fresh", "contracts")
NAMED = "the slow mentor named, and nobody else"
STRETCHES: tuple[Stretch, ...] = tuple((day_of(n), day_of(n + 1)) for n in range(3))


@dataclass(frozen=True)
class Found:
    """One estimate of one class, and what it should have been."""

    what: str
    estimate: Estimate
    truth: float
    design: Design
    lot: bool = False

    @property
    def word(self) -> str:
        """What the review would say."""
        return verdict_on(self.estimate, self.design, lot=self.lot, each=EACH).word


@cache
def the_matter() -> Matter:
    """What there is to practise in the sample company."""
    return matter_of(open_playbook(Workspace.at(ROOT), prove=False))


def estimates(seed: int, folder: Path) -> Iterator[Found]:
    """Yield what the review finds in one class, and whether it names the slow mentor alone."""
    made = simulate(seed, the_matter())
    deeds, people = kept(made, folder / f"{seed}.db"), [one.id for one in made.plan.hires]
    given = modules(deeds, people, UTC)
    for module in given:
        yield from _learnt(made, module, deeds)
    yield from _did(made.books, made.plan, given, 2)
    slow = [one.mentor for one in paces(hand_ins(deeds, people), END) if one.slow]
    named = Estimate(float(slow == [made.plan.mentors[STUCK_MENTOR][0]]), UNKNOWN, (len(people),))
    yield Found(NAMED, named, 1.0, "before_after")


def in_three_waves(seed: int) -> Iterator[Found]:
    """Yield what the review finds at customers of a class in three waves of eight."""
    plan, books = planned(seed, waves=3), Books()
    for hire in plan.hires:
        work(plan, hire, books)
    given = [
        Module(id_, {hire.id: plan.begins(id_, hire) for hire in plan.hires}, lot=True)
        for id_ in plan.waves
    ]
    yield from _did(books, plan, given, 3)


def kept(made: Simulated, place: Path) -> dict[str, tuple[Deed, ...]]:
    """Keep a class in records of its own and read them again."""
    records = open_records(place)
    made.keep(records)
    deeds = records.steps.of_people(one.id for one in made.people())
    records.close()
    return deeds


def _learnt(made: Simulated, module: Module, deeds: dict[str, tuple[Deed, ...]]) -> Iterator[Found]:
    found = learnt(module, deeds, UTC)
    whole = ~np.isnan([found.before, found.after, found.later]).any(axis=0)
    ables = [one.able for one in made.plan.hires if one.id in set(np.array(found.people)[whole])]
    then, soon, late = (
        mean(known(module.id, able, more) for able in ables) for more in (0, LEARNT, KEPT)
    )
    gain = before_after(found.before, found.after)
    yield Found(f"{module.id} learnt", gain, soon - then, "before_after")
    share = retained(found.before, found.after, found.later)
    yield Found(f"{module.id} retained", share, (late - then) / (soon - then), "before_after")


def _did(books: Books, plan: Plan, given: Sequence[Module], waves: int) -> Iterator[Found]:
    connection, present = connected(books)
    people = [one.id for one in plan.hires]
    tables = {one: _table(connection, present, one, people) for one in FIGURES}
    for figure, table in tables.items():
        for module in given:
            starts = [_starts(module, one) for one in people]
            name = f"{module.id} {figure}"
            if module.lot:
                true = potential(figure, waves) if module.id == USEFUL else 0.0
                found = staggered(table, starts)
                yield Found(f"{name}, {waves} waves by lot", found, true, "staggered", lot=True)
            else:
                yield from _sent(name, plan, (table, tables["confirmed"]), starts)


def _sent(
    name: str, plan: Plan, known: tuple[Floats, Floats], starts: Sequence[float]
) -> Iterator[Found]:
    """Yield what is found of those who were sent, for few confirmed steps: there is no effect."""
    figure, chosen_by = known
    sides: tuple[list[Peer], list[Peer]] = ([], [])
    for hire, row, by, start in zip(plan.hires, figure, chosen_by, starts, strict=True):
        if not np.isnan([*row[:2], by[0]]).any():
            before = (float(row[0]),) if figure is chosen_by else (float(row[0]), float(by[0]))
            sides[start > 1].append(Peer(3.0, hire.team, before, float(row[1])))
    yield Found(f"{name}, matched", matched(*sides).estimate, 0.0, "matched")
    before_, after = [one.before[0] for one in sides[0]], [one.after for one in sides[0]]
    yield Found(f"{name}, before/after", before_after(before_, after), 0.0, "before_after")


def _starts(module: Module, person: str) -> float:
    day = module.begins.get(person)
    return next((n for n, (_, end) in enumerate(STRETCHES) if day and day < end), math.inf)


def known(section: str, able: float, more: float) -> float:
    """Return what somebody earns in a set on average, once so much is learnt."""
    one, shares = Learner("", "", able, FIRST), []
    for item, slip in slips(section):
        knows = chance(one, item, more)
        shares.append(knows + (1 - knows) * slip)
    return mean(shares)


@cache
def slips(section: str) -> list[tuple[Item, float]]:
    """Return a section's items, each with what a slip earns on average."""
    return [(item, mean(_slips(item))) for item in the_matter().sets[section]]


def _slips(item: Item) -> Iterator[float]:
    for n in range(SLIPS):
        yield earned_by(item, answer(item, False, stream("slip", item.id, n)))


@cache
def potential(figure: Figure, waves: int) -> float:
    """Return what the useful module truly adds, from the same people with it and without it."""
    if figure == "confirmed":
        return EFFECT
    cells = [(begun, at) for begun in range(1, waves) for at in range(begun, waves)]
    with_it = {begun: _all_at(figure, begun) for begun in range(1, waves)}
    without = _all_at(figure, len(STRETCHES))
    return mean(float(with_it[begun][at] - without[at]) for begun, at in cells)


@cache
def _all_at(figure: Figure, begun: int) -> Floats:
    """Return the mean of each stretch where everybody begins in the same one."""
    books, people = Books(), list[str]()
    for seed in range(BIG):
        plan = planned(90_000 + seed)
        for hire in plan.hires:
            people.append(f"{seed}-{hire.id}")
            work(plan, hire._replace(id=people[-1]), books, day_of(begun))
    connection, present = connected(books)
    return np.asarray(np.nanmean(_table(connection, present, figure, people), axis=0))


def _table(
    connection: DuckDBPyConnection,
    present: Mapping[str, frozenset[str]],
    figure: Figure,
    people: Sequence[str],
) -> Floats:
    found = figures(connection, present, figure, people, STRETCHES)
    if found is None:
        raise LookupError(f"the simulated tables lack what {figure!r} needs")
    return found


def table(every: Sequence[Found]) -> Iterator[str]:
    """Yield a line for each effect."""
    heads = ("n", 4), ("truth", 7), ("mean", 7), ("covered", 8), ("sure +", 7), ("sure -", 7)
    yield f"{'effect':36} " + " ".join(f"{head:>{width}}" for head, width in heads)
    for what in dict.fromkeys(one.what for one in every if one.what != NAMED):
        own = [one for one in every if one.what == what and one.estimate.known]
        covered = mean(one.estimate.covers(one.truth) for one in own)
        up = mean(one.word in ("helped", "higher") for one in own)
        down = mean(one.word in ("hurt", "lower") for one in own)
        truth, got = mean(one.truth for one in own), mean(one.estimate.value for one in own)
        yield f"{what:36} {len(own):4} {truth:7.3f} {got:7.3f} {covered:8.1%} {up:7.1%} {down:7.1%}"
    named = mean(one.estimate.value for one in every if one.what == NAMED)
    yield f"{NAMED}: {named:.1%}"


def main(seeds: int) -> None:
    """Print the table."""
    every: list[Found] = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(seeds):
            every += [*estimates(seed, Path(folder)), *in_three_waves(seed)]
    print("\n".join(table(every)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
