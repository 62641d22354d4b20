"""Steps that somebody else signs, that the CRM shows, that run out; phases and their milestones."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.paths.path import Beside, Counted, Deed, Progress, progress
from salestrain.training.paths.phases import finished, phases
from salestrain.training.paths.signing import Signature, signatures, verdict
from salestrain.training.steps import Step
from tests.training.first_week import NOON, deed
from tests.training.ninety import PATH, sign, wrote


def states(deeds: list[Deed], *signed: Signature, counted: Counted | None = None) -> dict[str, str]:
    beside = Beside(signed, {"visit": counted} if counted else {})
    found = progress(PATH, deeds, NOON + timedelta(days=1), beside=beside)
    return {one.step.id: one.state for one in found.steps}


FILE = deed(
    "onboarding", PATH.id, "evidence", 7, step="read", file="a", name="n", bytes=1, type="t"
)
READ = deed("playbook", "2.2", "read", 3)


def test_what_is_handed_in_waits_until_it_is_signed() -> None:
    assert states([])["shadow"] == "now"
    assert states([wrote("shadow", 1)]) == {
        "shadow": "waiting",
        "read": "now",
        "do": "locked",
        "visit": "open",
        "talk": "locked",
    }
    signed = states([wrote("shadow", 1)], sign("shadow", 2))
    assert (signed["shadow"], signed["do"]) == ("done", "open")


def test_what_is_handed_back_is_to_be_done_again_and_says_why() -> None:
    back = sign("shadow", 2, ok=False, text="who said it, and when?")
    found = progress(PATH, [wrote("shadow", 1)], NOON, beside=Beside((back,)))
    assert (found.steps[0].state, found.steps[0].did.returned) == ("now", back)
    assert states([wrote("shadow", 1), wrote("shadow", 3)], back)["shadow"] == "waiting"


def test_a_yes_stays_whatever_is_said_or_written_later() -> None:
    later = sign("shadow", 9, ok=False, text="…")
    deeds = [wrote("shadow", 1), wrote("shadow", 20)]
    assert states(deeds, sign("shadow", 2), later)["shadow"] == "done"


def test_a_signature_on_nothing_or_by_way_of_another_path_signs_nothing() -> None:
    assert states([], sign("shadow", 2))["shadow"] == "now"
    assert states([wrote("shadow", 5)], sign("shadow", 2))["shadow"] == "waiting"
    other = sign("shadow", 2)._replace(path="4.1.p.other")
    assert states([wrote("shadow", 1)], other)["shadow"] == "waiting"


def test_a_step_that_wants_evidence_is_done_with_both() -> None:
    assert states([READ])["read"] == "open"
    assert states([FILE])["read"] == "open"
    found = progress(PATH, [READ, FILE], NOON)
    assert (found.steps[1].state, found.steps[1].done_at) == ("done", FILE[2].at)


def test_a_file_alone_hands_in_what_is_written_otherwise() -> None:
    file = deed("onboarding", PATH.id, "evidence", 1, step="shadow", file="a")
    assert states([file])["shadow"] == "waiting"


def test_a_measured_step_is_done_on_the_day_the_crm_shows_it() -> None:
    shown = Counted(2, date(2026, 10, 8))
    beside = Beside(counted={"visit": shown})
    visit = progress(PATH, [], NOON, beside=beside).steps[3]
    assert (visit.state, visit.done_at) == ("done", datetime(2026, 10, 8, tzinfo=NOON.tzinfo))
    missing = Counted(missing="activities")
    visit = progress(PATH, [], NOON, beside=Beside(counted={"visit": missing})).steps[3]
    assert (visit.state, visit.did.counted) == ("open", missing)


def test_what_ran_out_or_changed_is_asked_again() -> None:
    beside = Beside(since={"read": NOON + timedelta(minutes=4)})
    assert progress(PATH, [READ, FILE], NOON, beside=beside).steps[1].state == "open"
    again = deed("playbook", "2.2", "read", 10)
    assert progress(PATH, [READ, FILE, again], NOON, beside=beside).steps[1].state == "done"


def test_who_waits_for_a_signature_is_not_behind() -> None:
    path = PATH.model_copy(update={"steps": PATH.steps[:1]})
    later = NOON + timedelta(days=21)
    assert progress(path, [READ], later).days_ahead == -11
    assert progress(path, [READ, wrote("shadow", 9)], later).days_ahead == 0


ALL = [wrote("shadow", 1), READ, FILE, wrote("do", 8), wrote("talk", 30)]
YES = [sign("shadow", 2), sign("talk", 40), sign("shadow", 50, ok=False, text="no")]


def test_a_phase_has_the_steps_due_in_it_and_its_milestone_waits_for_them() -> None:
    found = progress(PATH, ALL, NOON, beside=Beside(YES, {"visit": Counted(1, date(2026, 10, 9))}))
    first, second = phases(found, YES)
    assert [one.step.id for one in first.steps] == ["shadow", "read", "do"]
    assert [one.step.id for one in second.steps] == ["visit", "talk"]
    assert (first.state, second.state, first.done) == ("waiting", "waiting", 3)
    assert first.due == date(2026, 11, 9)
    assert not finished(found, YES)
    every = [*YES, sign("day_30", 60), sign("day_60", 70)]
    assert [one.state for one in phases(found, every)] == ["done", "done"]
    assert finished(found, every)


def test_a_later_milestone_waits_for_the_steps_of_earlier_ones() -> None:
    found = progress(PATH, [], NOON, beside=Beside(counted={}))
    assert [one.state for one in phases(found)] == ["open", "open"]
    back = sign("day_30", 5, ok=False, text="two visits are missing")
    assert phases(found, [back])[0].returned == back


def test_signatures_are_told_by_person_and_nobody_signs_for_oneself() -> None:
    data = {"person": "lin", "step": "shadow", "ok": True, "text": ""}
    kept = {
        ("mei", PATH.id): [Step("signed", data, NOON)],
        ("lin", PATH.id): [Step("signed", data, NOON)],
    }
    assert signatures(kept) == {"lin": [Signature(PATH.id, **data, by="mei", at=NOON)]}  # type: ignore[arg-type]


SOME = st.lists(st.sampled_from(ALL), max_size=6)
SIGNED = st.lists(
    st.builds(
        sign,
        st.sampled_from(["shadow", "talk", "do"]),
        st.integers(0, 60),
        ok=st.booleans(),
        text=st.just("…"),
    ),
    max_size=5,
)


def done(found: Progress) -> set[str]:
    return {one.step.id for one in found.steps if one.state == "done"}


@given(SOME, SIGNED, SIGNED)
def test_signing_never_makes_a_path_less_done(
    deeds: list[Deed], some: list[Signature], more: list[Signature]
) -> None:
    before = progress(PATH, deeds, NOON, beside=Beside(some))
    after = progress(PATH, deeds, NOON, beside=Beside([*some, *more]))
    assert done(before) <= done(after)


@given(SOME, SOME, SIGNED)
def test_more_deeds_never_undo_what_is_signed(
    deeds: list[Deed], more: list[Deed], said_: list[Signature]
) -> None:
    before = progress(PATH, deeds, NOON, beside=Beside(said_))
    after = progress(PATH, deeds + more, NOON, beside=Beside(said_))
    assert done(before) <= done(after)


@given(st.data())
def test_the_order_of_saving_does_not_matter(data: st.DataObject) -> None:
    deeds, said_ = data.draw(SOME), data.draw(SIGNED)
    other = data.draw(st.permutations(deeds)), data.draw(st.permutations(said_))
    first = progress(PATH, deeds, NOON, beside=Beside(said_))
    assert progress(PATH, other[0], NOON, beside=Beside(other[1])) == first


@pytest.mark.parametrize("ok", [True, False])
def test_what_was_never_handed_in_has_no_verdict(ok: bool) -> None:
    assert verdict([], [sign("shadow", 1, ok=ok)]) == (None, None, None)
