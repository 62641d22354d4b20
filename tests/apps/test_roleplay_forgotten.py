"""Somebody who is forgotten: what others wrote about their talks goes too."""

from __future__ import annotations

from salestrain.apps.roleplay.readers import CORRECTIONS, corrections_of
from salestrain.apps.roleplay.scope import Scope
from salestrain.training.talks.scorecards import RATINGS
from salestrain.training.understanding.learning import Correction
from tests.apps.learners import BOSS, LIN, TANG, TEACHER, Did, Open
from tests.apps.watched_talks import (
    ASKS,
    PRICE,
    RUN,
    SMALL_TALK,
    correct,
    kept,
    mark,
    rate,
    rate_call,
    type_a_talk,
)

TANGS = f"{PRICE}-tang-1"
TRACES = ("林晓雨", "Lin Xiaoyu", '"lin"', "-lin-", SMALL_TALK, "Too soon", "Spoke for Heting")


def looked_at(open_for: Open, did: Did) -> None:
    """Let trainer and manager have rated, marked and put right talks of two people."""
    for person in (LIN, TANG):
        type_a_talk(did, person)
    for run in (RUN, TANGS):
        mark(open_for(TEACHER), run)
        for rater in (TEACHER, BOSS):
            rate(open_for(rater), run, "Too soon" if run == RUN else "Well", negotiation=2)
    rate_call(open_for(BOSS), comment="Spoke for Heting")
    correct(open_for(TEACHER), RUN, part="0")
    correct(open_for(TEACHER), TANGS, part="1")


def test_the_file_holds_no_trace_of_them_in_what_others_wrote(open_for: Open, did: Did) -> None:
    looked_at(open_for, did)
    records = open_for(TEACHER).records
    records.people.forget("tang")  # typed the same words, which must not stay for lin alone
    state = open_for(TEACHER).workspace.state
    before = b"".join(file.read_bytes() for file in state.glob("records.db*"))
    assert [trace for trace in TRACES if trace.encode() not in before] == []
    records.people.forget("lin")
    after = b"".join(file.read_bytes() for file in state.glob("records.db*"))
    assert [trace for trace in TRACES if trace.encode() in after] == []


def test_what_is_about_others_stays_as_it_was(open_for: Open, did: Did) -> None:
    looked_at(open_for, did)
    records = open_for(TEACHER).records
    records.people.forget("lin")
    assert corrections_of(records) == (Correction(PRICE, ASKS, "explore_use"),)
    assert len(kept(open_for(), TEACHER, CORRECTIONS)) == 1
    assert [data["person"] for _, data in kept(open_for(), TEACHER, RATINGS)] == ["tang"] * 2
    scope = Scope(open_for(TEACHER))
    assert scope.calibrating == (TANGS,)
    assert [(one.rater, one.about) for one in scope.ratings] == [
        ("boss", TANGS), ("teacher", TANGS),
    ]  # fmt: skip
