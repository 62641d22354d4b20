"""Skeletons: what a new page, item, role-play or KPI begins as; each passes `salestrain check`."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.errors import UsageError, did_you_mean
from salestrain.playbook.sections import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.playbook.whole import Playbook

Kind = Literal["page", "item", "scenario", "kpi"]
NAME = re.compile(r"[a-z][a-z0-9_]*")
TOP_KEY = re.compile(r"^[\w#]", re.MULTILINE)
KPIS = "standards/kpis.yaml"
FILES: dict[Kind, tuple[tuple[str, str], ...]] = {
    "page": (
        ("page.zh.md", "pages/{section}-{slug}.zh.md"),
        ("page.en.md", "pages/{section}-{slug}.en.md"),
    ),
    "item": (("item.yaml", "items/{section}-{slug}.yaml"),),
    "scenario": (("scenario.yaml", "scenarios/{slug}.yaml"),),
}
IDS = {"item": "{section}.i.{name}", "scenario": "{section}.s.{name}", "kpi": "{section}.{name}"}


class Begun(NamedTuple):
    """A file to write: its path within the playbook, its whole text."""

    path: str
    text: str


def begin(playbook: Playbook, kind: Kind, section: str, name: str) -> list[Begun]:
    """Return the files that a new entry begins as.

    Args:
        playbook: Where it is to fit in: ids not taken, a rule of the section to cite.
        kind: What is begun.
        section: Such as ``2.2``.
        name: Lowercase words joined by ``_``; becomes the id and, with ``-``, the file's name.

    Raises:
        UsageError: If the section is unknown, the name malformed or taken, or no rule is written.
    """
    values = _values(playbook, kind, section, name)
    if kind == "page" and (
        there := [p for (one, _), p in playbook.pages.items() if one == section]
    ):
        raise UsageError(f"{section} has a page already; edit {there[0].place.path}")
    if kind == "kpi":
        return [_with_kpi(playbook, _skeleton("kpi.yaml", values))]
    return [Begun(path.format(**values), _skeleton(file, values)) for file, path in FILES[kind]]


def begin_from(playbook: Playbook, section: str, name: str, parts: Mapping[str, str]) -> Begun:
    """Return the file of a role-play whose talk was written elsewhere; raises as ``begin`` does.

    Args:
        playbook: Where it is to fit in.
        section: Such as ``2.2``.
        name: As ``begin`` takes it.
        parts: What stands in for the names of ``story.yaml``.
    """
    values = {**_values(playbook, "scenario", section, name), **parts}
    ((_, path),) = FILES["scenario"]
    return Begun(path.format(**values), _skeleton("story.yaml", values))


def _values(playbook: Playbook, kind: Kind, section: str, name: str) -> dict[str, str]:
    """Return what every skeleton says of its place; refuse one that doesn't fit in."""
    if section not in SECTIONS:
        raise UsageError(f"no section {section!r}; {did_you_mean(section, SECTIONS)}")
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name; write lowercase words joined by _, as price_talk")
    rule = next((one.id for one in playbook.rules.values() if one.id.startswith(f"{section}.")), "")
    if not rule:
        raise UsageError(f"section {section} has no rule yet; write its standard first")
    id_ = IDS.get(kind, "").format(section=section, name=name)
    if id_ in {*playbook.index, *playbook.items, *playbook.scenarios}:
        raise UsageError(f"{id_} exists already; choose another name")
    return {"section": section, "rule": rule, "id": id_, "slug": name.replace("_", "-")}


def _skeleton(file: str, values: dict[str, str]) -> str:
    return Template(files(__package__).joinpath(file).read_text("utf-8")).substitute(values)


def _with_kpi(playbook: Playbook, entry: str) -> Begun:
    """Return the KPIs with one more at the end of their list, before the next key."""
    text = (playbook.root / KPIS).read_text("utf-8")
    before, found, after = text.partition("\nkpis:\n")
    following = TOP_KEY.search(after)
    at = following.start() if following else len(after)
    listed = after[:at].rstrip("\n") + "\n\n"
    return Begun(KPIS, f"{before}{found}{listed}{entry}{after[at:]}")
