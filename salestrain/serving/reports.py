"""``/reports/PATH``: generated reviews, each to those whose review it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tornado.web import HTTPError

from salestrain.batch.index import script_source
from salestrain.serving.base import Base
from salestrain.workspace import report_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from salestrain.records import Person

TYPES = {".html": "text/html; charset=UTF-8", ".pdf": "application/pdf", ".css": "text/css"}
NO_WORD = re.compile(r"[^\w.,/+-]+", re.ASCII)
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src {}; "
    "font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def may_read(person: Person, report: str, reps: Iterable[str]) -> bool:
    """Whether somebody may read a report, named by ``report_name``; ``reps`` are their team's."""
    own = {report_name("rep", person.id)}
    if person.role == "manager" and person.team:
        own |= {report_name("team", person.team), *(report_name("rep", rep) for rep in reps)}
    return person.role == "admin" or report in own


def whose(report: str, everybody: Iterable[Person]) -> list[str]:
    """Return the ids of whom a report, named by ``report_name``, is about; ``""`` for nobody."""
    level = report.partition("-")[0]
    names = {
        "rep": lambda one: report_name("rep", one.id),
        "team": lambda one: report_name("team", one.team or ""),
    }
    if level not in names:
        return [""]
    return [one.id for one in everybody if names[level](one) == report] or [""]


def report_file(folder: Path, path: str) -> Path | None:
    """Return the report at a path below the folder, None if the path leads elsewhere."""
    parts = path.split("/")
    if not all(parts) or any(part.startswith(".") or "\\" in part for part in parts):
        return None
    try:
        file = (folder / path).resolve(strict=True)
    except (OSError, ValueError):
        return None
    inside = file.is_relative_to(folder.resolve()) and file.is_file()
    return file if inside and file.suffix in TYPES else None


class Reports(Base):
    """Serves the reports folder by role."""

    def get(self, path: str) -> None:
        """Send a report to whom it may concern."""
        file, person = report_file(self.house.workspace.reports, path), self.person
        if file is None:
            raise HTTPError(404)
        everybody = self.house.records.people.all()
        reps = [one.id for one in everybody if one.team == person.team]
        if file.suffix != ".css" and not may_read(person, file.stem, reps):
            raise HTTPError(403)
        if file.suffix != ".css":
            self._note(file, everybody)
        self.set_header("Content-Type", TYPES[file.suffix])
        # by its hash: whatever else a page in the folder brings along must not run
        scripts = script_source() if file.name == "index.html" else "'none'"
        self.set_header("Content-Security-Policy", POLICY.format(scripts))
        self.finish(file.read_bytes())

    def _note(self, file: Path, everybody: Sequence[Person]) -> None:
        """Note whose figures are looked at; a region's or the company's are nobody's alone."""
        inside = file.relative_to(self.house.workspace.reports.resolve()).parent
        what = f"report {NO_WORD.sub('_', inside.as_posix())}"[:100]
        self.house.records.audit.saw(self.person.id, whose(file.stem, everybody), what)
