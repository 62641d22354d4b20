from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.items import Item
from salestrain.training.quizzes.responses import Responses
from salestrain.training.statistics.choices import Choice, choices_of
from salestrain.training.statistics.suspicion import Suspicion, meant, suspicions
from salestrain.training.statistics.verdicts import abilities, chance_of_negative, judged
from salestrain.training.statistics.words import mend, why
from tests.training.conftest import item as made
from tests.training.conftest import options
from tests.training.statistics.conftest import table

Items = dict[str, Item]
BAD = "2.2.i.itema"


def group(bank: Items, people: int, seed: int = 3, **columns: str) -> Responses:
    """A class that knows seven in ten, the able more; ``a`` and so on replace whole columns."""
    rng = np.random.default_rng(seed)
    able = np.linspace(2, -2, people)
    knows = 1 / (1 + np.exp(-(1.1 + 1.3 * able)))[:, None]
    right = rng.random((people, len(bank))) < knows
    chosen = np.where(right, "a", rng.choice(list("bcd"), right.shape))
    for letter, column in columns.items():
        chosen[:, ord(letter) - 97] = list(column)
    return table(["".join(row) for row in chosen], *bank.values())


def about(found: Responses, items: Items, id_: str = BAD) -> Suspicion:
    return next(one for one in suspicions(found, items) if one.item == id_)


def test_a_sound_bank_is_left_alone(bank: Items) -> None:
    assert [one.item for one in suspicions(group(bank, 30), bank)] == []


def test_where_good_people_choose_a_distractor_the_key_is_named_wrong(bank: Items) -> None:
    suspect = about(group(bank, 12, a="bbbbbbbcadab"), bank)
    assert (suspect.cause, suspect.option) == ("key_wrong", "b")
    assert suspect.likely > 0.5
    assert (suspect.n, suspect.chose, suspect.keyed) == (12, 8, 2)
    assert suspect.best_chose >= 4 > suspect.best_keyed


def test_a_hard_item_with_a_common_mistake_is_not_taken_for_a_wrong_key(bank: Items) -> None:
    # as few get it, but those are the best
    found = suspicions(group(bank, 30, a="aaaaaaaa" + "ab" * 4 + "bcb" * 4 + "bd"), bank)
    assert "key_wrong" not in {one.cause for one in found}


def test_where_the_able_split_over_two_options_both_may_be_right(bank: Items) -> None:
    suspect = about(group(bank, 60, a="ab" * 22 + "cdbacdcdacdbcdcd"), bank)
    assert (suspect.cause, suspect.option) == ("two_keys", "b")


def test_where_everybody_chooses_by_lot_it_is_a_guess(bank: Items) -> None:
    suspect = about(group(bank, 60, a="abcd" * 15), bank)
    assert (suspect.cause, suspect.option) == ("guessed", "")


def test_what_everybody_gets_right_is_too_easy_only_with_enough_answers(bank: Items) -> None:
    assert BAD not in {one.item for one in suspicions(group(bank, 12, a="a" * 12), bank)}
    assert about(group(bank, 40, a="a" * 40), bank).cause == "too_easy"


def test_what_nobody_gets_right_is_too_hard(bank: Items) -> None:
    hard = {id_: one.model_copy(update={"expected_facility": 0.3}) for id_, one in bank.items()}
    suspect = about(group(hard, 30, a="bcd" * 10), hard)
    assert suspect.cause in {"too_hard", "guessed"}


def test_a_facility_far_from_the_guess_is_named(bank: Items) -> None:
    odd = bank | {BAD: bank[BAD].model_copy(update={"expected_facility": 0.2})}
    suspect = about(group(odd, 60, a="a" * 30 + "ab" * 10 + "abcd" * 2 + "cb"), odd)
    assert suspect.cause == "off_guess"


def test_a_facility_surely_but_not_far_off_is_left_alone(bank: Items) -> None:
    # 55 % of 400 where about 67 % were meant
    found = group(bank, 400, a="a" * 200 + "abcdb" * 20 + "bcd" * 33 + "b")
    assert BAD not in {one.item for one in suspicions(found, bank)}


def test_a_distractor_nobody_takes_is_named_from_forty_five_answers_on(bank: Items) -> None:
    column = "a" * 30 + "bc" * 5
    assert about(group(bank, 48, a=column + "abacabac"), bank).option == "d"
    assert BAD not in {one.item for one in suspicions(group(bank, 40, a=column), bank)}


def test_under_eight_answers_nothing_is_said(bank: Items) -> None:
    assert suspicions(group(bank, 7, a="bbbbbbb"), bank) == ()


def test_an_order_that_good_people_miss_is_named_without_its_options(items: Items) -> None:
    others = {f"2.2.i.other{chr(97 + n)}": made("numeric", id=f"2.2.i.other{chr(97 + n)}",
              key={"value": 1, "unit": "CNY", "tolerance": {"absolute": 0}},
              feedback_other={"zh": "一", "en": "one"}) for n in range(8)}  # fmt: skip
    bank = {"2.2.i.ordering": items["2.2.i.ordering"]} | others
    able = np.arange(24) >= 12
    earned = np.column_stack([~able, *([able] * 8)]).astype(float)
    earned[::5] = 1 - earned[::5]
    answers = tuple(((), *((("1",) if one else ("2",)) for one in row[1:])) for row in earned)
    people = tuple(map(str, range(24)))
    found = Responses(people, tuple(bank), earned, answers, np.zeros(earned.shape))
    suspect = about(found, bank, "2.2.i.ordering")
    assert suspect.cause == "good_miss_it"
    assert why(suspect, items["2.2.i.ordering"], "en").startswith("Discrimination −1.00 (95%")


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(24)))
def test_the_order_of_people_does_not_matter(bank: Items, order: list[int]) -> None:
    found = group(bank, 24, a="b" * 14 + "acdbacdbac")
    mixed = Responses(
        *(tuple(found.people[n] for n in order), found.items, found.earned[order]),
        *(tuple(found.answers[n] for n in order), found.at[order]),
    )
    one, same = suspicions(found, bank), suspicions(mixed, bank)
    assert [(each.item, each.cause, each.chose, each.best_chose) for each in one] == [
        (each.item, each.cause, each.chose, each.best_chose) for each in same
    ]
    assert [each.likely for each in one] == pytest.approx([each.likely for each in same])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", None]), max_size=20), st.floats(0, 1))
def test_what_a_choice_may_be_adds_up_to_no_more_than_one(
    chosen: list[str | None], expected: float
) -> None:
    verdict = judged(Choice("", tuple("abc"), "a", tuple(chosen)), np.zeros(len(chosen)), expected)
    assert 0 <= verdict.likely <= 1
    assert 0 <= verdict.sound <= 1
    assert verdict.likely + verdict.sound <= 1 + 1e-9


def test_with_no_answers_a_choice_is_as_sound_as_it_was_before() -> None:
    verdict = judged(Choice("", tuple("abcd"), "a", ()), np.zeros(0), 0.7)
    assert verdict.sound == pytest.approx(0.93)
    parts = judged(Choice("x", tuple("abcd"), "a", ()), np.zeros(0), 0.7, parts=7)
    assert parts.sound == pytest.approx(0.99)


def test_ability_is_held_back_where_answers_are_few(bank: Items) -> None:
    many = abilities(group(bank, 20).earned)
    few = abilities(group(bank, 20).earned[:, :4])
    assert np.abs(few).max() < np.abs(many).max() < 3
    assert np.abs(abilities(np.ones((5, 6)))).max() == 0
    assert abilities(np.full((3, 4), math.nan)).tolist() == [[0.0] * 4] * 3


def test_guesses_move_with_the_class_and_keep_their_order() -> None:
    guesses = np.linspace(0.3, 0.9, 12)
    moved = meant(np.full(12, 0.8), guesses)
    assert moved.mean() == pytest.approx(0.8, abs=1e-6)
    assert (np.diff(moved) > 0).all()
    assert meant(np.full(3, 0.9), np.full(3, 0.5)) == pytest.approx(np.full(3, 0.5))


def test_a_correlation_of_minus_one_half_over_fifteen_is_chance_one_time_in_thirty() -> None:
    # artanh 0.5 · √12 = 1.903
    assert chance_of_negative(-0.5, 15) == pytest.approx(0.0285, abs=0.0005)
    assert chance_of_negative(math.nan, 15) == chance_of_negative(-0.9, 3) == 1


def test_choices_of_every_kind_know_their_key_and_what_was_chosen(items: Items) -> None:
    for name, count in {"single": 1, "true_false": 2, "matching": 3, "sort": 4}.items():
        item = items[f"2.2.i.{name}"]
        found = choices_of(item, [item.solution("en"), ()], np.array([1.0, np.nan]))
        assert len(found) == count, name
        assert all(one.chosen == (one.key, None) for one in found)
        assert all(one.key in one.options for one in found)
    multiple = items["2.2.i.multiple"]
    some = choices_of(multiple, [multiple.solution("en")[:1]], np.array([0.5]))
    assert [one.chosen[0] == one.key for one in some].count(False) == 2  # of a, c and e
    assert choices_of(items["2.2.i.ordering"], [()], np.array([1.0])) == ()


def test_numbers_typed_are_the_options_of_a_numeric_item(items: Items) -> None:
    typed: list[tuple[str, ...]] = [("87,216",), ("8.7 万",), ("９４８００",), ()]
    (one,) = choices_of(items["2.2.i.numeric"], typed, np.array([1.0, 0.0, 0.0, np.nan]))
    assert one.options == ("=", "87000", "94800")
    assert one.chosen == ("=", "87000", "94800", None)


def test_a_wrong_key_is_told_in_words_in_both_languages(bank: Items) -> None:
    suspect = about(group(bank, 12, a="bbbbbbbcadab"), bank)
    assert why(suspect, bank[BAD], "en") == (
        f"Of 12 people 8 chose “option b”, 2 gave the key; of the {suspect.best} best on other "
        f"items {suspect.best_chose} did so, {suspect.best_keyed} gave the key."
    )
    assert "12 人作答，8 人选「选项b」，2 人按标准答案" in why(suspect, bank[BAD], "zh")
    assert mend(suspect, bank[BAD], "en").startswith("Check the key against 2.2.trade;")


def test_a_kind_of_item_has_words_for_what_was_chosen(items: Items) -> None:
    from salestrain.training.statistics.words import choosing  # noqa: PLC0415 (used here alone)

    assert choosing(items["2.2.i.sort"], "bid", "no", "en") == "put “card bid” with “doesn't”"
    assert choosing(items["2.2.i.true_false"], "", "true", "zh") == "判「对」"
    assert choosing(items["2.2.i.numeric"], "", "87000", "en") == "answered 87000"
    multiple = made("multiple", options=options(a=True, b=False, c=True))
    assert choosing(multiple, "b", "+", "en") == "took “option b”"
    assert choosing(multiple, "a", "–", "zh") == "没勾「option a（中）」"
