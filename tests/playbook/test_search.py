from __future__ import annotations

import pytest

from salestrain.language import Language
from salestrain.playbook.search import Hit, Indexes, Passage, build_index, index_of, search
from salestrain.playbook.whole import Playbook


@pytest.fixture(scope="module")
def index(playbook: Playbook) -> Indexes:
    return build_index(playbook)


def marked(hit: Hit) -> list[str]:
    return [text for text, is_hit in hit.excerpt if is_hit]


@pytest.mark.parametrize(
    ("query", "language", "cite", "hits"),
    [
        ("停滞", "zh", "2.2.stalled", ["停滞"]),
        ("stalled", "en", "2.2.stalled", ["stalled"]),
        ("Stall", "en", "2.2.stalled", ["stalled"]),
        ("荧光帽", "zh", "D-20.cap_months", ["荧光帽"]),
        ("帽", "zh", "D-20.cap_months", ["帽"]),
        ("sensor caps", "en", "D-20.cap_months", ["sensor", "cap"]),
        ("Ｄ－２０ 价格", "zh", "D-20.price", ["价格"]),
        ("市场份额", "zh", "3.1.market_share", ["市场"]),
        ("how the figure could be gamed", "en", "3.1", ["gamed"]),
    ],
)
def test_a_query_finds_what_it_names_first(
    index: Indexes, query: str, language: Language, cite: str, hits: list[str]
) -> None:
    found = search(index, query, language)
    assert cite in {hit.cite for hit in found[:3]}, found[:3]
    best = next(hit for hit in found if hit.cite == cite)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert {*hits} <= {*marked(best)}, best


def test_a_page_is_found_by_the_part_that_says_it(index: Indexes) -> None:
    hits = [hit for hit in search(index, "折扣审批", "zh") if hit.cite == "2.2"]
    assert hits[0].title == "报价谈判"
    assert marked(hits[0])
    assert len("".join(text for text, _ in hits[0].excerpt)) <= 142
    assert not any(sign in text for text, _ in hits[0].excerpt for sign in "*|`#")


def test_only_the_readers_language_is_searched(index: Indexes) -> None:
    assert search(index, "停滞", "en") == ()
    assert search(index, "customer", "zh") == ()


@pytest.mark.parametrize("query", ["", "   ", "!?", "(", "量子纠缠", "xylophone"])
def test_what_is_nowhere_finds_nothing(index: Indexes, query: str) -> None:
    assert search(index, query, "zh") == search(index, query, "en") == ()


def test_small_words_count_only_by_themselves(index: Indexes) -> None:
    with_small = search(index, "the price of it", "en", limit=50)
    alone = search(index, "price", "en", limit=50)
    assert [hit.cite for hit in with_small] == [hit.cite for hit in alone]
    assert search(index, "the", "en")


def test_all_that_was_sought_comes_before_much_of_one_word() -> None:
    passages = (
        Passage("a", "en", "", "price price price price"),
        Passage("b", "en", "", "a price that a director set"),
        Passage("c", "en", "", "nothing of the kind"),
    )
    assert [hit.cite for hit in search(index_of(passages), "director price", "en")] == ["b", "a"]
    assert [hit.cite for hit in search(index_of(passages), "director price", "en", limit=1)] == [
        "b"
    ]


def test_a_word_said_seldom_counts_for_more() -> None:
    often = [Passage(f"o{number}", "en", "", "visit the plant") for number in range(6)]
    index = index_of(
        [Passage("a", "en", "", "visit visit"), Passage("b", "en", "", "warranty"), *often]
    )
    assert search(index, "visit warranty", "en")[0].cite == "b"


@pytest.mark.parametrize("slip", ["discuont", "discont", "disccount"])
def test_a_slip_of_typing_is_forgiven_and_counts_for_less(slip: str) -> None:
    index = index_of([Passage("a", "en", "", "a discount"), Passage("b", "en", "", "a visit")])
    (meant,) = search(index, slip, "en")
    (right,) = search(index, "discount", "en")
    assert (meant.cite, right.cite) == ("a", "a")
    assert meant.score < right.score
    assert search(index, "zzscount", "en") == ()


def test_an_excerpt_begins_near_the_hit_with_a_whole_word() -> None:
    text = "word " * 40 + "needle " + "after " * 60
    (hit,) = search(index_of([Passage("a", "en", "t", text)]), "needle", "en")
    parts = [part for part, _ in hit.excerpt]
    assert parts[0].startswith("…word ")
    assert len(parts[0]) <= 26
    assert parts[1] == "needle"
    assert parts[-1].endswith("…")
