"""Small items and a small talk whose marks one can work out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from salestrain.playbook.items import Item
from salestrain.playbook.scenarios import Scenario

ITEM: TypeAdapter[Item] = TypeAdapter(Item)


def both(text: str) -> dict[str, str]:
    return {"zh": f"{text}（中）", "en": text}


def options(**keys: bool) -> list[dict[str, Any]]:
    return [
        {"id": name, "key": key, **both(f"option {name}"), "feedback": both(f"about {name}")}
        for name, key in keys.items()
    ]


def item(kind: str, **more: object) -> Item:
    head = {
        "id": f"2.2.i.{kind}",
        "kind": kind,
        "level": "apply",
        "expected_facility": 0.5,
        "cites": ["2.2.trade", f"2.2.{kind}"],
        "stem": both(f"a {kind} question?"),
    }
    return ITEM.validate_python({**head, **more})


@pytest.fixture(scope="session")
def items() -> dict[str, Item]:
    steps = [{"id": name, **both(f"step {name}")} for name in ("ask", "sum", "trade", "confirm")]
    pairs = [
        {"wrong": ["sum", "ask"], **both("summed before asking")},
        {"wrong": ["trade", "sum"], **both("traded before summing")},
    ]
    key = {"value": 87216, "unit": "CNY", "tolerance": {"absolute": 1}}
    cards = [
        {"id": name, "class": kind, **both(f"card {name}"), "feedback": both(f"about {name}")}
        for name, kind in {"call": "no", "bid": "yes", "visit": "yes", "plant": "no"}.items()
    ]
    every = (
        item(
            "true_false",
            key=False,
            feedback=both("it is false"),
            reason={"stem": both("why?"), "options": options(step=True, calls=False, limit=False)},
        ),
        item(
            "matching",
            left=[{"id": name, **both(f"water {name}")} for name in ("pure", "tank", "filter")],
            right=[{"id": name, **both(f"probe {name}")} for name in ("E", "D", "T", "P")],
            key={"pure": "E", "tank": "D", "filter": "T"},
            feedback=[{"pair": ["pure", "P"], **both("not in pure water")}],
        ),
        item(
            "sort",
            classes=[{"id": "yes", **both("counts")}, {"id": "no", **both("doesn't")}],
            cards=cards,
        ),
        item(
            "short_answer",
            max_length={"zh": 30, "en": 12},
            rubric=[
                {
                    "id": "who",
                    "marks": 1,
                    **both("who"),
                    "look_for": {"zh": ["王工"], "en": ["Wang"]},
                },
                {
                    "id": "when",
                    "marks": 2,
                    **both("when"),
                    "look_for": {"zh": ["9 月 23 日"], "en": ["23 September", "23 Sept"]},
                },
                {
                    "id": "verdict",
                    "marks": -1,
                    **both("a verdict"),
                    "look_for": {"zh": ["聊得很好"], "en": ["great talk"]},
                },
            ],
            model_answer={"zh": "王工 9 月 23 日带看", "en": "Wang shows us, 23 September"},
        ),
        item(
            "find_mistake",
            extract={
                "columns": ["account", "amount"],
                "labels": {"account": both("account"), "amount": both("amount")},
                "rows": [["A", 1], ["B", 2], ["C", 3]],
            },
            faults=[
                {"cell": [1, "amount"], "rule": "2.2.amount", **both("too little")},
                {"cell": [3, "account"], "rule": "2.2.amount", **both("no account")},
            ],
            innocent=[{"cell": [2, "amount"], **both("just right")}],
        ),
        item("single", options=options(a=False, b=True, c=False)),
        item("multiple", options=options(a=True, b=False, c=True, d=False, e=True)),
        item("ordering", steps=steps, feedback_pairs=pairs),
        item(
            "numeric",
            key=key,
            mistakes=[{"value": 94800, "feedback": both("forgot the discount")}],
            feedback_other=both("total times 0.92"),
        ),
    )
    return {each.id: each for each in every}


MOVES = ("ask", "listen", "sum", "discount", "promise", "insult", "close")
KINDS = {
    "ask": "open_question", "listen": "listen_back", "sum": "value", "discount": "concession",
    "promise": "overpromise", "insult": "blame", "close": "next_step",
}  # fmt: skip
STATES: dict[str, dict[str, list[dict[str, Any]]]] = {
    "start": {
        "ask": [{"to": "open", "trust": 1, "earns": ["asked"], "learns": ["budget"]}],
        "listen": [
            {
                "when": {"at_least": {"trust": 3}},
                "to": "start",
                "learns": ["boss"],
                "earns": ["heard"],
            },
            {"to": "start", "trust": 1},
        ],
        "discount": [{"to": "same", "trust": -1, "earns": ["gave"]}],
        "insult": [{"to": "same", "trust": -2}],
        "promise": [{"to": "open", "critical": "beyond"}],
    },
    "open": {
        "sum": [
            {"when": {"knows": ["budget"]}, "to": "done", "trust": 1, "earns": ["summed"]},
            {"to": "open", "trust": -1},
        ],
        "discount": [{"ends": "cheap", "earns": ["gave"]}],
    },
    "done": {
        "close": [
            {"when": {"earned": ["heard"]}, "ends": "signed", "earns": ["dated"]},
            {"ends": "maybe", "earns": ["dated"]},
        ],
        "listen": [{"to": "same"}],
    },
}


def scenario_data() -> dict[str, Any]:
    states = {
        name: {
            move: [
                {**case, "says": both(f"answer to {move} in {name}, case {number}")}
                for number, case in enumerate(cases)
            ]
            for move, cases in moves.items()
        }
        for name, moves in STATES.items()
    }
    ways = {move: [f"{move} {way}" for way in ("one", "two", "three")] for move in MOVES}
    return {
        "id": "2.2.s.small",
        "title": both("A small talk"),
        "cites": ["2.2.discount", "2.2.trade"],
        "minutes": 3,
        "max_turns": 8,
        "max_turns_ends": "dropped",
        "pass_score": 60,
        "you_are": both("You are a rep."),
        "persona": {
            "name": both("Chen"),
            "post": both("buyer"),
            "temper": both("quick"),
            "hidden": [{"id": "budget", **both("100,000")}, {"id": "boss", **both("Lu signs")}],
        },
        "trust": {"start": 2, "least": 0, "most": 4, "at_least_ends": "thrown_out"},
        "repeat": {"trust": -1, "says": both("You said that.")},
        "unmatched": {"says": both("Pardon?")},
        "not_now": both("Not now."),
        "opening": {"state": "start", "says": both("Too dear.")},
        "competencies": [
            {
                "id": "find",
                "weight": 50,
                "name": both("finding"),
                "earned_by": {"zh": "问和听", "en": "Asking, listening"},
                "marks": {"asked": 30, "heard": 30},
            },
            {
                "id": "hold",
                "weight": 50,
                "name": both("holding"),
                "earned_by": {"zh": "算和定", "en": "Adding up, agreeing"},
                "marks": {"summed": 30, "dated": 20, "gave": -40},
            },
        ],
        "critical": [{"id": "beyond", "rule": "2.2.discount", **both("promised beyond")}],
        "endings": [
            {"id": "signed", "verdict": "pass", **both("signed")},
            {"id": "maybe", "verdict": "partial", **both("maybe")},
            {"id": "cheap", "verdict": "fail", **both("cheap")},
            {"id": "dropped", "verdict": "fail", **both("dropped")},
            {"id": "thrown_out", "verdict": "fail", **both("out")},
        ],
        "moves": [
            {
                "id": move,
                "kind": KINDS[move],
                "rule": "2.2.trade" if move == "discount" else None,
                "name": both(f"to {move}"),
                "says": {"zh": [f"{w}（中）" for w in said], "en": said},
            }
            for move, said in ways.items()
        ],
        "states": states,
        "model_answer": [
            {"move": move, **both(f"model {move}"), "why": both(f"why {move}")}
            for move in ("listen", "listen", "ask", "sum", "close")
        ],
    }


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return Scenario.model_validate(scenario_data())
