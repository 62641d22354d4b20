"""Who answered what: from the workspace's records, or the sample company's simulated answers."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.records import open_records, records_place
from salestrain.training.responses import QUIZ
from salestrain.training.steps import Step
from salestrain.workspace import shipped

if TYPE_CHECKING:
    from salestrain.records import Records
    from salestrain.training.path import Deed
    from salestrain.workspace import Workspace

SAMPLE = "practice.tsv"
BETWEEN = "|"
A_CLASS = 5


@dataclass(frozen=True)
class Log:
    """What people did.

    Attributes:
        deeds: By person, in the order saved.
        names: Of those whom the records know; ``teams`` likewise.
        sample: Whether these are the sample company's simulated answers.
    """

    deeds: dict[str, tuple[Deed, ...]] = field(default_factory=dict)
    names: dict[str, Text] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    sample: bool = False


def open_log(place: Workspace) -> Log:
    """Return what people did in a workspace.

    The sample company as it ships comes with simulated answers, which stand in until five people
    there have answered a question; a workspace of one's own never shows them.

    Raises:
        SalestrainError: If the records can't be read.
    """
    log = _recorded(place)
    answered = sum(any(app == QUIZ for app, _, _ in deeds) for deeds in log.deeds.values())
    file = place.data / SAMPLE
    if answered >= A_CLASS or place.root != shipped().resolve() or not file.is_file():
        return log
    return Log(_sample(file), sample=True)


def fingerprint_of(place: Workspace) -> str:
    """Return what changes whenever somebody does something; the same while there are no records."""
    records = _open(place)
    if records is None:
        return ""
    try:
        return str(records.steps.newest())
    finally:
        records.close()


def _open(place: Workspace) -> Records | None:
    where = records_place(place.state)
    if "://" not in str(where) and not Path(where).exists():
        return None  # opening them would make them
    return open_records(where)


def _recorded(place: Workspace) -> Log:
    records = _open(place)
    if records is None:
        return Log()
    try:
        people = records.people.all()
        deeds = records.steps.of_people(one.id for one in people)
    finally:
        records.close()
    names = {one.id: Text(one.name, one.name_en or one.name) for one in people}
    return Log(deeds, names, {one.id: one.team for one in people if one.team})


def _sample(file: Path) -> dict[str, tuple[Deed, ...]]:
    found: dict[str, list[Deed]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            answer, earned = row["answer"].split(BETWEEN), float(row["earned"])
            data = {"item": row["item"], "answer": answer, "earned": earned}
            step = Step("answered", data, datetime.fromisoformat(row["answered_at"]))
            found.setdefault(row["person"], []).append(
                (QUIZ, row["item"].rpartition(".i.")[0], step)
            )
    return {one: tuple(deeds) for one, deeds in found.items()}
