"""Commands that make reviews: demo, review, kpi."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from salestrain.apps.desk import Desk
from salestrain.apps.making import Order, folder_of, make
from salestrain.batch.notebook import find_review, typed
from salestrain.batch.pdf import find_chromium, print_pdfs
from salestrain.batch.plan import chosen
from salestrain.cli.app import Lang, Where, app, err, language_of, out
from salestrain.cli.serve import Port, serve_workspace
from salestrain.language import Text
from salestrain.sales.metrics import compute
from salestrain.sales.table import WRITERS, kpi_table
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.batch.run import Outcome

DEMO = "kpi_review"
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
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", help="A parameter of the notebook's own: meeting=1.3.quarterly."),
]
Pdf = Annotated[bool, typer.Option("--pdf", help="Print each report to PDF too.")]


@app.command()
def review(  # noqa: PLR0913, PLR0917 (the options of a batch)
    name: Annotated[str, typer.Argument(help="The review, such as kpi_review.")],
    period: WhenIs = "",
    wanted: ForWhom = None,
    folder: OutFolder = None,
    workers: Workers = WORKERS,
    resume: Resume = False,
    pdf: Pdf = False,
    more: Sets = None,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Make a review for each of many, with an index page.

    Example: salestrain review kpi_review --period 2026-Q3 --for company --for each-team
    """
    if pdf:
        find_chromium()
    desk = _desk(workspace, lang)
    notebook, when = find_review(desk.workspace.root, name), desk.period(period)
    pairs = chosen(desk.entities, wanted or ["company"], when)
    place = folder or folder_of(desk.workspace, "-".join([name, *(more or ())]), str(when))
    order = Order(notebook, when, pairs, place, workers, resume, typed(notebook, more or ()))
    outcomes = _make(desk, order)
    if pdf:
        print_pdfs([outcome.page for outcome in outcomes if outcome.status != "failed"])
    raise typer.Exit(_tell(desk, outcomes, place / "index.html"))


@app.command()
def demo(  # noqa: PLR0913, PLR0917 (the options of a batch and of a server)
    folder: OutFolder = None,
    workers: Workers = WORKERS,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the apps.")] = True,
    port: Port = None,
    browser: Annotated[bool, typer.Option(help="Open the home page.")] = True,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Check the sample company, make its latest KPI reviews for everyone, and serve the apps.

    Example: salestrain demo --no-browser
    """
    desk = _desk(workspace, lang)
    rows = sum(note.accepted for note in desk.crm.snapshot.tables.values())
    facts = {"kpis": len(desk.playbook.kpis), "rows": f"{rows:,}", "as_of": desk.crm.as_of}
    out.print(CHECKED.in_(desk.language).format(**facts))
    notebook, when = find_review(desk.workspace.root, DEMO), desk.period("")
    pairs = chosen(desk.entities, EACH, when)
    place = folder or folder_of(desk.workspace, DEMO, str(when))
    outcomes = _make(desk, Order(notebook, when, pairs, place, workers, resume=True))
    failed = _tell(desk, outcomes, place / "index.html")
    if serving:
        serve_workspace(desk, host=None, port=port, browser=browser, rehearsed=True)
    raise typer.Exit(failed)


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
    desk = _desk(workspace, lang)
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


def _desk(workspace: Path | None, lang: str | None) -> Desk:
    return Desk.laid(find_workspace(workspace), language_of(lang))


def _make(desk: Desk, order: Order) -> list[Outcome]:
    with _progress() as bar:
        task = bar.add_task(PROGRESS.in_(desk.language), total=len(order.pairs))
        return make(desk, order, lambda _: bar.advance(task))


def _progress() -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    return Progress(*columns, TimeElapsedColumn(), console=err)


def _tell(desk: Desk, outcomes: Sequence[Outcome], index: Path) -> int:
    """Say what became of the reports; return the exit status that says the same."""
    counts = dict.fromkeys(("done", "unchanged", "failed"), 0)
    for outcome in outcomes:
        counts[outcome.status] += 1
        if outcome.status == "failed":
            err.print(f"{outcome.job.key}: {outcome.reason}", markup=False)
    out.print(DONE.in_(desk.language).format(**counts))
    out.print(OPEN.in_(desk.language).format(index=index), markup=False)
    return 1 if counts["failed"] else 0
