from __future__ import annotations

from pathlib import PurePath

from salestrain.errors import ContentError, Fault, Place, did_you_mean


def test_a_fault_says_where_what_and_how_to_mend() -> None:
    fault = Fault(
        Place(PurePath("playbook/a.yaml"), 12), "unknown key 'stm'", "did you mean 'stem'?"
    )
    assert str(fault) == "playbook/a.yaml:12: unknown key 'stm'; did you mean 'stem'?"


def test_a_place_in_a_table_names_row_and_column() -> None:
    assert str(Place(PurePath("deals.csv"), 7, "amount")) == "deals.csv:7: column 'amount'"
    assert str(Place(PurePath("deals.csv"))) == "deals.csv"


def test_all_faults_are_told_once_and_in_order() -> None:
    late = Fault(Place(PurePath("b.yaml"), 10), "x", "y")
    early = Fault(Place(PurePath("b.yaml"), 9), "x", "y")
    error = ContentError([late, early, late])
    assert error.faults == (early, late)
    assert str(error) == "b.yaml:9: x; y\nb.yaml:10: x; y"


def test_a_near_name_is_offered_and_a_far_one_gets_the_list() -> None:
    assert did_you_mean("revenu", ["revenue", "visits"]) == "did you mean 'revenue'?"
    assert did_you_mean("zzz", ["b", "a"]) == "use one of: a, b"


def test_a_long_list_is_cut() -> None:
    many = [f"name{number:02d}" for number in range(20)]
    assert did_you_mean("qqq", many).endswith("name11, …")
