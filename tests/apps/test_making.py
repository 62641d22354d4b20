"""A review that reads what people did is made again once they have done more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from salestrain.apps.desk import Desk
from salestrain.apps.making import Order, make
from salestrain.batch.run import Outcome
from salestrain.records import Person, open_records
from salestrain.training.steps import Step
from salestrain.workspace import Workspace, shipped

pytestmark = pytest.mark.slow  # real kernels

NOON = datetime(2026, 8, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize("practised", ["quiz_review", "roleplay_review"])
def test_what_people_did_makes_its_review_anew_and_leaves_the_kpi_review(
    practised: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESTRAIN_RECORDS", str(tmp_path / "records.db"))
    place = Workspace(shipped(), tmp_path / "state", tmp_path / "reports")
    desk, did = Desk.laid(place, "en"), list[Outcome]()

    def made(review: str) -> list[str]:
        notebook = shipped() / "notebooks" / "reviews" / f"{review}.ipynb"
        company = desk.entities.query("level == 'company'")
        whom = list(zip(company["level"], company["entity"], strict=True))
        order = Order(notebook, desk.period("2026-Q3"), whom, tmp_path / review, 1, resume=True)
        return [one.status for one in make(desk, order, did.append)]

    assert [made(practised), made("kpi_review")] == [["done"], ["done"]]
    assert [made(practised), made("kpi_review")] == [["unchanged"], ["unchanged"]]
    records = open_records(tmp_path / "records.db")
    records.people.add(Person("ann", "安"))
    data = {"item": "2.2.i.which_stage", "answer": ["needs"], "earned": 1.0}
    records.steps.append("ann", "quiz", "2.2", "one", Step("answered", data, NOON))
    records.close()
    assert [made(practised), made("kpi_review")] == [["done"], ["unchanged"]]
