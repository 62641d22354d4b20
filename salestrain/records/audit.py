"""Who looked at what of whom, when, and what for: a log that only grows, and that shows tampering.

Each line is bound to the one before by its hash (``chain``), and each hash is noted once more
outside the database (``seals``). So a line that is changed, taken out, put in or moved is found,
the last one too. Writers take turns: one transaction reads the last line and adds the next, and the
line's number is its key, so that two can't go on from the same line.

Who is erased loses the openings of their lines: whether they looked or were looked at, then nobody
can tell any more. A purpose that names them goes as well. The erasure is itself a line, which says
how many openings went; if more are missing than that, somebody has taken names out.

What it does not do: keep whoever can write database, seals and secret from making up a new log, or
count who reads the database past the apps.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select

from salestrain.errors import SalestrainError, UsageError
from salestrain.records.chain import (
    PARTS,
    START,
    Broken,
    Opening,
    Row,
    broken,
    committed,
    hash_of,
    line_of,
)
from salestrain.records.schema import audit, openings, people
from salestrain.records.seals import NAME, read_seals, seal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from sqlalchemy import Connection

    from salestrain.records.database import Database

COMMAND_LINE = "command line"
"""Who looks where nobody signs in: whoever has the machine."""
FORGOT = "forgot"
JOINED = "joined"
"""What begins with this word joins training with pay or sales; it is refused without a purpose."""
WHAT = re.compile(r"[a-z]+( [\w.,/+-]{1,120})?", re.ASCII)
LONGEST_PURPOSE = 300
LOCK = "SELECT pg_advisory_xact_lock(7253787)"  # any number but that of the migrations
LAST = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
NO_PURPOSE = "this joins training with pay or sales data; say what for"


class Look(NamedTuple):
    """A line as people read it; who was erased, and what they were looked at for, is empty."""

    number: int
    at: datetime
    by: str
    whom: str
    what: str
    why: str


class Verdict(NamedTuple):
    """What verifying found: how many lines, and the first that is broken.

    ``seals`` says what is wrong with the seals themselves, if anything is.
    """

    lines: int
    broken: Broken | None
    seals: str = ""


@dataclass(frozen=True)
class Audit:
    """The log of a workspace.

    Attributes:
        database: Where its lines are.
        clock: Tells the time, aware.
        state: The folder of the secret and the seals; None keeps no seals.
    """

    database: Database
    clock: Callable[[], datetime]
    state: Path | None = None

    def saw(self, by: str, whom: str | Iterable[str], what: str, purpose: str = "") -> None:
        """Note that somebody looks at others' data; committed when this returns.

        One's own data are one's own: nothing is noted of them. Whoever the records don't know
        stands in the line as nobody, so that no name stays that can't be erased.

        Args:
            by: Who looks.
            whom: At whose data: one person's id or several.
            what: A word for the kind, and which: ``talk 2.2.s.quote``. It must name no person.
            purpose: What for, in the reader's words; asked for where pay and training are joined.

        Raises:
            UsageError: If a purpose is wanted and there is none; nothing must be shown then.
            SalestrainError: If it can't be noted.
        """
        purpose = " ".join(purpose.split())[:LONGEST_PURPOSE]
        if not WHAT.fullmatch(what):
            raise ValueError(f"{what!r} is no kind of thing looked at; write a word, and which")
        if what.partition(" ")[0] == JOINED and not purpose:
            raise UsageError(NO_PURPOSE)
        others = [one for one in ([whom] if isinstance(whom, str) else whom) if one != by]
        if not others:
            return
        with self.database.writing() as connection:
            self.turn(connection)
            known = _known(connection, {by, *others})
            said = ({"by": by, "whom": one, "why": purpose} for one in dict.fromkeys(others))
            rows = [self._add(connection, what, each, known) for each in said]
        self.seal(rows)

    def turn(self, connection: Connection) -> None:
        """Wait until nobody else adds to the log; SQLite lets one write at a time anyway."""
        if not self.database.is_file:
            connection.exec_driver_sql(LOCK)

    def forget(
        self, connection: Connection, person_id: str, by: str, names: Callable[[str], bool]
    ) -> Row:
        """Drop what tells a person's lines from others, and add the line that says so.

        Args:
            connection: In a transaction whose turn it is.
            person_id: Who is erased.
            by: Who erases them.
            names: Whether a purpose names them.

        Returns:
            The line, to be sealed once all is committed.
        """
        kept = [Opening(**row) for row in connection.execute(select(openings)).mappings()]
        theirs = {one.number for one in kept if one.value == person_id and one.part != "why"}
        lost = [
            one
            for one in kept
            if (one.part == "why" and (one.number in theirs or names(one.value)))
            or (one.part != "why" and one.value == person_id)
        ]
        for one in lost:
            own = (openings.c.number == one.number) & (openings.c.part == one.part)
            connection.execute(delete(openings).where(own))
        known = _known(connection, {by} - {person_id})
        return self._add(connection, FORGOT, {"by": by}, known, len(lost))

    def seal(self, rows: Collection[Row]) -> None:
        """Note the hashes of lines that are committed."""
        try:
            if self.state is not None:
                seal(self.state, rows)
        except OSError as error:
            what = f"{error.filename}: {error.strerror}"
            raise SalestrainError(f"{what}; the audit log needs this file") from error

    def looks(self, *, whom: str = "", by: str = "") -> list[Look]:
        """Return the lines, or those of whom was looked at, or by whom; in order."""
        with self.database.reading() as connection:
            rows, opened = _all(connection)
        said: dict[int, dict[str, str]] = {}
        for one in opened:
            said.setdefault(one.number, {})[one.part] = one.value
        found = (_look(row, said.get(row.number, {})) for row in rows)
        return [one for one in found if whom in {"", one.whom} and by in {"", one.by}]

    def verify(self) -> Verdict:
        """Say whether every line is as it was written, as far as chain and seals tell."""
        with self.database.writing() as connection:  # so that nobody adds to it meanwhile
            self.turn(connection)
            rows, opened = _all(connection)
        if self.state is None:
            return Verdict(len(rows), broken(rows, opened, {}), "there are none")
        sealed, wrong = read_seals(self.state), ""
        if not sealed.genuine:
            wrong = f"{self.state / NAME} was changed, or the secret beside it was replaced"
        elif rows and not sealed.hashes:
            wrong = f"{self.state / NAME} is missing; copy it along with the records"
        return Verdict(len(rows), broken(rows, opened, sealed.hashes), wrong)

    def _add(
        self,
        connection: Connection,
        what: str,
        said: dict[str, str],
        known: Collection[str],
        gone: int = 0,
    ) -> Row:
        last = connection.execute(LAST).first()
        number, previous = (last.number + 1, last.hash) if last else (1, START)
        new, parts = [], dict.fromkeys(PARTS, "")
        for part, value in said.items():
            if value and (part == "why" or value in known):
                salt = secrets.token_hex(16)
                parts[part] = committed(salt, part, value)
                new.append(Opening(number, part, value, salt)._asdict())
        at = self.clock().astimezone(UTC).isoformat()
        line = line_of(number, at, what, parts, gone)
        row = Row(number, line, hash_of(previous, line))
        connection.execute(audit.insert().values(row._asdict()))
        if new:
            connection.execute(openings.insert(), new)
        return row


def _known(connection: Connection, ids: Collection[str]) -> set[str]:
    asked = select(people.c.id).where(people.c.id.in_(ids))
    return {*connection.scalars(asked), COMMAND_LINE}


def _all(connection: Connection) -> tuple[list[Row], list[Opening]]:
    rows = connection.execute(select(audit).order_by(audit.c.number)).mappings()
    lines = [Row(**row) for row in rows]
    return lines, [Opening(**row) for row in connection.execute(select(openings)).mappings()]


def _look(row: Row, said: dict[str, str]) -> Look:
    line = json.loads(row.line)
    by, whom, why = (said.get(part, "") for part in PARTS)
    return Look(row.number, datetime.fromisoformat(line["at"]), by, whom, line["what"], why)
