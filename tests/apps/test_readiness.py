"""Where everybody stands, from the records: by role, by the rule, until somebody does something."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salestrain.apps.growth.readiness import Readiness
from salestrain.playbook.standards.team import Roles
from salestrain.training.proficiency import Offer
from tests.apps.learners import BOSS, LIN, OTHER, TANG, TEACHER, Did, Open, call
from tests.training.first_week import deed


def test_evidence_is_weighed_as_the_rule_has_it(open_for: Open) -> None:
    weighing = Readiness.of(open_for()).weighing
    assert weighing.least_seen == 2
    assert weighing.half_life_days == weighing.seen_days == pytest.approx(182.5)


def test_without_the_rule_the_usual_weights_hold(open_for: Open) -> None:
    visit = open_for()
    kept = tuple(one for one in visit.playbook.standards if not isinstance(one, Roles))
    visit.__dict__["playbook"] = replace(visit.playbook, standards=kept)
    ready = Readiness.of(visit)
    assert ready.weighing.least_seen == 2
    assert ready.standings("lin") == ()


def test_it_is_worked_out_once_until_somebody_does_something(open_for: Open, did: Did) -> None:
    visit = open_for()
    first = Readiness.of(visit)
    assert Readiness.of(visit) is first
    did(TEACHER, call(1, "lin", questioning=4))
    assert Readiness.of(visit) is not first


def test_colleagues_in_the_role_say_what_to_expect_of_somebody_not_seen_yet(
    open_for: Open, did: Did
) -> None:
    def expected() -> float:
        found = Readiness.of(open_for()).standings("lin")
        return next(one.prior.mean for one in found if one.competency == "1.1.selling")

    assert expected() == 0.5
    did(TEACHER, *(call(n, "tang", questioning=4) for n in range(3)))
    did(TEACHER, *(call(n, "boss", questioning=1) for n in range(3)))  # another role
    assert expected() == pytest.approx(2 / 3)


def test_a_manager_is_held_to_a_managers_targets_and_a_stranger_to_none(open_for: Open) -> None:
    ready = Readiness.of(open_for())
    targets = {one.competency: one.target for one in ready.standings(BOSS.id)}
    assert targets["1.1.communication"] == 4
    assert {one.target for one in ready.standings(LIN.id)} == {2, 3}
    assert ready.standings("nobody") == ready.standings(TEACHER.id) == ()


def test_what_is_on_offer_leaves_out_what_was_passed_or_is_for_others(
    open_for: Open, did: Did
) -> None:
    won = deed("roleplay", "2.2.s.needs", "ended", 5, passed=True, score=90, ending="x")
    did(LIN, won)
    ready = Readiness.of(open_for())
    talks = {one.source for one in ready.offers("lin") if one.kind == "talk"}
    assert "2.2.s.needs" not in talks
    assert "2.2.s.quote" in talks
    assert "3.2.s.coaching" not in talks  # for managers
    assert "2.2.s.needs" in {one.source for one in ready.offers(TANG.id)}
    assert Offer("1.1.selling", "answer", "2.2", 7.5, 10) in ready.offers(OTHER.id)
