"""What to ask next, when to stop, and who has passed."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.ability import (
    Ability,
    Balance,
    Bank,
    Choice,
    Decision,
    Rule,
    decide,
    next_item,
    stop,
)
from salestrain.training.ability.model import information

EVEN = Bank(np.ones(40), np.linspace(-2, 2, 40))
RULE = Rule(se=0.3, least=5, most=20, cut=0.5)
SHARES = {"deals": 0.6, "products": 0.3, "manners": 0.1}
SECTIONS = ["deals"] * 4 + ["products"] * 4 + ["manners"] * 2


def asked_of(seed: object, balance: Balance, bank: Bank, items: int) -> list[int]:
    asked: list[int] = []
    for _ in range(items):
        item = next_item(0.0, bank, asked, seed, Choice(balance=balance))
        assert item is not None
        asked.append(item)
    return asked


@given(st.floats(-3, 3), st.sets(st.integers(0, 39), max_size=39))
def test_the_best_is_the_most_informative_of_those_left(theta: float, asked: set[int]) -> None:
    item = next_item(theta, EVEN, asked, 1, Choice(of_best=1))
    assert item is not None
    assert item not in asked
    tells = information(theta, EVEN)
    assert tells[item] == max(tells[each] for each in range(40) if each not in asked)


@given(st.integers(), st.floats(-3, 3), st.sets(st.integers(0, 39), max_size=39))
def test_what_is_drawn_is_among_the_best_and_the_same_for_the_same_seed(
    seed: int, theta: float, asked: set[int]
) -> None:
    item = next_item(theta, EVEN, asked, seed, Choice(of_best=4))
    left = [each for each in range(40) if each not in asked]
    best = sorted(left, key=lambda each: -information(theta, EVEN)[each])[:4]
    assert item in best
    assert next_item(theta, EVEN, [*asked], seed, Choice(of_best=4)) == item


def test_seeds_draw_all_of_the_best_about_equally_often() -> None:
    drawn = Counter(next_item(0.0, EVEN, [], seed) for seed in range(1000))
    assert sorted(filter(None, drawn)) == [*range(15, 25)]
    assert 70 < min(drawn.values()) < max(drawn.values()) < 130


def test_one_person_is_not_always_given_the_tenth_best() -> None:
    places = set()
    for count in range(10):
        asked = range(count)  # far from the person's level
        item = next_item(2.0, EVEN, asked, seed=1)
        assert item is not None
        places.add(39 - item)
    assert len(places) > 3


def test_two_people_see_different_tests() -> None:
    alike = Balance(["all"] * 40, {"all": 1})
    tests = [set(asked_of(seed, alike, EVEN, 10)) for seed in range(20)]
    assert 2 < mean(len(one & other) for one, other in combinations(tests, 2)) < 8


def test_when_all_has_been_asked_nothing_is_next() -> None:
    assert next_item(0.0, EVEN, range(40), seed=1) is None
    assert next_item(0.0, Bank(np.array([]), np.array([])), [], seed=1) is None


@pytest.mark.parametrize("seed", range(5))
def test_sections_keep_their_shares(seed: int) -> None:
    bank = Bank(np.linspace(2, 1, 10), np.zeros(10))  # by information alone manners would wait
    balance = Balance(SECTIONS, {"deals": 0.25, "products": 0.5, "manners": 0.25})
    first = [SECTIONS[each] for each in asked_of(seed, balance, bank, 4)]
    assert first[0] == "products"
    assert Counter(first) == {"deals": 1, "products": 2, "manners": 1}
    assert Counter(SECTIONS[each] for each in asked_of(seed, balance, bank, 8))["manners"] == 2


def test_sections_keep_their_shares_in_a_long_test() -> None:
    balance = Balance(["deals", "products", "manners"] * 13 + ["deals"], SHARES)
    asked = Counter(balance.sections[each] for each in asked_of(3, balance, EVEN, 20))
    assert asked == {"deals": 12, "products": 6, "manners": 2}


def test_a_section_without_a_share_comes_when_the_others_are_used_up() -> None:
    bank = Bank(np.linspace(2, 1, 10), np.zeros(10))
    asked = asked_of(1, Balance(SECTIONS, {"manners": 1.0}), bank, 3)
    assert [SECTIONS[each] == "manners" for each in asked] == [True, True, False]


@pytest.mark.parametrize(
    ("theta", "se", "asked", "why"),
    [
        (0.5, 0.31, 19, None),
        (0.5, 0.31, 20, "long"),
        (0.5, 0.3, 5, "precise"),
        (0.5, 0.3, 4, None),
        (1.5, 0.6, 5, "decided"),
        (-0.5, 0.6, 5, "decided"),
        (-0.4, 0.6, 5, None),
        (1.5, 0.6, 4, None),
    ],
)
def test_a_test_ends_when_enough_is_known(
    theta: float, se: float, asked: int, why: str | None
) -> None:
    assert stop(Ability(theta, se), asked, RULE) == why


def test_without_a_cut_nothing_is_decided() -> None:
    assert stop(Ability(9.0, 0.6), 10, Rule()) is None


def test_at_two_standard_errors_above_the_cut_one_in_forty_is_wrong() -> None:
    passed, error = decide(Ability(1.1, 0.3), cut=0.5)
    assert passed is True
    assert error == pytest.approx(0.02275, abs=1e-5)
    assert decide(Ability(-0.1, 0.3), cut=0.5).passed is False


def test_near_the_cut_it_is_open_unless_one_must_decide() -> None:
    assert decide(Ability(0.6, 0.3), cut=0.5).passed is None
    assert decide(Ability(0.5, 0.3), cut=0.5, error=0.5) == Decision(passed=True, error=0.5)
    assert decide(Ability(0.4, 0.3), cut=0.5, error=0.5).passed is False


@given(st.floats(-4, 4), st.floats(0.05, 1), st.floats(-3, 3), st.floats(0.001, 0.5))
def test_what_is_decided_is_wrong_at_most_so_often(
    theta: float, se: float, cut: float, error: float
) -> None:
    decision = decide(Ability(theta, se), cut, error)
    assert 0 <= decision.error <= 0.5
    assert (decision.passed is not None) == (decision.error <= error)
    assert decision.passed in {None, theta >= cut}
