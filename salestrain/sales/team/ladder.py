"""The ladder: for each rung, which conditions hold, which don't, and which no table can show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from salestrain.playbook.content import Criterion
    from salestrain.playbook.standards.team import Competency, Rung
    from salestrain.sales.team.shown import Shown

State = Literal["met", "missing", "to_show"]
MONTHS = Text("在前一级满 {wanted} 个月", "{wanted} months on the rung below")
MONTHS_FOUND = Text("入职 {months} 个月", "joined {months} months ago")
FRESH = Text("入职不到一个月", "joined less than a month ago")
PERSONNEL = Text("人事档案", "The personnel file")
LEVEL = Text("{name} {wanted} 级", "{name} at level {wanted}")
SEEN = Text("近期见到的几件事，写明时间和对谁", "Things seen lately, with day and customer")
RATED = Text("评到 {level} 级", "rated at level {level}")
QUARTERS = Text(
    "最近 {of} 个满额季度完成 {reached} 个", "{reached} of the last {of} full quarters reached"
)
STALE = Text("{n} 单停滞过久", "{n} deals stood stalled too long")
CLEAN = Text("没有停滞过久的单", "no deal stood stalled too long")
OWNS = Text("名下还有 {n} 个客户", "still owns {n} accounts")
OWNS_NONE = Text("名下没有客户", "owns no account")
PASSED = Text("评分表过线", "scorecard passed")
FAILED = Text("评分表没过线", "scorecard not passed")
NEW = Text("还没有满额的季度", "no full quarter yet")


class Steady(NamedTuple):
    """How many of the last full quarters must have been reached (1.2.steady)."""

    quarters: int
    reached: int


class Finding(NamedTuple):
    """What the tables say of a condition."""

    state: State
    found: Text


class Condition(NamedTuple):
    """One condition of a rung for one person; ``evidence`` shows it where no table does."""

    id: str
    text: Text
    state: State
    found: Text
    evidence: Text


@dataclass(frozen=True, slots=True)
class Climb:
    """How far somebody meets a rung."""

    rung: Rung
    conditions: tuple[Condition, ...]

    def of(self, state: State) -> tuple[Condition, ...]:
        """Return the conditions in one state."""
        return tuple(one for one in self.conditions if one.state == state)


@dataclass(frozen=True, slots=True)
class Climber:
    """Somebody on the ladder, for as far as the tables can see.

    Attributes:
        person: Their id.
        climbs: Every rung, from the lowest.
    """

    person: str
    climbs: tuple[Climb, ...]

    @property
    def held_up(self) -> Climb | None:
        """The lowest rung at which something is surely missing; None if at none."""
        return next((one for one in self.climbs if one.of("missing")), None)

    def open_for(self, rung: str) -> int:
        """Return how many conditions up to and including a rung are surely missing."""
        count = 0
        for one in self.climbs:
            count += len(one.of("missing"))
            if one.rung.id == rung:
                break
        return count


class Person(NamedTuple):
    """Who climbs; ``levels`` are competency levels that an evaluation shows."""

    id: str
    joined: date | None
    levels: Mapping[str, float]


def climber(
    person: Person,
    rungs: Sequence[Rung],
    shown: Shown,
    competencies: Mapping[str, Competency],
    steady: Steady,
    today: date,
) -> Climber:
    """Return how far somebody meets every rung.

    Args:
        person: Who.
        rungs: From the lowest.
        shown: What the tables show.
        competencies: By id.
        steady: The rule on quarters.
        today: The day of the books.
    """
    checks = _checks(person.id, shown, steady)
    climbs = []
    months = 0
    for place, rung in enumerate(rungs):
        months += rung.months_at_least
        conditions = [
            *_served(person, rung, months, today, alone=place < 2),
            *(_criterion(one, checks) for one in rung.criteria),
            *(
                _level(competencies[one], level, person.levels)
                for one, level in rung.competencies.items()
                if one in competencies
            ),
        ]
        climbs.append(Climb(rung, tuple(conditions)))
    return Climber(person.id, tuple(climbs))


def _served(
    person: Person, rung: Rung, months: int, today: date, *, alone: bool
) -> Iterable[Condition]:
    """Yield the condition on time: nobody is longer on a rung than they have been here."""
    if not rung.months_at_least:
        return
    wanted = rung.months_at_least
    text = Text(MONTHS.zh.format(wanted=wanted), MONTHS.en.format(wanted=wanted))
    state: State = "to_show"
    found = Text("", "")
    if person.joined:
        served = months_between(person.joined, today)
        found = _since(served)
        state = "missing" if served < months else "met" if alone else "to_show"
    yield Condition(f"{rung.id}.months", text, state, found, PERSONNEL)


def _since(months: int) -> Text:
    if not months:
        return FRESH
    english = MONTHS_FOUND.en.format(months=months)
    return Text(MONTHS_FOUND.zh.format(months=months), _plural(english, months))


def months_between(first: date, last: date) -> int:
    """Return the whole months from one day to another.

    >>> from datetime import date
    >>> months_between(date(2026, 4, 1), date(2026, 9, 30))
    5
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(months - (last.day < first.day), 0)


def _criterion(one: Criterion, checks: Mapping[str, Callable[[], Finding]]) -> Condition:
    check = checks.get(one.column or "")
    finding = check() if check else Finding("to_show", Text("", ""))
    return Condition(one.id, one.text, finding.state, finding.found, one.evidence)


def _level(one: Competency, wanted: int, levels: Mapping[str, float]) -> Condition:
    text = Text(*(LEVEL[at].format(name=one.name[at], wanted=wanted) for at in (0, 1)))
    level = levels.get(one.id)
    if level is None:
        return Condition(one.id, text, "to_show", Text("", ""), SEEN)
    shown = f"{level:g}" if float(level).is_integer() else f"{level:.1f}"
    found = Text(RATED.zh.format(level=shown), RATED.en.format(level=shown))
    return Condition(one.id, text, "met" if level >= wanted else "missing", found, SEEN)


def _checks(person: str, shown: Shown, steady: Steady) -> dict[str, Callable[[], Finding]]:
    """Return what can be looked up, by the column that records it."""
    return {
        "targets.amount": lambda: _quota(person, shown, steady),
        "opportunities.next_step_confirmed_on": lambda: _books(person, shown),
        "accounts.owner_id": lambda: _handed_over(person, shown),
        "candidates.score": lambda: _scorecard(person, shown),
    }


def _quota(person: str, shown: Shown, steady: Steady) -> Finding:
    if shown.reached is None:
        return Finding("to_show", Text("", ""))
    last = shown.reached.get(person, ())[: steady.quarters]
    if not last:
        return Finding("missing", NEW)
    facts = {"of": len(last), "reached": sum(last)}
    found = Text(QUARTERS.zh.format(**facts), QUARTERS.en.format(**facts))
    return Finding("met" if sum(last) >= steady.reached else "missing", found)


def _books(person: str, shown: Shown) -> Finding:
    if shown.stale is None:
        return Finding("to_show", Text("", ""))
    n = shown.stale.get(person, 0)
    return (
        Finding("missing", Text(STALE.zh.format(n=n), _plural(STALE.en.format(n=n), n)))
        if (n)
        else Finding("met", CLEAN)
    )


def _handed_over(person: str, shown: Shown) -> Finding:
    if shown.accounts is None:
        return Finding("to_show", Text("", ""))
    n = shown.accounts.get(person, 0)
    if not n:
        return Finding("met", OWNS_NONE)
    return Finding("missing", Text(OWNS.zh.format(n=n), _plural(OWNS.en.format(n=n), n)))


def _scorecard(person: str, shown: Shown) -> Finding:
    passed = shown.passed.get(person)
    if passed is None:
        return Finding("to_show", Text("", ""))
    return Finding("met", PASSED) if passed else Finding("missing", FAILED)


def _plural(words: str, n: int) -> str:
    for many in ("deals", "accounts", "months") if n == 1 else ():
        words = words.replace(many, many[:-1])
    return words
