from __future__ import annotations

import pytest

from salestrain.training.effects import Design, Estimate, verdict_on
from salestrain.training.effects.words import SAID, design_of, may
from salestrain.training.statistics.intervals import UNKNOWN, Interval

UP = Estimate(2.0, Interval(1.0, 3.0), (12, 12))
DOWN = Estimate(-2.0, Interval(-3.0, -1.0), (12, 12))
OPEN = Estimate(2.0, Interval(-1.0, 5.0), (12, 12))
DESIGNS: tuple[Design, ...] = ("before_after", "staggered", "matched")


def word(found: Estimate, design: Design, *, lot: bool = True) -> str:
    return verdict_on(found, design, lot=lot, each=10).word


def test_a_lot_and_ten_on_each_side_carry_a_cause() -> None:
    assert (word(UP, "staggered"), word(DOWN, "staggered")) == ("helped", "hurt")
    assert word(OPEN, "staggered") == "cant_tell"


@pytest.mark.parametrize("design", ["before_after", "matched"])
def test_other_designs_never_name_a_cause(design: Design) -> None:
    assert (word(UP, design), word(DOWN, design)) == ("higher", "lower")


def test_without_a_lot_or_with_nine_on_a_side_no_cause_is_named() -> None:
    assert word(UP, "staggered", lot=False) == "higher"
    assert word(UP._replace(n=(12, 9)), "staggered") == "higher"


def test_under_five_on_a_side_nothing_is_concluded() -> None:
    assert word(UP._replace(n=(4, 20)), "staggered") == "few"


def test_without_an_interval_it_cannot_be_told() -> None:
    assert word(UP._replace(interval=UNKNOWN), "staggered") == "cant_tell"


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("lot", [True, False])
def test_only_a_lot_with_enough_people_says_what_the_module_did(design: Design, lot: bool) -> None:
    found = verdict_on(UP, design, lot=lot, each=10)
    says = may(found)
    assert ("is what the module did" in says.en) == found.causal
    assert ("就是这一课带来的" in says.zh) == found.causal
    assert design_of(found).zh
    assert design_of(found).en


def test_every_word_is_said_in_both_languages() -> None:
    assert SAID["cant_tell"] == ("说不准", "Can’t tell")
    assert all(text.zh and text.en for text in SAID.values())
    assert "cause" not in SAID["higher"].en
