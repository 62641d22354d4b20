"""Reviews by ``run_batch`` against the ``papermill`` command once per notebook, in turns.

    python benchmarks/batch.py [--count 40] [--workers 2] [--review kpi_review]

Both sides make the same reviews of the sample company's latest quarter; papermill makes no HTML.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from salestrain.apps.desk import Desk
from salestrain.batch.notebook import find_review
from salestrain.batch.plan import chosen, jobs
from salestrain.batch.run import Job, run_batch
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salestrain.batch.notebook import Value

EACH = ("company", "each-region", "each-team", "each-rep")
TURNS = 4


def main() -> None:
    """Print seconds for each side and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=40, help="reviews in all")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--review", default="kpi_review")
    asked = parser.parse_args()
    desk = Desk.laid(find_workspace(), "zh")
    notebook = find_review(desk.workspace.root, asked.review)
    period = desk.period("")
    shared: dict[str, Value] = {"workspace": str(desk.workspace.root), "language": "zh"}
    planned = jobs(desk.entities, chosen(desk.entities, EACH, period), period, shared)
    work = list(islice(cycle(planned), asked.count))
    with tempfile.TemporaryDirectory() as folder:
        report(*compare(notebook, work, Path(folder), asked.workers))


def compare(notebook: Path, work: Sequence[Job], out: Path, workers: int) -> tuple[float, float]:
    """Return seconds by ``run_batch`` and by the command, taking turns over the same reviews."""
    ours = command = 0.0
    for number, share in enumerate(shares(work)):
        started = time.perf_counter()
        by_batch(notebook, share, out / str(number), workers)
        between = time.perf_counter()
        by_command(notebook, share, out)
        ended = time.perf_counter()
        ours, command = ours + between - started, command + ended - between
        print(f"{len(share)} reviews: {between - started:.1f} s, papermill {ended - between:.1f} s")
    return ours, command


def shares(work: Sequence[Job]) -> Iterator[Sequence[Job]]:
    """Yield the work in about equal parts, one a turn."""
    size = max(-(-len(work) // TURNS), 1)
    return (work[at : at + size] for at in range(0, len(work), size))


def by_batch(notebook: Path, share: Sequence[Job], out: Path, workers: int) -> None:
    """Make the reviews as salestrain does."""
    failed = [
        outcome.reason
        for outcome in run_batch(
            notebook, share, out,
            fingerprint="", language="zh", workers=workers, resume=False, on_done=lambda _: None,
        )
        if outcome.status == "failed"
    ]  # fmt: skip
    if failed:
        sys.exit(failed[0])


def by_command(notebook: Path, share: Sequence[Job], out: Path) -> None:
    """Make the reviews by one command each."""
    for job in share:
        given = []
        for name, value in job.parameters.items():
            given += ["-r" if isinstance(value, str) else "-p", name, str(value)]
        target = str(out / "papermill.ipynb")
        command = [sys.executable, "-m", "papermill", "--no-progress-bar", str(notebook), target]
        subprocess.run(
            [*command, *given], cwd=notebook.parent, check=True, stderr=subprocess.DEVNULL
        )


def report(ours: float, command: float) -> None:
    """Print the totals."""
    print(f"run_batch {ours:.1f} s, papermill {command:.1f} s, ratio {command / ours:.2f}")


if __name__ == "__main__":
    main()
