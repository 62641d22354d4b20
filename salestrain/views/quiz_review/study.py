"""What a quiz review is written from: first answers up to a day, whose they are, and the items."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.crm.store import open_crm
from salestrain.errors import UsageError, did_you_mean
from salestrain.language import LANGUAGES, Language, Text
from salestrain.periods import Period
from salestrain.playbook.load import open_playbook
from salestrain.playbook.sections import SECTIONS
from salestrain.records import utc_now
from salestrain.records.answers import Log, open_log
from salestrain.sales.entities import entities_of
from salestrain.training.exams.results import is_sealed
from salestrain.training.quizzes.responses import Responses, responses
from salestrain.training.statistics.classes import Need, Standing, grouped, needs, standings
from salestrain.training.statistics.item import item_statistics
from salestrain.training.statistics.reliability import Reliability, reliability
from salestrain.training.statistics.suspicion import Suspicion, suspicions
from salestrain.views.quiz_review.staff import Colleague, colleagues
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    import pandas as pd

    from salestrain.playbook.items import Item
    from salestrain.playbook.whole import Playbook
    from salestrain.training.paths.path import Deed
    from salestrain.training.statistics.item import ItemStatistics

COMPANY = Text("全公司", "Company")
PERIODS_SHOWN = 4
MISLEADING = frozenset({"key_wrong", "two_keys", "good_miss_it", "guessed", "too_hard"})


@dataclass(frozen=True)
class Study:
    """One class's answers up to the end of a period, and everybody's for comparison.

    Attributes:
        level: company, region, team or rep; ``entity`` is the id there.
        linked: Levels whose reports lie beside this one.
        staff: Everybody the CRM knows, by id.
    """

    playbook: Playbook
    log: Log
    entities: pd.DataFrame
    level: str
    entity: str
    period: Period
    language: Language
    linked: frozenset[str] = frozenset()
    staff: dict[str, Colleague] = field(default_factory=dict)

    def say(self, text: Text, /, **values: object) -> str:
        """Fill a sentence's blanks."""
        return text.in_(self.language).format(**values)

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """Names by level and id; people whom only the records know too."""
        found = self.entities
        column = "name" if self.language == "zh" else "name_en"
        keys = zip(found["level"], found["entity"], strict=True)
        known = dict(zip(keys, found[column], strict=True))
        ours = {("rep", id_): name.in_(self.language) for id_, name in self.log.names.items()}
        return ours | known | {("company", ""): COMPANY.in_(self.language)}

    @cached_property
    def name(self) -> str:
        """Whose review it is."""
        return self.names[self.level, self.entity]

    def person(self, id_: str) -> str:
        """Return somebody's name."""
        known = self.staff.get(id_)
        return self.names.get(("rep", id_)) or (known.name.in_(self.language) if known else id_)

    @cached_property
    def reps(self) -> frozenset[str]:
        """Whom the CRM knows, for whom a review can be made."""
        return frozenset(self.entities["entity"][self.entities["level"] == "rep"])

    @cached_property
    def teams(self) -> dict[str, str]:
        """Each person's team: as the records have it, else the CRM."""
        return {one.id: one.team for one in self.staff.values()} | self.log.teams

    def team_of(self, person: str) -> str:
        """Return somebody's team, empty if they have none."""
        return self.teams.get(person, "")

    @cached_property
    def people(self) -> frozenset[str]:
        """Who belongs to the class."""
        return self._of_class(self.log.deeds)

    @cached_property
    def colleagues(self) -> frozenset[str]:
        """Who belongs to the class and works there at the end of the period, by the CRM."""
        there = (one.id for one in self.staff.values() if one.works_on(self.at.date()))
        return self._of_class(there)

    def left(self, person: str) -> bool:
        """Return whether somebody has left, by the CRM."""
        return person in self.staff and not self.staff[person].works_on(self.at.date())

    def _of_class(self, people: Iterable[str]) -> frozenset[str]:
        everybody = frozenset(people)
        if self.level == "company":
            return everybody
        if self.level == "rep":
            return everybody & {self.entity}
        inside = {self.entity} if self.level == "team" else self._teams_of(self.entity)
        return frozenset(one for one in everybody if self.teams.get(one) in inside)

    def _teams_of(self, region: str) -> set[str]:
        found = self.entities
        return set(found["entity"][(found["level"] == "team") & (found["parent"] == region)])

    @cached_property
    def items(self) -> dict[str, Item]:
        """The bank."""
        return self.playbook.items

    @property
    def zone(self) -> tzinfo | None:
        """Where a day begins: here, as in the app; the sample's days are the same everywhere."""
        return UTC if self.log.sample else None

    @cached_property
    def at(self) -> datetime:
        """The moment it speaks of, to the minute: the period's last, or now if that is to come."""
        last = midnight(self.period.end, self.zone, 1) - timedelta(minutes=1)
        return min(last, utc_now()).astimezone(self.zone).replace(second=0, microsecond=0)

    @cached_property
    def deeds(self) -> dict[str, tuple[Deed, ...]]:
        """What each person did up to the end of the period."""
        end = midnight(self.period.end, self.zone, 1)
        return {
            one: tuple(deed for deed in deeds if deed[2].at < end)
            for one, deeds in self.log.deeds.items()
        }

    @cached_property
    def sealed(self) -> frozenset[str]:
        """Exams that others may still take: nothing of what was right in them is told."""
        today = self.at.date()
        return frozenset(i for i, exam in self.playbook.exams.items() if is_sealed(exam, today))

    @cached_property
    def told(self) -> dict[str, tuple[Deed, ...]]:
        """What each person did, without the exams of which nothing is told yet."""
        return {
            one: tuple(deed for deed in deeds if deed[1] not in self.sealed)
            for one, deeds in self.deeds.items()
        }

    @cached_property
    def found(self) -> Responses:
        """Everybody's first answers up to the end of the period."""
        return responses(self.told, self.items, self.at)

    @cached_property
    def own(self) -> Responses:
        """Those of the class."""
        return self.found.of(self.people)

    @cached_property
    def misleading(self) -> list[Suspicion]:
        """Items that mislead, the gravest first; the other suspicious ones are only worth less."""
        return [one for one in self.suspicions if one.cause in MISLEADING]

    @cached_property
    def fair(self) -> Responses:
        """The answers to all other items: nobody is judged by one that misleads."""
        faulty = {one.item for one in self.misleading}
        return self.found.among({id_ for id_ in self.items if id_ not in faulty})

    @cached_property
    def statistics(self) -> tuple[ItemStatistics, ...]:
        """Each item, from everybody's answers: an item is no better or worse for one team."""
        return item_statistics(self.found, self.items)

    @cached_property
    def suspicions(self) -> tuple[Suspicion, ...]:
        """Items to look at."""
        return suspicions(self.found, self.items)

    @cached_property
    def sections(self) -> tuple[Standing, ...]:
        """How the class stands in each section."""
        return standings(self.fair, self.people, grouped(self.items.values()))

    @cached_property
    def rules(self) -> tuple[Standing, ...]:
        """How it stands on each rule or fact."""
        return standings(self.fair, self.people, grouped(self.items.values(), by_rule=True))

    def section_gaps(self, team: str) -> dict[str, Standing]:
        """Return how a team stands in each section."""
        people = [one for one in self.found.people if self.teams.get(one) == team]
        found = standings(self.fair, people, grouped(self.items.values()))
        return {one.name: one for one in found}

    @cached_property
    def team_ids(self) -> tuple[str, ...]:
        """Teams of which somebody has answered."""
        there = zip(self.found.people, self.found.answers, strict=True)
        return tuple(sorted({self.teams.get(one, "") for one, said in there if any(said)} - {""}))

    @cached_property
    def behind(self) -> list[tuple[str, Standing]]:
        """Teams surely behind in a section, the farthest first; of the class, if it is one."""
        if self.level == "company":
            gaps = [
                (team, one) for team in self.team_ids for one in self.section_gaps(team).values()
            ]
        else:
            gaps = [(self.entity, one) for one in self.sections]
        return sorted((one for one in gaps if one[1].behind), key=lambda one: one[1].gap)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What each of the class has to practise."""
        return tuple(one for one in needs(self.fair.of(self.people), self.items) if one.answers)

    def exams_for(self, person: str) -> tuple[str, ...]:
        """Return the exams somebody is meant to pass; a rep's, if the CRM doesn't know them."""
        role = self.staff[person].role if person in self.staff else "rep"
        return tuple(id_ for id_, exam in self.playbook.exams.items() if role in exam.roles)

    def in_period(self, period: Period) -> Responses:
        """Return everybody's first answers that fall into a period."""
        start, end = midnight(period.start, self.zone), midnight(period.end, self.zone, 1)
        return self.found.between(start, end)

    @cached_property
    def course(self) -> list[tuple[Period, Reliability, int]]:
        """Test quality over the last periods, oldest first, each with how many answers it has."""
        each = ((period, self.in_period(period)) for period in self.period.run(PERIODS_SHOWN))
        return [(when, reliability(one.earned), one.count) for when, one in each]

    def section_name(self, section: str) -> str:
        """Return a section's number and name."""
        return f"{section} {SECTIONS[section].in_(self.language)}"


def midnight(day: date, zone: tzinfo | None, after: int = 0) -> datetime:
    """Return the beginning of a day, or of one so many days after it; None is the zone here."""
    begins = datetime.combine(day + timedelta(days=after), time(), zone)
    return begins if zone else begins.astimezone()


def open_study(
    workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
) -> Study:
    """Read what a review needs; the arguments are those of the KPI review.

    Raises:
        UsageError: For a parameter that names nothing; says what would.
        ContentError: If the playbook has faults.
    """
    place = find_workspace(workspace or None)
    if language not in LANGUAGES:
        raise UsageError(f"language {language!r} is not known; {did_you_mean(language, LANGUAGES)}")
    reader: Language = "zh" if language == "zh" else "en"
    playbook, crm = open_playbook(place, prove=False), open_crm(place)
    when = Period.parse(period, year_starts=playbook.company.fiscal_year_start_month)
    entities = entities_of(crm.connection, crm.present)
    whose = level, entity, when, reader, frozenset(linked.split(","))
    study = Study(playbook, open_log(place), entities, *whose, colleagues(crm.connection))
    if (level, entity) not in study.names:
        known = [name for at, name in study.names if at == level]
        mend = (
            did_you_mean(entity, known)
            if known
            else did_you_mean(level, {a for a, _ in study.names})
        )
        raise UsageError(f"there is no {level} {entity!r}; {mend}")
    return study
