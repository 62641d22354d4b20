"""The public CRM export, imported with the shipped mapping: figures known beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salestrain.crm.importing import ImportReport, import_export
from salestrain.crm.mapping import find_mapping, parse_mapping
from salestrain.crm.suggest import suggest_mapping
from tests.crm.exports import real, rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> ImportReport:
    files = sorted(real("maven_crm").glob("*.csv"))
    return import_export(files, find_mapping("maven_crm"), tmp_path_factory.mktemp("maven"))


def test_every_row_is_accepted(report: ImportReport) -> None:
    assert {name: (n.read, n.accepted, n.quarantined) for name, n in report.tables.items()} == {
        "people": (35, 35, 0),
        "teams": (6, 6, 0),
        "accounts": (85, 85, 0),
        "products": (7, 7, 0),
        "opportunities": (8800, 8800, 0),
    }
    assert report.faults == ()
    assert (report.snapshot.currency, str(report.snapshot.as_of)) == ("USD", "2017-12-31")


def test_won_and_lost_deals_value_and_cycle(report: ImportReport) -> None:
    found = rows(
        report,
        "SELECT outcome, count(*), sum(amount), round(avg(closed_on - created_on), 2) "
        "FROM opportunities WHERE outcome <> 'open' GROUP BY 1 ORDER BY 1 DESC",
    )
    assert found == [("won", 4238, 10_005_534.0, 51.78), ("lost", 2473, 0.0, 41.48)]


def test_reps_without_deals_stay(report: ImportReport) -> None:
    idle = "FROM people WHERE person_id NOT IN (SELECT owner_id FROM opportunities)"
    assert rows(report, "SELECT count(*) FROM people WHERE role = 'rep'") == [(35,)]
    assert rows(report, f"SELECT count(*) {idle}") == [(5,)]


def test_the_product_spelled_in_two_ways_is_one(report: ImportReport) -> None:
    assert [tuple(note) for note in report.notes] == [
        (
            "opportunities.product_id：「GTXPro」按「GTX Pro」读入（1480 行）",
            "opportunities.product_id: 'GTXPro' is read as 'GTX Pro' (1480 rows)",
        )
    ]
    without = "FROM opportunities ANTI JOIN products USING (product_id)"
    assert rows(report, f"SELECT count(*) {without}") == [(0,)]


def test_stages_say_how_far_a_deal_came(report: ImportReport) -> None:
    assert rows(report, "SELECT stage, count(*) FROM opportunities GROUP BY 1 ORDER BY 2") == [
        ("2.2.first_contact", 500),
        ("2.2.needs", 1589),
        (None, 2473),
        ("2.2.signing", 4238),
    ]


def test_the_suggested_mapping_imports_as_it_stands(tmp_path: Path) -> None:
    files = sorted(real("maven_crm").glob("*.csv"))
    made = parse_mapping(suggest_mapping(files), tmp_path / "map.yaml")
    report = import_export(files, made, tmp_path / "crm")
    assert report.faults == ()
    found = rows(
        report,
        "SELECT outcome, count(*), sum(amount) FROM opportunities GROUP BY 1 ORDER BY 2 DESC",
    )
    assert found == [("won", 4238, 10_005_534.0), ("lost", 2473, 0.0), ("open", 2089, None)]
    assert rows(
        report, "SELECT count(*), count(DISTINCT team_id) FROM people WHERE role = 'rep'"
    ) == [(35, 6)]
