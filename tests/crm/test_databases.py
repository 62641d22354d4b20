"""The same tables by way of PostgreSQL, SQLite and an old Excel workbook are the same snapshot."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sql

from salestrain.crm.importing import import_export
from salestrain.crm.read import list_sheets
from salestrain.errors import ContentError
from tests.crm.exports import PEOPLE, mapping, rows, write

pytestmark = pytest.mark.slow
PASSWORD = "not-to-be-told"  # noqa: S105 (of a server that lives for this test)
SECONDS = "120"
COLUMNS = ("opportunity_id", "owner_id", "outcome", "created_on", "closed_on", "amount", "name")
DEALS = [
    ("d1", "ann", "won", date(2026, 1, 5), date(2026, 2, 10), 1200.5, "Pumps, two"),
    ("d2", "bo", "lost", date(2026, 1, 6), date(2026, 3, 1), 0.0, "水处理"),
    ("d3", "bo", "open", date(2026, 2, 7), None, None, '3" valve'),
]


def digest(folder: Path, *sources: str | Path) -> str:
    report = import_export(sources, None, folder / "crm")
    assert report.faults == ()
    return report.snapshot.digest


@pytest.fixture
def as_csv(tmp_path: Path) -> str:
    """The snapshot's digest when the tables come as CSV."""
    text = (
        "opportunity_id,owner_id,outcome,created_on,closed_on,amount,name\n"
        'd1,ann,won,2026-01-05,2026-02-10,1200.5,"Pumps, two"\n'
        "d2,bo,lost,2026-01-06,2026-03-01,0,水处理\n"
        'd3,bo,open,2026-02-07,,,"3"" valve"\n'
    )
    (tmp_path / "csv").mkdir()
    return digest(tmp_path / "csv", *write(tmp_path / "csv", people=PEOPLE, opportunities=text))


def fill(url: str | sql.URL) -> None:
    """Write the tables with the database's own types."""
    about = sql.MetaData()
    kinds: dict[str, sql.types.TypeEngine[Any]] = {
        "created_on": sql.Date(),
        "closed_on": sql.Date(),
        "amount": sql.Numeric(12, 2),
    }
    columns = [sql.Column(name, kinds.get(name, sql.String())) for name in COLUMNS]
    deals = sql.Table("opportunities", about, *columns)
    header, *lines = [line.split(",") for line in PEOPLE.splitlines()]
    people = sql.Table("people", about, *(sql.Column(name, sql.String) for name in header))
    engine = sql.create_engine(url, poolclass=sql.NullPool)
    about.create_all(engine)
    with engine.begin() as connection:
        connection.execute(
            deals.insert(), [dict(zip(COLUMNS, deal, strict=True)) for deal in DEALS]
        )
        connection.execute(people.insert(), [dict(zip(header, one, strict=True)) for one in lines])


def server_folder() -> Path:
    """Return where PostgreSQL's programs are, or skip."""
    found = shutil.which("postgres")
    places = [Path(found).resolve()] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    if not places:
        pytest.skip("no PostgreSQL server on this machine (Debian: apt-get install postgresql)")
    return places[0].parent


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of our own on 127.0.0.1, which ends by itself in any case."""
    pytest.importorskip("psycopg", reason="needs the extra salestrain[postgres]")
    programs = server_folder()
    # The server refuses to run as root, and needs a folder that its own user may enter.
    user = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="salestrain-postgres-"))
    (folder / "password").write_text(PASSWORD)
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, **user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    made: list[str | Path] = [programs / "initdb", "-D", data, "-U", "us", "-A", "scram-sha-256"]
    made += ["--pwfile", folder / "password", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(made, check=True, capture_output=True, cwd="/", **user)  # type: ignore[call-overload] # user and group
    words: list[str | Path] = ["timeout", "-s", "INT", SECONDS, programs / "postgres", "-D", data]
    words += ["-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    words += ["-c", "unix_socket_directories="]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(words, stderr=log, stdout=log, cwd="/", **user) as server,  # type: ignore[call-overload] # user and group
    ):
        url = f"postgresql://us:{PASSWORD}@127.0.0.1:{port}/postgres"
        try:
            wait_for(programs, port)
            fill(url.replace("postgresql", "postgresql+psycopg"))
            yield url
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
            shutil.rmtree(folder)


def wait_for(programs: Path, port: int) -> None:
    asked: list[str | Path] = [
        programs / "pg_isready",
        "-q",
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        "-t",
        "1",
    ]
    for _ in range(100):
        if subprocess.run(asked, check=False).returncode == 0:
            return
        subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail("the PostgreSQL server did not start within 10 seconds")


def test_postgresql(postgres: str, as_csv: str, tmp_path: Path) -> None:
    assert digest(tmp_path, postgres) == as_csv
    assert digest(tmp_path, postgres.replace("postgresql:", "postgres:")) == as_csv


def test_a_mapping_takes_tables_and_views_of_a_database(postgres: str, tmp_path: Path) -> None:
    url = postgres.replace("postgresql", "postgresql+psycopg")
    with sql.create_engine(url, poolclass=sql.NullPool).begin() as there:
        there.execute(
            sql.text(
                "CREATE OR REPLACE VIEW deals AS SELECT opportunity_id AS id, owner_id AS rep, "
                "outcome = 'won' AS won, created_on::timestamptz AS since, amount "
                "FROM opportunities WHERE outcome <> 'open'"
            )
        )
    chosen = mapping(
        """
        tables:
          people: {sheet: people, columns: {person_id: person_id, name: name, role: role}}
          opportunities:
            sheet: deals
            columns: {opportunity_id: id, owner_id: rep, outcome: won, created_on: since,
                      amount: amount}
            values: {outcome: {"True": won, "False": lost}}
        """
    )
    report = import_export([postgres], chosen, tmp_path / "crm")
    assert report.faults == ()
    query = "SELECT opportunity_id, outcome, created_on, amount FROM opportunities ORDER BY 1"
    assert rows(report, query) == [
        ("d1", "won", date(2026, 1, 5), 1200.5),
        ("d2", "lost", date(2026, 1, 6), 0.0),
    ]


@pytest.mark.parametrize(("old", "new"), [(PASSWORD, "wrong"), ("/postgres", "/nowhere")])
def test_a_refusing_server_is_named_and_no_password_told(
    postgres: str, tmp_path: Path, old: str, new: str
) -> None:
    with pytest.raises(ContentError) as error:
        import_export([postgres.replace(old, new)], None, tmp_path / "crm")
    (fault,) = error.value.faults
    assert str(fault).startswith("127.0.0.1/")
    assert str(fault).endswith("; check address, user and password")
    assert not {PASSWORD, ":wrong"} & set(str(fault).replace("@", " ").split())
    assert PASSWORD not in str(fault)


def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ContentError) as error:
        list_sheets("postgresql://us:secret@db.example/crm")
    assert str(error.value) == (
        "db.example/crm: the driver for 'postgresql+psycopg' addresses is not installed; "
        "pip install 'salestrain[postgres]' for PostgreSQL; export other databases as CSV"
    )


def test_a_sqlite_file_by_path_and_by_url(as_csv: str, tmp_path: Path) -> None:
    file = tmp_path / "crm.db"
    fill(f"sqlite:///{file}")
    assert digest(tmp_path, file) == as_csv
    assert digest(tmp_path, f"sqlite:///{file}") == as_csv


def test_an_old_excel_workbook(as_csv: str, tmp_path: Path) -> None:
    xlwt = pytest.importorskip("xlwt", reason="needs xlwt to write an .xls file")
    book = xlwt.Workbook()
    dated = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    sheet = book.add_sheet("opportunities")
    sheet.write(0, 1, "Deals, exported by the CRM")
    for column, name in enumerate(COLUMNS, 1):
        sheet.write(2, column, name)
    for line, deal in enumerate(DEALS, 3):
        for column, cell in enumerate(deal, 1):
            sheet.write(line, column, cell, *([dated] if isinstance(cell, date) else []))
    (people,) = write(tmp_path, people=PEOPLE)
    book.save(str(tmp_path / "deals.xls"))
    assert (tmp_path / "deals.xls").read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    assert digest(tmp_path, people, tmp_path / "deals.xls") == as_csv
