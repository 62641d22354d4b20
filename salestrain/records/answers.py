"""Who did what: from the workspace's records, or as the sample company simulates it."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salestrain.language import Text
from salestrain.records import open_records, records_place
from salestrain.training.exams.exam import ANSWERED, BEGAN, FINISHED
from salestrain.training.quizzes.responses import QUIZ
from salestrain.training.steps import Step
from salestrain.training.talk_statistics.held import ROLEPLAY
from salestrain.training.talks.runs import ENDED, MOVED, chosen, typed
from salestrain.training.understanding.reading import NONE, Part
from salestrain.workspace import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.records import Records
    from salestrain.training.paths.path import Deed
    from salestrain.workspace import Workspace

SAMPLE = "practice.tsv"
BETWEEN, AND, NOT_READ, IN_TALKS = "|", "+", "?", ".s."
NEWCOMERS, ONBOARDING = "newcomers", "onboarding"
A_CLASS = 5
A_TURN = timedelta(seconds=40)
"""How long a simulated turn takes."""


@dataclass(frozen=True)
class Log:
    """What people did.

    Attributes:
        deeds: By person, in the order saved.
        names: Of those whom the records know; ``teams`` likewise.
        sample: Whether these are the sample company's simulated answers and talks.
    """

    deeds: dict[str, tuple[Deed, ...]] = field(default_factory=dict)
    names: dict[str, Text] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    sample: bool = False


def open_log(place: Workspace, of: str = QUIZ) -> Log:
    """Return what people did in a workspace.

    The sample company as it ships comes with simulated answers and talks, which stand in until five
    people there have done anything in the app; a workspace of one's own never shows them.

    Args:
        place: The workspace.
        of: The app, as the registry names it.

    Raises:
        SalestrainError: If the records can't be read.
    """
    log = recorded(place)
    there = sum(any(app == of for app, _, _ in deeds) for deeds in log.deeds.values())
    file = place.data / SAMPLE
    if there >= A_CLASS or place.root != shipped().resolve() or not file.is_file():
        return log
    return Log(_sample(file), sample=True)


def open_class(place: Workspace) -> Log:
    """Return what people did, for a review of training.

    The sample company as it ships comes with a simulated class, which stands in until five people
    there have walked some of a path; a workspace of one's own never shows it.

    Raises:
        SalestrainError: If the records can't be read.
    """
    log = recorded(place)
    there = sum(any(app == ONBOARDING for app, _, _ in deeds) for deeds in log.deeds.values())
    folder = newcomers_of(place)
    if there >= A_CLASS or place.root != shipped().resolve() or not folder.is_dir():
        return log
    people = _rows(folder / "people.csv", ",")
    return Log(
        _runs(folder / "steps.tsv"),
        {one["person_id"]: Text(one["name"], one["name_en"]) for one in people},
        {one["person_id"]: one["team_id"] for one in people},
        sample=True,
    )


def newcomers_of(place: Workspace) -> Path:
    """Return the folder of the simulated class; it holds CRM tables of its own."""
    return place.data / NEWCOMERS


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


def recorded(place: Workspace) -> Log:
    """Return what the records of a workspace hold; nothing, and none made, if there are none."""
    records = _open(place)
    if records is None:
        return Log()
    try:
        people = records.people.all()
        deeds = records.steps.of_people(one.id for one in people)
    finally:
        records.close()
    names = {one.id: one.called for one in people}
    return Log(deeds, names, {one.id: one.team for one in people if one.team})


def _rows(file: Path, between: str) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        if between == ",":
            return list(csv.DictReader(lines))
        # JSON has quotes of its own
        return list(csv.DictReader(lines, delimiter=between, quoting=csv.QUOTE_NONE))


def _runs(file: Path) -> dict[str, tuple[Deed, ...]]:
    found: dict[str, list[Deed]] = {}
    for row in _rows(file, "\t"):
        began = datetime.fromisoformat(row["began"])
        for seconds, kind, data in json.loads(row["steps"]):
            step = Step(kind, data, began + timedelta(seconds=seconds))
            found.setdefault(row["person"], []).append((row["app"], row["thread"], step))
    return {one: tuple(deeds) for one, deeds in found.items()}


def _sample(file: Path) -> dict[str, tuple[Deed, ...]]:
    rows = _rows(file, "\t")
    found: dict[str, list[Deed]] = {}
    runs: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        runs.setdefault((row["person"], row["attempt"]), []).append(row)
    for row in rows:
        if IN_TALKS in row["item"]:
            talk = ((ROLEPLAY, row["item"], step) for step in _of_talk(row))
            found.setdefault(row["person"], []).extend(talk)
            continue
        exam = row["attempt"].partition("/")[0]
        thread = exam or row["item"].rpartition(".i.")[0]
        steps = _of_exam(row, runs[row["person"], row["attempt"]]) if exam else (_answered(row),)
        found.setdefault(row["person"], []).extend((QUIZ, thread, step) for step in steps)
    return {one: tuple(deeds) for one, deeds in found.items()}


def _answered(row: dict[str, str]) -> Step:
    answer, earned = row["answer"].split(BETWEEN), float(row["earned"])
    data = {"item": row["item"], "answer": answer, "earned": earned}
    return Step(ANSWERED, data, datetime.fromisoformat(row["answered_at"]))


def _of_exam(row: dict[str, str], run: list[dict[str, str]]) -> Iterator[Step]:
    """Yield an answer of an attempt, which begins with the first and is handed in with the last."""
    step, first, last = _answered(row), _answered(run[0]), _answered(run[-1])
    if row is run[0]:
        minutes = ceil((last.at - first.at).total_seconds() / 60)
        items = [each["item"] for each in run]
        yield Step(BEGAN, {"items": items, "seed": row["attempt"], "minutes": minutes}, step.at)
    yield step
    if row is run[-1]:
        earned = sum(float(each["earned"]) for each in run)
        yield Step(FINISHED, {"earned": round(earned, 6), "of": len(run)}, step.at)


def _of_talk(row: dict[str, str]) -> Iterator[Step]:
    """Yield the steps of a run: begun, a turn each, ended."""
    mode, way, ending, passed = row["attempt"].split("/")
    at, score = datetime.fromisoformat(row["answered_at"]), round(float(row["earned"]) * 100)
    yield Step(BEGAN, {"seed": row["answered_at"], "mode": mode, "way": way}, at)
    for turn in row["answer"].split(BETWEEN):
        at += A_TURN
        yield Step(MOVED, chosen(turn, "") if way == "choice" else _typed(turn), at)
    data = {"ending": ending, "score": score, "passed": passed == "1", "mode": mode}
    yield Step(ENDED, data, at)


def _typed(turn: str) -> dict[str, Any]:
    moves = () if turn == NOT_READ else turn.split(AND)
    return typed("", moves, [Part("", move, 1.0) for move in moves or (NONE,)], "sample")
