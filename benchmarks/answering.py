"""Many people answer quiz questions at once for a minute: nothing lost, nothing doubled, how soon?

    python -m benchmarks.answering [--people 100] [--seconds 60] [--think 3 5] [--drops 20]
    python -m benchmarks.answering --records postgresql://user:password@host/database

A real server on a workspace of its own, a kernel and a websocket for each person, a real store.
Everybody thinks, answers, reads the verdict and goes on; ``--think`` is how long a whole question
takes. One time in ``--drops`` the connection breaks off right after an action was sent, and the
page does what a browser does: it connects anew and sends the same action under the same id.

Acknowledged is an action when the kernel has said that it is done, which it says once the step is
committed and the next screen has been sent. All that was acknowledged is looked for in the store
afterwards: lost is what isn't there, doubled what is there more often than it was done. Prints the
seconds until the acknowledgement, where they went, and what else the machine was doing.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple, Self

import psutil
import sqlalchemy as sql

from benchmarks.learners import Done, Learner, Plan, all_open, all_practise
from benchmarks.servers import QUIZ, Server
from salestrain.records import Person, open_records, records_place
from salestrain.records.schema import steps
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salestrain.records import Records

RESTS_SECONDS = 8


class Kept(NamedTuple):
    """How many actions were acknowledged, and how many answers are kept; what is wrong with it."""

    acknowledged: int
    answers: int
    lost: int
    doubled: int


def kept(records: Records, done: Iterable[Done]) -> Kept:
    """Hold what was acknowledged against what is kept."""
    acknowledged = {one.id: one.name for one in done if one.answer == "done"}
    with records.database.reading() as connection:
        rows = connection.execute(sql.select(steps).order_by(steps.c.id)).mappings().all()
    there = {_action(row["step_id"]) for row in rows}
    answers = Counter(_action(row["step_id"]) for row in rows if row["kind"] == "answered")
    lost = [
        id_
        for id_, name in acknowledged.items()
        if id_ not in (answers if name == "answer" else there)
    ]
    twice = answers.total() - len(answers)
    return Kept(len(acknowledged), answers.total(), len(lost), twice + _asked_again(rows))


def _action(step_id: str) -> str:
    """Return the action a step was saved with; of several the others have a number after it."""
    return step_id.partition(".")[0]


def _asked_again(rows: Iterable[sql.RowMapping]) -> int:
    """Return how many answers there are to questions already answered in the same run."""
    runs: Counter[tuple[str, ...]] = Counter()
    answered: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        thread = (row["person_id"], row["app"], row["thread"])
        runs[thread] += row["kind"] == "began"
        if row["kind"] == "answered":
            answered[*thread, str(runs[thread]), json.loads(row["data"])["item"]] += 1
    return answered.total() - len(answered)


@contextmanager
def serving(folder: Path, people: int) -> Iterator[tuple[Served, list[Learner]]]:
    """Run a server that so many learners have opened the quiz on."""
    limits: dict[str, float] = {"in_all": people + 10, "idle_left": 600}
    served = Served(new_workspace(folder / "ours"), limits=limits).start()
    try:
        records = open_records(records_place(served.workspace.state))
        for number in range(people):
            records.people.add(Person(f"L{number:03}", f"学员{number}"))
        records.close()
        server = Server("salestrain", served.port, QUIZ, "")
        pages = all_open(server, [f"L{number:03}" for number in range(people)])
        yield served, pages
        for page in pages:
            page.close()
    finally:
        served.stop()


class Spent(NamedTuple):
    """Seconds of processor time so far: of server, kernels, this script, and the whole machine."""

    server: float
    kernels: float
    here: float
    all: float
    at: float

    @classmethod
    def so_far(cls, server: psutil.Process) -> Self:
        """Look now."""
        kernels = sum(_seconds(one) for one in server.children(recursive=True))
        total = psutil.cpu_times()
        busy = total.user + total.system + total.nice + total.irq + total.softirq
        return cls(_seconds(server), kernels, _seconds(psutil.Process()), busy, time.monotonic())

    def tell(self, what: str, now: Self) -> None:
        """Print how many processors were busy for whom since then."""
        spent = [(new - old) / (now.at - self.at) for old, new in zip(self, now, strict=True)]
        server, kernels, here, total, _ = spent
        others = total - server - kernels - here
        print(
            f"processors busy {what}: server {server:.2f}, kernels {kernels:.2f}, this script "
            f"{here:.2f}, others {others:.2f} of {os.cpu_count()}"
        )


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def report(done: Sequence[Done]) -> None:
    """Print how soon."""
    good = [one for one in done if one.answer == "done"]
    print("milliseconds                n    p50    p95    p99    max")
    for name in ("answer", "next", "again"):
        line(name, [one.seconds for one in good if one.name == name])
    line("all", [one.seconds for one in good])
    whole = [one for one in good if one.sent == 1]
    line("  of these never broken", [one.seconds for one in whole])
    line("    to the kernel", [one.there for one in whole])
    line("    kernel at work", [one.work for one in whole])
    line("    and back", [one.seconds - one.there - one.work for one in whole])


def line(name: str, seconds: Sequence[float]) -> None:
    """Print a line of figures."""
    if len(seconds) > 1:
        cuts = quantiles(seconds, n=100, method="inclusive")
        figures = (1000 * one for one in (cuts[49], cuts[94], cuts[98], max(seconds)))
        print(f"{name:24} {len(seconds):4}", *(f"{figure:6.0f}" for figure in figures))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, nargs=2, default=(3, 5))
    parser.add_argument("--drops", type=int, default=20, help="0: no connection breaks")
    parser.add_argument("--records", help="address of a PostgreSQL; default: a file")
    asked = parser.parse_args()
    if asked.records:
        os.environ["SALESTRAIN_RECORDS"] = asked.records
    plan = Plan(asked.seconds, tuple(asked.think), asked.drops)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), asked.people) as (served, pages),
    ):
        process = psutil.Process(served.process.pid if served.process else None)
        memory = [one.memory_full_info().pss for one in process.children(recursive=True)]
        print(
            f"{asked.people} people; {len(memory)} kernels, {sum(memory) / 1e9:.1f} GB (PSS) in all"
        )
        time.sleep(RESTS_SECONDS)  # spare kernels are still being made
        idle = Spent.so_far(process)
        time.sleep(RESTS_SECONDS)
        before = Spent.so_far(process)
        done = all_practise(pages, plan)
        after = Spent.so_far(process)
        idle.tell("at rest", before)
        before.tell("meanwhile", after)
        load = " ".join(f"{one:.1f}" for one in os.getloadavg())
        print(f"{len(done) / (after.at - before.at):.1f} actions a second; load average {load}")
        report(done)
        records = open_records(records_place(served.workspace.state))
        found = kept(records, done)
        records.close()
    resent = sum(one.sent > 1 for one in done)
    refused, silent = (sum(one.answer == how for one in done) for how in ("refused", ""))
    print(
        f"acknowledged {found.acknowledged} ({found.answers} answers kept), resent {resent}, "
        f"refused {refused}, never answered {silent}; lost {found.lost}, doubled {found.doubled}"
    )


if __name__ == "__main__":
    main()
