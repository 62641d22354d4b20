# ruff: noqa: E501 (a fault is one line, and reads best as one)
from __future__ import annotations

from pathlib import PurePath

import pytest

from salestrain.errors import ContentError
from salestrain.playbook.crosscheck import (
    item_faults,
    key_faults,
    path_faults,
    scenario_faults,
    shown_by_faults,
)
from salestrain.playbook.items import ItemsFile, Numeric
from salestrain.playbook.paths import Path
from salestrain.playbook.scenarios import Scenario
from salestrain.playbook.source import read_yaml
from salestrain.playbook.standards.team import Roles
from salestrain.playbook.validate import validated

SHOWN = PurePath("x.yaml")
KINDS = ("open_question", "stonewall")
SCENARIO = """\
id: 2.2.s.small
title: &both {zh: 题, en: Title}
cites: [2.2.trade]
minutes: 5
max_turns: 6
max_turns_ends: parked
pass_score: 60
you_are: {zh: 你, en: You}
persona:
  name: {zh: 陈, en: Chen}
  post: {zh: 科长, en: buyer}
  temper: {zh: 急, en: quick}
  hidden:
    - {id: cap, zh: 上限, en: a cap}
trust: {start: 1, least: 0, most: 3, at_least_ends: lost}
repeat: {trust: -1, says: {zh: 说过了, en: Said that}}
unmatched: {says: {zh: 什么, en: What}}
not_now: {zh: 先放一放, en: Later}
opening: {state: start, says: {zh: 太贵, en: Too dear}}
anywhere:
  push: [{to: same, trust: -1, critical: lied, says: {zh: 不行, en: No}}]
competencies:
  - {id: ask, weight: 60, name: {zh: 问, en: Ask}, earned_by: {zh: 问到, en: Asked}, marks: {asked: 60}}
  - {id: close, weight: 40, name: {zh: 定, en: Close}, earned_by: {zh: 定下, en: Dated}, marks: {dated: 40}}
critical:
  - {id: lied, zh: 说满了, en: Overclaimed}
endings:
  - {id: agreed, verdict: pass, zh: 成了, en: Agreed}
  - {id: parked, verdict: fail, zh: 搁下, en: Parked}
  - {id: lost, verdict: fail, zh: 丢了, en: Lost}
moves:
  - id: ask
    kind: open_question
    name: {zh: 问, en: Ask}
    says: {zh: [跟哪份比, 差在哪], en: [Compared with what, Where]}
  - id: push
    kind: stonewall
    name: {zh: 顶, en: Push}
    says: {zh: [降不了], en: [No way]}
states:
  start:
    ask:
      - {when: {at_least: {trust: 1}}, to: talk, earns: [asked], learns: [cap], says: {zh: 看, en: Look}}
      - {ends: lost, says: {zh: 不必, en: No need}}
    push: [{to: start, trust: -1, says: {zh: 那就算了, en: Well}}]
  talk:
    ask:
      - {when: {knows: [cap], earned: [asked]}, ends: agreed, earns: [dated], says: {zh: 行, en: Fine}}
      - {to: talk, says: {zh: 再说, en: Later on}}
model_answer:
  - {move: ask, zh: 跟哪份比, en: Compared with what, why: {zh: 先问, en: Ask first}}
""".replace("&both ", "")

PATH = """\
id: 4.1.p.small
title: {zh: 路, en: Path}
for: [rep]
steps:
  - {id: read, kind: read, title: {zh: 读, en: Read}, why: {zh: 因, en: Why}, minutes: 5, due_day: 1, section: "2.2"}
  - {id: quiz, kind: quiz, title: {zh: 练, en: Quiz}, why: {zh: 因, en: Why}, minutes: 5, due_day: 1, set: "2.2", after: [read]}
  - {id: talk, kind: roleplay, title: {zh: 谈, en: Talk}, why: {zh: 因, en: Why}, minutes: 5, due_day: 2, scenario: 2.2.s.small}
"""
KNOWN = {"page": ["2.2"], "set of items": ["2.2"], "scenario": ["2.2.s.small"]}

ITEMS = """\
section: "2.2"
items:
  - id: 2.2.i.order
    kind: ordering
    level: apply
    expected_facility: 0.5
    cites: [2.2.trade]
    stem: {zh: 排, en: Order}
    steps: [{id: a, zh: 一, en: one}, {id: b, zh: 二, en: two}, {id: c, zh: 三, en: three}]
    feedback_pairs: [{wrong: [b, a], zh: 反了, en: The wrong way}]
  - id: 2.2.i.number
    kind: numeric
    level: apply
    expected_facility: 0.5
    cites: [D-20.price]
    stem: {zh: 数, en: Number}
    key: {value: 100, unit: CNY, tolerance: {relative: 0.05}}
    mistakes: [{value: 110, feedback: {zh: 多了, en: Too many}}]
    feedback_other: {zh: 再算, en: Again}
  - id: 2.2.i.one
    kind: single
    level: recall
    expected_facility: 0.5
    cites: [2.2.trade]
    stem: {zh: 选, en: Choose}
    options:
      - {id: a, key: true, zh: 甲, en: A, feedback: {zh: 对, en: Right}}
      - {id: b, zh: 乙, en: B, feedback: {zh: 错, en: Wrong}}
      - {id: c, zh: 丙, en: C, feedback: {zh: 错, en: Wrong}}
"""


def edited(text: str, old: str, new: str) -> tuple[str, int]:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1), text[: text.index(old)].count("\n") + 1


def in_scenario(text: str) -> list[str]:
    try:
        return [
            str(fault)
            for fault in scenario_faults(validated(Scenario, read_yaml(text, SHOWN)), KINDS)
        ]
    except ContentError as error:
        return str(error).splitlines()


def in_path(text: str, scenario: str = SCENARIO) -> list[str]:
    played = validated(Scenario, read_yaml(scenario, SHOWN))
    path = validated(Path, read_yaml(text, SHOWN))
    return [str(fault) for fault in path_faults(path, KNOWN, {played.id: played})]


def in_items(text: str) -> list[str]:
    try:
        file = validated(ItemsFile, read_yaml(text, SHOWN))
    except ContentError as error:
        return str(error).splitlines()
    queries = [query.id for query in file.queries]
    found = [fault for item in file.items for fault in item_faults(item, queries)]
    if not found:
        found = [f for item in file.items if isinstance(item, Numeric) for f in key_faults(item)]
    return [str(fault) for fault in found]


def test_a_path_leads_to_no_draft() -> None:
    line = PATH[: PATH.index("id: talk")].count("\n") + 1
    (fault,) = in_path(PATH, SCENARIO.replace("minutes: 5", "draft: true\nminutes: 5", 1))
    what, mend = fault.split("; ")
    assert what == f"x.yaml:{line}: 2.2.s.small is a draft, which learners aren't shown"
    assert mend == "take `draft` out of it, or name another"


def test_what_is_whole_has_no_fault() -> None:
    assert (in_scenario(SCENARIO), in_path(PATH), in_items(ITEMS)) == ([], [], [])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("opening: {state: start", "opening: {state: strt", "unknown state 'strt'; did you mean 'start'?"),
        ("to: talk, earns", "to: tlk, earns", "unknown state 'tlk'; did you mean 'talk'?"),
        ("  push: [{to: same", "  psh: [{to: same", "unknown move 'psh'; did you mean 'push'?"),
        ("- {move: ask, zh", "- {move: aks, zh", "unknown move 'aks'; did you mean 'ask'?"),
        ("ends: agreed", "ends: agred", "unknown ending 'agred'; did you mean 'agreed'?"),
        ("max_turns_ends: parked", "max_turns_ends: park", "unknown ending 'park'; did you mean 'parked'?"),
        ("at_least_ends: lost", "at_least_ends: lots", "unknown ending 'lots'; did you mean 'lost'?"),
        ("earns: [dated], says", "earns: [dated, date], says", "unknown mark 'date'; did you mean 'dated'?"),
        ("marks: {asked: 60}", "marks: {asked: 50, ask: 10}", "unknown earned mark 'ask'; did you mean 'asked'?"),
        ("earned: [asked]", "earned: [ask]", "unknown earned mark 'ask'; did you mean 'asked'?"),
        ("learns: [cap]", "learns: [caps]", "unknown hidden fact 'caps'; did you mean 'cap'?"),
        ("knows: [cap]", "knows: [gap]", "unknown hidden fact 'gap'; did you mean 'cap'?"),
        ("critical: lied", "critical: lie", "unknown critical mistake 'lie'; did you mean 'lied'?"),
        ("weight: 60", "weight: 50", "weights add up to 90; make it 100"),
        ("zh: [降不了]", "zh: [差在哪]", "'差在哪' stands on line 35 already; write another"),
        ("en: [No way]", "en: [Where]", "'Where' stands on line 35 already; write another"),
        ("zh: 成了, en: Agreed", "zh: 成了", "missing translation: 'endings' has no 'en'; write 'en' beside the other"),
        ("says: {zh: 不必, en: No need}", "says: {zh: 不必}", "missing translation: 'says' has no 'en'; write 'en' beside the other"),
        ("- {ends: lost,", "- {to: talk, ends: lost,", "a case's way is one thing; give it either to or ends"),
        ("trust: {start: 1,", "trust: {begin: 1, start: 1,", "unknown key 'begin'; use one of: at_least_ends, least, most, start"),
    ],
)  # fmt: skip
def test_a_fault_in_a_scenario_has_its_line(old: str, new: str, said: str) -> None:
    text, line = edited(SCENARIO, old, new)
    found = in_scenario(text)
    assert any(fault.endswith(said) for fault in found), found
    lines = {int(fault.split(":")[1]) for fault in found if fault.endswith(said)}
    assert lines & {line, line - 1}, (found, line)  # the weights stand under their key


def test_a_mark_may_count_only_in_a_later_case() -> None:
    text = SCENARIO.replace("earns: [asked]", "earns: [asked, early]")
    assert in_scenario(text) == ["x.yaml:43: unknown mark 'early'; use one of: asked, dated"]
    assert in_scenario(text.replace("earned: [asked]", "earned: [asked, early]")) == []


def test_a_move_without_a_last_case_is_a_dead_end() -> None:
    without = SCENARIO.replace("      - {ends: lost, says: {zh: 不必, en: No need}}\n", "")
    assert in_scenario(without) == [
        "x.yaml:42: no last case for 'ask'; end with a case that has no `when`"
    ]
    text, line = edited(SCENARIO, "{when: {at_least: {trust: 1}}, to: talk", "{to: talk")
    said = f"x.yaml:{line + 1}: a case that is never reached; give the one before a `when`"
    assert in_scenario(text) == [said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('section: "2.2"', 'section: "2.3"', "5: unknown page '2.3'; did you mean '2.2'?"),
        ('set: "2.2"', 'set: "2.3"', "6: unknown set of items '2.3'; did you mean '2.2'?"),
        ("2.2.s.small", "2.2.s.smal", "7: unknown scenario '2.2.s.smal'; did you mean '2.2.s.small'?"),
        ("after: [read]", "after: [red]", "6: unknown step 'red'; did you mean 'read'?"),
        ("after: [read]", "after: [talk]", "6: 'quiz' waits for 'talk'; put it after that step"),
        ("id: talk", "id: read", "7: 'read' stands on line 5 already; write another"),
    ],
)  # fmt: skip
def test_a_fault_in_a_path_has_its_line(old: str, new: str, said: str) -> None:
    assert in_path(PATH.replace(old, new, 1)) == [f"x.yaml:{said}"]


LONG = """\
id: 2.2.p.long
title: {zh: 路, en: Path}
for: [rep]
plan:
  - {id: day_30, due_day: 22, title: {zh: 三十, en: Thirty}, text: {zh: 字, en: Words}}
  - {id: day_60, due_day: 44, title: {zh: 六十, en: Sixty}, text: {zh: 字, en: Words}}
steps:
  - {id: ask, kind: do, due_day: 1, minutes: 5, title: {zh: 问, en: Ask}, why: {zh: 要, en: So}, ask: {zh: 问, en: Ask}}
  - {id: go, kind: shadow, due_day: 2, minutes: 5, title: {zh: 去, en: Go}, why: {zh: 要, en: So}, listen: {zh: 听, en: Hear}, after: [ask]}
  - {id: sold, kind: measured, due_day: 40, minutes: 5, title: {zh: 卖, en: Sell}, why: {zh: 要, en: So}, table: activities, dated: happened_on, where: {kind: visit}}
"""

NO_WHO = (
    "10: 'activities' has no column 'who'; use one of: account_id, activity_id, happened_on, "
    "kind, next_step_confirmed_on, opportunity_id, person_id"
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ask: {zh: 问, en: Ask}}", "ask: {zh: 问, en: Ask}, after: [go]}", [
            "8: a circle: 'ask' waits for 'go' waits for 'ask'; break it",
            "9: a circle: 'go' waits for 'ask' waits for 'go'; break it"]),
        ("after: [ask]", "after: [go]", ["9: a circle: 'go' waits for 'go'; break it"]),
        ("due_day: 44", "due_day: 22", ["6: day 22 after day 22; put the milestones in order",
            "10: 'sold' is due after the last milestone, on day 22; move it, or the milestone"]),
        ("id: day_60", "id: go", ["6: 'go' stands on line 9 already; write another"]),
        ("table: activities", "table: activity", [
            "10: unknown table 'activity'; did you mean 'activities'?"]),
        ("dated: happened_on", "dated: happened", [
            "10: 'activities' has no column 'happened'; did you mean 'happened_on'?"]),
        ("dated: happened_on", "dated: kind", ["10: 'kind' is no day; name a column with a date"]),
        ("where: {kind: visit}", "where: {kind: vist}", [
            "10: 'kind' is never 'vist'; did you mean 'visit'?"]),
        ("table: activities, dated: happened_on, where: {kind: visit}",
         "table: complaints, dated: opened_at", [
            "10: no person in 'complaints'; add `of:`, the column with the person's id"]),
        ("table: activities", "of: who, table: activities", [
            NO_WHO]),
    ],
)  # fmt: skip
def test_a_fault_in_a_long_path_has_its_line(old: str, new: str, said: list[str]) -> None:
    assert in_path(LONG) == []
    assert in_path(LONG.replace(old, new, 1)) == [f"x.yaml:{one}" for one in said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: numeric", "kind: numbers", "12: 'kind' is 'numbers'; did you mean 'numeric'?"),
        ("    kind: single\n", "", "20: key 'kind' is missing; add `kind:`"),
        ("stem: {zh: 数, en: Number}", "stem: {zh: 数}", "16: missing translation: 'stem' has no 'en'; write 'en' beside the other"),
        ("zh: 甲, en: A,", "zh: 甲,", "27: missing translation: 'options' has no 'en'; write 'en' beside the other"),
        ("key: true, ", "", "20: 2.2.i.one has 0 keys; write `key: true` at one option"),
        ("- {id: b, zh: 乙", "- {id: b, key: true, zh: 乙", "20: 2.2.i.one has two keys, a and b; write `key: true` at one option"),
        ("zh: 丙, en: C,", "zh: 丙, en: C, or so,", "29: unknown key 'or so'; quote the text: its comma ended it here"),
        ("{id: c, zh: 丙", "{id: a, zh: 丙", "29: 'a' stands on line 27 already; write another"),
        ("wrong: [b, a]", "wrong: [a, b]", "3: a before b is no wrong order of steps; name two, the later one first"),
        ("wrong: [b, a]", "wrong: [b, x]", "3: b before x is no wrong order of steps; name two, the later one first"),
        ("key: {value: 100,", "key: {query: q.sum,", "17: unknown query 'q.sum'; use one of: "),
        ("key: {value: 100,", "key: {query: q.sum, value: 100,", "17: a figure is one thing; give it either value or query"),
        ("value: 110", "value: 105", "18: mistake 105 counts as right; narrow the tolerance, or drop it"),
        ("      - {id: c, zh: 丙, en: C, feedback: {zh: 错, en: Wrong}}\n", "", "26: 'options' is a list; write at least 3"),
        ("level: recall", "level: recal", "22: 'level' is 'recal'; did you mean 'recall'?"),
        ("cites: [D-20.price]", "cites: [d-20 price]", "15: 'cites' is 'd-20 price'; write an id like 2.2.stalled or D-20.price"),
        ("level: recall", "level: recall\n    stm: x", "23: unknown key 'stm'; did you mean 'stem'?"),
        ("id: b, zh: 乙, en: B,", "id: b, zh: 乙, en: B, key_: 1,", "28: unknown key 'key_'; did you mean 'key'?"),
    ],
)  # fmt: skip
def test_a_fault_in_an_item_has_its_line(old: str, new: str, said: str) -> None:
    assert in_items(ITEMS.replace(old, new, 1)) == [f"x.yaml:{said}"]


ROLES = """\
section: "1.1"
owner: director
in_force_since: 2026-07-01
roles:
  - id: 1.1.rep
    role: rep
    name: {zh: 销售, en: Rep}
    text: {zh: 卖, en: Sells}
    duties: [{zh: 卖, en: Sell}]
    targets: {1.1.ask: 2}
competencies:
  - id: 1.1.ask
    name: {zh: 问, en: Asking}
    text: {zh: 问, en: Asks}
    levels:
      - {level: 1, text: {zh: 少, en: Little}}
      - {level: 2, text: {zh: 多, en: Much}}
shown_by:
  - competency: 1.1.ask
    sections: ["2.2"]
    talks:
      2.2.s.small: [ask]
    kpis: [3.1.wins]
"""
THERE = {"section": ["2.2"], "KPI": ["3.1.wins"], "scenario": ["2.2.s.small"]}


def shown_by(old: str = "", new: str = "", scenario: str = SCENARIO) -> list[str]:
    roles = validated(Roles, read_yaml(ROLES.replace(old, new), SHOWN))
    one = validated(Scenario, read_yaml(scenario, SHOWN))
    return [str(fault) for fault in shown_by_faults(roles, THERE, {one.id: one})]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["2.2"]', '["2.3"]', "x.yaml:20: unknown section '2.3'; did you mean '2.2'?"),
        ("s.small: [ask]", "s.smal: [ask]", "x.yaml:22: unknown scenario '2.2.s.smal'; did you mean '2.2.s.small'?"),
        ("[ask]", "[asks]", "x.yaml:22: 2.2.s.small has no part 'asks'; did you mean 'ask'?"),
        ("[ask]", "[ask, ask]", "x.yaml:22: 'ask' of 2.2.s.small is taken on line 22 already; let it count once"),
        ("3.1.wins]", "3.1.win]", "x.yaml:23: unknown KPI '3.1.win'; did you mean '3.1.wins'?"),
        ("competency: 1.1.ask", "competency: 1.1.aks", "x.yaml:19: unknown competency '1.1.aks'; did you mean '1.1.ask'?"),
    ],
)  # fmt: skip
def test_where_a_competency_shows_itself_must_be_there(old: str, new: str, said: str) -> None:
    assert shown_by(old, new) == [said]


def test_what_is_there_is_no_fault_nor_is_a_playbook_without_any_scenario() -> None:
    assert shown_by() == []
    roles = validated(Roles, read_yaml(ROLES, SHOWN))
    assert [*shown_by_faults(roles, {**THERE, "scenario": []}, {})] == []
