"""What an edited workbook changes in the items files, proven before anything is written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from salestrain.errors import ContentError, Fault, Place, did_you_mean
from salestrain.language import LANGUAGES
from salestrain.playbook.load import load_playbook
from salestrain.playbook.sheets.text import LISTED, VALUE, Field, fields_of, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from salestrain.playbook.load import OpenCrm
    from salestrain.playbook.sheets.book import Row

Known = dict[tuple[str, str], tuple[Path, Field]]
NEEDS = "kind"
LISTS = {"options", "cards", "classes", "left", "right", "steps", "rubric"}
"""Lists whose entries a new item names by id, as in ``options.first``."""
LISTS_OF_WORDS = {"tags", "cites"}


class Changed(NamedTuple):
    """What a workbook brings: each file's new text, how many items changed, how many are new."""

    files: dict[Path, str]
    changed: int
    new: int


def changed_files(
    root: Path, files: Mapping[Path, str], rows: Sequence[Row], book: Path, crm: OpenCrm | None
) -> Changed:
    """Return what the rows of a workbook change; nothing is written.

    Args:
        root: The playbook's folder.
        files: Its items files with their text.
        rows: Of the workbook.
        book: Its path, named in faults.
        crm: Opens the data that computed keys read.

    Raises:
        ContentError: With every fault, each by sheet and row.
    """
    known = {
        (field.item, field.name): (path, field)
        for path, text in files.items()
        for field in fields_of(text)
    }
    items = {item for item, _ in known}
    faults = [_fault(book, *told) for told in _misplaced(rows, known)]
    rows = [row for row in rows if row.item and row.field]
    edits = _edits([row for row in rows if row.item in items], known, book, faults)
    fresh = _new_items([row for row in rows if row.item not in items], book, faults)
    if faults:
        raise ContentError(faults)
    texts = {path: rewritten(files[path], changes) for path, (changes, _) in edits.items()}
    for sheet, written in fresh.items():
        path = _file_for(sheet, files, root)
        before = texts.get(path, files.get(path, f'section: "{sheet}"\n\nitems:\n'))
        texts[path] = before.rstrip("\n") + "\n" + _block(written)
    _prove(root, texts, rows, book, crm)
    touched = {item for _, changed in edits.values() for item in changed}
    return Changed(texts, len(touched), sum(map(len, fresh.values())))


def _misplaced(rows: Sequence[Row], known: Known) -> Iterator[tuple[Row, str, str]]:
    """Yield what would be passed over: rows of no item, rows written twice, cells of no use."""
    seen = set[tuple[str, str]]()
    for row in rows:
        key = row.item, row.field
        if not all(key):
            yield row, "the row names no item or no field", "fill in both, or empty the row"
        elif key in seen:
            yield row, f"{row.item} has {row.field!r} in a row above already", "keep one of them"
        elif key in known:
            nodes = known[key][1].nodes
            for column in (name for name, said in row.cells.items() if said and name not in nodes):
                mend = f"write it under {' and '.join(nodes)}"
                yield row, f"{row.field!r} has no {column}", mend
        seen.add(key)


def _edits(
    rows: Sequence[Row], known: Known, book: Path, faults: list[Fault]
) -> dict[Path, tuple[list[tuple[yaml.Node, str]], set[str]]]:
    """Return by file what is written anew, and the items it belongs to."""
    found: dict[Path, tuple[list[tuple[yaml.Node, str]], set[str]]] = {}
    for row in rows:
        if (row.item, row.field) not in known:
            names = [name for item, name in known if item == row.item]
            what = f"{row.item} has no field {row.field!r}"
            faults.append(_fault(book, row, what, did_you_mean(row.field, names)))
            continue
        path, field = known[row.item, row.field]
        if changes := _changes(field, row):
            written, items = found.setdefault(path, ([], set()))
            written += changes
            items.add(row.item)
    return found


def _file_for(sheet: str, files: Mapping[Path, str], root: Path) -> Path:
    """Return the file that new items of a section go into."""
    of_section = [path for path in files if path.name.startswith(f"{sheet}-")]
    return of_section[-1] if of_section else root / "items" / f"{sheet}-items.yaml"


def _changes(field: Field, row: Row) -> list[tuple[yaml.Node, str]]:
    said = field.cells
    return [
        (node, row.cells[column])
        for column, node in field.nodes.items()
        if row.cells[column] != said[column].strip()
    ]


def _new_items(
    rows: Sequence[Row], book: Path, faults: list[Fault]
) -> dict[str, list[dict[str, Any]]]:
    """Return new items by sheet, each built from its rows."""
    by_item: dict[str, list[Row]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    found: dict[str, list[dict[str, Any]]] = {}
    for item, own in by_item.items():
        if NEEDS not in {row.field for row in own}:
            what = f"item {item!r} is new and has no {NEEDS}"
            faults.append(
                _fault(book, own[0], what, f"add a row with field {NEEDS}, or mend the id")
            )
            continue
        built: dict[str, Any] = {"id": item}
        for row in own:
            _put(built, row)
        found.setdefault(own[0].sheet, []).append(built)
    return found


def _put(item: dict[str, Any], row: Row) -> None:
    *way, last = row.field.split(".")
    at: Any = item
    for name in way:
        at = _step(at, name, listed=name in LISTS)
    texts = {language: row.cells[language] for language in LANGUAGES if row.cells[language]}
    if texts:
        _step(at, last, listed=False).update(texts)
    elif last in LISTS_OF_WORDS:
        at[last] = [part.strip() for part in row.cells[VALUE].split(LISTED.strip())]
    elif isinstance(at, dict):
        at[last] = yaml.safe_load(row.cells[VALUE])


def _step(at: Any, name: str, *, listed: bool) -> Any:  # noqa: ANN401 (YAML of any shape)
    """Return what a name leads to, made where there is nothing yet."""
    if isinstance(at, list):
        found = next((each for each in at if each["id"] == name), None)
        if found is None:
            at.append(found := {"id": name})
        return found
    return at.setdefault(name, [] if listed else {})


def _block(items: Sequence[dict[str, Any]]) -> str:
    text = yaml.safe_dump(list(items), allow_unicode=True, sort_keys=False, width=1000)
    return "".join(f"  {line}" for line in text.splitlines(keepends=True))


def _prove(
    root: Path, texts: Mapping[Path, str], rows: Sequence[Row], book: Path, crm: OpenCrm | None
) -> None:
    """Load the playbook as it would be, and tell its faults by sheet and row."""
    with TemporaryDirectory() as folder:
        trial = Path(shutil.copytree(root, Path(folder, root.name)))
        for path, text in texts.items():
            (trial / path.relative_to(root)).write_text(text, encoding="utf-8")
        try:
            load_playbook(trial, crm=crm)
        except ContentError as error:
            at = {path.name: fields_of(text) for path, text in texts.items()}
            told = (_by_row(fault, at, rows, book) for fault in error.faults)
            raise ContentError(told) from None


def _by_row(fault: Fault, at: Mapping[str, list[Field]], rows: Sequence[Row], book: Path) -> Fault:
    before = [each for each in at.get(fault.place.path.name, ()) if each.line <= fault.place.line]
    if not before:
        return fault
    here = before[-1]
    same = [row for row in rows if row.item == here.item]
    row = next((row for row in same if row.field == here.name), next(iter(same), None))
    return replace(fault, place=_place(book, row)) if row else fault


def _fault(book: Path, row: Row, what: str, mend: str) -> Fault:
    return Fault(_place(book, row), what, mend)


def _place(book: Path, row: Row) -> Place:
    return Place(book.with_name(f"{book.name} [{row.sheet}]"), row.number)
