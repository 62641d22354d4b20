"""quiz stats: what the answers say about each item, as a table, suspicious ones first."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from salestrain.cli.app import Lang, Where, err, language_of
from salestrain.crm.export import escape_formula
from salestrain.errors import UsageError, did_you_mean
from salestrain.language import Text, percent
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.training.statistics.item import ItemStatistics
    from salestrain.training.statistics.suspicion import Suspicion

HEADS = ("item", "n", "facility", "low", "high", "expected", "discrimination", "cause", "evidence")
SHOWN = {
    "item": Text("题", "item"),
    "n": Text("人数", "n"),
    "facility": Text("正确率", "facility"),
    "discrimination": Text("区分度", "discrimination"),
    "cause": Text("可能的问题", "likely cause"),
}
NOBODY = Text(
    "还没有人答过题；有人在 quiz 应用里练习或考试以后再看。",
    "Nobody has answered a question yet; look again once people practise in the quiz app.",
)
SAMPLE = Text(
    "样例公司随附的模拟作答；有 5 人答过题就换成真的。",
    "The sample company’s simulated answers; they give way once 5 people have answered.",
)
WIDE = 120


def stats(
    section: Annotated[
        list[str] | None, typer.Option(help="Such as 2.2; repeatable; default: all.")
    ] = None,
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format")] = "table",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Print what first answers say about each item: suspicious ones first, then the hardest.

    Example: salestrain quiz stats --section 2.2 --format csv
    """
    # heavy, and not needed by the commands beside it
    from salestrain.playbook.load import open_playbook  # noqa: PLC0415
    from salestrain.records import utc_now  # noqa: PLC0415
    from salestrain.records.answers import open_log  # noqa: PLC0415
    from salestrain.training.quizzes.responses import responses  # noqa: PLC0415
    from salestrain.training.statistics.item import item_statistics  # noqa: PLC0415
    from salestrain.training.statistics.suspicion import suspicions  # noqa: PLC0415

    language, place = language_of(lang), find_workspace(workspace)
    items = open_playbook(place, prove=False).items
    wanted = _wanted(items, section)
    log = open_log(place)
    found = responses(log.deeds, items, utc_now())
    if not found.count:
        err.print(NOBODY.in_(language))
    elif log.sample:
        err.print(SAMPLE.in_(language))
    named = {one.item: one for one in suspicions(found, items)}
    every = [one for one in item_statistics(found, items) if one.n and one.item in wanted]
    order = {id_: place for place, id_ in enumerate(named)}
    every.sort(key=lambda one: (order.get(one.item, len(order)), one.shrunk))
    rows = [_row(one, named.get(one.item), items[one.item], language) for one in every]
    typer.echo(WRITERS[form](rows, language), nl=False)


def _wanted(items: dict[str, Item], sections: list[str] | None) -> set[str]:
    known = {item.section for item in items.values()}
    if wrong := [one for one in sections or [] if one not in known]:
        told = [f"section {one!r} has no items; {did_you_mean(one, known)}" for one in wrong]
        raise UsageError("\n".join(told))
    return {id_ for id_, item in items.items() if not sections or item.section in sections}


def _row(
    one: ItemStatistics, suspect: Suspicion | None, item: Item, language: Language
) -> dict[str, Any]:
    from salestrain.training.statistics.words import NAMES, why  # noqa: PLC0415 (see above)

    figures = (one.facility, *one.facility_interval, item.expected_facility, one.discrimination)
    shown = [None if math.isnan(each) else round(each, 4) for each in figures]
    cause = NAMES[suspect.cause].in_(language) if suspect else ""
    evidence = why(suspect, item, language) if suspect else ""
    return dict(zip(HEADS, (one.item, one.n, *shown, cause, evidence), strict=True))


def _as_table(rows: list[dict[str, Any]], language: Language) -> str:
    table = Table(box=None, pad_edge=False)
    for name, head in SHOWN.items():
        numeric = name not in ("item", "cause")
        table.add_column(head.in_(language), justify="right" if numeric else "left")
    for row in rows:
        share = " ".join((
            percent(row["facility"], language),
            f"({percent(row['low'], language)}–{percent(row['high'], language)})",
        ))  # fmt: skip
        apart = "–" if row["discrimination"] is None else f"{row['discrimination']:.2f}"
        table.add_row(row["item"], str(row["n"]), share, apart, row["cause"])
    text = io.StringIO()
    Console(file=text, width=WIDE, highlight=False, markup=False).print(table)
    return text.getvalue()


def _as_csv(rows: list[dict[str, Any]], language: Language) -> str:  # noqa: ARG001 (one form for all)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    for row in rows:
        safe = (escape_formula(one) if isinstance(one, str) else one for one in row.values())
        writer.writerow("" if one is None else one for one in safe)
    return text.getvalue()


def _as_json(rows: list[dict[str, Any]], language: Language) -> str:  # noqa: ARG001 (one form for all)
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


WRITERS = {"table": _as_table, "csv": _as_csv, "json": _as_json}
