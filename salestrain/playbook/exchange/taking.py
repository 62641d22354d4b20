"""What imported files change in the items files, proven before anything is written."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from salestrain.errors import ContentError, Fault, Place
from salestrain.language import LANGUAGES
from salestrain.playbook.exchange.known import (
    differences,
    known_as,
    recognised,
    with_keys,
    without_todays,
)
from salestrain.playbook.exchange.written import Quoted, block, with_changes
from salestrain.playbook.fields import ID
from salestrain.playbook.items import ItemsFile
from salestrain.playbook.load import load_playbook
from salestrain.playbook.sheets.text import fields_of
from salestrain.playbook.source import read_yaml
from salestrain.playbook.validate import validated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from salestrain.playbook.exchange.plain import Brought, Plain
    from salestrain.playbook.load import OpenCrm
    from salestrain.playbook.whole import Playbook

WORD = re.compile(r"[a-z0-9]+")
STOP = {"the", "a", "an", "of", "to", "in", "is", "are", "and", "or", "which", "what", "you", "do"}
TEXTS_SHOWN = 6
SAY_SECTION = "say where it belongs, as in --section 2.2, and it is named"


@dataclass
class Taken:
    """What an import brings.

    Attributes:
        files: Each file's new text.
        changed: Items that change.
        one_sided: Those of them whose text changes in one language and not in the other.
        new: Items that are new.
    """

    files: dict[Path, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    one_sided: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def with_ids(
    brought: Sequence[Brought], section: str | None, taken: Iterable[str]
) -> list[Brought]:
    """Return what was brought, with an id for what has none of ours, if there is a section for it.

    Args:
        brought: As read.
        section: The one that new items go into.
        taken: Ids the bank has.
    """
    used, found = {*taken}, []
    for item in brought:
        id_ = str(item.plain.get("id", ""))
        if not re.fullmatch(ID, id_) and section:
            id_ = _new_id(section, id_, item.plain, used)
        used.add(id_)
        found.append(replace(item, plain={**item.plain, "id": id_}) if id_ else item)
    return found


def _new_id(section: str, name: str, plain: Plain, used: set[str]) -> str:
    said = f"{name} {plain.get('stem', {}).get('en', '')}".lower()
    words = [word for word in WORD.findall(said) if word not in STOP][:4]
    base = "_".join(words)[:40].strip("_") or "item"
    base = base if base[0].isalpha() else f"q_{base}"
    names = (f"{section}.i.{base}{end}" for end in ("", *(f"_{n}" for n in range(2, 10_000))))
    return next(name for name in names if name not in used)


def take(
    playbook: Playbook, files: Mapping[Path, str], brought: Sequence[Brought],
    faults: Sequence[Fault], crm: OpenCrm | None,
) -> Taken:  # fmt: skip
    """Return what was brought as changes of the items files; nothing is written.

    Args:
        playbook: As it is.
        files: Its items files with their text.
        brought: Items read from elsewhere, with ids.
        faults: What was wrong where they were read: with any, nothing is changed.
        crm: Opens the data that computed keys read.

    Raises:
        ContentError: With every fault, each at the place of its item.
    """
    found, wrong = Taken(dict(files)), [*faults]
    new = [item for item in brought if item.plain.get("id") not in playbook.items]
    for item in (item for item in brought if item.sound and item not in new):
        wrong += _change(playbook, found, item)
    fresh = [replace(item, plain=recognised(item.plain, None)) for item in new if item.sound]
    for item in fresh:
        wrong += new_faults(item)
    if wrong:
        raise ContentError(wrong)
    for item in fresh:
        path = _file_for(item, found.files, playbook.root)
        section = _section(item.plain)
        before = found.files.get(path, f'section: "{section}"\n\nitems:\n')
        found.files[path] = before.rstrip("\n") + "\n\n" + block([item.plain])
        found.new.append(item.plain["id"])
    found.files = {path: text for path, text in found.files.items() if text != files.get(path)}
    if found.files:
        _prove(playbook.root, found.files, brought, crm)
    return found


def _change(playbook: Playbook, found: Taken, item: Brought) -> Iterator[Fault]:
    """Yield why an item of the bank can't be changed so, or change it."""
    id_ = item.plain["id"]
    own = playbook.items[id_]
    known = known_as(own)
    if item.plain["kind"] != own.kind:
        what = f"{id_} is {item.plain['kind']!r} here and {own.kind!r} in the playbook"
        yield Fault(item.place, what, "give it an id of its own, or change it back")
        return
    plain = without_todays(with_keys(recognised(item.plain, known)), own)
    changes = list(differences(plain, known))
    if not changes:
        return
    if queried := _queried(changes, known):
        mend = "change the query in the items file, or the number back"
        yield Fault(item.place, f"{id_}: {queried} is computed by a query", mend)
        return
    path = next(path for path, text in found.files.items() if _has(text, id_))
    try:
        found.files[path] = with_changes(found.files[path], id_, changes, known)
    except Quoted as error:
        what = f"{id_}: the text {error} quotes a figure by reference and was changed around it"
        yield Fault(item.place, what, f"change it in {path.name}, where the reference stays")
        return
    found.changed.append(id_)
    spoken = {way[-1] for way, _ in changes if way[-1] in LANGUAGES}
    if len(spoken) == 1:
        found.one_sided.append(id_)


def _queried(changes: Sequence[tuple[tuple[str, ...], Any]], known: Plain) -> str:
    for way, _ in changes:
        at: Any = known
        for name in way[:-1]:
            at = at[int(name) - 1] if isinstance(at, list) and name.isdecimal() else (
                at.get(name) if isinstance(at, dict) else None
            )  # fmt: skip
        if way[-1] == "value" and isinstance(at, dict) and "query" in at:
            return ".".join(way)
    return ""


def _has(text: str, id_: str) -> bool:
    return f"id: {id_}\n" in text and any(each.item == id_ for each in fields_of(text))


def _section(plain: Plain) -> str:
    return ".".join(str(plain["id"]).split(".")[:2])


def _file_for(item: Brought, files: Mapping[Path, str], root: Path) -> Path:
    section = _section(item.plain)
    of_section = [path for path in files if path.name.startswith(f"{section}-")]
    return of_section[-1] if of_section else root / "items" / f"{section}-items.yaml"


def new_faults(item: Brought) -> Iterator[Fault]:
    """Yield what a new item lacks: an id, a language, whatever the check of the playbook asks."""
    plain = recognised(item.plain, None)
    id_ = str(plain.get("id", ""))
    if not re.fullmatch(ID, id_):
        said = f"{id_!r} is no id of ours" if id_ else "a question without an id"
        yield Fault(item.place, said, SAY_SECTION)
        return
    lacking = wanted(plain)
    for language, names in lacking.items():
        if names:
            more = f" and {len(names) - TEXTS_SHOWN} more" if len(names) > TEXTS_SHOWN else ""
            what = f"{id_}: no {language!r} of {', '.join(names[:TEXTS_SHOWN])}{more}"
            mend = f"import the file in {language!r} beside it, or --draft to translate it here"
            yield Fault(item.place, what, mend)
    whole = _filled(plain)
    shown = PurePath("new.yaml")
    text = f'section: "{_section(plain)}"\nitems:\n{block([whole])}'
    try:
        validated(ItemsFile, read_yaml(text, shown))
    except ContentError as error:
        for fault in error.faults:
            yield Fault(item.place, f"{id_}: {fault.what}", fault.mend)


def wanted(plain: Plain) -> dict[str, list[str]]:
    """Return by language the names of the texts that are there in the other one only."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for name, spoken in _spoken(plain, ""):
        for language in LANGUAGES:
            if language not in spoken:
                found[language].append(name or "text")
    return found


def _spoken(value: object, name: str) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, dict):
        if any(language in value for language in LANGUAGES):
            yield name, value
        for key, each in value.items():
            yield from _spoken(each, f"{name}.{key}".strip("."))
    elif isinstance(value, list):
        for number, each in enumerate(value, 1):
            part = each.get("id", number) if isinstance(each, dict) else number
            yield from _spoken(each, f"{name}.{part}")


def _filled(value: Any) -> Any:  # noqa: ANN401 (of any shape)
    """Return plain data with what is lacking in one language taken from the other."""
    if isinstance(value, dict):
        found = {key: _filled(each) for key, each in value.items()}
        there = [found[language] for language in LANGUAGES if language in found]
        return {**(dict.fromkeys(LANGUAGES, there[0]) if there else {}), **found}
    return [_filled(each) for each in value] if isinstance(value, list) else value


def draft(items: Sequence[Brought], faults: Sequence[Fault]) -> str:
    """Return new items as an items file to go on with: what is wanted is left empty and listed."""
    section = _section(items[0].plain)
    listed = "".join(f"# - {fault.what}\n" for fault in faults)
    begun = [_begun(recognised(item.plain, None)) for item in items]
    head = "# Still wanted; then move this file to playbook/items and run salestrain check.\n"
    return f'{head}{listed}section: "{section}"\n\nitems:\n{block(begun)}'


BEGUN = {"tags": [], "level": "", "expected_facility": "", "cites": [], "stem": {}}
TOLD = ("options", "cards", "mistakes")


def _begun(plain: Plain) -> Plain:
    found = {"id": plain["id"], "kind": plain["kind"], **BEGUN, **plain}
    for name in TOLD:
        if name in found:
            found[name] = [{**part, "feedback": part.get("feedback", {})} for part in found[name]]
    return _emptied(found)  # type: ignore[no-any-return]


def _emptied(value: Any, name: str = "") -> Any:  # noqa: ANN401 (of any shape)
    if isinstance(value, dict):
        found = {key: _emptied(each, key) for key, each in value.items()}
        spoken = name in {"stem", "feedback"} or any(each in found for each in LANGUAGES)
        return {**found, **{la: found.get(la, "") for la in LANGUAGES}} if spoken else found
    return [_emptied(each) for each in value] if isinstance(value, list) else value


def _prove(
    root: Path, texts: Mapping[Path, str], brought: Sequence[Brought], crm: OpenCrm | None
) -> None:
    """Load the playbook as it would be, and tell its faults at the items that bring them."""
    with TemporaryDirectory() as folder:
        trial = Path(shutil.copytree(root, Path(folder, root.name)))
        for path, text in texts.items():
            (trial / path.relative_to(root)).write_text(text, encoding="utf-8")
        try:
            load_playbook(trial, crm=crm)
        except ContentError as error:
            places = {item.plain["id"]: item.place for item in brought}
            at = {path.name: fields_of(text) for path, text in texts.items()}
            told = [_at_its_item(fault, at, places) for fault in error.faults]
            raise ContentError(told) from None


def _at_its_item(
    fault: Fault, at: Mapping[str, Sequence[Any]], places: Mapping[str, Place]
) -> Fault:
    before = [each for each in at.get(fault.place.path.name, ()) if each.line <= fault.place.line]
    id_ = before[-1].item if before else ""
    if id_ not in places:
        return fault
    return Fault(places[id_], f"{id_}: {fault.what}", fault.mend)
