"""What a team review is written from: scorecards, evaluations, the ladder, and what people did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.playbook.standards.growing import Evaluation
from salestrain.playbook.standards.team import Ladder, Roles, Selection
from salestrain.sales.team import foretelling
from salestrain.sales.team.competencies import levels_of
from salestrain.sales.team.correlation import Correlation, pearson
from salestrain.sales.team.evaluations import Evaluated, read_evaluations, standings
from salestrain.sales.team.hiring import Candidate, Hiring, read_hiring, word
from salestrain.sales.team.ladder import Climber, Person, Steady, climber
from salestrain.sales.team.nine_box import Placed, placed
from salestrain.sales.team.shown import Ramp, Shown, read_shown
from salestrain.views.group import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.playbook.standards.team import Competency, Rung

LOOK_BACK = timedelta(days=365)
MONTH_DAYS = 30.4375
YEAR_MONTHS, QUARTER_MONTHS = 12, 3
REP = "rep"


class Axes(NamedTuple):
    """Criterion → weight on the form, for both axes of the 9-box."""

    performance: dict[str, float]
    potential: dict[str, float]


@dataclass(frozen=True)
class TeamStudy(Group):
    """A group's people: who applied, who stands where, who is next."""

    # who applied

    @cached_property
    def hiring(self) -> Hiring | None:
        """All scorecards up to the day; how strict an interviewer is shows over all of them."""
        selection = self.standard(Selection)
        cards = selection.scorecards if selection else ()
        return read_hiring(self.crm.connection, self.crm.present, cards, self.today)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Whom the group may know of: everybody's for the company, else those it met or hired."""
        if self.hiring is None or self.level == "rep":
            return ()
        return tuple(one for one in self.hiring.candidates if self._knows(one))

    def _knows(self, one: Candidate) -> bool:
        if self.level == "company":
            return True
        met = [*one.raters, one.applicant.hired]
        return any(who in self.staff and self.holds(self.staff[who]) for who in met)

    @cached_property
    def recent(self) -> tuple[Candidate, ...]:
        """Those who applied in the last twelve months, or with no day."""
        since = self.today - LOOK_BACK
        return tuple(
            one for one in self.candidates if one.applicant.applied is None
            or one.applicant.applied > since
        )  # fmt: skip

    @cached_property
    def foretold(self) -> tuple[foretelling.Foretold, ...]:
        """How the reps' scorecards go with what became of them, over the whole company."""
        if self.hiring is None or self.level == "rep":
            return ()
        months = self.figure("1.2.look_back", "months", YEAR_MONTHS)
        least = self.figure("1.2.look_back", "at_least", 30)
        found = []
        for outcome in foretelling.WANTED:
            if foretelling.lacking(outcome, self.crm.present):
                continue
            outcomes = foretelling.read_outcomes(
                self.crm.connection, outcome, self.crm.present, self.today, months
            )
            found.append(
                foretelling.foretold(self.hiring, outcome, outcomes, role=REP, least=least)
            )
        return tuple(found)

    # who stands where

    @cached_property
    def evaluated(self) -> tuple[Evaluated, ...]:
        """The managers' scores over the quarters that count, of everybody in the company."""
        quarters = self.figure("1.2.nine_box", "quarters", 4)
        after = self.today - timedelta(days=round(quarters * QUARTER_MONTHS * MONTH_DAYS))
        return read_evaluations(self.crm.connection, self.crm.present, after, self.today)

    @cached_property
    def axes(self) -> dict[str, Axes]:
        """What makes performance and potential, by role; none without form or 9-box."""
        evaluation, ladder = self.standard(Evaluation), self.standard(Ladder)
        if evaluation is None or ladder is None:
            return {}
        box = ladder.nine_box
        found: dict[str, Axes] = {}
        for form in evaluation.forms:
            weights = {one.id: float(one.weight) for one in form.criteria}
            across, up = (
                {word(id_): weights[id_] for id_ in ids if id_ in weights}
                for ids in (box.performance_by, box.potential_by)
            )
            if across and up:
                found[form.role] = Axes(across, up)
        return found

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Members in the 9-box, as far as they were evaluated, best first."""
        ladder = self.standard(Ladder)
        members = {one.id: one for one in self.members}
        found: list[Placed] = []
        for role, axes in self.axes.items():
            own = [s for s in self.evaluated if s.person in self.staff
                   and self.staff[s.person].role == role]  # fmt: skip
            for one in standings(own, axes.performance, axes.potential):
                if ladder and one.person in members:
                    cuts = ladder.nine_box.performance, ladder.nine_box.potential
                    found.append(placed(one, *cuts))
        return tuple(
            sorted(found, key=lambda one: -(one.standing.performance + one.standing.potential))
        )

    @cached_property
    def attained(self) -> dict[str, float]:
        """Orders over quota in the last twelve months, by person; none without the tables."""
        wanted = foretelling.WANTED["attainment"]
        if foretelling.lacking("attainment", {**self.crm.present, "people": wanted["people"]}):
            return {}
        status = "status" in self.crm.present["orders"]
        return read_attained(self, "status IS DISTINCT FROM 'cancelled'" if status else "TRUE")

    @cached_property
    def borne_out(self) -> Correlation:
        """How the performance that managers see goes with quota attainment, over the company."""
        rep = self.axes.get(REP)
        if rep is None:
            return pearson([], [])
        every = standings(self.evaluated, rep.performance, rep.potential)
        both = [(one.performance, self.attained[one.person]) for one in every
                if one.person in self.attained]  # fmt: skip
        return pearson([one for one, _ in both], [other for _, other in both])

    # who is next

    @cached_property
    def rungs(self) -> tuple[Rung, ...]:
        """The ladder, from the lowest rung."""
        ladder = self.standard(Ladder)
        return ladder.rungs if ladder else ()

    @cached_property
    def competencies(self) -> dict[str, Competency]:
        """Competencies by id."""
        roles = self.standard(Roles)
        return {one.id: one for one in roles.competencies} if roles else {}

    @cached_property
    def targets(self) -> dict[str, Mapping[str, int]]:
        """Competency levels wanted, by role."""
        roles = self.standard(Roles)
        return {one.role: one.targets for one in roles.roles} if roles else {}

    @cached_property
    def levels(self) -> dict[str, dict[str, float]]:
        """Competency levels that evaluations show, of the months that count."""
        months = self.figure("1.1.seen_behaviour", "months", 6)
        least = self.figure("1.1.seen_behaviour", "examples", 2)
        since = self.today - timedelta(days=round(months * MONTH_DAYS))
        lately = [one for one in self.evaluated if one.period > since]
        return levels_of(lately, self.competencies, least)

    @cached_property
    def shown(self) -> Shown:
        """What the tables show of conditions on the ladder."""
        hired = self.hiring.candidates if self.hiring else ()
        passed = {one.applicant.hired: one.verdict == "passed" for one in hired
                  if one.applicant.hired}  # fmt: skip
        stale = self.figure("2.2.stalled", "propose_lost_after_days", 60)
        ramp = Ramp(self._ramp_months(), stale)
        return read_shown(self.crm.connection, self.crm.present, self.today, ramp, passed)

    @property
    def judged(self) -> bool:
        """Whether the tables can show at all what somebody lacks."""
        return self.shown.reached is not None or self.shown.stale is not None

    def _ramp_months(self) -> int:
        rule = self.playbook.rules.get("3.1.ramp_quota")
        shares = rule.values.get("share_by_month", ()) if rule else ()
        return (
            sum(isinstance(one, float) and one < 1 for one in shares)
            if (isinstance(shares, tuple))
            else 0
        )

    @cached_property
    def climbers(self) -> tuple[Climber, ...]:
        """The reps on the ladder, those who lack least first."""
        steady = Steady(
            self.figure("1.2.steady", "quarters", 4), self.figure("1.2.steady", "reached", 3)
        )
        found = [
            climber(
                Person(one.id, one.joined, self.levels.get(one.id, {})),
                self.rungs, self.shown, self.competencies, steady, self.today,
            )
            for one in self.reps
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (self._height(one), one.person)))

    def _height(self, one: Climber) -> tuple[int, int, int]:
        held = one.held_up
        if held is None:
            return -len(self.rungs), 0, 0
        rung = [climb.rung.id for climb in one.climbs].index(held.rung.id)
        reached = (self.shown.reached or {}).get(one.person, ())[:4]
        return -rung, len(held.of("missing")), -sum(reached)

    @cached_property
    def assessed(self) -> dict[str, dict[str, float]]:
        """How members last rated themselves, by person and competency (1.1.self_first)."""
        found = {}
        for one in self.members:
            for app, thread, step in self.log.deeds.get(one.id, ()):
                if (app, thread, step.kind) == ("onboarding", "self", "assessed"):
                    levels = step.data.get("levels", {})
                    found[one.id] = {id_: float(each) for id_, each in levels.items()}
        return found


def read_attained(study: TeamStudy, kept: str) -> dict[str, float]:
    """Return orders over quota in the twelve months up to the day, by person."""
    first = date(study.today.year - 1, study.today.month, 1)
    rows = study.crm.connection.execute(
        f"""SELECT person_id, coalesce(sold, 0) / due FROM
          (SELECT person_id, sum(amount) AS due FROM targets
            WHERE metric = 'revenue' AND person_id IS NOT NULL
              AND period_start > last_day($1::DATE) AND period_start <= $2 GROUP BY person_id)
          LEFT JOIN (SELECT owner_id AS person_id, sum(amount_ex_vat) AS sold FROM orders
            WHERE {kept} AND ordered_on > last_day($1::DATE) AND ordered_on <= $2
            GROUP BY owner_id) USING (person_id)
        WHERE due > 0""",
        [first, study.today],
    ).fetchall()
    return {person: float(share) for person, share in rows}
