"""One's own data on a page: counted whole, who looked and why, and nothing of anybody else."""

from __future__ import annotations

import re

import pytest

from salestrain.apps.mine import MOST, Mine
from salestrain.language import Language
from salestrain.records.audit import COMMAND_LINE
from salestrain.training.steps import Step
from tests.apps.learners import BOSS, LIN, TANG, TEACHER, Did, Open, words
from tests.apps.watched_talks import PRICE, Play
from tests.training.first_week import NOON, NOTED, READ


def lived(open_for: Open, did: Did, play: Play) -> None:
    play()
    did(LIN, READ, NOTED)
    signed = Step("signed", {"person": "lin", "step": "a", "ok": True, "text": "well done"}, NOON)
    rated = Step("rated", {"person": "tang", "about": f"{PRICE}-tang-1"}, NOON)
    did(TEACHER, ("onboarding", "4.1.p.first_week", signed), ("roleplay", "ratings", rated))
    audit = open_for().records.audit
    audit.saw("boss", "lin", f"talk {PRICE}")
    audit.saw("teacher", ["lin", "tang"], "joined coaching", "hours for October")
    audit.saw(COMMAND_LINE, "lin", "export")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            ["Role-plays begun 1", "Notes on your path 1", "Sign-offs 1", "How many", "Who looked",
             "a role-play", "for: hours for October",
             "An administrator, at the command line", "salestrain people forget lin"],
        ),
        ("zh", ["对练 1", "路径里写下的 1", "签字 1", "谁看过", "练习和业绩、报酬合在一起看"]),
    ],
)  # fmt: skip
def test_it_says_what_is_kept_who_looked_and_what_for(
    open_for: Open, did: Did, play: Play, language: Language, says: list[str]
) -> None:
    lived(open_for, did, play)
    html = Mine(open_for(LIN, language)).draw().html
    assert [one for one in says if one not in words(html)] == []
    assert 'href="/mine.json"' in html
    assert "tang" not in html.lower()


def test_the_counts_are_all_there_is(open_for: Open, did: Did, play: Play) -> None:
    lived(open_for, did, play)
    kept = open_for().records.people.export("lin")
    html = Mine(open_for()).draw().html
    counts = [int(one) for one in re.findall(r'<td class="number">(\d+)</td>', html)]
    assert sum(counts) == len(kept["steps"]) + len(kept["about"])


def test_looking_at_ones_own_is_not_noted_and_nobody_yet_is_said(open_for: Open) -> None:
    html = Mine(open_for(TANG)).draw().html
    assert "Nobody has." in words(html)
    assert "Nothing yet." in words(html)
    assert open_for().records.audit.looks() == []


def test_the_latest_looks_come_first_and_the_rest_are_counted(open_for: Open) -> None:
    audit = open_for().records.audit
    for number in range(MOST + 1):
        audit.saw(BOSS.id, "lin", f"report week-{number}")
    html = Mine(open_for()).draw().html
    found = re.findall(r"a report · week-(\d+)", html)
    assert found == [str(number) for number in range(MOST, 0, -1)]
    assert f"The latest {MOST} of {MOST + 1}; the download has all." in words(html)


def test_without_a_server_there_is_no_download(open_for: Open) -> None:
    assert "mine.json" not in Mine(open_for(base_url="")).draw().html
