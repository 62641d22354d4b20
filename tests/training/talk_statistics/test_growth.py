from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.playbook.scenarios import Scenario
from salestrain.training.talk_statistics.held import Talk
from salestrain.training.talk_statistics.progress import change, changes, course, usual_first
from salestrain.training.talk_statistics.skills import SKILLS, skill_of, skills, standings
from tests.training.talk_statistics.playing import BAD, FAIR, GOOD, talks

ASKS = frozenset({"ask"})


def test_a_competency_counts_for_the_skill_whose_moves_earn_it(scenario: Scenario) -> None:
    find, hold = scenario.competencies
    # asked 30 by ask, heard 30 by listen: a tie goes to the first; summed 30 by sum, dated 20
    assert [skill_of(scenario, one, ASKS) for one in (find, hold)] == ["ask", "tell"]
    heard = find.model_copy(update={"marks": {"asked": 20, "heard": 30}})
    assert skill_of(scenario, heard, ASKS) == "listen"
    dated = hold.model_copy(update={"marks": {"summed": 10, "dated": 20, "gave": -40}})
    assert skill_of(scenario, dated, ASKS) == "settle"


def test_the_latest_run_shows_what_somebody_can(scenario: Scenario) -> None:
    people, reached = skills(talks(scenario, ann=(BAD, FAIR), bo=(BAD,)), {scenario.id: ASKS})
    assert people == ("ann", "bo")
    # ann: 30 of 50 by asking, 50 of 50 by telling
    expected = np.array([[0.6, np.nan, 1.0, np.nan], [0.0, np.nan, 0.0, np.nan]])
    assert np.array_equal(reached, expected, equal_nan=True)
    found = standings(people, reached, {"ann", "bo"})
    assert [(one.skill, one.people, one.share) for one in found] == [
        ("ask", 2, 0.3),
        ("tell", 2, 0.5),
    ]
    assert [one.few for one in found] == [True, True]


def test_nobody_has_no_skills() -> None:
    people, reached = skills((), {})
    assert reached.shape == (0, len(SKILLS))
    assert standings(people, reached, {"ann"}) == ()


def test_the_gain_is_the_latest_less_the_first_averaged_by_person(scenario: Scenario) -> None:
    every = talks(scenario, ann=(BAD, FAIR, GOOD), bo=(FAIR, GOOD), cy=(BAD,))
    found = change(every)
    assert found
    assert (found.people, found.pairs) == (2, 2)
    assert (found.first, found.latest, found.change) == (40, 100, 60)  # 100 and 20
    assert not found.sure
    assert change(talks(scenario, cy=(BAD,))) is None


def test_a_gain_of_five_people_can_be_sure(scenario: Scenario) -> None:
    runs = {f"p{n}": ((BAD, GOOD) if n else (BAD, FAIR)) for n in range(5)}
    found = change(talks(scenario, **runs))
    assert found
    assert (found.change, found.sure) == (96, True)


def test_a_persons_gain_has_an_interval_from_three_scenarios_on(scenario: Scenario) -> None:
    def twice(count: int) -> list[Talk]:
        own = [scenario.model_copy(update={"id": f"2.2.s.s{n}"}) for n in range(count)]
        return [
            talk for n, one in enumerate(own) for talk in talks(one, ann=(BAD, (FAIR, GOOD)[n % 2]))
        ]

    pairs, middle, interval = changes(twice(2))["ann"]
    assert (pairs, middle) == (2, 90)
    assert math.isnan(interval.low)
    pairs, middle, interval = changes(twice(4))["ann"]
    assert (pairs, middle) == (4, 90)
    assert interval.low < 90 < interval.high


def test_first_goes_are_held_against_what_is_usual_there(scenario: Scenario) -> None:
    every = talks(scenario, ann=(FAIR, GOOD), bo=(BAD,))
    usual = usual_first(every)
    assert usual == {scenario.id: 40}
    found = course(every, usual, lambda talk: talk.run.began.month)
    assert list(found) == [8]
    assert (found[8].people, found[8].talks, found[8].above, found[8].few) == (2, 2, 0, True)


@given(
    st.lists(
        st.tuples(st.sampled_from([BAD, FAIR, GOOD]), st.sampled_from([BAD, FAIR, GOOD])),
        min_size=1,
        max_size=8,
    )
)
def test_the_gain_is_between_the_least_and_the_most_anybody_gained(
    scenario: Scenario, runs: list[tuple[str, str]]
) -> None:
    every = talks(scenario, **{f"p{n}": own for n, own in enumerate(runs)})
    worth = {BAD: 0, FAIR: 80, GOOD: 100}
    gained = [worth[last] - worth[first] for first, last in runs]
    found = change(every)
    assert found
    assert found.change == pytest.approx(sum(gained) / len(gained))
    assert found.latest - found.first == pytest.approx(found.change)
