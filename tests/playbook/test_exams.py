"""Exams are data, and what is wrong with one is said where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salestrain.playbook.whole import Playbook

pytestmark = pytest.mark.slow  # each reads a whole playbook or workspace

Faults = Callable[..., list[str]]
FILE = "exams/customer_data.yaml"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '{section: "6.1", count: 4}',
            '{section: "6.1", count: 40}',
            "customer_data.yaml:15: 40 items are drawn here and 17 are there; write more of them",
        ),
        (
            'section: "6.1", count',
            'section: "6.7", count',
            "customer_data.yaml:15: unknown set of items '6.7'",
        ),
        ("minutes: 20", "minutes: 0", "customer_data.yaml:9: 'minutes' is '0'; write at least 1"),
        (
            "attempts: 3",
            "opens: 2026-12-05\ncloses: 2026-12-01",
            "6.2.e.customer_data closes before it opens; put the later day at `closes`",
        ),
        ("cites: [6.2.no_export", "cites: [6.2.no_exprt", "unknown id '6.2.no_exprt'"),
    ],
)
def test_a_fault_is_named_with_its_line(faults: Faults, old: str, new: str, said: str) -> None:
    told = faults(FILE, old, new)
    assert any(said in line for line in told), told


def test_the_shipped_exams_pass_by_the_rule(playbook: Playbook) -> None:
    rule = playbook.rules["4.3.exam"]
    assert {one.pass_share for one in playbook.exams.values()} == {rule.values["pass_share"]}
