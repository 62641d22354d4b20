"""What can be asked for, and the form that asks: which review, of what period, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING

from salestrain.apps.making import reviews_in
from salestrain.apps.roster import Whom, in_scope, roster
from salestrain.crm.store import open_crm
from salestrain.language import Language, Text, day
from salestrain.periods import Grain, Period
from salestrain.playbook.content import Company
from salestrain.playbook.source import read_text, read_yaml
from salestrain.playbook.validate import validated
from salestrain.views.components.forms import Option, form, segmented, select
from salestrain.views.components.ground import attributes, some
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from salestrain.apps.visit import Visit

WHAT = Text("看什么", "What")
WHEN = Text("哪段时间", "When")
WHOM = Text("给谁", "For whom")
OTHER = Text("其他时间", "Another time")
WHICH = Text("其他时间是", "The other time")
TO_DATE = Text("{period}至今", "{period} to date")
BOOKS = Text("账记到 {day}。", "The books run to {day}.")
ONE = Text("一份", "one report")
EACH = Text("{team}每人一份", "{team}: one for each rep")
MANY = Text("{n} 份", "reports: {n}")
JOINED = Text("{day}入职", "joined {day}")
GONE = Text("{day}离职", "left {day}")
MAKE = Text("生成 {n} 份报告", "Make reports: {n}")
BEGIN = "SELECT coalesce(min(closed_on), min(created_on)) FROM opportunities"
GRAINS: tuple[Grain, ...] = ("quarter", "month", "year")


@dataclass(frozen=True)
class Choice:
    """Everything this person may ask for.

    Attributes:
        reviews: The titles of the workspace's review notebooks, by name.
        usual: The periods mostly asked for: two quarters, a month, a year.
        periods: Every period that the books reach, by name, newest first.
        people: Whom each choice stands for, by value: ``team:E2``; ``reps:E2`` is each rep in it.
        scope: Everybody this person may see.
        books_end: The day the books end.
    """

    reviews: dict[str, Text]
    usual: tuple[Period, ...]
    periods: dict[str, Period]
    people: dict[str, tuple[Whom, ...]]
    scope: tuple[Whom, ...]
    books_end: date

    @classmethod
    def of(cls, visit: Visit) -> Choice:
        """Look into the workspace.

        Raises:
            SalestrainError: If it has no CRM data, or faults.
        """
        crm = open_crm(visit.workspace)
        scope = in_scope(visit.person, roster(crm))
        begin = crm.connection.execute(BEGIN).fetchall()[0][0] or crm.as_of
        crm.connection.close()
        starts = _company(visit.workspace.playbook).fiscal_year_start_month
        last = [Period.containing(crm.as_of, grain, year_starts=starts) for grain in GRAINS]
        quarter, month = (one if one.end <= crm.as_of else one.previous for one in last[:2])
        return cls(
            reviews_in(visit.workspace.root),
            (quarter, quarter.previous, month, last[2]),
            {str(one): one for one in _reached(last, begin)},
            _choices(scope),
            scope,
            crm.as_of,
        )

    def pairs(self, values: Sequence[str]) -> list[tuple[str, str]] | None:
        """Return whom the values stand for, in order; None if one of them is not offered."""
        if not set(values) <= self.people.keys():
            return None
        asked = {one for value in values for one in self.people[value]}
        return [(one.level, one.entity) for one in self.scope if one in asked]

    def form(self, language: Language, *, busy: bool) -> str:
        """Return the form; the style sheet counts on its button how many reports are ticked."""
        reviews = enumerate(self.reviews.items())
        titles = [Option(name, text.in_(language), chosen=not n) for n, (name, text) in reviews]
        usual = [self._option(one, language) for one in self.usual]
        others = [self._option(one, language) for one in self.periods.values()]
        books = BOOKS.in_(language).format(day=day(self.books_end, language))
        label = escape(MAKE.in_(language)).format(n='<span class="picked"></span>')
        look, needs = "button button--main button--wide", None if busy else "whom"
        given = attributes(class_=look, type="submit", disabled=busy, data_needs=needs)
        return form(
            "make",
            segmented(WHAT.in_(language), "review", titles),
            segmented(
                WHEN.in_(language), "period", [*usual, Option("", OTHER.in_(language))], note=books
            ),
            select(WHICH.in_(language), "other", others),
            f'<fieldset class="field"><legend>{WHOM.in_(language)}</legend><div class="pick-list">'
            f"{''.join(self._rows(language))}</div></fieldset>",
            f"<button{given}><span>{label}</span></button>",
        )

    def _option(self, period: Period, language: Language) -> Option:
        name = period.name.in_("en" if period.grain == "quarter" else language)
        if period.end > self.books_end:
            name = TO_DATE.in_(language).format(period=name)
        return Option(str(period), name, chosen=period == self.usual[0])

    def _rows(self, language: Language) -> Iterator[str]:
        teams = {one.entity: one.name.in_(language) for one in self.scope if one.level == "team"}
        for value, whom in self.people.items():
            level, _, entity = value.partition(":")
            name, note = whom[0].name.in_(language), ONE.in_(language)
            if level == "reps":
                name = EACH.in_(language).format(team=teams.get(entity, entity))
                note = MANY.in_(language).format(n=len(whom))
            elif level == "rep":
                note = self._coming_or_going(whom[0], language)
            given = attributes(
                type="checkbox",
                name="whom",
                value=value,
                checked=not whom[0].left_on,
                style=f"--reports:{len(whom)}",
            )
            look = classes("member" if level in {"rep", "reps"} else "")
            named = f"<span>{escape(name)}</span>{some('small', note)}"
            yield f"<label{look}><input{given}>{named}</label>"

    def _coming_or_going(self, rep: Whom, language: Language) -> str:
        """Return when a rep left, or joined since the quarter before; no news is no text."""
        text, when = (GONE, rep.left_on) if rep.left_on else (JOINED, rep.joined_on)
        known = when and (rep.left_on or when >= self.usual[1].start)
        return text.in_(language).format(day=day(when, language)) if when and known else ""


def _choices(scope: Sequence[Whom]) -> dict[str, tuple[Whom, ...]]:
    """Return whom one tick stands for: where there are several teams, all reps of one together."""
    several = len({one.parent for one in scope if one.level == "rep"}) > 1
    choices: dict[str, tuple[Whom, ...]] = {}
    for one in scope:
        if one.level != "rep" or not several:
            choices[f"{one.level}:{one.entity}"] = (one,)
        elif not one.left_on:
            group = f"reps:{one.parent}"
            choices[group] = (*choices.get(group, ()), one)
    return choices


def _company(playbook: Path) -> Company:
    """Read the one file of the playbook that is needed here; all of it would take a second."""
    shown = PurePath(playbook.name, "company.yaml")
    return validated(Company, read_yaml(read_text(playbook / shown.name, shown), shown))


def _reached(last: Sequence[Period], begin: date) -> Iterator[Period]:
    for newest in last:
        first = Period.containing(begin, newest.grain, year_starts=newest.year_starts)
        yield from (newest.shifted(-back) for back in range(newest.index - first.index + 1))
