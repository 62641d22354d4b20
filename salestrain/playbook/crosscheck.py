"""What an item, a scenario or a path says of its own parts, and of other content, must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.errors import Fault, did_you_mean
from salestrain.language import LANGUAGES
from salestrain.playbook.content import Content, Names
from salestrain.playbook.path_checks import measured_faults, order_faults, plan_faults
from salestrain.playbook.scenarios import SAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from salestrain.playbook.content import Entry, Placed
    from salestrain.playbook.items import Item, Numeric
    from salestrain.playbook.paths import Path
    from salestrain.playbook.scenarios import Scenario
    from salestrain.playbook.standards.team import Roles

    Loc = tuple[str | int, ...]
    Known = Mapping[str, Collection[str]]  # names by what they are: state, ending, page


def item_faults(item: Item, queries: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with an item: an unknown query, an id that comes twice."""
    yield from unknown_names(item, {"query": queries})
    for key, parts in item.parts.items():
        at = key.split(".")
        yield from _twice(item, (((*at, n, "id"), part.id) for n, part in enumerate(parts)))


def key_faults(item: Numeric) -> Iterator[Fault]:
    """Yield what is wrong with a numeric key: a mistake that counts as right.

    Raises:
        ContentError: If a query gives no number.
    """
    margin = item.key.tolerance.margin(item.answer)
    for number, (value, _) in enumerate(item.mistakes):
        if abs(value - item.answer) <= margin:
            what, mend = f"mistake {value:g} counts as right", "narrow the tolerance, or drop it"
            yield item.fault(what, mend, "mistakes", number)
        for other, _ in item.mistakes[:number]:
            if abs(value - other) <= item.key.tolerance.margin(other):
                what = f"mistake {value:g} can't be told from {other:g}"
                yield item.fault(what, "drop one of them", "mistakes", number)


def path_faults(path: Path, known: Known, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Yield what is wrong with a path: names unknown or taken, drafts, order, plan, figures."""
    steps = [step.id for step in path.steps]
    yield from unknown_names(path, {**known, "step": steps})
    ids = [(("steps", n, "id"), step) for n, step in enumerate(steps)]
    ids += [(("plan", n, "id"), milestone.id) for n, milestone in enumerate(path.plan)]
    yield from _twice(path, ids)
    for number, step in enumerate(path.steps):
        played = scenarios.get(getattr(step, "scenario", ""))
        if played and played.draft:
            what = f"{played.id} is a draft, which learners aren't shown"
            yield path.fault(
                what, "take `draft` out of it, or name another", "steps", number, "scenario"
            )
    yield from order_faults(path)
    yield from plan_faults(path)
    yield from measured_faults(path)


def scenario_faults(scenario: Scenario, kinds: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with a scenario: names unknown, dead ends, weights, repeated words."""
    yield from unknown_names(scenario, {**_names(scenario), "kind of move": kinds})
    yield from _dead_ends(scenario)
    if (total := sum(part.weight for part in scenario.competencies)) != 100:
        yield Fault(scenario.place_of("competencies"), f"weights add up to {total}", "make it 100")
    for language in LANGUAGES:
        said = (
            (("moves", number, "says", language, nth), text)
            for number, move in enumerate(scenario.moves)
            for nth, text in enumerate(move.says.in_(language))
        )
        yield from _twice(scenario, said)


def shown_by_faults(
    roles: Roles, known: Known, scenarios: Mapping[str, Scenario]
) -> Iterator[Fault]:
    """Yield what is wrong with where competencies show themselves: names, parts taken twice.

    A playbook without any scenario has none to miss.
    """
    there = {kind: names for kind, names in known.items() if names}
    yield from unknown_names(roles, {**there, "competency": [c.id for c in roles.competencies]})
    taken: dict[tuple[str, str], Loc] = {}
    for number, shows in enumerate(roles.shown_by):
        for scenario, parts in shows.talks.items():
            if scenario not in scenarios:
                continue
            named = [part.id for part in scenarios[scenario].competencies]
            for nth, part in enumerate(parts):
                at = ("shown_by", number, "talks", scenario, nth)
                if part not in named:
                    what = f"{scenario} has no part {part!r}"
                    yield roles.fault(what, did_you_mean(part, named), *at)
                elif (scenario, part) in taken:
                    first = roles.place_of(*taken[scenario, part]).line
                    what = f"{part!r} of {scenario} is taken on line {first} already"
                    yield roles.fault(what, "let it count once", *at)
                taken.setdefault((scenario, part), at)


def _names(s: Scenario) -> Known:
    every = [case for offered in s.offers.values() for cases in offered.values() for case in cases]
    asked = {mark for case in every if case.when for mark in case.when.earned}
    return {
        "state": [*s.states, SAME],
        "move": [move.id for move in s.moves],
        "ending": [ending.id for ending in s.endings],
        "mark": asked | {mark for part in s.competencies for mark in part.marks},
        "earned mark": {mark for case in every for mark in case.earns},
        "hidden fact": [fact.id for fact in s.persona.hidden],
        "critical mistake": [mistake.id for mistake in s.critical],
        "variable": s.numbers,
    }


def _dead_ends(s: Scenario) -> Iterator[Fault]:
    moves = {move.id for move in s.moves}
    for loc, offered in s.offers.items():
        for move, cases in offered.items():
            if move not in moves:
                mend = did_you_mean(move, moves)
                yield Fault(s.place_of(*loc, move), f"unknown move {move!r}", mend)
            always = [number for number, case in enumerate(cases) if case.when is None]
            if not always:
                place, mend = s.place_of(*loc, move), "end with a case that has no `when`"
                yield Fault(place, f"no last case for {move!r}", mend)
            elif always[0] < len(cases) - 1:
                place = s.place_of(*loc, move, always[0] + 1)
                yield Fault(place, "a case that is never reached", "give the one before a `when`")


def unknown_names(entry: Placed, known: Known) -> Iterator[Fault]:
    """Yield every name of something else that is not known, by what it should be."""
    for loc, kind, name in _mentions(entry, ()):
        if kind in known and name not in known[kind]:
            mend = did_you_mean(name, known[kind])
            yield Fault(entry.place_of(*loc), f"unknown {kind} {name!r}", mend)


def _mentions(value: object, loc: Loc) -> Iterator[tuple[Loc, str, str]]:
    # Every name in a field marked by Names: where it stands, what it should be, the name.
    if isinstance(value, Content):
        for field, info in type(value).model_fields.items():
            at, within = (*loc, info.alias or field), getattr(value, field)
            names = [within] if isinstance(within, str) else within or ()
            for mark in info.metadata:
                if isinstance(mark, Names):
                    yield from (((*at, name), mark.kind, name) for name in names)
            yield from _mentions(within, at)
    elif isinstance(value, dict | tuple):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _mentions(each, (*loc, key))


def _twice(entry: Entry, said: Iterable[tuple[Loc, str]]) -> Iterator[Fault]:
    first: dict[str, Loc] = {}
    for loc, text in said:
        if text in first:
            what = f"{text!r} stands on line {entry.place_of(*first[text]).line} already"
            yield Fault(entry.place_of(*loc), what, "write another")
        first.setdefault(text, loc)
