"""Reviews are found by name; their parameters are typed literals, and checked all at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salestrain.batch.notebook import (
    Parameter,
    check_parameters,
    find_review,
    read_parameters,
    typed,
)
from salestrain.errors import ContentError, UsageError


def test_a_review_is_found_by_its_name(workspace: Path, greeting: Path) -> None:
    assert find_review(workspace, "greeting") == greeting


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "party",
            "there is no review 'party'; did you mean 'parting'? (reviews here: greeting, parting)",
        ),
        ("xyz", "there is no review 'xyz' (reviews here: greeting, parting)"),
        ("../reviews/greeting", None),
    ],
)
def test_an_unknown_review_is_refused_with_those_there_are(
    workspace: Path, name: str, message: str | None
) -> None:
    with pytest.raises(UsageError) as refused:
        find_review(workspace, name)
    assert message is None or str(refused.value) == message


def test_a_workspace_without_reviews_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^there is no review 'kpi' \(reviews here: none\)$"):
        find_review(tmp_path, "kpi")


def test_parameters_are_read_with_type_and_default(greeting: Path) -> None:
    assert list(read_parameters(greeting).values()) == [
        Parameter("entity", "str", "nobody"),
        Parameter("top", "int", 3),
        Parameter("share", "float", 0.5),
        Parameter("loud", "bool", default=False),
    ]


def test_given_values_replace_defaults_and_a_whole_number_is_a_number(greeting: Path) -> None:
    assert check_parameters(greeting, {"entity": "李雷", "share": 1}) == {
        "entity": "李雷",
        "top": 3,
        "share": 1,
        "loud": False,
    }


def test_all_wrong_parameters_are_named_at_once_with_the_right_ones(greeting: Path) -> None:
    with pytest.raises(UsageError) as refused:
        check_parameters(greeting, {"entty": "x", "top": "five", "loud": 1, "share": True})
    assert str(refused.value).splitlines() == [
        "greeting has no parameter 'entty'; did you mean 'entity'?",
        "greeting: top takes a whole number, not 'five'; such as 3",
        "greeting: loud takes true or false, not 1; such as False",
        "greeting: share takes a number, not True; such as 0.5",
    ]


def notebook_with(tmp_path: Path, source: str | None) -> Path:
    path = tmp_path / "odd.ipynb"
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": [source]}
    path.write_text(json.dumps({"cells": [cell] if source else []}), "utf-8")
    return path


def test_everything_but_typed_literals_in_the_cell_is_a_fault(tmp_path: Path) -> None:
    source = 'a: int = 1\nb = 2\nc: list = []\nd: str = a\ne: int = "x"\nf: int'
    path = notebook_with(tmp_path, source)
    with pytest.raises(ContentError) as refused:
        read_parameters(path)
    form = 'write each as a literal with its type, such as period: str = "2026-Q3"'
    assert sorted(str(fault) for fault in refused.value.faults) == sorted(
        f"{path.as_posix()}: the parameters cell holds {line!r}; {form}"
        for line in ("b = 2", "c: list = []", "d: str = a", "e: int = 'x'", "f: int")
    )


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (None, "no cell is tagged 'parameters'"),
        ("a: int = =", "the parameters cell is not Python: invalid syntax"),
    ],
)
def test_a_notebook_without_readable_parameters_is_a_fault(
    tmp_path: Path, source: str | None, what: str
) -> None:
    path = notebook_with(tmp_path, source)
    with pytest.raises(ContentError) as refused:
        read_parameters(path)
    assert str(refused.value) == f"{path.as_posix()}: {what}; see how the shipped reviews do it"


@pytest.mark.parametrize("text", ["", "[]", '{"cells": 3', "null"])
def test_a_file_that_is_no_notebook_is_a_fault(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.ipynb"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError, match="this is not a Jupyter notebook"):
        read_parameters(path)


def test_parameters_are_read_as_the_notebook_types_them(greeting: Path) -> None:
    given = ["entity=1.3.quarterly", "top=12", "share=0.25", "loud=true"]
    read = typed(greeting, given)
    assert read == {"entity": "1.3.quarterly", "top": 12, "share": 0.25, "loud": True}
    with pytest.raises(UsageError, match="'top' sets nothing; write NAME=VALUE"):
        typed(greeting, ["top"])
    with pytest.raises(UsageError, match="greeting: top takes a whole number, not 'many'"):
        check_parameters(greeting, typed(greeting, ["top=many"]))
    with pytest.raises(UsageError, match="greeting has no parameter 'tops'"):
        check_parameters(greeting, typed(greeting, ["tops=1"]))
