"""Measured steps against small tables: what counts, on which day, and what is missing."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from salestrain.playbook.paths import Measured
from salestrain.sales.reached import Reached, reached

TEXT = {"zh": "字", "en": "words"}
BASE = {"id": "s", "kind": "measured", "title": TEXT, "why": TEXT, "minutes": 5, "due_day": 1}
VISITS = {"table": "activities", "dated": "happened_on", "where": {"kind": "visit"}}
PRESENT = {
    "activities": {"person_id", "account_id", "kind", "happened_on", "next_step_confirmed_on"},
    "complaints": {"handler_id", "first_response_at"},
}


@pytest.fixture
def crm() -> duckdb.DuckDBPyConnection:
    found = duckdb.connect(":memory:")
    found.execute(
        "CREATE TABLE activities AS SELECT * FROM (VALUES "
        "('lin', 'a1', 'visit', DATE '2026-10-05', DATE '2026-10-12'), "
        "('lin', 'a1', 'visit', DATE '2026-10-05', NULL), "
        "('lin', 'a2', 'visit', DATE '2026-10-02', NULL), "
        "('lin', 'a3', 'call', DATE '2026-10-01', NULL), "
        "('tang', 'a4', 'visit', DATE '2026-10-01', NULL)"
        ") AS t(person_id, account_id, kind, happened_on, next_step_confirmed_on)"
    )
    found.execute(
        "CREATE TABLE complaints AS SELECT 'lin' AS handler_id, "
        "TIMESTAMP '2026-10-03 09:30:00' AS first_response_at"
    )
    return found


def step(**more: object) -> Measured:
    return Measured.model_validate({**BASE, **more})


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (VISITS, Reached(3, date(2026, 10, 2))),
        ({**VISITS, "at_least": 2}, Reached(3, date(2026, 10, 5))),
        ({**VISITS, "at_least": 4}, Reached(3, None)),
        ({**VISITS, "at_least": 3, "once_a_day": "account_id"}, Reached(2, None)),
        (
            {**VISITS, "where": {"kind": "visit", "next_step_confirmed_on": "*"}},
            Reached(1, date(2026, 10, 5)),
        ),
        ({"table": "activities", "dated": "happened_on"}, Reached(4, date(2026, 10, 1))),
        (
            {"table": "complaints", "dated": "first_response_at", "of": "handler_id"},
            Reached(1, date(2026, 10, 3)),
        ),
        ({"table": "orders", "dated": "ordered_on"}, Reached(missing="orders")),
        ({**VISITS, "where": {"opportunity_id": "*"}}, Reached(missing="activities")),
    ],
)
def test_rows_are_counted_and_their_days_told(
    crm: duckdb.DuckDBPyConnection, asked: dict[str, object], found: Reached
) -> None:
    assert reached(crm, PRESENT, step(**asked), "lin") == found


def test_no_id_and_no_value_is_read_as_sql(crm: duckdb.DuckDBPyConnection) -> None:
    assert reached(crm, PRESENT, step(**VISITS), "x' OR '1'='1") == Reached()
    odd = {**VISITS, "where": {"kind": "visit' OR 'a'='a"}}
    assert reached(crm, PRESENT, step(**odd), "lin") == Reached()
