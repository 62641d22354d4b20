"""Kinds of moves: an id or an example that comes twice has its line."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from salestrain.playbook.moves import MoveKinds
from salestrain.playbook.source import read_yaml
from salestrain.playbook.validate import validated
from tests.sample import sample_playbook

TEXT = """\
kinds:
  - id: greet
    side: tell
    general: true
    name: {zh: 开场, en: Opening}
    means: {zh: 问好, en: Says hello}
    says: {zh: [您好, 早上好], en: [Hello, Good morning]}
  - id: ask
    side: ask
    name: {zh: 问, en: Asking}
    means: {zh: 提问, en: Asks}
    says:
      zh: [怎么用的]
      en: [How is it used?]
off_topic: {zh: [下雨了], en: [It rains]}
"""


def faults(old: str, new: str) -> list[str]:
    assert old in TEXT
    node = read_yaml(TEXT.replace(old, new, 1), PurePath("playbook/moves.yaml"))
    return [str(one) for one in validated(MoveKinds, node).faults()]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: ask", "id: greet", "moves.yaml:8: kind 'greet' is there already; give it another id"),
        ("[怎么用的]", "[您好]", "moves.yaml:13: '您好' stands on line 7 already; write another"),
        ("[It rains]", "[Hello]", "moves.yaml:15: 'Hello' stands on line 7 already; write another"),
    ],
)
def test_what_comes_twice_has_its_line(old: str, new: str, said: str) -> None:
    assert faults(old, new) == [f"playbook/{said}"]


def test_what_comes_once_is_no_fault() -> None:
    assert faults("早上好", "上午好") == []


def test_the_moves_that_ask_are_those_of_a_kind_that_asks() -> None:
    playbook = sample_playbook()
    scenario = playbook.scenarios["2.2.s.price_objection"]
    assert playbook.asks(scenario) == {
        "explore_comparison", "explore_use", "explore_decision",
    }  # fmt: skip
    assert scenario.mistakes == {"promise_beyond", "overclaim"}
