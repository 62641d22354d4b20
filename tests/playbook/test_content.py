"""The shipped items, role-play and path hold what they promise."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest
from pydantic import BaseModel

from salestrain.language import LANGUAGES, Language, Text
from salestrain.playbook.crosscheck import key_faults
from salestrain.playbook.history import hashes, read_history
from salestrain.playbook.items import (
    FindMistake,
    Item,
    Matching,
    Numeric,
    Option,
    Ordering,
    ShortAnswer,
    Single,
    Spoken,
)
from salestrain.playbook.items.arranging import Card
from salestrain.playbook.load import load_playbook
from salestrain.playbook.paths import Quiz, Read, Roleplay
from salestrain.playbook.products import Catalogue
from salestrain.playbook.scenarios import Scenario
from salestrain.playbook.sections import SECTIONS
from salestrain.playbook.source import read_yaml
from salestrain.playbook.validate import validated
from salestrain.playbook.whole import Playbook
from tests.playbook.conftest import SHIPPED

HAN = re.compile(r"[一-鿿]")
DATE = re.compile(r"\d+年\d+月\d+日")
TIGHT = re.compile(r"[一-鿿][A-Za-z0-9]|[A-Za-z0-9%][一-鿿]")


def texts(value: object, where: str = "") -> list[tuple[str, Text]]:
    """Return every text in a model, with the key it stands under."""
    if isinstance(value, Text):
        return [(where, value)]
    if isinstance(value, BaseModel):
        own = [(where, value.text)] if isinstance(value, Spoken) else []
        keys = type(value).model_fields
        return own + [t for key in keys for t in texts(getattr(value, key), f"{where}.{key}")]
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each, where)]
    return [t for each in value for t in texts(each, where)] if isinstance(value, tuple) else []


@pytest.fixture(scope="session")
def scenario(playbook: Playbook) -> Scenario:
    return playbook.scenarios["2.2.s.price_objection"]


def every(playbook: Playbook) -> list[Item | Scenario]:
    return [*playbook.items.values(), *playbook.scenarios.values()]


def test_each_section_has_items_of_many_kinds(playbook: Playbook) -> None:
    sets = playbook.item_sets()
    assert [*sets] == [*SECTIONS]
    assert sum(map(len, sets.values())) >= 260
    for section, items in sets.items():
        assert len(items) >= 12, section
        assert len({item.kind for item in items}) >= 6, section
        assert sum(item.level != "recall" for item in items) > len(items) / 2, section
        assert any(isinstance(item, Numeric) for item in items), section


def test_each_product_has_items_of_its_own(playbook: Playbook) -> None:
    for product in playbook.products:
        own = f"4.3.i.{product.lower().replace('-', '')}_"
        cited = [
            item.id
            for item in playbook.items.values()
            if item.id.startswith(own) and any(c.startswith(f"{product}.") for c in item.cites)
        ]
        assert len(cited) >= 6, product


def test_numbers_are_read_from_the_sample_data(playbook: Playbook) -> None:
    read = [item for item in playbook.items.values() if isinstance(item, Numeric) and item.reads]
    assert len({item.section for item in read}) >= 12
    for item in read:
        assert item.answer > 0, item.id
        assert item.mistakes, item.id
        assert list(key_faults(item)) == [], item.id


def test_both_languages_are_there_and_no_reference_is_left(playbook: Playbook) -> None:
    content = [*every(playbook), *playbook.paths.values()]
    for entry in content:
        for where, text in texts(entry):
            assert "{" not in text.zh + text.en, (entry.id, where, text)
            assert not HAN.search(text.en), (entry.id, where, text)
            # A product's name or a figure may be the whole of a text in both.
            assert HAN.search(text.zh) or text.zh == text.en, (entry.id, where, text)


def test_the_reader_is_ni_and_latin_letters_stand_apart(playbook: Playbook) -> None:
    for entry in [*playbook.items.values(), *playbook.paths.values()]:
        for where, text in texts(entry):
            outside = re.sub(r"「[^」]*」", "", text.zh)
            assert "您" not in outside, (entry.id, where, text.zh)
            assert not TIGHT.search(DATE.sub("", text.zh)), (entry.id, where, text.zh)
            assert not re.search("[！!]", text.zh + text.en), (entry.id, where)


def test_no_key_is_betrayed_by_being_longest(playbook: Playbook) -> None:
    singles = [item for item in playbook.items.values() if isinstance(item, Single)]
    for language in LANGUAGES:
        longest = [
            max(item.options, key=lambda option: len(option.text.in_(language))) for item in singles
        ]
        assert sum(option.key for option in longest) <= len(singles) / 2


def test_a_key_stands_in_no_fixed_place(playbook: Playbook) -> None:
    singles = [item for item in playbook.items.values() if isinstance(item, Single)]
    places = Counter(next(n for n, o in enumerate(item.options) if o.key) for item in singles)
    assert len(places) >= 3
    assert max(places.values()) <= len(singles) / 2


def test_every_wrong_answer_has_its_own_feedback(playbook: Playbook) -> None:
    for item in playbook.items.values():
        parts = (*item.chosen_from, *item.given_to)
        said = [part.feedback for part in parts if isinstance(part, Option | Card)]
        match item:
            case Numeric():
                said += [*(feedback for _, feedback in item.mistakes), item.feedback_other]
            case Ordering():
                said += [pair.text for pair in item.feedback_pairs]
            case Matching():
                said += [pair.text for pair in item.mismatches]
            case FindMistake():
                said += [cell.text for cell in (*item.faults, *item.innocent)]
            case ShortAnswer():
                said += [item.model_answer]
        assert len(set(said)) == len(said) > 0, item.id


def test_numeric_keys_are_those_worked_out_by_hand(playbook: Playbook) -> None:
    computed = {
        item.id: (item.answer, [value for value, _ in item.mistakes])
        for item in playbook.items.values()
        if isinstance(item, Numeric)
    }
    by_hand = {
        # 96,300 × 0.5 + 42,000 × 0.85 + 78,000 × 0.25 + 150,000 × 0.1
        "2.2.i.weighted_forecast": (118_350, [366_300, 183_150]),
        "2.2.i.how_many_stalled": (2, [1, 3]),
        # (4 × 9,800 + 16,500 + 4 × 1,200) × 0.95, × 0.9, × 0.82
        "2.2.i.lowest_total": (57_475, [54_450, 49_610]),
        "3.1.i.median_not_mean": (18, [34, 163]),
        # 102,000 ÷ (0 + 40,000 + 80,000); ÷ 600,000; (0 + 60 + 97.5) ÷ 3
        "3.1.i.new_hire_attainment": (85, [17, 52.5]),
        # 300,000 × 1% + 200,000 × 2% + 100,000 × 3%
        "3.3.i.payout_marginal": (10_000, [18_000, 12_000]),
        # 96,000 + 42,000 ÷ 2 + 72,000
        "3.3.i.discount_counts": (189_000, [210_000, 105_000]),
        "6.2.i.median_or_mean": (21, [41, 168]),
        # six probes: 15 membrane kits at 260 less 1 cap at 1,900; less 2 caps; no caps
        "4.3.i.four_year_saving": (12_000, [600, 23_400]),
    }
    assert {id_: computed[id_] for id_ in by_hand} == by_hand


def test_an_extract_is_read_with_names_and_spaced_figures(playbook: Playbook) -> None:
    extract = playbook.items["2.2.i.weighted_forecast"].extract
    assert extract
    shown = [[playbook.written(cell, "zh") for cell in row] for row in extract.rows]
    assert shown[0] == ["鹤汀污水厂", "报价谈判", "96,300"]
    assert playbook.written(extract.rows[1][1], "en") == "Signing"
    assert playbook.written(0.2, "en") == "0.2"


def test_a_right_order_is_the_written_one(playbook: Playbook) -> None:
    push = playbook.items["2.2.i.price_push_order"]
    assert isinstance(push, Ordering)
    assert [step.id for step in push.steps] == ["compare", "cost", "sum", "trade", "confirm"]
    assert push.scoring == "adjacent_pairs"


# Products


def test_a_fact_is_the_one_of_the_version_sold_today(playbook: Playbook) -> None:
    facts = playbook.facts
    assert facts["D-20.price"].value == 9800
    assert facts["D-20.membrane_months"].value is None
    assert facts["D-20.cap_months"].text == Text(
        "荧光帽每 24 个月更换，第一个随机附带",
        "the sensor cap is replaced every 24 months; the first comes with the probe",
    )
    assert facts["E-15.range_k001"].value == (0.055, 100)
    assert facts["T-30.wiper"].value is True
    assert facts["P-20.batch_P20-2511"].value == "replace_free"
    assert playbook.index["Plus.price"] is facts["Plus.price"]


@pytest.mark.parametrize(
    ("day", "price", "noticed"),
    [("2025-08-31", 7600, False), ("2025-09-01", 9800, False), ("2026-01-19", 9800, True)],
)
def test_the_catalogue_date_decides_what_is_true(day: str, price: int, *, noticed: bool) -> None:
    path = SHIPPED / "standards/products.yaml"
    text = path.read_text("utf-8").replace("catalogue_date: 2026-09-30", f"catalogue_date: {day}")
    facts = validated(Catalogue, read_yaml(text, path)).facts
    assert facts["D-20.price"].value == price
    assert ("P-20.batch_P20-2511" in facts) is noticed


def test_list_prices_agree_with_the_sample_data(playbook: Playbook) -> None:
    lines = (SHIPPED.parent / "data/products.csv").read_text("utf-8").splitlines()
    rows = [line.split(",") for line in lines[1:]]
    prices = {row[0]: float(row[-2]) for row in rows}
    assert len(prices) == len(playbook.products)
    assert {name: playbook.facts[f"{name}.price"].value for name in prices} == prices


# The role-play


def test_its_figures_are_computed_and_written_for_each_reader(scenario: Scenario) -> None:
    assert "共 96,300 元" in scenario.you_are.zh
    assert "CNY 96,300 without VAT" in scenario.you_are.en
    agreed, smaller = scenario.endings[:2]
    assert "91,485" in agreed.en  # 96,300 less 5%
    assert "89,900" in smaller.zh
    sums = next(move for move in scenario.moves if move.id == "quantify")
    assert "Like for like the gap is 2,900." in sums.says.en
    trade = next(move for move in scenario.moves if move.id == "trade")
    assert trade.says.zh[0] == "5 个点可以，25 号前签，预付三成"


def test_every_state_and_ending_can_be_reached(scenario: Scenario) -> None:
    leads = {
        state: {c.to for cases in moves.values() for c in cases}
        for state, moves in scenario.states.items()
    }
    reached, new = {scenario.opening.state}, {scenario.opening.state}
    while new:
        new = {to for state in new for to in leads[state] if to in scenario.states} - reached
        reached |= new
    assert reached == scenario.states.keys()
    cases = [c for moves in scenario.states.values() for each in moves.values() for c in each]
    ends = {c.ends for c in cases} | {scenario.max_turns_ends, scenario.trust.at_least_ends}
    assert ends - {None} == {ending.id for ending in scenario.endings}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_move_can_be_said_in_many_ways(scenario: Scenario, language: Language) -> None:
    assert min(len(move.says.in_(language)) for move in scenario.moves) >= 8


def test_what_it_narrates_speaks_to_ni(scenario: Scenario) -> None:
    told = [scenario.you_are, *(ending.text for ending in scenario.endings)]
    told += [mistake.text for mistake in scenario.critical] + [
        turn.why for turn in scenario.model_answer
    ]
    for text in told:
        assert "您" not in re.sub(r"「[^」]*」", "", text.zh), text.zh


# The path


def test_the_first_week_leads_through_pages_quizzes_role_play_and_notes(playbook: Playbook) -> None:
    path = playbook.paths["4.1.p.first_week"]
    assert path.roles == ("rep",)
    assert len(path.steps) >= 7
    assert {step.section for step in path.steps if isinstance(step, Read)} == {"2.2", "3.1"}
    assert {step.set for step in path.steps if isinstance(step, Quiz)} == {"2.2", "3.1", "4.3"}
    assert [s.scenario for s in path.steps if isinstance(s, Roleplay)] == ["2.2.s.price_objection"]
    days = [step.due_day for step in path.steps]
    assert days == sorted(days)
    assert days[-1] == 5
    per_day = Counter[int]()
    for step in path.steps:
        per_day[step.due_day] += step.minutes
        assert step.why.en.count(". ") <= 1, step.id
    assert max(per_day.values()) <= 60


# Loading


@pytest.mark.slow
def test_loading_to_show_asks_duckdb_nothing_until_a_key_is_wanted() -> None:
    program = (
        "import sys; from pathlib import Path; from salestrain.playbook.load import load_playbook\n"
        f"playbook = load_playbook(Path({str(SHIPPED)!r}), prove=False)\n"
        "print({'duckdb', 'pandas'} & sys.modules.keys())\n"
        "print(playbook.items['2.2.i.weighted_forecast'].answer, 'duckdb' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["set()", "118350.0 True"]


@pytest.mark.slow
def test_what_is_loaded_to_show_is_the_same(playbook: Playbook) -> None:
    shown = load_playbook(SHIPPED, prove=False)
    assert [texts(entry) for entry in every(shown)] == [texts(entry) for entry in every(playbook)]
    assert shown.rules == playbook.rules


def test_the_history_shipped_is_that_of_what_is_shipped(playbook: Playbook) -> None:
    history = read_history(SHIPPED)
    now = {id_: days[-1][1] for id_, days in history.items() if id_ in playbook.index}
    assert now == hashes(playbook), "run `salestrain check`, which carries the history on"
