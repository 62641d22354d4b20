"""audit: who looked at what of whom, and whether the log of it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from salestrain.cli.app import Lang, Where, app, err, language_of, out
from salestrain.cli.people import opened
from salestrain.language import Text
from salestrain.records.audit import COMMAND_LINE

if TYPE_CHECKING:
    from salestrain.records import Records
    from salestrain.records.audit import Look
    from salestrain.records.chain import Broken

audit = typer.Typer(help="Who looked at whose data: list, verify.", no_args_is_help=True)
app.add_typer(audit, name="audit")

WHOLE = Text("{count} 条，一条不少，一字未改。", "{count} lines, none missing, none changed.")
HOW = {
    "changed": Text("第 {number} 条被改过。", "Line {number} was changed."),
    "removed": Text(
        "第 {number} 条（或其中的名字）被删了。", "Line {number}, or a name in it, was removed."
    ),
    "inserted": Text("第 {number} 条是后来塞进去的。", "Line {number} was put in later."),
    "reordered": Text("第 {number} 条不在原来的位置。", "Line {number} stands in another place."),
}
BEFORE = Text("它前面的 {count} 条都对。", "Lines before it that are as written: {count}.")
SEALS = Text("封条有问题：{what}", "The seals are wrong: {what}")
TITLES = Text("编号 时间 谁看 看谁 看什么 为什么", "number at by whom what why")
ERASED = "–"


@audit.command()
def verify(workspace: Where = None, lang: Lang = None) -> None:
    """Say whether every line is as it was written; exit 1 with the first that isn't.

    Example: salestrain audit verify
    """
    with opened(workspace) as records:
        found, language = records.audit.verify(), language_of(lang)
    if found.broken:
        for line in _told(found.broken):
            err.print(line.in_(language), markup=False)
    if found.seals:
        err.print(SEALS.in_(language).format(what=found.seals), markup=False)
    if found.broken or found.seals:
        raise typer.Exit(1)
    out.print(WHOLE.in_(language).format(count=found.lines), markup=False)


@audit.command("list")
def list_(
    person: Annotated[str, typer.Option(help="Whose data were looked at: an id.")] = "",
    by: Annotated[str, typer.Option(help="Who looked: an id.")] = "",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """List who looked at what of whom; who was erased is a dash.

    Example: salestrain audit list --person R07
    """
    with opened(workspace) as records:
        for one in filter(None, (person, by)):
            _known(records, one)
        looks = records.audit.looks(whom=person, by=by)
    table = Table(*TITLES.in_(language_of(lang)).split(), box=None)
    for look in looks:
        table.add_row(*_row(look))
    out.print(table, markup=False)


def _known(records: Records, person_id: str) -> None:
    """Raise UsageError for an id that is none; nobody signs in at the command line."""
    if person_id != COMMAND_LINE:
        records.people.get(person_id)


def _row(one: Look) -> tuple[str, ...]:
    at = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
    return str(one.number), at, one.by or ERASED, one.whom or ERASED, one.what, one.why


def _told(found: Broken) -> tuple[Text, Text]:
    number = found.number
    return _filled(HOW[found.how], number=number), _filled(BEFORE, count=number - 1)


def _filled(text: Text, **facts: int) -> Text:
    return Text(text.zh.format(**facts), text.en.format(**facts))
