"""What is proposed and decided, folded; what a text lacks; working days; YAML to complete."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.language import Text
from salestrain.periods import Period
from salestrain.playbook.items import ItemsFile, Option
from salestrain.training.proposals.drafts import Draft, clean, fault, wanting, written_in
from salestrain.training.proposals.proposals import DECIDED, PROPOSED, Proposal, State, proposals
from salestrain.training.proposals.sharing import shared, working_days_after, working_days_between
from salestrain.training.proposals.skeleton import HEAD, NONE, Credited, skeletons
from salestrain.training.steps import Step

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)  # a Thursday
ITEM = Draft(
    "item", "4.3", "en", "", "How hot may it get?", "45 °C", ("50 °C", "60 °C"), why="P-20"
)
IMPROVEMENT = Draft("improvement", "2.2", "zh", "2.2.i.which_stage", why="两个选项一样")
LIN = Text("林晓雨", "Lin Xiaoyu")


def proposed(draft: Draft = ITEM, days: float = 0, **more: object) -> Step:
    return Step(PROPOSED, {**draft.data, **more}, NOW + timedelta(days=days))


def decided(of: str, verdict: str = "accepted", days: float = 1, **more: object) -> Step:
    return Step(DECIDED, {"of": of, "verdict": verdict, **more}, NOW + timedelta(days=days))


def item(**more: object) -> Draft:
    return Draft.of({**ITEM.data, **more})


def test_what_was_proposed_waits_until_it_is_decided() -> None:
    first, second = proposals({"lin": [proposed(), proposed(IMPROVEMENT, 1)]})
    assert (first.id, first.state, first.draft, first.texts) == ("lin/1", "open", ITEM, ITEM)
    assert (second.id, second.draft) == ("lin/2", IMPROVEMENT)


def test_an_accepted_one_holds_as_it_was_edited() -> None:
    edited = item(stem="How hot may a P-20 get?", because=["a", "b"], cites=["P-20.output"])
    decides = decided("lin/1", note="Thanks", edited=edited.data)
    (one,) = proposals({"lin": [proposed()], "shen": [decides]})
    assert (one.state, one.decided_by, one.note) == ("accepted", "shen", "Thanks")
    assert (one.draft, one.texts, one.decided_at) == (ITEM, edited, NOW + timedelta(days=1))


def test_the_first_decision_stands_and_one_on_nothing_is_passed_over() -> None:
    threads = {
        "he": [decided("lin/1", "rejected", 3), decided("nobody/7"), decided("he/1")],
        "shen": [decided("lin/1", "returned", 2)],
        "lin": [proposed()],
    }
    (one,) = proposals(threads)
    assert (one.state, one.decided_by) == ("returned", "shen")


def test_a_revised_one_takes_the_place_of_what_was_sent_back() -> None:
    lin = [proposed(), proposed(days=2), proposed(days=3, revises=1), proposed(days=4, revises=2)]
    found = proposals({"lin": lin, "shen": [decided("lin/1", "returned")]})
    assert [one.state for one in found] == ["revised", "open", "open", "open"]


@given(st.permutations(["lin", "tang", "shen", "he"]))
@settings(max_examples=10)
def test_whose_steps_are_read_first_does_not_matter(order: list[str]) -> None:
    threads = {
        "lin": [proposed(days=1), proposed(days=3, revises=1)],
        "tang": [proposed(days=1), proposed(IMPROVEMENT)],
        "shen": [decided("lin/1", "returned", 2), decided("tang/1", "rejected", 2)],
        "he": [decided("lin/1", "accepted", 2), decided("tang/2")],
    }
    found = proposals({who: threads[who] for who in order})
    assert found == proposals(threads)
    assert [one.id for one in found] == ["tang/2", "lin/1", "tang/1", "lin/2"]
    assert {one.id: one.decided_by for one in found}["lin/1"] == "he"  # at the same moment


def test_a_draft_comes_back_from_its_step_as_it_was() -> None:
    assert Draft.of(ITEM.data) == ITEM
    assert "because" not in ITEM.data
    assert Draft.of({**ITEM.data, "revises": 3}) == ITEM


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        (ITEM, None),
        (IMPROVEMENT, None),
        (item(stem=""), "Write what the customer asked"),
        (item(key=""), "Write the right answer"),
        (item(distractors=[]), "Write at least one answer people wrongly give"),
        (item(distractors=list("abcd")), None),
        (item(distractors=list("abcde")), "4 wrong answers at most; keep those most often given"),
        (item(distractors=["A", "a"]), "Two answers are the same; change one"),
        (item(distractors=["45 °c"]), "Two answers are the same; change one"),
        (item(stem="x" * 500), None),
        (item(stem="x" * 501), "The question is too long; 500 characters at most"),
        (item(distractors=["x" * 301]), "A wrong answer is too long; 300 characters at most"),
        (item(why="x" * 1001), "What you say of it is too long; 1000 characters at most"),
        (Draft("improvement", "2.2", "en", "i"), "Say in a sentence what is wrong"),
    ],
)
def test_what_keeps_a_text_from_being_handed_in(draft: Draft, says: str | None) -> None:
    found = fault(draft)
    assert (found and found.en) == says
    assert found is None or found.zh


def test_an_accepted_item_cites_says_why_and_was_worked_by_two() -> None:
    def lacks(**more: object) -> str:
        return (wanting(item(**more), ("林晓雨", "Lin Xiaoyu"), 2) or Text("", "")).en

    whole: dict[str, object] = {
        "cites": ["4.3.exam"],
        "because": ["a", "b"],
        "solvers": ["Wu", "Xu"],
    }
    names = "Let 2 people who had no part in it work it with the book open, and name them"
    assert not lacks(**whole)
    assert lacks() == "Name the product fact or rule that this question rests on"
    assert lacks(**{**whole, "because": ["a"]}) == "Say of each wrong answer where it goes wrong"
    assert (
        lacks(**{**whole, "because": ["a", ""]}) == "Say of each wrong answer where it goes wrong"
    )
    assert lacks(**{**whole, "solvers": ["Wu", "wu"]}) == names
    assert lacks(**{**whole, "solvers": ["Wu", "lin xiaoyu"]}) == names
    assert wanting(IMPROVEMENT, (), 2) is None
    assert wanting(item(**{**whole, "solvers": []}), (), 0) is None


@given(st.text(), st.booleans())
@settings(max_examples=60)
def test_a_cleaned_text_has_nothing_that_nobody_sees(text: str, lines: bool) -> None:
    found = clean(text, lines=lines)
    assert clean(found, lines=lines) == found
    assert all(sign.isprintable() or (lines and sign == "\n") for sign in found)
    assert found.strip() == found


def test_a_text_is_cleaned_line_by_line() -> None:
    text = " a\x00 \u202e b\r\n\u200b\n\t c "
    assert clean(text) == "a b\nc"
    assert clean(text, lines=False) == "a b c"
    assert (written_in("P-20 几度？"), written_in("P-20?")) == ("zh", "en")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-26", 5, "2026-12-03"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),  # a Saturday
        ("2026-11-26", 0, "2026-11-26"),
    ],
)
def test_working_days_by_hand(start: str, count: int, end: str) -> None:
    assert working_days_after(date.fromisoformat(start), count) == date.fromisoformat(end)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
@settings(max_examples=60)
def test_so_many_working_days_later_so_many_lie_between(start: date, count: int) -> None:
    assert working_days_between(start, working_days_after(start, count)) == count


def test_what_was_shared_in_a_quarter() -> None:
    lin = [proposed(days=-80), proposed(days=-2), proposed(days=-1), proposed(days=40)]
    shen = [decided("lin/2", days=5), decided("lin/3", "rejected", days=0), decided("lin/1")]
    every = proposals({"lin": lin, "tang": [proposed()], "shen": shen})
    found = shared(every, Period.parse("2026-Q4"), UTC)
    assert (found.handed_in, found.taken, found.authors) == (3, 1, frozenset({"lin", "tang"}))
    assert found.working_days == 3  # the median of 5 and 1
    assert shared((), Period.parse("2026-Q4"), UTC).working_days is None


def credited(draft: Draft, state: State = "accepted", author: str = "R20") -> Credited:
    return Credited(Proposal(author, 3, draft, NOW, state), LIN, "2026-11-26")


def completed(text: str) -> str:
    return text.replace(': ""', ": x").replace("cites: []", "cites: [4.3.exam]")


def test_a_completed_skeleton_is_a_file_of_items() -> None:
    text = skeletons([credited(item(because=["a", "b"], cites=["4.3.exam", "P-20.output"]))])
    assert text.count("missing\n") == 8  # in Chinese the stem, 3 options, 3 reasons; the key's too
    file = ItemsFile.model_validate(yaml.safe_load(completed(text)))
    (found,) = file.items
    assert (file.section, found.id) == ("4.3", "4.3.i.proposal_r20_3")
    assert (found.stem.en, found.by, found.cites) == (ITEM.stem, LIN, ("4.3.exam", "P-20.output"))
    assert found.solution("en") == ("right",)
    assert [(one.en, one.feedback.en) for one in found.chosen_from if isinstance(one, Option)] == [
        ("45 °C", "x"), ("50 °C", "a"), ("60 °C", "b")
    ]  # fmt: skip


def test_what_a_skeleton_lacks_stands_where_it_is_missing() -> None:
    text = skeletons([credited(item(distractors=["50 °C"]))])
    assert "    cites: []  # 缺 · missing\n" in text
    assert "missing: one more wrong answer that people give" in text
    assert '      zh: ""  # 缺 · missing\n      en: "How hot may it get?"\n' in text


def test_improvements_are_comments_and_nothing_is_said_to_be_nothing() -> None:
    text = skeletons([credited(IMPROVEMENT)])
    assert text.endswith(
        '# "2.2.i.which_stage": "两个选项一样" (林晓雨 · Lin Xiaoyu, 2026-11-26)\n'
    )
    assert yaml.safe_load(text) is None
    assert skeletons([]) == HEAD + NONE


def test_each_section_is_a_document_of_its_own() -> None:
    every = [credited(ITEM), credited(item(section="2.2")), credited(IMPROVEMENT)]
    documents = list(yaml.safe_load_all(skeletons(every)))
    assert [one["section"] for one in documents] == ["2.2", "4.3"]


NASTY = st.one_of(
    st.text(min_size=1),
    st.sampled_from(
        ['"', "'\n- id: x", "# x", "a: b\n  - c", "{{4.3.exam}}", "\\", "a\u2028key: true"]
    ),
)


@given(NASTY, NASTY, NASTY)
@settings(max_examples=60)
def test_no_text_breaks_out_of_its_place(stem: str, wrong: str, why: str) -> None:
    draft = item(stem=stem, distractors=[wrong], why=why)
    odd = credited(draft, author=f"{why}\n  - id: y")
    (found,) = yaml.safe_load(skeletons([odd]))["items"]
    assert found["stem"]["en"] == clean(stem)
    assert [one["en"] for one in found["options"]] == ["45 °C", clean(wrong)]
    note = Draft("improvement", "2.2", "en", stem, why=why)
    assert yaml.safe_load(skeletons([credited(note)])) is None
