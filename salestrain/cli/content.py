"""Commands on what a company has written down and exported: init, import."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated

import typer

from salestrain.cli.app import Lang, Where, app, err, language_of, out
from salestrain.cli.checks import stages_of
from salestrain.crm.importing import import_export
from salestrain.crm.mapping import find_mapping
from salestrain.crm.suggest import suggest_mapping
from salestrain.language import Text
from salestrain.playbook.schema import write_editor_files
from salestrain.workspace import create_workspace, find_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.errors import Fault
    from salestrain.language import Language

IMPORTED = Text(
    "{table}：读入 {read} 行，采用 {accepted}，隔离 {quarantined}",
    "{table}: {read} rows read, {accepted} accepted, {quarantined} quarantined",
)
SET_ASIDE = Text("隔离的行在 {place}", "Quarantined rows are in {place}")
BOOKS_END = Text("账目截至 {as_of}", "The books end on {as_of}")
SAME = Text("和上次导入的一样，没有改动。", "Same as the last import; nothing changed.")
MADE = Text(
    "建好了：{place}。先改 playbook/company.yaml。",
    "Made: {place}. Begin with playbook/company.yaml.",
)
FAULTS_SHOWN = 40
MORE = Text("……还有 {count} 处", "… and {count} more")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    lang: Lang = None,
) -> None:
    """Make a workspace of your own, begun from the sample company.

    Example: salestrain init our-sales
    """
    made = create_workspace(folder)
    write_editor_files(made.root)
    out.print(MADE.in_(language_of(lang)).format(place=made.root), markup=False)


@app.command("import")
def import_(
    files: Annotated[list[str], typer.Argument(help="CSV, Excel, Parquet, SQLite, or an SQL URL.")],
    mapping: Annotated[
        str, typer.Option(help="A mapping file, or the name of a shipped one.")
    ] = "",
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Write a first mapping instead.")
    ] = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Read a CRM export, check it, and keep it as the workspace's data.

    Example: salestrain import pipeline.csv teams.csv --mapping maven_crm
    """
    if suggest:
        typer.echo(suggest_mapping(files), nl=False)
        return
    place, language = find_workspace(workspace), language_of(lang)
    chosen = find_mapping(mapping) if mapping else None
    report = import_export(files, chosen, place.crm, stages_of(place))
    for name, note in report.tables.items():
        counts = {"read": note.read, "accepted": note.accepted, "quarantined": note.quarantined}
        out.print(IMPORTED.in_(language).format(table=name, **counts))
    for remark in report.notes:
        out.print(f"· {remark.in_(language)}", markup=False)
    out.print(BOOKS_END.in_(language).format(as_of=report.snapshot.as_of))
    if not report.changed:
        out.print(SAME.in_(language))
    _tell_faults(report.faults, language)
    if any(note.quarantined for note in report.tables.values()):
        out.print(SET_ASIDE.in_(language).format(place=report.quarantine), markup=False)
    raise typer.Exit(1 if report.faults else 0)


def _tell_faults(faults: Sequence[Fault], language: Language) -> None:
    for fault in faults[:FAULTS_SHOWN]:
        err.print(str(fault), markup=False)
    if len(faults) > FAULTS_SHOWN:
        err.print(MORE.in_(language).format(count=len(faults) - FAULTS_SHOWN))
