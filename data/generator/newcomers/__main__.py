"""Write ``data/newcomers/``: a simulated class of the sample company, and its CRM.

``python -m data.generator.newcomers [FOLDER]``. It reads the playbook's items, scenarios and path
as they are, so it is run again when those change. What is planted stands in ``data/README.md``.
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.generator.learners import HERE
from data.generator.newcomers.customers import TABLES
from data.generator.newcomers.plan import FIRST
from data.generator.newcomers.simulation import matter_of, simulate
from salestrain.crm.tables import tables
from salestrain.playbook.load import open_playbook
from salestrain.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.generator.newcomers.lessons import Done
    from data.generator.newcomers.plan import Plan

SEED = 12
HEAD = ("person", "app", "thread", "began", "steps")
SETTLED = date(2022, 3, 1)
"""When the mentors joined."""


def main(folder: Path) -> None:
    """Write the steps and the tables, and say how many there are."""
    made = simulate(SEED, matter_of(open_playbook(Workspace.at(HERE.parent), prove=False)))
    folder.mkdir(exist_ok=True)
    with (folder / "steps.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quotechar="\b")
        writer.writerow(HEAD)
        writer.writerows(map(_run, made.done))
    rows = {"people": _people(made.plan), **made.books.rows}
    for name in ("people", *TABLES):
        _write(folder / f"{name}.csv", tables()[name].columns, rows[name])
    print(f"newcomers {len(made.done):6} runs", *(f"{k} {len(v)}" for k, v in rows.items()))


def _run(done: Done) -> tuple[str, ...]:
    """Return a run as one row: when it began, and each step with the seconds since then."""
    began = done.steps[0].at
    kept = [step for step in done.steps if step.kind != "went_on"]  # nothing is told from those
    steps = [[int((step.at - began).total_seconds()), step.kind, step.data] for step in kept]
    told = json.dumps(steps, ensure_ascii=False, separators=(",", ":"))
    return done.person, done.app, done.thread, f"{began:%Y-%m-%dT%H:%M:%SZ}", told


def _people(plan: Plan) -> list[dict[str, object]]:
    hires = [(one.id, one.name, one.name_en, one.team, FIRST) for one in plan.hires]
    every = [*hires, *((*one, SETTLED) for one in plan.mentors)]
    names = ("person_id", "name", "name_en", "team_id", "joined_on")
    same = {"role": "rep", "left_on": None}
    return [{**same, **dict(zip(names, one, strict=True))} for one in every]


def _write(place: Path, columns: Iterable[str], rows: Sequence[dict[str, object]]) -> None:
    """Write the columns that the rows have, in the order of the CRM's contract."""
    used = [name for name in columns if name in rows[0]]
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(used)
        writer.writerows(["" if row[n] is None else row[n] for n in used] for row in rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "newcomers")
