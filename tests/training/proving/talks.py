"""Small talks to prove: one written out with lines, and any that hypothesis thinks of."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from hypothesis import strategies as st

from salestrain.playbook.scenarios import Scenario
from salestrain.playbook.source import read_yaml
from salestrain.playbook.validate import validated
from tests.training.conftest import both

SHOWN = PurePath("playbook/scenarios/s.yaml")
TEXT = """\
id: 2.2.s.small
title: {zh: 小谈, en: A small talk}
cites: [2.2.trade]
minutes: 3
max_turns: 6
max_turns_ends: lost
pass_score: 70
you_are: {zh: 你, en: You}
persona:
  name: {zh: 陈, en: Chen}
  post: {zh: 采购, en: Buyer}
  temper: {zh: 急, en: Quick}
  hidden:
    - {id: cap, zh: 上限, en: The cap}
trust: {start: 2, least: 0, most: 4, at_least_ends: lost}
repeat: {trust: -1, says: {zh: 说过了, en: Said}}
unmatched: {says: {zh: 嗯, en: Hm}}
not_now: {zh: 先不谈, en: Not now}
opening: {state: price, says: {zh: 贵, en: Dear}}
competencies:
  - id: ask
    weight: 40
    name: {zh: 问, en: Ask}
    earned_by: {zh: 问, en: ask}
    marks: {asked: 40}
  - id: hold
    weight: 60
    name: {zh: 守, en: Hold}
    earned_by: {zh: 守, en: hold}
    marks: {held: 60, gave: -30}
critical:
  - {id: beyond, rule: 2.2.discount, zh: 越权, en: Beyond}
endings:
  - {id: deal, verdict: pass, zh: 成, en: Agreed}
  - {id: lost, verdict: fail, zh: 败, en: Lost}
moves:
  - {id: ask, kind: inform, name: {zh: 问, en: Ask}, says: {zh: [问一], en: [ask one]}}
  - {id: hold, kind: inform, name: {zh: 守, en: Hold}, says: {zh: [守一], en: [hold one]}}
  - id: give
    kind: inform
    rule: 2.2.trade
    name: {zh: 让, en: Give}
    says: {zh: [让一], en: [give one]}
  - {id: rant, kind: inform, name: {zh: 怼, en: Rant}, says: {zh: [怼一], en: [rant one]}}
states:
  price:
    ask:
      - when: {at_least: {trust: 2}}
        to: open
        earns: [asked]
        learns: [cap]
        says: {zh: 好, en: O}
      - {to: same, says: {zh: 不, en: No}}
    hold:
      - {to: same, trust: -1, says: {zh: 哼, en: Hm}}
    give:
      - {ends: lost, earns: [gave], says: {zh: 行, en: Fine}}
    rant:
      - {ends: lost, critical: beyond, says: {zh: 走, en: Out}}
  open:
    hold:
      - {ends: deal, earns: [held], says: {zh: 成, en: Deal}}
    give:
      - {to: price, trust: -1, earns: [gave], says: {zh: 再让, en: More}}
    rant:
      - {ends: lost, says: {zh: 走, en: Out}}
model_answer:
  - {move: ask, zh: 问一, en: ask one, why: {zh: 先问, en: ask first}}
  - {move: hold, zh: 守一, en: hold one, why: {zh: 守住, en: hold}}
"""


def written(text: str = TEXT) -> Scenario:
    """Return the scenario a text describes, with its lines."""
    return validated(Scenario, read_yaml(text, SHOWN))


@st.composite
def talks(draw: st.DrawFn) -> Scenario:
    """Return any small scenario: up to three states, three moves, two facts and three marks."""
    states = [f"s{n}" for n in range(draw(st.integers(1, 3)))]
    moves = [f"m{n}" for n in range(draw(st.integers(1, 3)))]
    some = st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True)
    marks = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True)

    def case(*, last: bool) -> dict[str, Any]:
        way = draw(
            st.sampled_from(
                [("to", one) for one in [*states, "same"]] + [("ends", e) for e in ("good", "bad")]
            )
        )
        given = {way[0]: way[1], "says": both("well"), "trust": draw(st.integers(-2, 2))}
        given |= {"earns": draw(marks), "learns": draw(some)}
        given["changes"] = draw(st.sampled_from([{}, {"calm": -1}, {"calm": 2}]))
        given["critical"] = draw(st.sampled_from([None, None, "slip"]))
        if not last:
            least = draw(st.one_of(st.none(), st.integers(0, 4)))
            when: dict[str, Any] = {"knows": draw(some), "earned": draw(marks)}
            bounds = {"at_least": least, "at_most": draw(st.one_of(st.none(), st.integers(0, 4)))}
            name = draw(st.sampled_from(["trust", "calm"]))
            given["when"] = when | {key: {name: n} for key, n in bounds.items() if n is not None}
        return given

    offered = {
        state: {
            move: [*(case(last=False) for _ in range(draw(st.integers(0, 1)))), case(last=True)]
            for move in draw(st.lists(st.sampled_from(moves), min_size=1, unique=True))
        }
        for state in states
    }
    worth = {mark: draw(st.integers(-30, 60)) for mark in ("a", "b", "c")}
    return Scenario.model_validate(
        {
            "id": "2.2.s.any",
            "title": both("any"),
            "cites": ["2.2.trade"],
            "minutes": 3,
            "max_turns": draw(st.integers(3, 5)),
            "max_turns_ends": draw(st.sampled_from(["bad", "good"])),
            "pass_score": draw(st.integers(1, 60)),
            "you_are": both("you"),
            "persona": {
                "name": both("Chen"), "post": both("buyer"), "temper": both("quick"),
                "hidden": [{"id": one, **both(one)} for one in ("x", "y")],
            },
            "trust": {
                "start": draw(st.integers(1, 4)), "least": 0, "most": 4,
                "at_least_ends": draw(st.sampled_from([None, "bad"])),
            },
            "variables": {"calm": {"start": 1, "least": 0, "most": 3}},
            "anywhere": {
                move: [case(last=True)]
                for move in draw(st.lists(st.sampled_from(moves), max_size=1))
            },
            "repeat": {"trust": draw(st.integers(-1, 0)), "says": both("said")},
            "unmatched": {"says": both("hm")},
            "not_now": both("later"),
            "opening": {"state": states[0], "says": both("dear")},
            "competencies": [
                {"id": "one", "weight": 50, "name": both("one"), "earned_by": both("a"),
                 "marks": {"a": worth["a"], "b": worth["b"]}},
                {"id": "two", "weight": 50, "name": both("two"), "earned_by": both("c"),
                 "marks": {"c": worth["c"], "a": -5}},
            ],
            "critical": [{"id": "slip", "rule": "2.2.discount", **both("a slip")}],
            "endings": [
                {"id": "good", "verdict": "pass", **both("good")},
                {"id": "bad", "verdict": "fail", **both("bad")},
            ],
            "moves": [
                {"id": one, "kind": "inform", "name": both(one), "says": {"zh": [one], "en": [one]}}
                for one in moves
            ],
            "states": offered,
            "model_answer": [{"move": moves[0], **both("m"), "why": both("w")}],
        }
    )  # fmt: skip
