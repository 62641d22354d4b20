"""The KPI board as one flat table, for spreadsheets and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.crm.export import escape_formula
from salestrain.sales.units import span, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from salestrain.language import Language
    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.sales.metrics import Metrics

FIGURES = ["value", "low", "high", "n", "target"]


def kpi_table(
    metrics: Metrics,
    kpis: Sequence[Kpi],
    entities: pd.DataFrame,
    language: Language,
    currency: str,
) -> pd.DataFrame:
    """Return one row per KPI and entity, in the playbook's order.

    Columns: kpi, name, level, entity, entity_name, period, value, low, high, n, target, unit, and
    ``shown_as``, the figure as a reader writes it. A figure with too few cases has no value.
    """
    frame = metrics.frame.copy()
    by_id = {kpi.id: kpi for kpi in kpis}
    frame.loc[~frame["shown"], ["value", "low", "high"]] = float("nan")
    names = entities.set_index(["level", "entity"])["name" if language == "zh" else "name_en"]
    keys = list(zip(frame["level"], frame["entity"], strict=True))
    frame["entity_name"] = [names.get(key, "") for key in keys]
    frame["name"] = [by_id[kpi].name.in_(language) for kpi in frame["kpi"]]
    frame["unit"] = [by_id[kpi].unit for kpi in frame["kpi"]]
    frame["shown_as"] = [
        " ".join(filter(None, (written(v, u, language, currency), _range(lo, hi, u, language))))
        for v, lo, hi, u in zip(*(frame[c] for c in ("value", "low", "high", "unit")), strict=True)
    ]
    columns = ["kpi", "name", "level", "entity", "entity_name", "period", *FIGURES, "unit"]
    return frame[[*columns, "shown_as"]]


def _range(low: float, high: float, unit: str, language: Language) -> str:
    text = span(low, high, unit, language) if unit == "rate" else ""  # type: ignore[arg-type] # a unit of the playbook
    return f"({text})" if text else ""


def as_text(table: pd.DataFrame) -> str:
    """Return a table to read in a terminal."""
    shown = table[["kpi", "name", "entity_name", "shown_as", "n"]].astype({"n": int})
    return str(shown.to_string(index=False, header=True)) + "\n"


def as_csv(table: pd.DataFrame) -> str:
    """Return CSV whose text cells no spreadsheet takes for a formula."""
    texts = ("kpi", "name", "entity", "entity_name", "shown_as")
    safe = table.assign(**{column: table[column].map(escape_formula) for column in texts})
    return str(safe.to_csv(index=False, lineterminator="\n"))


def as_json(table: pd.DataFrame) -> str:
    """Return a JSON list of records; a missing figure is null."""
    return str(table.to_json(orient="records", force_ascii=False, indent=1)) + "\n"


WRITERS: dict[str, Callable[[pd.DataFrame], str]] = {
    "table": as_text,
    "csv": as_csv,
    "json": as_json,
}
