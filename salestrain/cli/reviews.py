"""Commands that make reviews: demo, review, kpi."""

from __future__ import annotations

import os
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from salestrain.batch.index import write_index
from salestrain.batch.notebook import find_review
from salestrain.batch.pdf import find_chromium, print_pdfs
from salestrain.batch.plan import chosen, jobs
from salestrain.batch.run import Outcome, run_batch
from salestrain.cli.app import Lang, Where, app, err, out
from salestrain.cli.desk import Desk
from salestrain.language import Text
from salestrain.sales.metrics import compute
from salestrain.sales.table import WRITERS, kpi_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.batch.notebook import Value
    from salestrain.periods import Period

EACH = ["company", "each-region", "each-team", "each-rep"]
WORKERS = os.cpu_count() or 1
PROGRESS = Text("生成报告", "Making reports")
DONE = Text(
    "{done} 份做好，{unchanged} 份没有变化，{failed} 份没做成。",
    "{done} made, {unchanged} unchanged, {failed} failed.",
)
LEFT_OUT = Text("数据里没有 {lack}，算不了：{kpis}", "The data have no {lack}; left out: {kpis}")
OPEN = Text("打开：{index}", "Open: {index}")
CHECKED = Text(
    "手册和数据检查过了：{kpis} 个指标，{rows} 行数据，截至 {as_of}。",
    "Playbook and data checked: {kpis} KPIs, {rows} rows, books end on {as_of}.",
)

WhenIs = Annotated[
    str, typer.Option("--period", help="2026, 2026-Q3 or 2026-10; default: the latest quarter.")
]
ForWhom = Annotated[
    list[str] | None,
    typer.Option("--for", help="company, team:ID, rep:ID, each-team, each-rep …; repeatable."),
]
OutFolder = Annotated[Path | None, typer.Option("--out", help="Folder for the reports.")]
Workers = Annotated[int, typer.Option("--jobs", min=1, help="Reports made at once.")]
Resume = Annotated[bool, typer.Option("--resume", help="Leave what is done and unchanged.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="Print each report to PDF too.")]


@dataclass(frozen=True)
class Batch:
    """Which review is made of what, for whom, where."""

    name: str
    period: Period
    wanted: Sequence[str]
    folder: Path
    workers: int
    resume: bool


@app.command()
def review(  # noqa: PLR0913, PLR0917 (the options of a batch)
    name: Annotated[str, typer.Argument(help="The review, such as kpi_review.")],
    period: WhenIs = "",
    wanted: ForWhom = None,
    folder: OutFolder = None,
    workers: Workers = WORKERS,
    resume: Resume = False,
    pdf: Pdf = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Make a review for each of many, with an index page.

    Example: salestrain review kpi_review --period 2026-Q3 --for company --for each-team
    """
    if pdf:
        find_chromium()
    desk = Desk.laid(workspace, lang)
    place = folder or desk.workspace.reports
    batch = Batch(name, desk.period(period), wanted or ["company"], place, workers, resume)
    outcomes = _make(desk, batch)
    if pdf:
        print_pdfs([outcome.page for outcome in outcomes if outcome.status != "failed"])
    _tell(desk, outcomes, place / "index.html")


@app.command()
def demo(
    folder: OutFolder = None,
    workers: Workers = WORKERS,
    browser: Annotated[bool, typer.Option(help="Open the index page.")] = True,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Check the sample company and make its latest KPI reviews for everyone.

    Example: salestrain demo --no-browser
    """
    desk = Desk.laid(workspace, lang)
    rows = sum(note.accepted for note in desk.crm.snapshot.tables.values())
    facts = {"kpis": len(desk.playbook.kpis), "rows": f"{rows:,}", "as_of": desk.crm.as_of}
    out.print(CHECKED.in_(desk.language).format(**facts))
    place = folder or desk.workspace.reports
    outcomes = _make(desk, Batch("kpi_review", desk.period(""), EACH, place, workers, resume=True))
    if browser:
        webbrowser.open((place / "index.html").resolve().as_uri())
    _tell(desk, outcomes, place / "index.html")


@app.command()
def kpi(
    period: WhenIs = "",
    by: Annotated[
        Literal["company", "region", "team", "rep"], typer.Option(help="Whose figures.")
    ] = "company",
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format")] = "table",
    only: Annotated[list[str] | None, typer.Option("--kpi", help="KPI id; repeatable.")] = None,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Print the KPI board as a table, for spreadsheets and scripts.

    Example: salestrain kpi --period 2026-Q3 --by team --kpi 3.1.win_rate --format csv
    """
    desk = Desk.laid(workspace, lang)
    when = desk.period(period)
    kpis = desk.kpis(only)
    crm = desk.crm
    metrics = compute(
        crm.connection, kpis, [when], present=crm.present, as_of=crm.as_of, levels=[by]
    )
    table = kpi_table(metrics, kpis, desk.entities, desk.language, crm.snapshot.currency)
    typer.echo(WRITERS[form](table), nl=False)
    for lack in dict.fromkeys(metrics.missing.values()):
        left_out = ", ".join(one for one, wants in metrics.missing.items() if wants == lack)
        err.print(LEFT_OUT.in_(desk.language).format(lack=lack, kpis=left_out), markup=False)


def _make(desk: Desk, batch: Batch) -> list[Outcome]:
    notebook = find_review(desk.workspace.root, batch.name)
    pairs = chosen(desk.entities, batch.wanted, batch.period)
    shared: dict[str, Value] = {
        "workspace": str(desk.workspace.root),
        "language": desk.language,
    }
    planned = jobs(desk.entities, pairs, batch.period, shared)
    with _progress() as bar:
        task = bar.add_task(PROGRESS.in_(desk.language), total=len(planned))
        outcomes = run_batch(
            notebook,
            planned,
            batch.folder,
            fingerprint=desk.fingerprint,
            language=desk.language,
            workers=batch.workers,
            resume=batch.resume,
            on_done=lambda _: bar.advance(task),
        )
    period = batch.period.name
    write_index(batch.folder, outcomes, company=desk.company, period=period, language=desk.language)
    return outcomes


def _progress() -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    return Progress(*columns, TimeElapsedColumn(), console=err)


def _tell(desk: Desk, outcomes: Sequence[Outcome], index: Path) -> None:
    counts = dict.fromkeys(("done", "unchanged", "failed"), 0)
    for outcome in outcomes:
        counts[outcome.status] += 1
        if outcome.status == "failed":
            err.print(f"{outcome.job.key}: {outcome.reason}", markup=False)
    out.print(DONE.in_(desk.language).format(**counts))
    out.print(OPEN.in_(desk.language).format(index=index), markup=False)
    raise typer.Exit(1 if counts["failed"] else 0)
