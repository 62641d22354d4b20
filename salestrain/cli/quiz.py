"""Commands on the item bank: quiz export, quiz import."""

from __future__ import annotations

from functools import cache
from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated

import typer

from salestrain.cli.app import Lang, Where, app, language_of, out
from salestrain.crm.store import open_crm
from salestrain.errors import UsageError
from salestrain.language import Text
from salestrain.playbook.sheets import changed_files, read_workbook, write_workbook
from salestrain.playbook.source import read_text
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from salestrain.workspace import Workspace

EXPORTED = Text("{items} 道题在 {file}", "{items} items are in {file}")
IMPORTED = Text(
    "改了 {changed} 道，新加 {new} 道，写进 {files} 个文件。",
    "{changed} items changed, {new} new, in {files} files.",
)
ENDING = ".xlsx"
quiz = typer.Typer(help="The item bank: to a workbook and back.", no_args_is_help=True)
app.add_typer(quiz, name="quiz")


@quiz.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="The workbook to write, such as items.xlsx.")],
    section: Annotated[
        list[str] | None, typer.Option(help="Such as 2.2; repeatable; default: all.")
    ] = None,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Write items into a workbook: a sheet for each section, a row for each field.

    Example: salestrain quiz export items.xlsx --section 2.2
    """
    _check_ending(file)
    files = _items_files(find_workspace(workspace))
    wanted = {
        path: text
        for path, text in files.items()
        if not section or path.name.partition("-")[0] in section
    }
    if not wanted:
        raise UsageError("no items there; see playbook/items for the sections that have some")
    count = write_workbook(wanted, file)
    out.print(EXPORTED.in_(language_of(lang)).format(items=count, file=file), markup=False)


@quiz.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A workbook that quiz export wrote, edited.")],
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Take an edited workbook back into the playbook; with a fault in it nothing is written.

    Example: salestrain quiz import items.xlsx
    """
    _check_ending(file)
    place = find_workspace(workspace)
    files = _items_files(place)
    crm = cache(lambda: open_crm(place))
    found = changed_files(place.playbook, files, read_workbook(file), file, crm)
    for path, text in found.files.items():
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    facts = {"changed": found.changed, "new": found.new, "files": len(found.files)}
    out.print(IMPORTED.in_(language_of(lang)).format(**facts))


def _items_files(place: Workspace) -> dict[Path, str]:
    root = place.playbook
    found = sorted((root / "items").glob("*.yaml"))
    return {path: read_text(path, path.relative_to(root.parent), root) for path in found}


def _check_ending(file: Path) -> None:
    if file.suffix.lower() != ENDING:
        raise UsageError(f"{file.name} is no workbook; name it {file.stem}{ENDING}")
