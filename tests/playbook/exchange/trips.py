"""Out to a format and back, and what that may change."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from salestrain.language import LANGUAGES, Language
from salestrain.playbook.exchange.formats import Exported, Format, Heard, export, read_files
from salestrain.playbook.exchange.plain import fields_of, plain_of
from salestrain.playbook.items import Item, Numeric
from tests.sample import sample_playbook

ENDS: dict[Format, str] = {
    "gift": ".gift",
    "moodle": ".xml",
    "qti2.1": ".zip",
    "qti3.0": ".zip",
    "jupyterquiz": ".json",
}


def bank() -> list[Item]:
    return list(sample_playbook().items.values())


def some() -> list[Item]:
    """Return a few items of each kind, with and without a table, none that reads CRM data."""
    found: dict[object, list[Item]] = {}
    for item in bank():
        if isinstance(item, Numeric) and item.reads:
            continue
        found.setdefault((item.kind, item.extract is not None), []).append(item)
    return [item for items in found.values() for item in items[:2]]


def sent(
    form: Format, items: Sequence[Item], languages: tuple[Language, ...] = LANGUAGES
) -> Exported:
    return export(form, items, languages, sample_playbook().written)


def put(made: Exported, form: Format, folder: Path) -> list[Path]:
    files = [folder / f"bank{suffix}{ENDS[form]}" for suffix in made.files]
    for file, data in zip(files, made.files.values(), strict=True):
        file.write_bytes(data)
    return files


def brought(files: Sequence[Path], language: Language | None = None) -> Heard:
    return read_files(files, language, sample_playbook().written)


def unforeseen(items: Sequence[Item], made: Exported, heard: Heard) -> list[str]:
    """Return what a round trip changed without a loss that says so, and losses that weren't."""
    back = {str(each.plain["id"]): each.plain for each in heard.items}
    foreseen: dict[str, list[str]] = {}
    for loss in made.losses:
        foreseen.setdefault(loss.item, []).extend(loss.fields)
    found = [f"{id_} is new" for id_ in back.keys() - {item.id for item in items}]
    for item in items:
        patterns = foreseen.get(item.id, [])
        if item.id not in back:
            found += [] if patterns == ["item"] else [f"{item.id} is gone"]
            continue
        before, after = fields_of(plain_of(item)), fields_of(back[item.id])
        differ = {name for name in before | after if before.get(name) != after.get(name)}
        found += [f"{item.id} {name}: {before.get(name)!r} → {after.get(name)!r}"
                  for name in sorted(differ) if not _any(name, patterns)]  # fmt: skip
        found += [f"{item.id} {each} is as it was" for each in patterns
                  if not any(fnmatchcase(name, each) for name in differ)]  # fmt: skip
    return found


def _any(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, each) for each in patterns)
