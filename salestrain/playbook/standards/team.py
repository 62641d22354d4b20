"""Chapter 1: roles and competencies, selection, the ladder, meetings, who answers for what."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 (pydantic reads the annotations)
from typing import Annotated, Literal

from pydantic import Field

from salestrain.errors import Fault  # noqa: TC001
from salestrain.playbook.content import Content, Criterion, Names, Role, Standard, Stated
from salestrain.playbook.fields import Both, Id, Section, Words  # noqa: TC001
from salestrain.playbook.standards.checks import Weight, unknown, weight_faults

Grade = Annotated[int, Field(ge=1, le=5)]
Method = Literal["interview", "written_test", "practical"]
Rhythm = Literal["day", "week", "month", "quarter", "year"]
RACI = Literal["R", "A", "RA", "C", "I"]


class Behaviours(Content):
    """What one sees people do who have reached a level of a competency."""

    level: Grade
    text: Both


class Competency(Stated):
    """An ability, with behaviours that show how far somebody has come."""

    levels: tuple[Behaviours, ...] = Field(min_length=2)


class RoleProfile(Stated):
    """What a role is there for, and how far it should have come in each competency."""

    role: Role
    """As `people.role` has it."""
    duties: tuple[Both, ...] = Field(min_length=1)
    decides: tuple[Both, ...] = ()
    """What the role may decide alone."""
    targets: dict[Id, Grade]
    """Competency → level wanted."""


class Shows(Content):
    """Where a competency shows itself. Skills of 4.2 name their competency themselves."""

    competency: Annotated[Id, Names("competency")]
    sections: Annotated[tuple[Section, ...], Names("section")] = ()
    """Those whose items ask what one has to know for it, written or not yet."""
    talks: Annotated[dict[Id, tuple[Words, ...]], Names("scenario")] = Field(default={})
    """Scenario → the parts of its score that it takes."""
    kpis: Annotated[tuple[Id, ...], Names("KPI")] = ()
    """Figures of one's own that follow from it."""


class Roles(Standard):
    """`standards/roles.yaml`: section 1.1."""

    roles: tuple[RoleProfile, ...] = Field(min_length=1)
    competencies: tuple[Competency, ...] = Field(min_length=1)
    shown_by: tuple[Shows, ...] = ()
    """What the records hold that counts as seen of a competency."""

    def faults(self) -> Iterator[Fault]:
        """Yield levels that don't count up from 1, and targets nobody could reach."""
        top = {each.id: len(each.levels) for each in self.competencies}
        for each in self.competencies:
            if [level.level for level in each.levels] != list(range(1, len(each.levels) + 1)):
                yield each.fault(f"levels of {each.id} skip or repeat", "count up from 1", "levels")
        for role in self.roles:
            for competency, target in role.targets.items():
                at = ("targets", competency)
                yield from unknown(role, competency, top, *at)
                if target > top.get(competency, target):
                    what = f"{competency} has no level {target}"
                    yield role.fault(what, f"write at most {top[competency]}", *at)


class ScoredCriterion(Stated):
    """Something a candidate is scored on, from 1 to 5."""

    weight: Weight
    method: Method
    anchors: dict[Literal["1", "3", "5"], Both]
    """What earns a 1, a 3, a 5: so that two interviewers give the same."""
    must_reach: Grade = 1
    """Below this mean no total helps."""


class Scorecard(Stated):
    """How candidates for a role are scored. A criterion's last word is its name in the CRM."""

    role: Role
    pass_score: Annotated[float, Field(ge=1, le=5)]
    criteria: tuple[ScoredCriterion, ...] = Field(min_length=1)


class Selection(Standard):
    """`standards/selection.yaml`: section 1.2."""

    scorecards: tuple[Scorecard, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield weights that don't add up."""
        for card in self.scorecards:
            yield from weight_faults(card, (each.weight for each in card.criteria), "criteria")


class Rung(Stated):
    """A rung of the ladder, and what must hold before somebody stands on it."""

    role: Role
    months_at_least: Annotated[int, Field(ge=0, le=120)]
    """Months on the rung below before this one is talked about."""
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    competencies: dict[Id, Grade] = Field(default={})
    """Competency → level wanted."""


class NineBox(Content):
    """Where performance and potential (each from 1 to 5) are cut into three."""

    performance: tuple[float, float]
    potential: tuple[float, float]
    performance_by: tuple[Id, ...] = ()
    """The evaluation's criteria that tell how somebody does; weighted as on the form."""
    potential_by: tuple[Id, ...] = ()
    """Those that tell how far somebody may go."""


class Ladder(Standard):
    """`standards/ladder.yaml`: section 1.2, rungs from the lowest."""

    rungs: tuple[Rung, ...] = Field(min_length=2)
    nine_box: NineBox

    def faults(self) -> Iterator[Fault]:
        """Yield cuts of the 9-box that don't rise."""
        for axis in ("performance", "potential"):
            low, high = getattr(self.nine_box, axis)
            if not 1 < low < high < 5:
                what = f"cuts {low:g} and {high:g} make no three boxes"
                yield self.fault(what, "write two rising figures between 1 and 5", "nine_box", axis)


class AgendaItem(Content):
    """A part of a meeting."""

    minutes: Annotated[int, Field(ge=1, le=480)]
    text: Both


class Meeting(Stated):
    """A meeting that comes again and again."""

    every: Rhythm
    weekday: Annotated[int, Field(ge=1, le=7)] | None = None
    """Of a weekly meeting: 1 is Monday."""
    working_day: Annotated[int, Field(ge=1, le=20)] | None = None
    """Of a longer rhythm: the how many-th working day of the month, quarter or year."""
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    minutes: Annotated[int, Field(ge=5, le=480)]
    chair: Role
    attends: tuple[Role, ...] = Field(min_length=1)
    agenda: tuple[AgendaItem, ...] = Field(min_length=1)
    brings: tuple[Words, ...] = ()
    """Reviews opened in it, by name: ``kpi_review``."""


class Cadence(Standard):
    """`standards/cadence.yaml`: section 1.3."""

    meetings: tuple[Meeting, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield meetings without a day, and agendas that don't fit."""
        for one in self.meetings:
            longer = one.every not in ("day", "week")
            missing = [
                key
                for key, wanted in (("weekday", one.every == "week"), ("working_day", longer))
                if wanted and getattr(one, key) is None
            ]
            for key in missing:
                yield one.fault(f"{one.id} has no day", f"add `{key}:`", "every")
            if (total := sum(part.minutes for part in one.agenda)) > one.minutes:
                what = f"the agenda takes {total} of {one.minutes} minutes"
                yield one.fault(what, "shorten it, or lengthen the meeting", "agenda")


class Task(Stated):
    """Something that is done, and what each role has to do with it.

    R does it, A answers for it, C is asked before, I is told after; RA does and answers.
    """

    raci: dict[Role, RACI]


class Responsibilities(Standard):
    """`standards/responsibilities.yaml`: section 1.3."""

    tasks: tuple[Task, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield tasks that not exactly one role answers for, or that nobody does."""
        for task in self.tasks:
            answers = [role for role, part in task.raci.items() if "A" in part]
            if len(answers) != 1:
                said = " and ".join(answers) or "nobody"
                what = f"{task.id}: {said} accountable"
                yield task.fault(what, "give A to exactly one role", "raci")
            if not any("R" in part for part in task.raci.values()):
                yield task.fault(f"nobody does {task.id}", "give R to a role", "raci")
