"""The audit log: what is noted, what tampering it shows, and what an erasure leaves of a person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sql
from hypothesis import given
from hypothesis import strategies as st

from salestrain.errors import UsageError
from salestrain.records import Person, Records, open_records
from salestrain.records.audit import COMMAND_LINE, Audit
from salestrain.records.chain import (
    START,
    Broken,
    Opening,
    Row,
    broken,
    committed,
    hash_of,
    line_of,
)
from salestrain.records.seals import NAME
from tests.records.conftest import Clock

ZHAO = Person("R3", "赵一凡", "Zhao Yifan", role="trainer")


@pytest.fixture
def audit(records: Records, tmp_path: Path, clock: Clock) -> Audit:
    """A log of five lines about two people, sealed in a folder of its own."""
    records.people.add(ZHAO)
    log = Audit(records.database, clock, tmp_path)
    log.saw("R2", "R1", "talk 2.2.s.quote")
    clock.pass_(minutes=5)
    log.saw("R3", ["R1", "R2"], "talks")
    log.saw("R2", "R1", "joined coaching", " spring   pay round ")
    log.saw("R3", "R2", "report 2026-Q3/kpi_review")
    return log


def change(records: Records, *statements: str) -> None:
    """Do to the tables what no code of ours does."""
    with records.database.writing() as connection:
        for one in statements:
            connection.execute(sql.text(one))


def test_a_line_says_who_looked_at_what_of_whom_when_and_what_for(audit: Audit) -> None:
    said = [(one.number, one.by, one.whom, one.what, one.why) for one in audit.looks()]
    assert said == [
        (1, "R2", "R1", "talk 2.2.s.quote", ""),
        (2, "R3", "R1", "talks", ""),
        (3, "R3", "R2", "talks", ""),
        (4, "R2", "R1", "joined coaching", "spring pay round"),
        (5, "R3", "R2", "report 2026-Q3/kpi_review", ""),
    ]
    assert [one.at.minute for one in audit.looks()] == [0, 5, 5, 5, 5]
    assert [one.number for one in audit.looks(whom="R1")] == [1, 2, 4]
    assert [one.number for one in audit.looks(by="R3")] == [2, 3, 5]
    assert [one.number for one in audit.looks(whom="R2", by="R2")] == []
    assert audit.verify() == (5, None, "")


def test_ones_own_are_ones_own_and_strangers_are_nobody(audit: Audit) -> None:
    audit.saw("R1", "R1", "talk 2.2.s.quote")
    assert audit.verify().lines == 5
    audit.saw(COMMAND_LINE, "left-long-ago", "export")
    last = audit.looks()[-1]
    assert (last.by, last.whom) == (COMMAND_LINE, "")
    assert audit.verify() == (6, None, "")


def test_pay_and_training_are_not_joined_without_a_purpose(audit: Audit) -> None:
    for purpose in ("", " \n "):
        with pytest.raises(UsageError) as error:
            audit.saw("R2", "R1", "joined coaching", purpose)
        expected = "this joins training with pay or sales data; say what for"
        assert str(error.value) == expected
    assert audit.verify().lines == 5


@pytest.mark.parametrize("what", ["", "Talk", "talk 林晓雨", "talk ", "a b c", "talk " + "x" * 121])
def test_what_was_looked_at_is_a_word_and_which(audit: Audit, what: str) -> None:
    with pytest.raises(ValueError, match="is no kind of thing looked at"):
        audit.saw("R2", "R1", what)
    assert audit.verify().lines == 5


SWAPPED = [
    "UPDATE audit SET number = 99 WHERE number = 2",
    "UPDATE audit SET number = 2 WHERE number = 3",
    "UPDATE audit SET number = 3 WHERE number = 99",
]
PUSHED = [f"UPDATE audit SET number = {one + 1} WHERE number = {one}" for one in (5, 4, 3, 2)]
PULLED = [f"UPDATE audit SET number = {one - 1} WHERE number = {one}" for one in (3, 4, 5)]
FORGED = "INSERT INTO audit (number, line, hash) SELECT 2, line, 'ab' FROM audit WHERE number = 1"


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (["UPDATE audit SET line = replace(line, 'quote', 'x') WHERE number = 1"], (1, "changed")),
        (["UPDATE audit SET hash = 'ab' WHERE number = 4"], (4, "changed")),
        (["DELETE FROM audit WHERE number = 3"], (3, "removed")),
        (["DELETE FROM audit WHERE number = 2", *PULLED], (2, "removed")),
        (["DELETE FROM audit WHERE number = 5"], (5, "removed")),
        (["DELETE FROM audit", "DELETE FROM audit_openings"], (1, "removed")),
        (SWAPPED, (2, "reordered")),
        ([*PUSHED, FORGED], (2, "inserted")),
        (["UPDATE audit_openings SET value = '' WHERE number = 4 AND part = 'by'"], (4, "changed")),
        (["UPDATE audit_openings SET value = 'nothing' WHERE part = 'why'"], (4, "changed")),
        (["DELETE FROM audit_openings WHERE number = 2 AND part = 'whom'"], (2, "removed")),
        (["INSERT INTO audit_openings VALUES (1, 'why', 'asked to', '00')"], (1, "changed")),
        (["INSERT INTO audit_openings VALUES (7, 'by', 'R2', '00')"], (7, "inserted")),
    ],
)  # fmt: skip
def test_what_was_done_to_the_log_is_found(
    audit: Audit, records: Records, done: list[str], found: tuple[int, str]
) -> None:
    change(records, *done)
    assert audit.verify().broken == found


def test_a_log_written_anew_by_the_rules_is_still_found(audit: Audit, records: Records) -> None:
    """Whoever can reckon hashes can bind any lines together; the seals know the old ones."""
    with records.database.writing() as connection:
        asked = sql.text("SELECT number, line, hash FROM audit ORDER BY number")
        rows = [Row(*row) for row in connection.execute(asked)]
        previous, made = START, []
        for row in rows:
            line = row.line.replace("talks", "calls")
            previous = hash_of(previous, line)
            made.append(row._replace(line=line, hash=previous))
        for row in made:
            statement = sql.text(
                "UPDATE audit SET line = :line, hash = :hash WHERE number = :number"
            )
            connection.execute(statement, row._asdict())
    assert broken(made, [], {1: made[0].hash}) == Broken(5, "removed")  # no openings were given
    assert audit.verify().broken == (2, "changed")


def test_seals_that_are_gone_or_not_ours_are_told(audit: Audit, tmp_path: Path) -> None:
    seals = tmp_path / NAME
    assert seals.stat().st_mode & 0o777 == 0o600
    text = seals.read_text()
    seals.write_text(text.replace(text.split()[1], "0" * 64))
    assert audit.verify().seals == f"{seals} was changed, or the secret beside it was replaced"
    seals.write_text(text + "6 half a li")
    assert audit.verify() == (5, None, "")
    seals.unlink()
    assert audit.verify().seals == f"{seals} is missing; copy it along with the records"


def test_an_erasure_leaves_the_chain_whole_and_nobody_in_it(audit: Audit, records: Records) -> None:
    audit.saw("R3", "R2", "joined pay", "compare with 林　晓雨")
    records.people.forget("R1", by="R2")
    log = Audit(records.database, audit.clock, audit.state)
    assert [(one.by, one.whom, one.why) for one in log.looks()] == [
        ("R2", "", ""),
        ("R3", "", ""),
        ("R3", "R2", ""),
        ("R2", "", ""),
        ("R3", "R2", ""),
        ("R3", "R2", ""),
        ("R2", "", ""),
    ]
    assert log.looks()[-1].what == "forgot"
    assert log.verify().broken is None
    with records.database.reading() as connection:
        kept = str(connection.execute(sql.text("SELECT * FROM audit_openings")).all())
        lines = str(connection.execute(sql.text("SELECT * FROM audit")).all())
    assert "R1" not in kept
    assert "晓雨" not in kept
    assert "R1" not in lines
    change(records, "DELETE FROM audit_openings WHERE number = 3 AND part = 'by'")
    assert log.verify().broken == (6, "removed")  # the last that lacks any


def test_lines_about_one_person_can_not_be_told_apart_from_others(audit: Audit) -> None:
    """The same id under another salt looks like another id."""
    with audit.database.reading() as connection:
        lines = connection.execute(sql.text("SELECT line FROM audit")).scalars().all()
    commitments = [part for line in lines for part in line.split('"') if len(part) == 64]
    assert len(commitments) == len(set(commitments)) == 5 * 2 + 1


def test_many_writers_at_once_make_one_chain(place: str, records: Records) -> None:
    others = [open_records(place) for _ in range(4)]

    def looks(number: int) -> None:
        others[number % 4].audit.saw("R2", "R1", f"talk {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(looks, range(40)))
    said = {one.what for one in records.audit.looks(whom="R1")}
    assert said == {f"talk {number}" for number in range(40)}
    assert [one.number for one in records.audit.looks()] == list(range(1, 41))
    assert records.audit.verify().broken is None
    for one in others:
        one.close()


WORDS = st.text(st.characters(codec="utf-8"), max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_any_line_changed_is_the_first_broken(words: list[str], data: st.DataObject) -> None:
    rows, opened, previous = [], [], START
    for number, word in enumerate(words, 1):
        salt = f"{number:032x}"
        opened += [Opening(number, part, word, salt) for part in ("by", "whom")]
        parts = {part: committed(salt, part, word) for part in ("by", "whom")} | {"why": ""}
        line = line_of(number, "2026-10-09", "talk", parts)
        previous = hash_of(previous, line)
        rows.append(Row(number, line, previous))
    sealed = {row.number: row.hash for row in rows}
    assert broken(rows, opened, sealed) is None
    place = data.draw(st.integers(0, len(rows) - 1))
    other = rows[place]._replace(line=rows[place].line.replace("talk", "tale"))
    assert broken([*rows[:place], other, *rows[place + 1 :]], opened, sealed) == Broken(
        place + 1, "changed"
    )
    assert broken([*rows[:place], *rows[place + 1 :]], opened, sealed) == Broken(
        place + 1, "removed"
    )
