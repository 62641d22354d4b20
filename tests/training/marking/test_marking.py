"""What an answer earns, worked out by hand; and what is no answer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.language import Language
from salestrain.playbook.items import Item
from salestrain.training.marking import WAYS, Mark, NotAnAnswer, mark
from salestrain.training.marking.numbers import read_number
from tests.training.conftest import item, options

Items = dict[str, Item]


def told(given: Mark) -> list[str]:
    return [text.en for text in given.feedback]


def verdicts(given: Mark) -> dict[str, str]:
    return {part.id: part.verdict for part in given.parts}


def test_a_single_choice_is_right_or_wrong_and_tells_what_was_chosen(items: Items) -> None:
    right, wrong = (mark(items["2.2.i.single"], [chosen]) for chosen in "ba")
    assert (right.earned, right.right, told(right)) == (1.0, True, ["about b"])
    assert (wrong.earned, wrong.right, told(wrong)) == (0.0, False, ["about a"])
    assert verdicts(wrong) == {"a": "wrong", "b": "missed", "c": "rest"}


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [
        ("ace", 1),
        ("ac", 2 / 3),
        ("acb", 1 / 3),  # two right, one wrong, of three
        ("abcde", 1 / 3),  # all chosen: 3 - 2 of 3
        ("ab", 0),
        ("bd", 0),  # never below 0
        ("b", 0),
    ],
)
def test_several_choices_earn_right_less_wrong_of_the_right_ones(
    items: Items, chosen: str, earned: float
) -> None:
    given = mark(items["2.2.i.multiple"], list(chosen))
    assert given.earned == pytest.approx(earned)
    assert given.right is (earned == 1)


def test_several_choices_are_judged_one_by_one(items: Items) -> None:
    given = mark(items["2.2.i.multiple"], ["e", "b"])
    assert verdicts(given) == {
        "a": "missed",
        "b": "wrong",
        "c": "missed",
        "d": "rest",
        "e": "right",
    }
    assert told(given) == ["about b", "about e"]


@pytest.mark.parametrize(
    ("order", "earned", "feedback"),
    [
        ("ask sum trade confirm", 1, []),
        ("sum ask trade confirm", 1 / 3, ["summed before asking"]),
        ("ask trade sum confirm", 0, ["traded before summing"]),
        ("confirm ask sum trade", 2 / 3, []),
        ("confirm trade sum ask", 0, ["summed before asking", "traded before summing"]),
    ],
)
def test_an_order_earns_a_share_for_each_pair_that_follows_on(
    items: Items, order: str, earned: float, feedback: list[str]
) -> None:
    given = mark(items["2.2.i.ordering"], order.split())
    assert given.earned == pytest.approx(earned)
    assert told(given) == feedback


def test_each_step_of_an_order_knows_where_it_was_put(items: Items) -> None:
    given = mark(items["2.2.i.ordering"], ["sum", "ask", "trade", "confirm"])
    assert [(part.id, part.verdict, part.place) for part in given.parts] == [
        ("ask", "wrong", 2),
        ("sum", "wrong", 1),
        ("trade", "wrong", 3),  # it should follow sum
        ("confirm", "right", 4),
    ]


@given(order=st.permutations(["ask", "sum", "trade", "confirm"]))
def test_the_steps_marked_right_are_those_that_earned(items: Items, order: list[str]) -> None:
    judged = mark(items["2.2.i.ordering"], order)
    right = [part.verdict == "right" for part in judged.parts]
    assert judged.earned == pytest.approx(sum(right[1:]) / 3)
    assert right[0] is right[1]  # the first stands where the second follows it


def test_an_order_can_be_marked_as_a_whole(items: Items) -> None:
    whole = items["2.2.i.ordering"].model_copy(update={"scoring": "all"})
    swapped = mark(whole, ["sum", "ask", "trade", "confirm"])
    assert swapped.earned == 0
    assert [part.verdict for part in swapped.parts] == ["wrong", "wrong", "right", "right"]
    assert mark(whole, ["ask", "sum", "trade", "confirm"]).earned == 1


@pytest.mark.parametrize(
    ("answer", "earned", "says"),
    [
        (["false", "step"], 1, ["about step"]),
        (["step", "false"], 1, ["about step"]),  # whichever field comes first
        (["false", "calls"], 0.5, ["about calls"]),
        (["true", "step"], 0, ["it is false", "about step"]),
        (["true", "calls"], 0, ["it is false", "about calls"]),
    ],
)
def test_a_statement_counts_half_and_its_reason_the_other_half(
    items: Items, answer: list[str], earned: float, says: list[str]
) -> None:
    given = mark(items["2.2.i.true_false"], answer)
    assert (given.earned, told(given)) == (earned, says)


@pytest.mark.parametrize(
    ("answer", "earned", "says"),
    [
        (["pure=E", "tank=D", "filter=T"], 1, []),
        (["filter=T", "pure=P", "tank=D"], 2 / 3, ["not in pure water"]),
        (["pure=D", "tank=D", "filter=D"], 1 / 3, []),  # one right by saying the same each time
    ],
)
def test_pairs_earn_a_share_for_each_line(
    items: Items, answer: list[str], earned: float, says: list[str]
) -> None:
    given = mark(items["2.2.i.matching"], answer)
    assert given.earned == pytest.approx(earned)
    assert told(given) == says
    assert {part.id: part.given for part in given.parts} == dict(each.split("=") for each in answer)


@pytest.mark.parametrize(
    ("classes", "earned", "says"),
    [
        ("no yes yes no", 1, []),
        ("yes yes yes no", 0.5, ["about call"]),  # 3 right less 1 wrong, of 4
        ("yes yes yes yes", 0, ["about call", "about plant"]),  # all in one class: a guess
        ("yes no no yes", 0, ["about call", "about bid", "about visit", "about plant"]),
    ],
)
def test_cards_earn_what_guessing_would_not(
    items: Items, classes: str, earned: float, says: list[str]
) -> None:
    cards = zip(("call", "bid", "visit", "plant"), classes.split(), strict=True)
    given = mark(items["2.2.i.sort"], ["=".join(pair) for pair in cards])
    assert (given.earned, told(given)) == (earned, says)


@pytest.mark.parametrize(
    ("cells", "earned", "verdicts_", "says"),
    [
        (["1:amount", "3:account"], 1, ["right", "right"], []),
        (["1:amount"], 0.5, ["right", "missed"], ["no account"]),
        (
            ["1:amount", "3:account", "2:amount"],
            0.5,
            ["right", "wrong", "right"],
            ["just right"],
        ),
        (["2:account"], 0, ["missed", "wrong", "missed"], ["too little", "no account"]),
    ],
)
def test_cells_marked_in_vain_cancel_faults_found(
    items: Items, cells: list[str], earned: float, verdicts_: list[str], says: list[str]
) -> None:
    given = mark(items["2.2.i.find_mistake"], cells)
    assert (given.earned, [part.verdict for part in given.parts]) == (earned, verdicts_)
    assert told(given) == says


@pytest.mark.parametrize(
    ("words", "earned", "found"),
    [
        ("Wang shows us the bed on 23 September", 1, ["right", "right", "rest"]),
        ("王工  ９ 月 23 日带看", 1, ["right", "right", "rest"]),  # widths and spaces don't matter
        ("WANG, soon", 1 / 3, ["right", "missed", "rest"]),
        ("Great talk, Wang, 23 Sept", 2 / 3, ["right", "right", "wrong"]),
        ("Great talk", 0, ["missed", "missed", "wrong"]),  # never below 0
    ],
)
def test_words_earn_what_their_rubric_finds(
    items: Items, words: str, earned: float, found: list[str]
) -> None:
    given = mark(items["2.2.i.short_answer"], [words])
    assert given.earned == pytest.approx(earned)
    assert [part.verdict for part in given.parts] == found


def test_too_many_words_are_told_with_their_number(items: Items) -> None:
    with pytest.raises(NotAnAnswer, match="That is 13 words; 12 at most"):
        mark(items["2.2.i.short_answer"], ["word " * 13])
    with pytest.raises(NotAnAnswer) as caught:
        mark(items["2.2.i.short_answer"], ["字" * 31])
    assert caught.value.text.zh == "写了 31 字，最多 30 字，删短一点"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_solution_of_every_kind_earns_everything(items: Items, language: Language) -> None:
    assert {type(each) for each in items.values()} == set(WAYS)
    for each in items.values():
        assert mark(each, each.solution(language)).earned == 1, each.id


@pytest.mark.parametrize(
    ("typed", "earned", "feedback"),
    [
        ("87216", 1, []),
        ("87,217", 1, []),
        ("８７，２１５ 元", 1, []),
        ("87217.01", 0, ["total times 0.92"]),
        ("94,800", 0, ["forgot the discount"]),
        ("94801", 0, ["forgot the discount"]),
        ("−87216", 0, ["total times 0.92"]),
    ],
)
def test_a_number_counts_within_its_tolerance(
    items: Items, typed: str, earned: float, feedback: list[str]
) -> None:
    given = mark(items["2.2.i.numeric"], [typed])
    assert (given.earned, told(given)) == (earned, feedback)


def test_a_relative_tolerance_is_a_share_of_the_key() -> None:
    asked = item(
        "numeric",
        key={"value": -0.3, "unit": "d", "tolerance": {"relative": 0.1}},
        feedback_other={"zh": "再算", "en": "again"},
    )
    earned = [mark(asked, [typed]).earned for typed in ("-0.33", "-0.27", "-0.331", "0.3")]
    assert earned == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("kind", "answer", "says"),
    [
        ("single", [], "Choose one"),
        ("single", ["a", "b"], "Choose one"),
        ("single", ["z"], "no such option"),
        ("single", [""], "no such option"),
        ("multiple", [], "Choose at least one"),
        ("multiple", ["a", "a"], "no such option"),
        ("multiple", ["a", "<script>"], "no such option"),
        ("ordering", [], "Place every step"),
        ("ordering", ["ask", "sum", "trade"], "Place every step"),
        ("true_false", ["true"], "true or false"),
        ("true_false", ["true", "false", "step"], "true or false"),
        ("true_false", ["step", "calls"], "true or false"),
        ("true_false", ["true", "z"], "no such option"),
        ("matching", ["pure=E", "tank=D"], "every line"),
        ("matching", ["pure=E", "tank=D", "filter=Z"], "every line"),
        ("matching", ["pure=E", "pure=E", "filter=T"], "every line"),
        ("sort", ["call=no", "bid=", "visit=yes", "plant=no"], "every line"),
        ("sort", ["call", "bid", "visit", "plant"], "every line"),
        ("find_mistake", [], "at least one cell"),
        ("find_mistake", ["4:amount"], "no such option"),
        ("find_mistake", ["1:amount", "1:amount"], "no such option"),
        ("short_answer", ["  "], "a sentence"),
        ("short_answer", ["Wang", "23 September"], "a sentence"),
        ("ordering", ["ask", "sum", "trade", "trade"], "Place every step"),
        ("ordering", ["ask", "sum", "trade", "confirm", "confirm"], "Place every step"),
        ("numeric", [], "Write one number"),
        ("numeric", ["1", "2"], "Write one number"),
        ("numeric", ["eighty"], "Write one number"),
    ],
)
def test_what_is_no_answer_is_refused_and_says_what_would_be(
    items: Items, kind: str, answer: list[str], says: str
) -> None:
    with pytest.raises(NotAnAnswer, match=re.escape(says)) as refused:
        mark(items[f"2.2.i.{kind}"], answer)
    assert refused.value.text.zh


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("87216", 87216),
        (" 87 216 ", 87216),
        ("８７，２１６", 87216),
        ("¥87,216", 87216),
        ("-¥3", -3),
        ("－3.5", -3.5),
        ("8.72万", 87200),
        ("8.72 万元", 87200),
        ("１２ｋ", 12000),
        ("1.5M", 1.5e6),
        ("2亿", 2e8),
        ("12%", 0.12),
        ("14 天", 14),
        ("14 days", 14),
        ("0.5", 0.5),
        ("007", 7),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: float) -> None:
    assert read_number(typed) == pytest.approx(number)


def test_percent_is_the_number_itself_where_percent_is_asked_for() -> None:
    assert (read_number("12%", "%"), read_number("12", "%")) == (12, 12)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "万",
        "-",
        "1,23",
        "0,123",
        "1.2.3",
        "1e9",
        "nan",
        "inf",
        "12 or 13",
        "十二",
        "5m",
        "1" * 16,
        "٣٤x",
        "--3",
    ],
)
def test_what_could_mean_anything_is_no_number(typed: str) -> None:
    assert read_number(typed) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(typed: str) -> None:
    number = read_number(typed)
    assert number is None or abs(number) < 1e24


@settings(deadline=None)
@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)))
def test_what_is_written_with_separators_reads_the_same(value: float) -> None:
    assert read_number(f"{value:,.2f}") == pytest.approx(value)


@settings(deadline=None)
@given(st.data())
def test_no_answer_earns_less_than_nothing_or_more_than_all(data: st.DataObject) -> None:
    keys = data.draw(
        st.lists(st.booleans(), min_size=3, max_size=8).filter(lambda k: len(set(k)) == 2)
    )
    asked = item("multiple", options=options(**{f"o{n}": key for n, key in enumerate(keys)}))
    ids = [f"o{n}" for n in range(len(keys))]
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    given = mark(asked, chosen)
    assert 0 <= given.earned <= 1
    assert given.right is ({*chosen} == {each for each, key in zip(ids, keys, strict=True) if key})
