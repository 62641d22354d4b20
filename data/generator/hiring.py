"""Who applied and how they were scored, and the quarterly evaluations of the reps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator import stories
from data.generator.chance import stream
from data.generator.days import END, START, later, quarters, workday_until
from data.generator.naming import person_name
from data.generator.people import Person, of_role, reps, staff

if TYPE_CHECKING:
    from random import Random

_CRITERIA = {  # criterion: how it is tested
    "listening": "interview", "product_sense": "written_test", "numbers": "written_test",
    "call_practice": "practical", "reliability": "interview",
}  # fmt: skip
_EVALUATED = ("results", "process", "customers", "knowledge")
_REMARKS = {
    5: "客户点名夸过，记录别人能接着用。", 4: "稳，继续带新人。", 3: "跟进及时，下一步写得太虚。",
    2: "在手单太久没有客户确认的下一步。", 1: "连续两季没有改，需要重新定计划。",
}  # fmt: skip


def evaluation_rows() -> list[dict[str, object]]:
    """The rows of ``evaluations``: each quarter four criteria for each rep who was there."""
    managers = {person.team_id: person for person in of_role("manager")}
    rows: list[dict[str, object]] = []
    for quarter in quarters(START, END):
        for rep in reps():
            if rep.works_on(quarter + timedelta(days=60)) and rep.works_on(
                quarter + timedelta(days=80)
            ):
                rows += _evaluation(rep, quarter, len(rows), managers[rep.team_id])
    return rows


def _evaluation(rep: Person, quarter: date, before: int, boss: Person) -> list[dict[str, object]]:
    rng, rows = stream("evaluations", rep.person_id, quarter), []
    bent = stream("bent", rep.person_id).uniform(3.0, 4.2)
    strict = stream("strict", boss.person_id).uniform(-0.3, 0.3)
    for number, criterion in enumerate(_EVALUATED, 1):
        score = _five(rng.gauss(bent + strict, 0.6))
        rows.append({
            "evaluation_id": f"E{before + number:04}", "person_id": rep.person_id,
            "period_start": quarter, "cycle": "quarter", "criterion": criterion,
            "self_score": _five(rng.gauss(bent + 0.35, 0.6)), "manager_score": score,
            "comment": _REMARKS[score] if rng.random() < 0.2 else "",
        })  # fmt: skip
    return rows


def _five(score: float) -> int:
    return min(5, max(1, round(score)))


def candidate_rows() -> list[dict[str, object]]:
    """The rows of ``candidates``: one score of one interviewer each."""
    rng = stream("candidates")
    hired = [person for person in staff() if person.joined_on > START + timedelta(days=60)]
    applied: list[tuple[date, str, Person | None]] = [
        (_before(rng, person.joined_on), person.role, person) for person in hired
    ]
    applied += [(_before(rng, _near(rng, hired)), rng.choice(hired).role, None) for _ in range(24)]
    applied.sort(key=lambda one: (one[0], one[2].person_id if one[2] else ""))
    rows: list[dict[str, object]] = []
    for number, (day, role, person) in enumerate(applied, 1):
        rows += _scores(stream("candidate", number), number, day, role, person)
    for number, row in enumerate(rows, 1):
        row["score_id"] = f"H{number:04}"
    return rows


def _before(rng: Random, day: date) -> date:
    return workday_until(day - timedelta(days=rng.randint(35, 75)))


def _near(rng: Random, hired: list[Person]) -> date:
    return rng.choice(hired).joined_on


def _scores(
    rng: Random, number: int, day: date, role: str, person: Person | None
) -> list[dict[str, object]]:
    name, name_en = (person.name, person.name_en) if person else person_name(rng)
    good = rng.gauss(3.9 if person else 3.0, 0.35)
    return [
        {
            "score_id": "", "candidate_id": f"B{number:02}", "name": name, "name_en": name_en,
            "role": role, "applied_on": day, "interviewer_id": interviewer.person_id,
            "criterion": criterion, "method": method,
            "score": _five(rng.gauss(good + _leniency(interviewer), 0.55)),
            "hired_as": person.person_id if person else "",
        }
        for interviewer in _panel(rng, later(day, 10), person)
        for criterion, method in _CRITERIA.items()
    ]  # fmt: skip


def _leniency(interviewer: Person) -> float:
    return stream("lenient", interviewer.person_id).uniform(-0.5, 0.5)


def _panel(rng: Random, day: date, person: Person | None) -> list[Person]:
    """Three interviewers: managers, and reps of two years' standing."""
    fit = [one for one in of_role("manager") if one.works_on(day)]
    old = [one for one in reps() if one.works_on(day) and (day - one.joined_on).days > 730]
    old = [one for one in old if one is not person and one.person_id != stories.BUSY]
    return [*rng.sample(fit, 2), rng.choice(old)]
