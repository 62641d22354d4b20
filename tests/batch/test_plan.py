from __future__ import annotations

import pandas as pd
import pytest

from salestrain.batch.plan import chosen, jobs
from salestrain.errors import UsageError
from salestrain.periods import Period

Q3 = Period.parse("2026-Q3")
ROWS = [
    ("company", "", "", "", "", None, None),
    ("team", "E", "华东组", "East", "", None, None),
    ("rep", "a", "安", "An", "E", None, None),
    ("rep", "gone", "郭", "Guo", "E", None, "2026-06-30"),
    ("rep", "last-day", "罗", "Luo", "E", None, "2026-07-01"),
    ("rep", "new", "倪", "Ni", "E", "2026-10-01", None),
]
COLUMNS = ["level", "entity", "name", "name_en", "parent", "joined_on", "left_on"]
ENTITIES = pd.DataFrame(ROWS, columns=COLUMNS).astype(
    {"joined_on": "datetime64[us]", "left_on": "datetime64[us]"}
)


def test_each_rep_is_who_was_there_in_the_period() -> None:
    assert chosen(ENTITIES, ["each-rep"], Q3) == [("rep", "a"), ("rep", "last-day")]


def test_a_rep_who_left_is_still_made_when_named() -> None:
    assert chosen(ENTITIES, ["rep:gone"], Q3) == [("rep", "gone")]


def test_the_company_comes_first_and_nobody_twice() -> None:
    wanted = ["rep:a", "each-team", "team:E", "company"]
    assert chosen(ENTITIES, wanted, Q3) == [("company", ""), ("team", "E"), ("rep", "a")]


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(UsageError) as refusal:
        chosen(ENTITIES, ["each-repp", "team:F"], Q3)
    assert str(refusal.value) == (
        "--for 'each-repp' is not known; did you mean 'each-rep'?\n"
        "--for 'team:F': there is no team 'F'; use one of: E"
    )


def test_reports_link_only_to_levels_made_as_a_whole() -> None:
    some = jobs(ENTITIES, [("company", ""), ("rep", "a")], Q3, {"language": "zh"})
    assert some[0].parameters["linked"] == "company,region"
    every = jobs(ENTITIES, chosen(ENTITIES, ["company", "each-team", "each-rep"], Q3), Q3, {})
    assert every[0].parameters["linked"] == "company,region,team,rep"
    assert every[1].parameters == {
        "period": "2026-Q3", "level": "team", "entity": "E", "linked": "company,region,team,rep",
    }  # fmt: skip
    assert [job.key for job in every] == ["company", "team-E", "rep-a", "rep-last-day"]
