"""The sample company: the tables hold together, and each planted story is found by computing it.

The findings (SQL, thresholds, figures) are in ``sample_company/findings.yaml``, one entry a story.
``data/README.md`` tells the stories; the figures it names must be the ones computed here.
"""

from __future__ import annotations

import filecmp
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import yaml

from salestrain.crm.tables import SQL_TYPES, tables

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
FINDINGS = yaml.safe_load(
    (Path(__file__).parent / "sample_company" / "findings.yaml").read_text(encoding="utf-8")
)
README = (DATA / "README.md").read_text(encoding="utf-8")
STORIES = sorted(FINDINGS)


def read_books(folder: Path) -> duckdb.DuckDBPyConnection:
    """Every table of the folder under its name, typed by the CRM contract."""
    books = duckdb.connect()
    for name, table in tables().items():
        types = {column.name: SQL_TYPES[column.kind] for column in table.columns.values()}
        books.execute(
            f"CREATE TABLE {name} AS FROM read_csv(?, columns = ?, header = true)",
            [str(folder / f"{name}.csv"), types],
        )
    return books


@dataclass(frozen=True)
class Story:
    """What a story's query gave, and whether that is the story."""

    figures: dict[str, object]
    found: bool


def look_for(story: str, books: duckdb.DuckDBPyConnection) -> Story:
    """Compute the story's figures and its test, both SQL over the tables."""
    entry = FINDINGS[story]
    books.execute("CREATE OR REPLACE TEMP TABLE figures AS " + entry["figures"])
    answer = books.execute("FROM figures")
    assert answer.description is not None
    names = [column[0] for column in answer.description]
    row = answer.fetchone()
    assert row is not None, f"{story}: no row"
    figures = dict(zip(names, row, strict=True))
    verdict = books.execute(f"SELECT {entry['found']} FROM figures").fetchone()
    return Story(figures, found=verdict == (True,))


def generate(folder: Path, *arguments: str) -> Path:
    """Run the generator into the folder."""
    command = [sys.executable, "-m", "data.generator", str(folder), *arguments]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    return folder


@pytest.fixture(scope="module")
def books() -> duckdb.DuckDBPyConnection:
    """The committed tables."""
    return read_books(DATA)


def number(books: duckdb.DuckDBPyConnection, sql: str) -> float:
    """The one number a query gives."""
    row = books.execute(sql).fetchone()
    assert row is not None
    return float(row[0])


@pytest.mark.parametrize("story", STORIES)
def test_the_story_is_found_by_computing_it(books: duckdb.DuckDBPyConnection, story: str) -> None:
    told = look_for(story, books)
    assert told.found, told.figures


@pytest.mark.parametrize("story", STORIES)
def test_the_readme_names_the_figures_the_tables_give(
    books: duckdb.DuckDBPyConnection, story: str
) -> None:
    section = README.split(f"### `{story}`")[1].split("\n### ")[0]
    figures = look_for(story, books).figures
    written = {
        name: shape.format(figures[name]) for name, shape in FINDINGS[story]["readme"].items()
    }
    missing = {name: text for name, text in written.items() if text not in section}
    assert missing == {}


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_the_story_is_gone_when_it_is_not_told(tmp_path: Path, story: str) -> None:
    told = look_for(story, read_books(generate(tmp_path, "--without", story)))
    assert not told.found, told.figures


@pytest.mark.slow
def test_the_generator_writes_the_committed_tables_byte_for_byte(tmp_path: Path) -> None:
    generate(tmp_path)
    names = [f"{name}.csv" for name in tables()]
    assert filecmp.cmpfiles(DATA, tmp_path, names, shallow=False) == (names, [], [])


def test_the_tables_have_the_columns_of_the_contract_and_stay_small() -> None:
    headers = {
        name: (DATA / f"{name}.csv").read_bytes().split(b"\n", 1)[0].decode() for name in tables()
    }
    assert headers == {name: ",".join(table.columns) for name, table in tables().items()}
    files = list(DATA.glob("*.csv"))
    assert len(files) == 18
    assert 3e6 < sum(file.stat().st_size for file in files) < 6e6
    assert not any(b"\r" in file.read_bytes() for file in files)


def test_the_company_has_the_size_it_is_said_to_have(books: duckdb.DuckDBPyConnection) -> None:
    roles = dict(books.execute("SELECT role, count(*) FROM people GROUP BY role").fetchall())
    assert roles == {"rep": 40, "manager": 6, "director": 1, "marketing": 4, "service": 6}
    assert number(books, "SELECT count(DISTINCT region) FROM teams") == 3
    assert 390 <= number(books, "SELECT count(*) FROM accounts") <= 420
    span = books.execute(
        "SELECT min(happened_on)::VARCHAR, max(happened_on)::VARCHAR FROM activities"
    )
    assert span.fetchone() == ("2024-04-01", "2026-09-30")


@pytest.mark.parametrize("table", tables().values(), ids=lambda table: table.name)
def test_keys_are_unique_references_resolve_and_values_are_allowed(
    books: duckdb.DuckDBPyConnection, table: object
) -> None:
    contract = next(one for one in tables().values() if one is table)
    name, faults = contract.name, {}
    checks = {contract.key: f"count(*) - count(DISTINCT {contract.key})"}
    for column in contract.columns.values():
        one = column.name
        if column.required:
            checks[f"{one} missing"] = f"count(*) FILTER (WHERE {one} IS NULL)"
        if column.choices:
            checks[f"{one} choice"] = f"count(*) FILTER (WHERE {one} NOT IN {column.choices})"
        if column.kind in ("money", "count", "number", "share"):
            low, high = column.least or 0, column.most or 1e9
            checks[f"{one} range"] = f"count(*) FILTER (WHERE NOT {one} BETWEEN {low} AND {high})"
        if column.refers:
            key = tables()[column.refers].key
            there = f"(SELECT {key} FROM {column.refers})"
            checks[f"{one} refers"] = f"count(*) FILTER (WHERE {one} NOT IN {there})"
    for what, sql in checks.items():
        if found := number(books, f"SELECT {sql} FROM {name}"):
            faults[what] = found
    assert faults == {}


CONTRADICTIONS = {
    "a deal closed before it began": "opportunities WHERE closed_on < created_on",
    "an open deal with a closing day": "opportunities "
    "WHERE (outcome = 'open') <> (closed_on IS NULL)",
    "a day after the books end": "opportunities "
    "WHERE greatest(created_on, closed_on, stage_entered_on, quoted_on, next_step_confirmed_on) "
    "> DATE '2026-09-30'",
    "a deal on no stay of its own": "opportunities o WHERE NOT EXISTS (FROM stage_changes s "
    "WHERE s.opportunity_id = o.opportunity_id AND s.stage = o.stage "
    "AND s.entered_on = o.stage_entered_on AND s.left_on IS NOT DISTINCT FROM o.closed_on "
    "AND coalesce(s.moved_to, 'open') = o.outcome)",
    "a stay that ends before it begins": "stage_changes WHERE left_on < entered_on",
    "a stay that does not follow the one before": "(SELECT stage, entered_on, "
    "lag(left_on) OVER w AS before, lag(moved_to) OVER w AS sent FROM stage_changes "
    "WINDOW w AS (PARTITION BY opportunity_id ORDER BY change_id)) "
    "WHERE before <> entered_on OR sent <> stage",
    "a quote day that is not the entry into the stage": "opportunities o LEFT JOIN stage_changes s "
    "ON s.opportunity_id = o.opportunity_id AND s.stage = '2.2.quote' "
    "WHERE o.quoted_on IS DISTINCT FROM s.entered_on",
    "an order that is not the sum of its lines": "orders o WHERE amount_ex_vat <> "
    "(SELECT sum(l.amount_ex_vat) FROM order_lines l WHERE l.order_id = o.order_id)",
    "a line that is not quantity times price": "order_lines "
    "WHERE amount_ex_vat <> quantity * unit_price",
    "an order above list price": "orders WHERE amount_ex_vat > list_amount",
    "a won deal without its order": "opportunities o LEFT JOIN orders r USING (opportunity_id) "
    "WHERE outcome = 'won' "
    "AND (r.amount_ex_vat IS DISTINCT FROM o.amount OR r.ordered_on <> closed_on)",
    "a first version sold after the second": "order_lines JOIN orders USING (order_id) "
    "WHERE product_id = 'D-20' AND (version = '2') <> (ordered_on >= DATE '2025-09-01')",
    "an answer before the complaint": "complaints WHERE first_response_at < opened_at "
    "OR resolved_at < first_response_at",
    "a complaint outside working hours": "complaints WHERE hour(opened_at) NOT BETWEEN 8 AND 17 "
    "OR dayofweek(opened_at) IN (0, 6)",
    "an order of someone not there": "orders JOIN people ON person_id = owner_id "
    "WHERE ordered_on < joined_on OR ordered_on > left_on",
    "work of someone not there": "activities JOIN people USING (person_id) "
    "WHERE happened_on < joined_on OR happened_on > left_on",
    "a market figure not yet published": "market WHERE quarter_start >= DATE '2026-07-01'",
}


@pytest.mark.parametrize("contradiction", CONTRADICTIONS)
def test_the_tables_do_not_hold(books: duckdb.DuckDBPyConnection, contradiction: str) -> None:
    assert number(books, f"SELECT count(*) FROM {CONTRADICTIONS[contradiction]}") == 0


def test_a_team_makes_six_to_nine_million_in_a_usual_quarter(
    books: duckdb.DuckDBPyConnection,
) -> None:
    median = number(
        books,
        "SELECT median(a) FROM (SELECT sum(amount_ex_vat) a FROM orders JOIN people "
        "ON owner_id = person_id GROUP BY team_id, date_trunc('quarter', ordered_on))",
    )
    assert 6e6 < median < 9e6


def test_waste_water_peaks_in_the_fourth_quarter(books: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT quarter(ordered_on), sum(amount_ex_vat)
        FROM orders JOIN accounts USING (account_id) WHERE industry = 'waste_water'
        AND ordered_on BETWEEN '2024-07-01' AND '2026-06-30' GROUP BY 1"""
    quarters = dict(books.execute(sql).fetchall())
    assert quarters[4] > 1.25 * max(quarters[1], quarters[2], quarters[3])


def test_semiconductor_takes_half_a_year_and_aquaculture_three_weeks(
    books: duckdb.DuckDBPyConnection,
) -> None:
    sql = """SELECT industry, median(closed_on - o.created_on) FROM opportunities o
        JOIN accounts USING (account_id) WHERE outcome = 'won' GROUP BY industry"""
    cycles = dict(books.execute(sql).fetchall())
    assert 150 <= cycles["semiconductor"] <= 200
    assert 18 <= cycles["aquaculture"] <= 28


def test_zhou_min_has_the_four_open_deals_the_playbook_tells_of(
    books: duckdb.DuckDBPyConnection,
) -> None:
    sql = """SELECT a.name_en, stage, amount FROM opportunities o JOIN accounts a USING (account_id)
        JOIN people p ON p.person_id = o.owner_id
        WHERE p.name_en = 'Zhou Min' AND outcome = 'open' ORDER BY amount DESC"""
    assert books.execute(sql).fetchall() == [
        ("Bailu Waterworks", "2.2.first_contact", 150_000),
        ("Heting Wastewater", "2.2.quote", 96_300),
        ("Lancha Aquaculture", "2.2.needs", 78_000),
        ("Maiduo Foods", "2.2.signing", 42_000),
    ]


def test_heting_has_its_three_contacts(books: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT c.name, c.decides FROM contacts c JOIN accounts a USING (account_id)
        WHERE a.name_en = 'Heting Wastewater' ORDER BY contact_id"""
    assert books.execute(sql).fetchall() == [
        ("吴海", "uses"), ("陆建平", "signs"), ("陈立强", "influences")
    ]  # fmt: skip


def test_maiduo_got_the_wrong_version_and_probes_that_drifted(
    books: duckdb.DuckDBPyConnection,
) -> None:
    sql = """SELECT category, strftime(opened_at, '%Y-%m') FROM complaints
        JOIN accounts a USING (account_id) WHERE a.name_en = 'Maiduo Foods'
        AND (category = 'version' OR batch = 'P20-2511') ORDER BY opened_at"""
    found = books.execute(sql).fetchall()
    assert found[0][0] == "version"
    assert found[1] == ("drift", "2026-01")
    unnamed = """SELECT o.ordered_on::VARCHAR FROM order_lines l JOIN orders o USING (order_id)
        WHERE product_id = 'D-20' AND version IS NULL"""
    assert books.execute(unnamed).fetchall() == [("2025-10-13",)]


@pytest.mark.parametrize("table", tables())
def test_the_readme_counts_the_rows_of_each_table(
    books: duckdb.DuckDBPyConnection, table: str
) -> None:
    counted = books.execute(f"SELECT count(*) FROM {table}").fetchone()
    (told,) = re.findall(rf"^\| `{table}` [^|]*\| (\d+) \|", README, re.MULTILINE)
    assert counted == (int(told),)
