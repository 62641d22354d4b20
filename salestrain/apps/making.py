"""Reviews made in one go: for the command line and for the manager's app alike."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salestrain.batch.index import write_index
from salestrain.batch.record import read_record
from salestrain.batch.run import Outcome, run_batch
from salestrain.errors import UsageError
from salestrain.language import Text
from salestrain.records.answers import fingerprint_of
from salestrain.workspace import report_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from salestrain.apps.desk import Desk
    from salestrain.batch.notebook import Value
    from salestrain.batch.run import Job
    from salestrain.periods import Period
    from salestrain.workspace import Workspace

Pair = tuple[str, str]
FROM_RECORDS = {"quiz_review", "roleplay_review", "team_review", "meeting_pack", "training_review"}
"""Reviews of what people did; the others change with playbook and data alone."""


@dataclass(frozen=True)
class Order:
    """Which notebook is run, for what period, for whom (level and id), into which folder.

    ``more`` are parameters of the notebook's own, such as which meeting a pack is for.
    """

    notebook: Path
    period: Period
    pairs: Sequence[Pair]
    folder: Path
    workers: int
    resume: bool
    more: Mapping[str, Value] = field(default_factory=dict)


def folder_of(workspace: Workspace, review: str, period: str) -> Path:
    """Return where the reports of a review and period lie, so that none overwrites another."""
    return workspace.reports / period / review


def reviews_in(root: Path) -> dict[str, Text]:
    """Return the titles of the reviews in a workspace: their first heading, ``# zh · en``."""
    found = sorted((root / "notebooks" / "reviews").glob("*.ipynb"))
    return {path.stem: _title(path) for path in found}


def _title(notebook: Path) -> Text:
    try:
        first = json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["source"]
    except (OSError, ValueError, LookupError, TypeError):
        first = ""  # what is wrong with it is told when it is run
    line = "".join(first).partition("\n")[0]
    zh, _, en = line.removeprefix("# ").partition(" · ")
    return Text(zh, en or zh) if line.startswith("# ") else Text(notebook.stem, notebook.stem)


def make(desk: Desk, order: Order, on_done: Callable[[Outcome], None]) -> list[Outcome]:
    """Make the reports, and an index page of all that lie in the folder.

    Args:
        desk: What they are made from.
        order: What to make.
        on_done: Told of each outcome as it comes, in the calling thread.

    Returns:
        One outcome per report, in the order asked for.

    Raises:
        SalestrainError: If the notebook or its parameters are wrong, or if somebody else is making
            reports there; nothing has run then.
    """
    with _alone_in(order.folder):
        planned, beside = _planned(desk, order)
        outcomes = run_batch(
            order.notebook,
            planned,
            order.folder,
            fingerprint=_fingerprint(desk, order),
            language=desk.language,
            workers=order.workers,
            resume=order.resume,
            on_done=on_done,
        )
        _list(desk, order, [*outcomes, *(_earlier(job, order.folder) for job in beside)])
    return outcomes


def _fingerprint(desk: Desk, order: Order) -> str:
    """Return what changes when something a review reads has changed."""
    practised = order.notebook.stem in FROM_RECORDS
    return desk.fingerprint + (f" {fingerprint_of(desk.workspace)}" if practised else "")


def _planned(desk: Desk, order: Order) -> tuple[list[Job], list[Job]]:
    """Return the jobs of the order, and those whose reports lie there already."""
    from salestrain.batch.plan import jobs  # noqa: PLC0415 (slow to import: pandas)

    entities = desk.entities
    everybody: list[Pair] = list(zip(entities["level"], entities["entity"], strict=True))
    there = [pair for pair in everybody if page_of(order.folder, pair).exists()]
    beside = [pair for pair in there if pair not in order.pairs]
    shared: dict[str, Value] = {"workspace": str(desk.workspace.root), "language": desk.language}
    every = jobs(entities, [*order.pairs, *beside], order.period, {**shared, **order.more})
    return every[: len(order.pairs)], every[len(order.pairs) :]


def page_of(folder: Path, pair: Pair) -> Path:
    """Return where somebody's report lies."""
    return folder / f"{report_name(*pair)}.html"


def record_of(page: Path) -> dict[str, str | float] | None:
    """Return what is on record of a report (headline, seconds); None if it was never finished."""
    return read_record(page.parent / ".batch" / f"{page.stem}.json")


def _earlier(job: Job, folder: Path) -> Outcome:
    page, executed = folder / f"{job.key}.html", folder / "notebooks" / f"{job.key}.ipynb"
    facts = record_of(page)
    if facts is None:
        return Outcome(job, "failed", page, executed, "", "", 0.0)
    return Outcome(job, "earlier", page, executed, str(facts["headline"]), "", 0.0)


def _list(desk: Desk, order: Order, outcomes: Sequence[Outcome]) -> None:
    from salestrain.batch.plan import LEVELS  # noqa: PLC0415 (slow to import: pandas)

    listed = sorted(outcomes, key=lambda outcome: LEVELS.index(outcome.job.group))
    period = order.period.name
    write_index(order.folder, listed, company=desk.company, period=period, language=desk.language)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep others from writing there meanwhile; the lock goes with the process that holds it."""
    place = folder / ".batch"
    place.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(place / "making", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise UsageError(
                f"{folder}: reports are being made there already; wait until they are done"
            ) from error
        yield
