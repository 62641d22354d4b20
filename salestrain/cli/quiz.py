"""Commands on the item bank: quiz export, quiz import; quiz statements on what was answered."""

from __future__ import annotations

from functools import cache
from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salestrain.cli import quiz_stats
from salestrain.cli.app import Lang, Where, app, language_of, out
from salestrain.crm.store import open_crm
from salestrain.errors import ContentError, UsageError
from salestrain.language import LANGUAGES, Language, Text
from salestrain.playbook.load import open_playbook
from salestrain.playbook.sheets import changed_files, read_workbook, write_workbook
from salestrain.playbook.source import read_text
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salestrain.playbook.exchange.formats import Format, Heard
    from salestrain.playbook.exchange.plain import Loss
    from salestrain.playbook.whole import Playbook
    from salestrain.workspace import Workspace

EXPORTED = Text("{items} 道题在 {file}", "{items} items are in {file}")
IMPORTED = Text(
    "改了 {changed} 道，新加 {new} 道，写进 {files} 个文件。",
    "{changed} items changed, {new} new, in {files} files.",
)
LOST = Text("这个格式说不了的：", "What this format can't say:")
LOST_LINE = Text("· {how}：{count} 道题（{items}）", "· {how}: {count} items ({items})")
LOST_ALL = Text("逐题的清单在 {file}", "The list item by item is in {file}")
LEFT_OUT = Text(
    "· 没有地方放：{what}（{count} 处）", "· left out, no place for it: {what} ({count}×)"
)
ONE_SIDED = Text(
    "· 只改了一种语言，另一种也看看：{items}",
    "· changed in one language only; look at the other: {items}",
)
DRAFTED = Text(
    "草稿写好了：{file}。还缺什么写在开头。",
    "A draft is in {file}; its head says what is still wanted.",
)
NO_ITEMS = "no items there; see playbook/items for the sections that have some"
WORKBOOK = ".xlsx"
SHOWN = 3
FormatName = Literal["gift", "moodle", "qti2.1", "qti3.0", "jupyterquiz", "anki", "xlsx"]
quiz = typer.Typer(help="The item bank: to other systems and back.", no_args_is_help=True)
app.add_typer(quiz, name="quiz")
quiz.command("stats")(quiz_stats.stats)
Section = Annotated[list[str] | None, typer.Option(help="Such as 2.2; repeatable; default: all.")]
In = Annotated[
    Literal["both", "zh", "en"],
    typer.Option("--in", help="The languages to write; GIFT and jupyterquiz: a file for each."),
]


@quiz.command("export")
def export(  # noqa: PLR0913, PLR0917 (each is an option)
    file: Annotated[Path, typer.Argument(help="The file to write, such as items.xml.")],
    section: Section = None,
    form: Annotated[
        FormatName | None, typer.Option("--format", help="Default: by the file's ending.")
    ] = None,
    languages: In = "both",
    losses: Annotated[
        Path | None, typer.Option(help="Also list what is lost, item by item, in this file.")
    ] = None,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Write items for another system, and say what its format can't.

    Endings: .gift, .xml (Moodle), .zip (QTI 3.0; --format qti2.1), .json (jupyterquiz), .apkg
    (Anki), .xlsx (a row for each field, to edit).

    Example: salestrain quiz export items.xml --section 2.2
    """
    place, say = find_workspace(workspace), language_of(lang)
    if form == "xlsx" or (form is None and file.suffix.lower() == WORKBOOK):
        count, written = write_workbook(_wanted(_items_files(place), section), file), [file]
        lost: Sequence[Loss] = ()
    else:
        chosen: tuple[Language, ...] = LANGUAGES if languages == "both" else (languages,)
        playbook = open_playbook(place, prove=False)
        count, written, lost = _export(playbook, file, form, section, chosen)
    for each in written:
        out.print(EXPORTED.in_(say).format(items=count, file=each), markup=False)
    _tell_losses(lost, say)
    if losses:
        listed = (f"{one.item}\t{', '.join(one.fields)}\t{one.how.in_(say)}\n" for one in lost)
        losses.write_text("".join(listed), encoding="utf-8")
        out.print(LOST_ALL.in_(say).format(file=losses), markup=False)


def _export(
    playbook: Playbook, file: Path, form: Format | None, section: Sequence[str] | None,
    languages: tuple[Language, ...],
) -> tuple[int, list[Path], Sequence[Loss]]:  # fmt: skip
    from salestrain.playbook.exchange import formats  # noqa: PLC0415 (seldom needed)

    known = form or formats.ENDINGS.get(file.suffix.lower())
    if known is None:
        endings = ", ".join((*formats.ENDINGS, WORKBOOK))
        raise UsageError(f"{file.name} ends in none of {endings}; or say --format")
    items = [item for item in playbook.items.values() if not section or item.section in section]
    if not items:
        raise UsageError(NO_ITEMS)
    made = formats.export(known, items, languages, playbook.written)
    written = []
    for suffix, data in made.files.items():
        written.append(file.with_suffix(f"{suffix}{file.suffix}") if suffix else file)
        written[-1].write_bytes(data)
    left_out = {loss.item for loss in made.losses if loss.fields == formats.WHOLE}
    return len(items) - len(left_out), written, made.losses


def _tell_losses(losses: Sequence[Loss], say: Language) -> None:
    by_how: dict[Text, list[str]] = {}
    for loss in losses:
        by_how.setdefault(loss.how, []).append(loss.item)
    if by_how:
        out.print(LOST.in_(say))
    for how, items in by_how.items():
        some = ", ".join(items[:SHOWN]) + (", …" if len(items) > SHOWN else "")
        told = LOST_LINE.in_(say).format(how=how.in_(say), count=len(items), items=some)
        out.print(told, markup=False)


@quiz.command("import")
def import_(  # noqa: PLR0913, PLR0917 (each is an option)
    files: Annotated[list[Path], typer.Argument(help="Files of another system, or a workbook.")],
    section: Annotated[
        str | None, typer.Option(help="Where questions without an id of ours belong, such as 2.2.")
    ] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option("--in", help="The language of the files.")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Write new items into a draft, to translate and finish.")
    ] = False,
    to: Annotated[Path | None, typer.Option(help="The draft; default: in playbook/drafts.")] = None,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Take items of another system, or an edited workbook; with a fault in it nothing is written.

    Every item is in Chinese and English: import both files of a pair at once, or --draft.

    Example: salestrain quiz import items.zh.gift items.en.gift
    """
    place, say = find_workspace(workspace), language_of(lang)
    if any(file.suffix.lower() == WORKBOOK for file in files):
        if len(files) > 1 or draft:
            raise UsageError("import a workbook by itself, and without --draft")
        changed = _take_workbook(files[0], place)
    elif draft:
        _draft(files, section, language, to, place, say)
        return
    else:
        changed = _take(files, section, language, place, say)
    out.print(IMPORTED.in_(say).format(**changed))


def _take_workbook(file: Path, place: Workspace) -> dict[str, int]:
    crm = cache(lambda: open_crm(place))
    found = changed_files(place.playbook, _items_files(place), read_workbook(file), file, crm)
    _write(found.files)
    return {"changed": found.changed, "new": found.new, "files": len(found.files)}


def _take(
    files: Sequence[Path], section: str | None, language: Language | None, place: Workspace,
    say: Language,
) -> dict[str, int]:  # fmt: skip
    from salestrain.playbook.exchange.taking import take, with_ids  # noqa: PLC0415 (seldom needed)

    playbook = open_playbook(place, prove=False)
    heard = _heard(files, language, playbook)
    brought = with_ids(heard.items, section, playbook.items)
    crm = cache(lambda: open_crm(place))
    found = take(playbook, _items_files(place), brought, heard.faults, crm)
    _write(found.files)
    _tell_left_out(heard, say)
    if found.one_sided:
        out.print(ONE_SIDED.in_(say).format(items=", ".join(found.one_sided)), markup=False)
    return {"changed": len(found.changed), "new": len(found.new), "files": len(found.files)}


def _draft(
    files: Sequence[Path], section: str | None, language: Language | None, to: Path | None,
    place: Workspace, say: Language,
) -> None:  # fmt: skip
    """Write new items into a draft; what can't be read is told all the same."""
    from salestrain.playbook.exchange import taking  # noqa: PLC0415 (seldom needed)

    playbook = open_playbook(place, prove=False)
    heard = _heard(files, language, playbook)
    brought = taking.with_ids(heard.items, section, playbook.items)
    new = [item for item in brought if item.sound and item.plain.get("id") not in playbook.items]
    faults = [fault for item in new for fault in taking.new_faults(item)]
    nameless = [fault for fault in faults if fault.mend == taking.SAY_SECTION]
    if nameless or not new:
        raise ContentError([*heard.faults, *nameless])
    file = to or place.playbook / "drafts" / f"{files[0].stem}.yaml"
    if file.exists():
        raise UsageError(f"{file} exists already; name another with --to")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(taking.draft(new, faults), encoding="utf-8")
    _tell_left_out(heard, say)
    out.print(DRAFTED.in_(say).format(file=file), markup=False)
    if heard.faults:
        raise ContentError(heard.faults)


@quiz.command("statements")
def statements(  # noqa: PLR0913, PLR0917 (each is an option)
    people: Annotated[
        list[str] | None, typer.Argument(help="Ids of people; none but these.")
    ] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="All people there are.")] = False,
    file: Annotated[
        Path | None, typer.Option("--out", help="A file to write, a line each.")
    ] = None,
    to: Annotated[str, typer.Option(help="The store's address, such as https://HOST/xAPI.")] = "",
    base: Annotated[
        str, typer.Option(envvar="SALESTRAIN_XAPI_BASE", help="What the ids we give begin with.")
    ] = "",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """What people answered, passed and read, as xAPI 1.0.3: to a file, or to a record store.

    Nothing leaves without --to. Names and sentences people wrote are left out. The store's name
    and password are taken from SALESTRAIN_LRS_USER and SALESTRAIN_LRS_PASSWORD.

    Example: salestrain quiz statements R08 --out r08.jsonl --base https://acme.example/train
    """
    if bool(file) == bool(to):
        raise UsageError("say --out FILE or --to ADDRESS, one of them")
    if bool(people) == everybody:
        raise UsageError("name people, or say --everybody")
    from salestrain.cli.statements import tell  # noqa: PLC0415 (seldom needed)

    tell(people or [], file, to, base, find_workspace(workspace), language_of(lang))


def _heard(files: Sequence[Path], language: Language | None, playbook: Playbook) -> Heard:
    from salestrain.playbook.exchange.formats import read_files  # noqa: PLC0415 (seldom needed)

    return read_files(files, language, playbook.written)


def _tell_left_out(heard: Heard, say: Language) -> None:
    for what, count in heard.left_out.items():
        out.print(LEFT_OUT.in_(say).format(what=what.in_(say), count=count), markup=False)


def _write(files: Mapping[Path, str]) -> None:
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)


def _wanted(files: Mapping[Path, str], section: Sequence[str] | None) -> dict[Path, str]:
    wanted = {
        path: text
        for path, text in files.items()
        if not section or path.name.partition("-")[0] in section
    }
    if not wanted:
        raise UsageError(NO_ITEMS)
    return wanted


def _items_files(place: Workspace) -> dict[Path, str]:
    root = place.playbook
    found = sorted((root / "items").glob("*.yaml"))
    return {path: read_text(path, path.relative_to(root.parent), root) for path in found}
