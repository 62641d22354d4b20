"""The formats: what each is called, ends in and is written by; what a file turns out to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from salestrain.errors import ContentError, Fault, Place, UsageError
from salestrain.language import LANGUAGES, Language, Text
from salestrain.playbook.exchange import gift, gift_reading, jupyterquiz, moodle, qti, qti_reading
from salestrain.playbook.exchange.files import as_text, read_bytes, unpacked
from salestrain.playbook.exchange.plain import Brought, Loss, merged
from salestrain.playbook.exchange.qti_package import MANIFEST
from salestrain.playbook.exchange.speech import Ear, Pen, language_in
from salestrain.playbook.exchange.xml import Node, read_xml
from salestrain.playbook.items import Numeric

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from salestrain.playbook.exchange.tables import Written
    from salestrain.playbook.items import Item

Format = Literal["gift", "moodle", "qti2.1", "qti3.0", "jupyterquiz", "anki"]
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[str, Format] = {
    ".gift": "gift",
    ".xml": "moodle",
    ".zip": "qti3.0",
    ".json": "jupyterquiz",
    ".apkg": "anki",
}
WHOLE = ("item",)
"""What a loss names if all of an item is left out."""
NO_DATA = Text("数据里没有答案，没有写进去", "left out: these data hold no answer")
READ = (".gift", ".txt", ".xml", ".zip", ".json")
ONE_LANGUAGE = ("gift", "jupyterquiz")
"""Formats with a file for each language."""


class Exported(NamedTuple):
    """Files by what their name gets before its ending (nothing, or ``.zh``), and the losses."""

    files: dict[str, bytes]
    losses: tuple[Loss, ...]


def export(
    form: Format, items: Sequence[Item], languages: tuple[Language, ...], written: Written
) -> Exported:
    """Return items in a format.

    Args:
        form: The format.
        items: In the order they shall come in.
        languages: Those to write; a format that knows one a file gives a file for each.
        written: Writes a cell of a table as people read it.

    Raises:
        SalestrainError: If the format needs a library that isn't installed.
    """
    asked = [item for item in items if _has_answer(item)]
    unasked = [Loss(item.id, WHOLE, NO_DATA) for item in items if item not in asked]
    files, losses = _written(form, asked, languages, written)
    return Exported(files, (*unasked, *losses))


def _has_answer(item: Item) -> bool:
    if isinstance(item, Numeric):
        try:
            item.answer, item.mistakes  # noqa: B018 (computed when asked for)
        except ContentError:  # a query that finds nothing in these data
            return False
    return True


def _written(
    form: Format, items: Sequence[Item], languages: tuple[Language, ...], written: Written
) -> Exported:
    if form in {"qti2.1", "qti3.0"}:
        version: Literal["2.1", "3.0"] = "2.1" if form == "qti2.1" else "3.0"
        data, losses = qti.write_qti(items, languages, written, version)
        return Exported({"": data}, tuple(losses))
    if form == "anki":
        from salestrain.playbook.exchange.anki import write_anki  # noqa: PLC0415 (an extra)

        data, losses = write_anki(items, Pen(languages, written))
        return Exported({"": data}, tuple(losses))
    write = TEXTS[form]
    apart = form in ONE_LANGUAGE and len(languages) > 1
    pens = [(language,) for language in languages] if apart else [languages]
    files, losses = dict[str, bytes](), list[Loss]()
    for pen in pens:
        text, losses = write(items, Pen(pen, written))
        files[f".{pen[0]}" if apart else ""] = text.encode("utf-8")
    return Exported(files, tuple(losses))


TEXTS: dict[str, Callable[[Iterable[Item], Pen], tuple[str, list[Loss]]]] = {
    "gift": gift.write_gift,
    "moodle": moodle.write_moodle,
    "jupyterquiz": jupyterquiz.write_jupyterquiz,
}


@dataclass
class Heard:
    """What files say: their items, what is wrong with them, and what items have no place for."""

    items: list[Brought] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: dict[Text, int] = field(default_factory=dict)

    def add(self, items: Iterable[Brought], ear: Ear) -> None:
        """Add what was read with an ear."""
        self.items += items
        self.faults += ear.faults
        for what, count in ear.left_out.items():
            self.left_out[what] = self.left_out.get(what, 0) + count


def read_files(paths: Sequence[Path], language: Language | None, written: Written) -> Heard:
    """Return the items of some files; those of the same id, one in each language, are one.

    Args:
        paths: The files; each is told by its ending and by what is in it.
        language: The one they are in; None to see it from their letters.
        written: Writes a cell of a table as people read it.

    Raises:
        UsageError: If a file's ending is none that is read.
    """
    heard = Heard()
    each_file = list[list[Brought]]()
    for path in paths:
        if path.suffix.lower() not in READ:
            raise UsageError(f"{path.name} ends in none of {', '.join((*READ, '.xlsx'))}")
        before = len(heard.items)
        try:
            _read(path, language, written, heard)
        except ContentError as error:
            heard.faults += error.faults
        each_file += _by_language(heard.items[before:])
        del heard.items[before:]
    heard.items = _joined(each_file, heard.faults)
    return heard


def _read(path: Path, language: Language | None, written: Written, heard: Heard) -> None:
    data, ending = read_bytes(path), path.suffix.lower()
    if ending == ".zip":
        _read_package(unpacked(data, path), path, language, written, heard)
        return
    text = as_text(data, path)
    ear = Ear(path, language or language_in(text), written)
    if ending == ".json":
        heard.add(jupyterquiz.read_jupyterquiz(jupyterquiz.read_json(text, path), ear), ear)
    elif ending == ".xml":
        _read_root(read_xml(data, path), ear, heard)
    else:
        heard.add(gift_reading.read_gift(text, ear), ear)


def _read_root(root: Node, ear: Ear, heard: Heard, labels: Sequence[str] = ()) -> None:
    if root.name == "quiz":
        heard.add(moodle.read_moodle(root, ear), ear)
        return
    said = root.attributes.get("xml:lang", "").partition("-")[0]
    ear.language = next((each for each in LANGUAGES if each == said), ear.language)
    item = qti_reading.read_item(root, ear, labels)
    heard.add([item] if item else [], ear)


def _read_package(
    files: dict[str, bytes], path: Path, language: Language | None, written: Written, heard: Heard
) -> None:
    manifest = files.get(MANIFEST)
    if manifest is None:
        what = f"the package has no {MANIFEST}"
        raise ContentError([Fault(Place(path), what, "export it as a QTI 2.1 or 3.0 package")])
    root = read_xml(manifest, path / MANIFEST)
    for resource in root.within("resource"):
        name, place = resource.attributes.get("href", ""), Place(path / MANIFEST)
        if not resource.attributes.get("type", "").startswith("imsqti_item_"):
            continue
        if name not in files:
            what = f"the package lists {name!r} and does not hold it"
            heard.faults.append(Fault(Place(place.path, resource.line), what, "export it again"))
            continue
        inside = path / name
        try:
            said = language or language_in(as_text(files[name], inside))
            labels = [each.text for each in resource.within("keyword")]
            _read_root(read_xml(files[name], inside), Ear(inside, said, written), heard, labels)
        except ContentError as error:
            heard.faults += error.faults


def _languages(item: Brought) -> tuple[str, ...]:
    return tuple(item.plain.get("stem", {}))


def _by_language(items: Sequence[Brought]) -> list[list[Brought]]:
    """Return a file's items, or of a package those of each language apart."""
    found: dict[tuple[str, ...], list[Brought]] = {}
    for item in items:
        found.setdefault(_languages(item), []).append(item)
    return list(found.values())


def _joined(files: Sequence[Sequence[Brought]], faults: list[Fault]) -> list[Brought]:
    """Return the items of all files; a pair in two languages is one item."""
    found: dict[str, Brought] = {}
    for file in files:
        for number, item in enumerate(file):
            key = str(item.plain.get("id") or f"#{number}")
            first = found.get(key)
            if first is None:
                found[key] = item
            elif first.place.path == item.place.path:
                pass  # told where it was read
            elif set(_languages(first)) & set(_languages(item)):
                what = f"{key} is in {first.place} already"
                faults.append(
                    Fault(item.place, what, "import one of them, or one in each language")
                )
            else:
                sound = first.sound and item.sound
                found[key] = Brought(merged(first.plain, item.plain), first.place, sound)
    return list(found.values())
