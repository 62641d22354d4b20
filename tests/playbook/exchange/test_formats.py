"""How each format is written and read: by its own words, beside a parser that isn't ours."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.errors import ContentError, Place, UsageError
from salestrain.language import LANGUAGES, Language, Text
from salestrain.playbook.exchange import moodle
from salestrain.playbook.exchange.formats import FORMATS, Format, Heard, export, read_files
from salestrain.playbook.exchange.labels import read_labels
from salestrain.playbook.exchange.markup import as_html, heard
from salestrain.playbook.exchange.rubric import read_rubric, rubric_text
from salestrain.playbook.exchange.speech import Pen, language_in
from salestrain.playbook.items import Item, Multiple, Numeric, ShortAnswer
from tests.playbook.exchange.trips import ENDS, brought, put, sent, some, unforeseen
from tests.sample import sample_playbook

HERE = Path(__file__).parents[4] / "shared" / "data" / "jupyterquiz"


def text_of(form: Format, language: Language, items: list[Item] | None = None) -> str:
    (data,) = sent(form, items or some(), (language,)).files.values()
    return data.decode("utf-8")


def of_kind(kind: str) -> list[Item]:
    found: list[Item] = [item for item in some() if item.kind == kind and item.extract is None]
    return found[:1]


def read(tmp_path: Path, ending: str, text: str, language: Language | None = "en") -> Heard:
    file = tmp_path / f"in{ending}"
    file.write_text(text, "utf-8")
    return read_files([file], language, lambda cell, _: str(cell))


def test_gift_as_it_is_written() -> None:
    text = text_of("gift", "en", of_kind("single"))
    assert text.startswith("""// salestrain: en

$CATEGORY: 1.1

// [id:1.1.i.late_probe_call] [tag:role] [tag:delivery] [tag:kind:single] [tag:level:apply]\
 [tag:facility:0.6] [tag:cite:1.1.rep] [tag:cite:1.1.service] [tag:cite:2.3.bad_news_first]
::1.1.i.late_probe_call::[plain]Heting's probes will be three days late; Wang Zhiyuan in""")
    assert "\n\t=Wang Zhiyuan tells Zhou Min, who rings Wu Hai today#Right. Customer" in text
    assert "so it can be\\: " not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_parser_of_gift_reads_the_same(language: Language, tmp_path: Path) -> None:
    parser = pytest.importorskip("pygiftparser.parser", reason="pygiftparser is not installed")
    file = tmp_path / "bank.gift"
    # it knows no feedback for any other number, which Moodle does
    lines = [line for line in text_of("gift", language).split("\n") if not line.startswith("\t~#")]
    file.write_text("\n".join(lines), "utf-8")
    with file.open(encoding="utf-8") as opened:
        found = parser.parseFile(opened)
    assert [one.full for one in found if not one.valid] == []
    kinds = Counter(item.kind for item in some())
    assert len(found) == len(some()) + kinds["true_false"]
    by_set = Counter(type(one.answers).__name__ for one in found)
    matched = kinds["matching"] + kinds["sort"] + kinds["ordering"]
    assert by_set["MatchingSet"] == matched
    assert by_set["NumericAnswerSet"] == kinds["numeric"]
    assert by_set["TrueFalseSet"] == kinds["true_false"]


def test_gift_of_others_is_read_as_moodle_reads_it(tmp_path: Path) -> None:
    text = """// comment
$CATEGORY: tom/dick

::Q1:: 1 + 1 \\= 2{T#no, it is#yes}

What's between orange and green?{
=yellow # right; good!
~red # wrong \\#1
~%-50%blue}

How many?{#=3:0.5#near =%0%7:0.5#too many ~#no idea}

From to?{#1..5}

Two of {~%50%Mars ~%50%Venus ~%-100%Sun} are planets.

Say why.{}
"""
    heard = read(tmp_path, ".gift", text)
    assert heard.faults == []
    said = [each.plain for each in heard.items]
    assert [one["kind"] for one in said] == [
        "true_false", "single", "numeric", "numeric", "multiple", "short_answer",
    ]  # fmt: skip
    assert said[0] == {
        "id": "Q1", "kind": "true_false", "stem": {"en": "1 + 1 = 2"}, "key": True,
        "feedback": {"en": "no, it is"},
    }  # fmt: skip
    assert said[1]["options"][1] == {"id": "?2", "en": "red", "feedback": {"en": "wrong #1"}}
    assert said[2]["key"] == {"value": 3, "tolerance": {"absolute": 0.5}}
    assert said[2]["mistakes"] == [{"value": 7, "feedback": {"en": "too many"}}]
    assert said[2]["feedback_other"] == {"en": "no idea"}
    assert said[3]["key"] == {"value": 3, "tolerance": {"absolute": 2}}
    assert said[4]["stem"] == {"en": "Two of _____ are planets."}
    assert [option.get("key", False) for option in said[4]["options"]] == [True, True, False]


def test_moodle_weighs_several_right_options_as_we_do() -> None:
    (item,) = of_kind("multiple")
    assert isinstance(item, Multiple)
    text = text_of("moodle", "en", [item])
    right = sum(option.key for option in item.options)
    share = f"{100 / right:.5f}".rstrip("0").rstrip(".")
    assert text.count(f'fraction="{share}"') == right
    assert text.count(f'fraction="-{share}"') == len(item.options) - right
    assert "<single>false</single>" in text


def test_moodle_shows_a_reader_their_own_language() -> None:
    text = sent("moodle", of_kind("ordering")).files[""].decode("utf-8")
    assert '<question type="ordering">' in text
    assert "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>" in text
    assert '<span lang="zh" class="multilang">' in text
    assert text.count('lang="zh"') == text.count('lang="en"')
    pen = Pen(("zh", "en"), lambda cell, _: str(cell))
    assert pen.html({"zh": "CRM", "en": "CRM"}) == "CRM"


def test_moodle_of_others_loses_only_what_is_said(tmp_path: Path) -> None:
    text = """<quiz><question type="multichoice">
<name><text>Colours</text></name>
<questiontext format="html"><text><![CDATA[<p>Which <b>two</b>?</p><ul><li>a</li></ul>]]></text>
</questiontext><generalfeedback format="html"><text>Read on.</text></generalfeedback>
<single>true</single>
<answer fraction="100" format="html"><text><![CDATA[<p>red &amp; blue</p>]]></text></answer>
<answer fraction="50"><text>green</text><feedback><text>half</text></feedback></answer>
<correctfeedback><text>Yes!</text></correctfeedback><hint><text>Look</text></hint>
<tags><tag><text>colour</text></tag></tags></question></quiz>"""
    heard = read(tmp_path, ".xml", text)
    assert heard.faults == []
    (item,) = heard.items
    assert item.plain == {
        "id": "Colours", "kind": "single", "tags": ["colour"],
        "stem": {"en": "Which two?\n- a"},
        "options": [
            {"id": "?1", "en": "red & blue", "key": True},
            {"id": "?2", "en": "green", "feedback": {"en": "half"}},
        ],
    }  # fmt: skip
    assert {what.en for what in heard.left_out} == {
        "<b>", "general feedback", "feedback on the whole by outcome", "hints",
        "marks for partly right answers",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_jupyterquiz_keeps_its_own_schemas(language: Language) -> None:
    import jsonschema  # type: ignore[import-untyped]  # noqa: PLC0415 (2 s: it builds grammars)

    if not HERE.is_dir():
        pytest.skip("jupyterquiz's schemas are not on this machine (../shared/data)")
    names = {"numeric": "num_schema.json"}
    for question in json.loads(text_of("jupyterquiz", language)):
        name = names.get(question["type"], "mc_schema.json")
        jsonschema.validate(question, json.loads((HERE / name).read_text("utf-8")))


def test_the_questions_of_jupyterquiz_itself_come_in_or_say_why_not() -> None:
    if not HERE.is_dir():
        pytest.skip("jupyterquiz's questions are not on this machine (../shared/data)")
    heard = read_files([HERE / "questions.json"], None, lambda cell, _: str(cell))
    assert [each.plain["kind"] for each in heard.items] == [
        "multiple", "multiple", "single", "numeric", "numeric", "single",
    ]  # fmt: skip
    assert [(each.place.line, each.what) for each in heard.faults] == [
        (160, "'code', which items have no place for"),
        *[(192, "an answer that is code")] * 3,
    ]
    assert {what.en for what in heard.left_out} == {
        "in how many columns answers stand", "to how many digits answers are compared",
        "a second right number", "a range of wrong numbers", "what is told of the right number",
    }  # fmt: skip


def test_a_number_whose_data_hold_no_answer_is_left_out_and_named() -> None:
    item = next(item for item in some() if isinstance(item, Numeric) and item.key.query)
    lost = item.model_copy()
    lost.__dict__.pop("answer", None)

    def nothing(*_: object) -> float:
        raise ContentError([])

    lost.computed_by(nothing, tuple(item._queries.values()))
    made = export("gift", [lost], ("en",), sample_playbook().written)
    assert [(loss.fields, loss.how.en) for loss in made.losses] == [
        (("item",), "left out: these data hold no answer")
    ]


def test_a_file_of_no_known_ending_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_files([tmp_path / "a.docx"], None, lambda cell, _: str(cell))
    assert str(caught.value) == "a.docx ends in none of .gift, .txt, .xml, .zip, .json, .xlsx"
    assert set(moodle.READERS) >= {"multichoice", "ordering"}
    assert len(FORMATS) == 6


def test_a_rubric_reads_back() -> None:
    (item,) = of_kind("short_answer")
    assert isinstance(item, ShortAnswer)
    said = rubric_text(item.rubric)
    assert [(one["id"], one["marks"]) for one in read_rubric(said)] == [
        (line.id, line.marks) for line in item.rubric
    ]
    assert read_rubric({"en": "Be kind."}) == []


def test_labels_of_others_are_tags() -> None:
    assert read_labels(["hard", "topic: sales", "level:apply", "cite:", "kind:sort"], "single") == {
        "kind": "single",
        "tags": ["hard", "topic: sales", "cite:"],
        "level": "apply",
    }
    assert read_labels(["kind:sort"], "matching")["kind"] == "sort"


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Zl", "Zp"]), max_size=40))
def test_any_text_is_read_from_html_as_it_was(text: str) -> None:
    text = " ".join(text.split())
    assert heard(as_html(text), Place(PurePath("x"))).text == text


AWKWARD = st.text(st.sampled_from("ab =~#{}:\\%<>&\"'->[]|/@中文0"), min_size=1, max_size=20)


@settings(max_examples=12, deadline=None)
@given(AWKWARD, AWKWARD)
def test_awkward_signs_survive_every_format(one: str, other: str) -> None:
    said = [" ".join(each.split()) for each in (f"1{one}", f"2{other}", "third", "fourth")]
    (item,) = of_kind("single")
    changed = [
        option.model_copy(update={"zh": f"中 {each}", "en": each, "feedback": Text(each, each)})
        for option, each in zip(item.chosen_from, said, strict=True)
    ]
    stem = Text(f"问{said[0]}", f"Q{said[0]}")
    new = item.model_copy(update={"options": tuple(changed), "stem": stem})
    with TemporaryDirectory() as folder:
        for form in ENDS:
            made = sent(form, [new])
            assert unforeseen([new], made, brought(put(made, form, Path(folder)))) == [], form


def test_the_language_of_a_file_is_seen_from_its_letters() -> None:
    assert language_in("<p>哪一步</p><questiontext format='html'>") == "zh"
    assert language_in("// salestrain: en\n一二三四五六") == "en"
    assert language_in("哪一步先做？A 还是 B") == "zh"
    assert language_in("What does 客户 mean in this sentence of ours?") == "en"
    assert language_in('<span lang="zh" class="multilang">一</span>') is None
