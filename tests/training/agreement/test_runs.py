from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.training.agreement.icc import icc
from salestrain.training.agreement.kappa import light_kappa
from salestrain.training.agreement.runs import FEWEST_RUNS, agreements

NAN = float("nan")


def scored(**raters: str) -> dict[str, dict[str, dict[str, int]]]:
    """Runs of one competency: a digit for each run, ``.`` where a rater left it out."""
    runs = range(max(map(len, raters.values())))
    return {
        f"r{run}": {
            rater: {"opening": int(levels[run])}
            for rater, levels in raters.items()
            if levels[run] != "."
        }
        for run in runs
    }


ANA, BO, CHEN = "1122334455", "1213345454", "2123344555"


def test_over_ten_runs_a_competency_has_its_icc_and_kappa() -> None:
    whole, opening = agreements(scored(ana=ANA, bo=BO, chen=CHEN))
    table = [[int(one) for one in run] for run in zip(ANA, BO, CHEN, strict=True)]
    assert (opening.competency, opening.raters, opening.runs) == (
        *("opening", ("ana", "bo", "chen"), 10),
    )
    assert opening.icc == icc(table, 2)
    assert opening.kappa == light_kappa(table, "linear")
    # The scorecard is that one competency; its mean level is no level to take kappa of.
    assert (whole.competency, whole.icc, whole.kappa) == ("", icc(table, 2), None)


def test_under_ten_runs_there_is_too_little_to_say() -> None:
    runs = scored(ana=ANA[:9], bo=BO[:9])
    for one in agreements(runs):
        assert (one.runs, one.icc, one.kappa, one.verdict) == (FEWEST_RUNS - 1, None, None, "few")


def test_without_runs_or_a_second_rater_nobody_is_compared() -> None:
    (nothing,) = agreements({})
    assert (nothing.raters, nothing.runs, nothing.verdict) == ((), 0, "few")
    for one in agreements(scored(ana=ANA)):
        assert (one.raters, one.runs, one.verdict) == ((), 0, "few")


def test_a_rater_who_scored_few_runs_is_left_out_and_not_the_runs() -> None:
    found = agreements(scored(visitor="12........", ana=ANA, bo=BO))[1]
    assert (found.raters, found.runs) == (("ana", "bo"), 10)


def test_enough_runs_go_before_more_raters() -> None:
    # Nine runs by three are more levels than twelve by two would lose, but too few to say.
    found = agreements(scored(ana=ANA + "12", bo=BO + "12", chen="212334455..."))[1]
    assert (found.raters, found.runs) == (("ana", "bo"), 12)


def test_a_scorecard_is_compared_where_nothing_was_left_out_of_it() -> None:
    runs = {
        f"r{n}": {"ana": {"a": 1 + n % 5, "b": 3}, "bo": {"a": 1 + n % 5, "b": 4}}
        for n in range(11)
    }
    del runs["r0"]["bo"]["b"]
    whole, first, second = agreements(runs)
    assert (whole.runs, first.runs, second.runs) == (10, 11, 10)
    # Means are half a level apart on each of ten runs: n from 1 to 10, levels 2 3 4 5 1 twice.
    means = [[(level + 3) / 2, (level + 4) / 2] for level in (2, 3, 4, 5, 1) * 2]
    assert whole.icc is not None
    assert whole.icc.value == pytest.approx(icc(means, 2).value)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("3333333333", "3333333333", "alike"),
        (ANA, ANA, "agreed"),
        ("112233445512345", "112233445512344", "good"),
        ("112233445512345", "213233545512345", "good"),
        ("112233445512345", "213233545512453", "moderate"),
        (ANA, "2134325345", "unclear"),
        ("121212121212", "212121212121", "poor"),
        ("1111111111", "5555555555", "poor"),
        ("12345123451234512345", "23451345124512351234", "poor"),
    ],
)
def test_the_word_is_by_where_the_icc_may_lie(one: str, other: str, verdict: str) -> None:
    assert agreements(scored(ana=one, bo=other))[1].verdict == verdict


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="bo gave 7 for 'opening'; give a whole level from 1 to 5"):
        agreements({"r": {"bo": {"opening": 7}}})


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("12345.", min_size=12, max_size=12), min_size=2, max_size=4), st.data())
def test_the_order_of_runs_does_not_matter(columns: list[str], data: st.DataObject) -> None:
    runs = scored(**{f"p{n}": column for n, column in enumerate(columns)})
    names = data.draw(st.permutations(sorted(runs)))
    # Raters keep their order, which decides between sets of them that are worth the same.
    every: dict[str, dict[str, dict[str, int]]] = {
        "first": {f"p{n}": {} for n in range(len(columns))}
    }
    found = agreements({**every, **runs})
    mixed = {one.competency: one for one in agreements({**every, **{n: runs[n] for n in names}})}
    for one in found:
        same = mixed[one.competency]
        assert (same.raters, same.runs, same.verdict) == (one.raters, one.runs, one.verdict)
        if one.icc and same.icc:
            assert same.icc.value == pytest.approx(one.icc.value, nan_ok=True)


def test_the_threshold_stands_for_what_nine_runs_leave_open() -> None:
    # An ICC(3,1) of 0.7: between = 1.7, residual 0.3, of nine runs and two raters.
    rng = np.random.default_rng(2)
    true, apart = (rng.normal(size=9) for _ in range(2))
    true, apart = true - true.mean(), apart - apart.mean()
    apart -= true * (apart @ true) / (true @ true)
    between, rest = true / true.std() * 1.7**0.5, apart / apart.std() * 0.3**0.5
    found = icc(np.column_stack([between + rest, between - rest]), 3)
    assert found.value == pytest.approx(0.7)
    assert tuple(round(end, 2) for end in found.interval) == (0.12, 0.92)
