"""What a new hire asks, in their own words: the right section comes first."""

from __future__ import annotations

import pytest

from salestrain.language import Language
from salestrain.playbook.search import Indexes, build_index, search
from salestrain.playbook.whole import Playbook

QUESTIONS = [
    ("zh", "什么时候算停滞？", "2.2"),
    ("zh", "谁负责投诉回访？", "5.2"),
    ("zh", "打折最多打几折", "2.2"),
    ("zh", "线索多久要回", "2.1"),
    ("zh", "提成怎么算", "3.3"),
    ("zh", "晚交货怎么办", "2.3"),
    ("zh", "手机丢了怎么办", "6.3"),
    ("zh", "周会谁参加", "1.3"),
    ("zh", "转正前要做到什么", "4.1"),
    ("zh", "什么样的客户算大客户", "5.1"),
    ("zh", "D-20 多少钱", "D-20.price"),
    ("zh", "荧光帽多久换", "D-20.cap_months"),
    ("en", "how much is a D-20", "D-20.price"),
    ("en", "when is a deal stalled?", "2.2"),
    ("en", "how big a discount may I give", "2.2"),
    ("en", "how is my commission worked out", "3.3"),
    ("en", "the delivery will be late", "2.3"),
    ("en", "which customers are large", "5.1"),
    ("en", "I lost my phone", "6.3"),
    ("en", "who comes to the weekly meeting", "1.3"),
    ("en", "may I export customer data", "6.2"),
]
NEAR = [
    ("en", "how fast do I answer a new lead", "2.1"),
]


@pytest.fixture(scope="module")
def index(playbook: Playbook) -> Indexes:
    return build_index(playbook)


@pytest.mark.parametrize(("language", "asked", "section"), QUESTIONS)
def test_the_right_section_comes_first(
    index: Indexes, language: Language, asked: str, section: str
) -> None:
    found = search(index, asked, language)
    assert found
    assert found[0].cite.startswith(section), [hit.cite for hit in found[:3]]


@pytest.mark.parametrize(("language", "asked", "section"), NEAR)
def test_where_two_sections_speak_of_it_both_are_at_the_top(
    index: Indexes, language: Language, asked: str, section: str
) -> None:
    found = search(index, asked, language)[:3]
    assert any(hit.cite.startswith(section) for hit in found), [hit.cite for hit in found]
