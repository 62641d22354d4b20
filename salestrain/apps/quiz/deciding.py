"""What a trainer makes of what colleagues propose: accept with edits, send back, refuse."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from salestrain.apps.app import Fields
from salestrain.apps.quiz.proposing import ACCEPT, everything
from salestrain.apps.registry import TEACHES
from salestrain.errors import did_you_mean
from salestrain.language import Text
from salestrain.playbook.content import Rule
from salestrain.training.proposals.drafts import (
    MOST_DISTRACTORS,
    NEEDS_REASON,
    Draft,
    clean,
    fault,
    too_long,
    wanting,
    written_in,
)
from salestrain.training.proposals.proposals import DECIDED, PROPOSALS, Verdict
from salestrain.training.proposals.sharing import working_days_after
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from datetime import date

    from salestrain.apps.visit import Visit
    from salestrain.records import Person
    from salestrain.training.proposals.proposals import Proposal

NOT_YOURS = Text("只有培训师能答复", "Only a trainer answers proposals")
ALREADY = Text("这一条已经有人答复了", "Somebody has answered this one already")
UNKNOWN_CITE = Text("手册里没有 {cite}", "The playbook has no {cite}; {mend}")
BETWEEN = re.compile(r"[,，、;；\n]+")


class Decided(Fields):
    """The verdict on a proposal, and its texts as they were edited."""

    of: str
    verdict: Verdict
    note: str = ""
    stem: str = ""
    key: str = ""
    distractor_0: str = ""
    distractor_1: str = ""
    distractor_2: str = ""
    distractor_3: str = ""
    because_0: str = ""
    because_1: str = ""
    because_2: str = ""
    because_3: str = ""
    why: str = ""
    cites: str = ""
    solvers: str = ""

    @property
    def wrong(self) -> tuple[tuple[str, str], ...]:
        """Wrong answers, each with where it goes wrong; a row without an answer is left out."""
        rows = (
            (clean(getattr(self, f"distractor_{one}"), lines=False),
             clean(getattr(self, f"because_{one}"), lines=False))
            for one in range(MOST_DISTRACTORS)
        )  # fmt: skip
        return tuple(row for row in rows if row[0])


@dataclass(frozen=True)
class Deciding:
    """Somebody who wants to decide."""

    visit: Visit

    @property
    def may(self) -> bool:
        """Whether they may: the records say so, not the page."""
        return self.visit.person.role in TEACHES

    @cached_property
    def every(self) -> tuple[Proposal, ...]:
        """All that was proposed."""
        return everything(self.visit)

    @property
    def waiting(self) -> list[Proposal]:
        """What has no answer yet, the oldest first."""
        return [one for one in self.every if one.state == "open"]

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by id."""
        return {one.id: one for one in self.visit.records.people.all()}

    def decide(self, fields: Decided) -> None:
        """Answer a proposal; its author reads it.

        Raises:
            Refused: If it isn't this person's to do, it has an answer, or something is missing.
        """
        if not self.may:
            raise Refused(NOT_YOURS)
        one = next((one for one in self.waiting if one.id == fields.of), None)
        if one is None:
            raise Refused(ALREADY)
        note = clean(fields.note)
        if fields.verdict != "accepted" and not note:
            raise Refused(NEEDS_REASON)
        if long := next(too_long("note", note), None):
            raise Refused(long)
        data: dict[str, Any] = {
            "of": one.id, "person": one.author, "verdict": fields.verdict, "note": note,
        }  # fmt: skip
        if fields.verdict == "accepted":
            data["edited"] = self._edited(one, fields).data
        self.visit.thread("quiz", PROPOSALS).save(DECIDED, data)

    def _edited(self, one: Proposal, fields: Decided) -> Draft:
        draft = self._draft(one.draft, fields)
        author = self.people.get(one.author)
        names = {author.name, author.name_en, author.id} if author else set[str]()
        if found := fault(draft) or wanting(draft, names, self.figure("solvers")):
            raise Refused(found)
        index = self.visit.playbook.index
        for cite in draft.cites:
            if cite not in index:
                mend = did_you_mean(cite, index)
                raise Refused(Text(*(one.format(cite=cite, mend=mend) for one in UNKNOWN_CITE)))
        return draft

    def _draft(self, was: Draft, fields: Decided) -> Draft:
        why = clean(fields.why)
        if was.kind == "improvement":
            return replace(was, why=why, language=written_in(why))
        stem = clean(fields.stem)
        return replace(
            was, stem=stem, key=clean(fields.key, lines=False), language=written_in(stem),
            distractors=tuple(one for one, _ in fields.wrong),
            because=tuple(why for _, why in fields.wrong),
            cites=_listed(fields.cites), solvers=_listed(fields.solvers),
        )  # fmt: skip

    def name(self, person_id: str) -> str:
        """Return somebody's name."""
        one = self.people.get(person_id)
        return one.called.in_(self.visit.language) if one else person_id

    def figure(self, name: str) -> int:
        """Return a figure of the rule on deciding, 0 where the playbook has none."""
        rule = self.visit.playbook.index.get(ACCEPT)
        value = rule.values.get(name) if isinstance(rule, Rule) else None
        return value if isinstance(value, int) else 0

    def due(self, one: Proposal) -> date | None:
        """Return by which day a proposal is to be answered, None where no rule says so."""
        days = self.figure("working_days")
        return working_days_after(one.at.astimezone().date(), days) if days else None

    def is_late(self, one: Proposal) -> bool:
        """Return whether that day has passed."""
        due = self.due(one)
        return due is not None and self.visit.now().astimezone().date() > due


def _listed(text: str) -> tuple[str, ...]:
    """Return what is written with commas between, each once."""
    found = (clean(one, lines=False) for one in BETWEEN.split(text))
    return tuple(dict.fromkeys(filter(None, found)))
