"""Small exports, written as people's systems write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salestrain.crm.importing import ImportReport, import_export
from salestrain.crm.mapping import Mapping, parse_mapping
from salestrain.crm.snapshot import connect
from salestrain.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Sequence

REAL = Path(__file__).parents[3] / "shared" / "data"
PEOPLE = "person_id,name,role\nann,Ann Lee,rep\nbo,Bo Chen,rep\n"
DEALS = "opportunity_id,owner_id,outcome,created_on,closed_on,amount"
GOOD = "d1,ann,won,2026-01-05,2026-02-10,1200"


def real(name: str) -> Path:
    """Return a folder of real data, or skip where it isn't."""
    if not (REAL / name).is_dir():
        pytest.skip(f"real data {name!r} is not on this machine (../shared/data)")
    return REAL / name


def mapping(text: str) -> Mapping:
    return parse_mapping(text, Path("map.yaml"))


def write(folder: Path, **texts: str | bytes) -> list[Path]:
    """Write ``name=text`` as ``name.csv``."""
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
    return paths


def deals(folder: Path, *rows: str, header: str = DEALS, people: str = PEOPLE) -> ImportReport:
    """Import people and the given rows of deals, both named like ours."""
    text = "\n".join((header, *rows)) + "\n"
    return import_export(write(folder, people=people, opportunities=text), None, folder / "crm")


def faults(folder: Path, error: pytest.ExceptionInfo[ContentError]) -> list[str]:
    """Return the faults, without the folder they lie in."""
    return [str(fault).replace(f"{folder}/", "") for fault in error.value.faults]


def said(folder: Path, report: ImportReport) -> list[str]:
    return [str(fault).replace(f"{folder}/", "") for fault in report.faults]


def rows(report: ImportReport, query: str) -> Sequence[tuple[object, ...]]:
    with connect(report.snapshot) as connection:
        return connection.execute(query).fetchall()


def quarantined(report: ImportReport, table: str = "opportunities") -> list[str]:
    return (report.quarantine / f"{table}.csv").read_text("utf-8-sig").splitlines()
