"""Ratings folded from steps: the last of each rater counts, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.playbook.standards.growing import Skills
from salestrain.training.steps import Step
from salestrain.training.talks.scorecards import (
    CALIBRATING,
    CALL,
    RATED,
    Call,
    RunName,
    calibrating,
    cards,
    fitting,
    ratings,
)
from tests.sample import sample_playbook

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RUN, OTHER = "2.2.s.small-lin-1", "2.2.s.small-lin-2"


def rated(level: int, about: str = RUN, minutes: int = 0, more: Mapping[str, str] = {}) -> Step:
    data = {"about": about, "person": "lin", "levels": {"4.2.listening": level}, "comment": ""}
    return Step(RATED, {**data, **more}, NOON + timedelta(minutes=minutes))


def marked(about: str, minutes: int, *, on: bool) -> Step:
    return Step(CALIBRATING, {"about": about, "on": on}, NOON + timedelta(minutes=minutes))


def test_of_one_rater_and_run_the_last_rating_counts() -> None:
    found = ratings({"ann": [rated(2), rated(3, minutes=1)], "bob": [rated(4)]})
    assert [(one.rater, dict(one.levels)) for one in found] == [
        ("bob", {"4.2.listening": 4}),
        ("ann", {"4.2.listening": 3}),
    ]


def test_calls_are_told_apart_by_person_day_and_customer() -> None:
    call = {"day": "2026-11-23", "customer": "Heting", "kind": "phone"}
    steps = [
        rated(1, CALL, 0, call),
        rated(2, CALL, 1, call | {"kind": "visit"}),
        rated(3, CALL, 2, call | {"customer": "Qinghe"}),
        rated(4, CALL, 3, call | {"day": "2026-11-22"}),
    ]
    found = ratings({"ann": steps})
    assert [one.levels["4.2.listening"] for one in found] == [2, 3, 4]
    assert found[0].call == Call("2026-11-23", "Heting", "visit")


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([RUN, OTHER]), st.integers(1, 4))))
def test_however_often_people_rate_each_has_one_rating_of_a_run(
    given_: list[tuple[str, str, int]],
) -> None:
    threads: dict[str, list[Step]] = {}
    for minutes, (rater, about, level) in enumerate(given_):
        threads.setdefault(rater, []).append(rated(level, about, minutes))
    last = {(rater, about): level for rater, about, level in given_}
    found = ratings(threads)
    assert {(one.rater, one.about): one.levels["4.2.listening"] for one in found} == last
    assert len(found) == len(last)
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert ratings({**threads, "c": [marked(RUN, 0, on=True)]}) == found


def test_the_last_mark_counts_whoever_made_it() -> None:
    threads = {
        "ann": [marked(RUN, 0, on=True), marked(OTHER, 3, on=True)],
        "bob": [marked(RUN, 1, on=False), rated(2)],
    }
    assert calibrating(threads) == (OTHER,)
    threads["ann"].append(marked(RUN, 4, on=True))
    assert calibrating(threads) == (OTHER, RUN)
    assert calibrating({}) == ()


def test_cards_are_by_run_and_rater_and_of_no_other_run() -> None:
    found = ratings({"ann": [rated(2), rated(1, OTHER)], "bob": [rated(4)]})
    both = {"ann": {"4.2.listening": 2}, "bob": {"4.2.listening": 4}}
    assert cards(found, [RUN, "2.2.s.x-y-1"]) == {RUN: both, "2.2.s.x-y-1": {}}


@given(st.from_regex(r"\A[\w.@+-]{1,12}\Z"), st.integers(1, 999_999))
def test_a_runs_name_is_read_as_it_was_written(person: str, number: int) -> None:
    name = RunName("2.2.s.price_objection", person, number)
    assert RunName.of(str(name)) == name


@pytest.mark.parametrize(
    "text", ["", "2.2.s.x", "2.2.s.x-R1", "2.2.s.x-R1-0", "2.2.s.x-R1-01", "--1"]
)
def test_what_names_no_run_is_none(text: str) -> None:
    assert RunName.of(text) is None


def test_the_skills_a_talk_is_about_come_first() -> None:
    playbook = sample_playbook()
    found = playbook.standard(Skills)
    assert found
    skills = found.skills
    price = playbook.scenarios["2.2.s.price_objection"].cites
    assert fitting(skills, price)[0].id == "4.2.negotiation"  # its sentence names 2.2.trade
    calming = fitting(skills, ["4.2.calming", "5.2.own_it_first"])
    assert [one.id for one in calming] == ["4.2.calming", "4.2.listening", "4.2.questioning"]
    assert fitting(skills, ["2.2.quote"])[0].id == "4.2.presenting"  # the first of that stage
    assert fitting((), price) == ()
    for scenario in playbook.scenarios.values():
        assert 3 <= len(fitting(skills, scenario.cites)) <= 5
