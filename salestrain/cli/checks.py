"""What check does: playbook, data and notebooks read and proven; the report of a sound one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from salestrain.apps.roleplay.readers import corrections_of, is_learned, learn
from salestrain.batch.notebook import read_parameters, read_sections
from salestrain.cli.app import err, out
from salestrain.cli.proofs import prove_changed
from salestrain.crm.store import check_own, open_crm
from salestrain.errors import ContentError
from salestrain.language import LANGUAGES, Text, day
from salestrain.playbook.coverage import PLACES, coverage
from salestrain.playbook.history import (
    carried_on,
    changed_since,
    hashes,
    read_history,
    write_history,
)
from salestrain.playbook.load import load_playbook, open_playbook, stage_ids
from salestrain.playbook.sections import SECTIONS
from salestrain.playbook.stories import read_stories
from salestrain.playbook.undecided import undecided
from salestrain.records import open_records, records_place
from salestrain.training.stories.told import story_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from salestrain.errors import Fault
    from salestrain.language import Language
    from salestrain.playbook.coverage import Coverage
    from salestrain.training.understanding.learning import Correction
    from salestrain.workspace import Workspace

Found = TypeVar("Found")
SOUND = Text(
    "没有问题：{sections} 节，{rules} 条规则，{kpis} 个指标，{items} 道题，{exams} 场考试，"
    "{scenarios} 个对练，{pages} 页，{rows} 行数据。",
    "No faults: {sections} sections, {rules} rules, {kpis} KPIs, {items} items, {exams} exams, "
    "{pages} pages, {rows} rows of data; role-plays: {scenarios}.",
)
COVERED = Text(
    "十八节都有页面、标准、练习和回顾。", "All sections have page, standard, exercise, review."
)
HOLES = Text("还缺：", "Still missing:")
UNCHANGED = Text(
    "{since}以来没有规则或产品事实变过。", "No rule or fact has changed since {since}."
)
CHANGED = Text("{id} 在 {on}变过", "{id} changed on {on}")
RESTS = {
    "items": Text("题目", "items"),
    "scenarios": Text("对练", "role-plays"),
    "pages": Text("页面", "pages"),
}
PROVING = "proving role-plays: {}"
READING = "learning to read what is typed in role-plays, once after each change"
NOTHING = Text("没有内容引用它", "nothing rests on it")


def checked(place: Workspace) -> dict[Language, str]:
    """Return the report of a sound workspace in each language, and carry its history on.

    Raises:
        ContentError: With every fault in it.
    """
    notebooks = sorted((place.root / "notebooks" / "reviews").glob("*.ipynb"))
    faults = [*_tried(partial(_check_data, place)).faults]
    proven = partial(load_playbook, place.playbook) if faults else partial(open_playbook, place)
    for each in notebooks:
        faults += _tried(partial(read_parameters, each)).faults
        faults += _tried(partial(read_sections, each)).faults
    faults += [*_of_stories(place), *undecided(place.playbook)]
    playbook, more = _tried(proven)
    more = more or (prove_changed(playbook, _proving) if playbook else ())
    if faults := [*faults, *more]:
        raise ContentError(_from_root(fault, place.root) for fault in faults)
    assert playbook  # noqa: S101 (for the type checker: no faults)
    corrections = _corrections(place)
    if not is_learned(place.state, corrections):
        learn(playbook, place.state, corrections, _learning)
    crm = open_crm(place)
    history = read_history(place.playbook)
    today = datetime.now(UTC).astimezone().date()
    if (after := carried_on(history, hashes(playbook), today)) != history:
        write_history(place.playbook, after)
    table = coverage(playbook, [one for each in notebooks for one in read_sections(each)])
    facts = {
        "sections": len({section for section, _ in playbook.pages}),
        "rules": len(playbook.index) - len(playbook.kpis) - len(playbook.facts),
        "kpis": len(playbook.kpis),
        "items": len(playbook.items),
        "exams": len(playbook.exams),
        "scenarios": len(playbook.scenarios),
        "pages": len(playbook.pages),
        "rows": f"{sum(note.accepted for note in crm.snapshot.tables.values()):,}",
    }
    return {
        each: f"{SOUND.in_(each).format(**facts)}\n{_matrix(table, each)}" for each in LANGUAGES
    }


def _proving(count: int) -> None:
    err.print(PROVING.format(count), markup=False)


def _learning() -> None:
    err.print(READING, markup=False)


def _corrections(place: Workspace) -> tuple[Correction, ...]:
    """Return what trainers put right, where anybody has kept records yet."""
    at = records_place(place.state)
    if isinstance(at, Path) and not at.exists():
        return ()
    records = open_records(at)
    try:
        return corrections_of(records)
    finally:
        records.close()


def tell_stale(place: Workspace, since: date, language: Language) -> None:
    """Print what has changed since a day, each with what rests on it."""
    playbook = load_playbook(place.playbook, prove=False)
    changed = list(changed_since(playbook, read_history(place.playbook), since))
    if not changed:
        out.print(UNCHANGED.in_(language).format(since=day(since, language)))
    for one in changed:
        out.print(CHANGED.in_(language).format(id=one.id, on=day(one.on, language)), markup=False)
        resting = {key: getattr(one, key) for key in RESTS}
        for key, ids in resting.items():
            if ids:
                out.print(f"  {RESTS[key].in_(language)}: {', '.join(ids)}", markup=False)
        if not any(resting.values()):
            out.print(f"  {NOTHING.in_(language)}")


def _matrix(table: Sequence[Coverage], language: Language) -> str:
    holes = [each for each in table if any(each.missing)]
    if not holes:
        return COVERED.in_(language)
    comma = "、" if language == "zh" else ", "
    lines = [HOLES.in_(language)]
    for each in holes:
        signs = "".join("·" if place in each.missing else "✓" for place in PLACES)
        lacks = comma.join(PLACES[place].in_(language) for place in each.missing)
        lines.append(f"  {each.section} {signs} {SECTIONS[each.section].in_(language)}: {lacks}")
    return "\n".join(lines)


class _Tried(NamedTuple, Generic[Found]):
    found: Found | None
    faults: Sequence[Fault] = ()


def _tried(step: Callable[[], Found]) -> _Tried[Found]:
    try:
        return _Tried(step())
    except ContentError as error:
        return _Tried(None, error.faults)


def _check_data(place: Workspace) -> None:
    """Check the tables in ``data/`` as an import would."""
    if faults := check_own(place, stages_of(place)):
        raise ContentError(faults)


def _of_stories(place: Workspace) -> list[Fault]:
    files, faults = read_stories(place.playbook)
    return [*faults, *(fault for one in files.values() for fault in story_faults(one))]


def stages_of(place: Workspace) -> list[str]:
    """Return the ids of the playbook's stages; none if it can't be read, which `check` tells."""
    with suppress(ContentError):
        return stage_ids(place.playbook)
    return []


def _from_root(fault: Fault, root: Path) -> Fault:
    path = fault.place.path
    if not path.is_relative_to(root):
        return fault
    return replace(fault, place=replace(fault.place, path=path.relative_to(root)))
