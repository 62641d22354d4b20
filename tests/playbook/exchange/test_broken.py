"""Broken files of other systems: each fault with its line and a way to mend it."""
# ruff: noqa: E501 (files and faults as they are)

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from salestrain.playbook.exchange.formats import Heard, read_files

MC = '<question type="multichoice"><name><text>q</text></name><questiontext format="html"><text>Q?</text></questiontext>'
RIGHT = '<answer fraction="100"><text>yes</text></answer>'
WRONG = '<answer fraction="0"><text>no</text></answer>'


def brought(files: list[Path]) -> Heard:
    return read_files(files, None, lambda cell, _: str(cell))


def moodle(inside: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>\n{head}<quiz>\n{inside}\n</quiz>\n'


def qti(body: str, declared: str = "", more: str = "", head: str = "") -> str:
    key = declared or (
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">'
        "<correctResponse><value>a</value></correctResponse></responseDeclaration>"
    )
    return (
        f'<?xml version="1.0"?>\n{head}<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" '
        f'identifier="q1" title="q" adaptive="false" timeDependent="false">\n{key}\n'
        f"<itemBody>\n{body}\n</itemBody>\n{more}</assessmentItem>"
    )


CHOICES = (
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Q?</prompt>'
    '<simpleChoice identifier="a">A</simpleChoice><simpleChoice identifier="b">B</simpleChoice>'
    "</choiceInteraction>"
)
GIFT = {
    "unclosed": "::a::Why?{\n=yes\n~no\n\n::b::How?{=x ~y}\n",
    "never opened": "Why? =yes ~no }\n",
    "no answers": "Just a text.\n",
    "no right answer": "Why?{\n~yes\n~no\n}\n",
    "typed answer": "Capital?{=Beijing =Peking}\n",
    "weight": "Why?{~%150%yes ~no}\n",
    "no number": "How many?{#about 5}\n",
    "pair without partner": "Match{\n=one -> 1\n=two ->\n}\n",
    "nothing before the sign": "Why?{yes =no ~maybe}\n",
    "code": "Why?{=yes#<script>alert(1)</script> ~no}\n",
    "handler": '[html]<p onclick\\="x()">Why?</p>{=yes ~no}\n',
    "picture": '[html]Look <img src\\="a.png">{=yes ~no}\n',
    "two braces": "Why?{=yes ~no}\nHow?{=yes ~no}\n",
    "asks nothing": "::name::{=yes ~no}\n",
}
JSON = {
    "not json": '[\n{"question": "Q?", "type": "multiple_choice",\n "answers": [}]\n',
    "no list": '{"question": "Q?"}',
    "unknown type": '[\n{"question": "Q?", "type": "essay", "answers": []}]',
    "typed": '[{"question": "Q?", "type": "string", "answers": []}]',
    "code": '[{"question": "Q?", "type": "multiple_choice", "code": "x", "answers": [{"answer": "a", "correct": true}]}]',
    "script": '[{"question": "<script>x</script>Q?", "type": "multiple_choice", "answers": [{"answer": "a", "correct": true}]}]',
    "correct": '[{"question": "Q?", "type": "multiple_choice", "answers": [{"answer": "a", "correct": "yes"}]}]',
    "nan": '[{"question": "Q?", "type": "numeric", "answers": [{"value": NaN, "correct": true}]}]',
    "twice": '[{"question": "Q?", "question": "R?", "type": "numeric", "answers": []}]',
    "range": '[{"question": "Q?", "type": "numeric", "answers": [{"range": [3, "x"], "correct": true}]}]',
    "backwards": '[{"question": "Q?", "type": "numeric", "answers": [{"range": [3, 1], "correct": true}]}]',
    "deep": "[" * 100_000,
    "no answers": '[{"question": "Q?", "type": "many_choice"}]',
    "javascript": '[{"question": "<a href=\\"javascript:x()\\">Q</a>", "type": "many_choice", "answers": [{"answer": "a", "correct": true}]}]',
}
MOODLE = {
    "not xml": moodle('<question type="multichoice">'),
    "entity": moodle("", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n'),
    "bomb": moodle("&a;", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'),
    "other root": "<html><body/></html>",
    "unknown type": moodle('<question type="cloze"><name><text>q</text></name></question>'),
    "typed": moodle(
        '<question type="shortanswer"><questiontext><text>Q?</text></questiontext></question>'
    ),
    "script": moodle(
        f"{MC}{RIGHT}{WRONG}<generalfeedback format='html'><text><![CDATA[\n<script>x</script>]]></text></generalfeedback></question>"
    ),
    "file": moodle(
        MC.replace(
            "</questiontext>", '<file name="a.png" encoding="base64">AAAA</file></questiontext>'
        )
        + RIGHT
        + "</question>"
    ),
    "fraction": moodle(f'{MC}{RIGHT}<answer fraction="lots"><text>x</text></answer></question>'),
    "none right": moodle(f"{MC}{WRONG}{WRONG}</question>"),
    "number": moodle(
        '<question type="numerical"><questiontext><text>Q?</text></questiontext>\n<answer fraction="100"><text>five</text></answer></question>'
    ),
    "partner": moodle(
        '<question type="matching"><questiontext><text>Q?</text></questiontext>\n<subquestion><text>a</text></subquestion></question>'
    ),
    "verdict": moodle(
        '<question type="truefalse"><questiontext><text>Q?</text></questiontext><answer fraction="100"><text>maybe</text></answer></question>'
    ),
    "deep": "<quiz>" + "<a>" * 100 + "</a>" * 100 + "</quiz>",
    "twice": moodle(f"{MC}{RIGHT}{WRONG}</question>\n{MC}{RIGHT}{WRONG}</question>"),
    "iframe": moodle(
        f"{MC.replace('Q?', '<![CDATA[<iframe src=x></iframe>]]>')}{RIGHT}</question>"
    ),
}
QTI = {
    "entity": qti(CHOICES, head='<!DOCTYPE x SYSTEM "http://x/y.dtd">\n'),
    "operator": qti(
        CHOICES,
        more='<responseProcessing><setOutcomeValue identifier="S">\n<customOperator class="x"/></setOutcomeValue></responseProcessing>',
    ),
    "custom": qti('<customInteraction responseIdentifier="RESPONSE"/>'),
    "graphic": qti('<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"/>'),
    "include": qti(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>' + CHOICES
    ),
    "two": qti(CHOICES + CHOICES),
    "nothing": qti("<p>Hello</p>"),
    "no key": qti(
        CHOICES,
        declared='<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"/>',
    ),
    "typed": qti(
        '<p>Q <textEntryInteraction responseIdentifier="RESPONSE"/></p>',
        declared='<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>',
    ),
    "script": qti("<p><script>x</script></p>" + CHOICES),
    "handler": qti('<p onclick="x">Q</p>' + CHOICES),
    "object": qti('<p><object data="x.swf" type="x"/></p>' + CHOICES),
    "order": qti(
        '<orderInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="a">A</simpleChoice><simpleChoice identifier="b">B</simpleChoice></orderInteraction>'
    ),
    "stylesheet": qti(
        CHOICES, declared=" ", more='<stylesheet href="http://x/y.css" type="text/css"/>'
    ),
    "test": '<assessmentTest identifier="t"/>',
}

GIFT_FAULTS = {
    "unclosed": [
        "1: the answers' { is never closed; write { before the answers and } behind, no blank line between",
    ],
    "never opened": [
        "1: a } closes nothing; write { before the answers and } behind, no blank line between",
    ],
    "no answers": [
        "1: a question without answers in { }; add them, or remove the text",
    ],
    "no right answer": [
        "1: no answer is right; write = before the right one",
    ],
    "typed answer": [
        "1: an answer typed word for word; make it a choice by adding `~wrong` answers, or an essay: {}",
    ],
    "weight": [
        "1: a weight of 150 %; write -100 to 100",
    ],
    "no number": [
        "1: 'about 5' is no number; write 5, 5:0.1 (within 0.1) or 4..6 (a range)",
    ],
    "pair without partner": [
        "3: '=two ->' is no pair; write `=one -> other`",
    ],
    "nothing before the sign": [
        "1: 'yes' is no answer; begin each answer with = or ~",
    ],
    "code": [
        "1: code: <script>; remove it; items hold no code",
    ],
    "handler": [
        "1: code: onclick= in <p>; remove it; items hold no code",
    ],
    "picture": [
        "1: <img>: items hold no pictures or sound; say it in words, or a table",
    ],
    "two braces": [
        "1: a second { or } in one question; leave a blank line between questions, or write \\{ and \\}",
    ],
    "asks nothing": [
        "1: a question that asks nothing; write its text before the {",
    ],
}
JSON_FAULTS = {
    "not json": [
        "3: not JSON: Expecting value; mend the comma, quote or bracket there",
    ],
    "no list": [
        "1: no list of questions; begin it with [",
    ],
    "unknown type": [
        "2: question type 'essay' is none of ours; use one of multiple_choice, many_choice, numeric",
    ],
    "typed": [
        "1: an answer typed word for word (string); make it a choice",
    ],
    "code": [
        "1: 'code', which items have no place for; say it in the question's words, or take it out",
    ],
    "script": [
        "1: code: <script>; remove it; items hold no code",
    ],
    "correct": [
        "1: 'correct' is yes; write true or false",
    ],
    "nan": [
        "1: NaN is no number; write each key once, and numbers in figures",
    ],
    "twice": [
        "1: key 'question' comes twice in a question; write each key once, and numbers in figures",
    ],
    "range": [
        "1: [3, 'x'] is no number or range; write figures, the lower first",
    ],
    "backwards": [
        "1: [3, 1] is no range; write the lower number first",
    ],
    "deep": [
        "1: nested too deep; close its brackets",
    ],
    "no answers": [
        '1: a question without answers; write a list of "answers"',
    ],
    "javascript": [
        "1: code or a local file: href='javascript:x()'; link to a web address",
    ],
}
MOODLE_FAULTS = {
    "not xml": [
        "4: not XML: mismatched tag; export it again, or mend the tag",
    ],
    "entity": [
        "2: a DTD or an entity, which could read other files; remove the lines with <!DOCTYPE and <!ENTITY",
    ],
    "bomb": [
        "2: a DTD or an entity, which could read other files; remove the lines with <!DOCTYPE and <!ENTITY",
    ],
    "other root": [
        "1: <html> is no question; name a package, or a file with an assessmentItem",
    ],
    "unknown type": [
        "3: question type 'cloze' is none of ours; turn it into one of multichoice, truefalse, numerical, matching, ordering, essay, shortanswer, or remove it",
    ],
    "typed": [
        "3: an answer typed word for word (shortanswer); make it a choice (multichoice) or an essay",
    ],
    "script": [
        "3: code: <script>; remove it; items hold no code",
    ],
    "file": [
        "3: a file, 'a.png'; items hold no pictures or sound; say it in words",
    ],
    "fraction": [
        "3: fraction 'lots'; write a number from -100 to 100",
    ],
    "none right": [
        '3: no answer is right; write fraction="100" at the right one',
    ],
    "number": [
        "4: 'five' within '0' is no number; write figures, such as 4.5",
    ],
    "partner": [
        "4: a line without a partner; write its <answer>",
    ],
    "verdict": [
        "3: 'maybe' is no verdict; write true or false",
    ],
    "deep": [
        "1: nested deeper than 60; split the file, or close its tags",
    ],
    "twice": [
        "4: q comes twice, first on line 3; keep one of them",
    ],
    "iframe": [
        "3: code: <iframe>; remove it; items hold no code",
    ],
}
QTI_FAULTS = {
    "entity": [
        "2: a DTD or an entity, which could read other files; remove the lines with <!DOCTYPE and <!ENTITY",
    ],
    "operator": [
        "8: code: <customOperator>; take it out; items hold no code and read no other files",
    ],
    "custom": [
        "5: code: <customInteraction>; take it out; items hold no code and read no other files",
    ],
    "graphic": [
        "5: <hotspotInteraction> is none of our kinds; turn it into one of choiceInteraction, orderInteraction, matchInteraction, textEntryInteraction, extendedTextInteraction, hottextInteraction, or remove it",
    ],
    "include": [
        "5: code: <include>; take it out; items hold no code and read no other files",
    ],
    "two": [
        "2: 2 places to answer; make each a question of its own",
    ],
    "nothing": [
        "2: nothing to answer; make each a question of its own",
    ],
    "no key": [
        "2: no answer is right; write its correctResponse",
    ],
    "typed": [
        "5: an answer typed word for word; make it a choice, or an extendedTextInteraction",
    ],
    "script": [
        "5: code: <script>; take it out; items hold no code and read no other files",
    ],
    "handler": [
        "5: code: onclick= in <p>; remove it; items hold no code",
    ],
    "object": [
        "5: code: <object>; remove it; items hold no code",
    ],
    "order": [
        "4: a question that asks nothing; write its text",
        "2: the right order names other steps; name each once",
    ],
    "stylesheet": [
        "7: code: <stylesheet>; take it out; items hold no code and read no other files",
    ],
    "test": [
        "1: <assessmentTest> is no question; name a package, or a file with an assessmentItem",
    ],
}
CASES = [
    pytest.param(ending, text, faults[name], id=f"{form} {name}")
    for form, ending, texts, faults in (
        ("gift", ".gift", GIFT, GIFT_FAULTS),
        ("jupyterquiz", ".json", JSON, JSON_FAULTS),
        ("moodle", ".xml", MOODLE, MOODLE_FAULTS),
        ("qti", ".xml", QTI, QTI_FAULTS),
    )
    for name, text in texts.items()
]


@pytest.mark.parametrize(("ending", "text", "faults"), CASES)
def test_a_broken_file_is_told_by_line_and_how_to_mend_it(
    ending: str, text: str, faults: list[str], tmp_path: Path
) -> None:
    file = tmp_path / f"bad{ending}"
    file.write_text(text, "utf-8")
    told = brought([file]).faults
    assert [str(each) for each in told] == [f"{file}:{each}" for each in faults]


def test_there_are_five_or_more_broken_files_of_each_format() -> None:
    assert min(map(len, (GIFT, JSON, MOODLE, QTI))) >= 14
    assert len(CASES) + len(PACKAGES) >= 60


def package(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


MANIFEST = (
    "<manifest><resources>\n"
    '<resource identifier="r" type="imsqti_item_xmlv2p1" href="{}"/></resources></manifest>'
)
LISTED = {"imsmanifest.xml": MANIFEST.format("a.xml")}
PACKAGES = {
    "no zip": (b"PK nothing", "bad.zip: this is no package: File is not a zip file"),
    "no manifest": (package(**{"a.xml": qti(CHOICES)}), "the package has no imsmanifest.xml"),
    "leads out": (
        package(**LISTED, **{"../../etc/x.xml": "<a/>"}),
        "bad.zip: the package holds '../../etc/x.xml', outside itself",
    ),
    "absolute": (package(**{"/etc/x.xml": "<a/>"}), "holds '/etc/x.xml', outside itself"),
    "bomb": (
        package(**LISTED, **{"a.xml": " " * 65_000_000}),
        "the package unpacks to 2 files of 65 MB; split it; at most 5000 files of 64 MB",
    ),
    "lacks a file": (
        package(**LISTED),
        "imsmanifest.xml:2: the package lists 'a.xml' and does not hold it",
    ),
    "item broken": (package(**LISTED, **{"a.xml": "<a>"}), "bad.zip/a.xml:1: not XML"),
    "dtd within": (
        package(**LISTED, **{"a.xml": qti(CHOICES, head="<!DOCTYPE x>\n")}),
        "bad.zip/a.xml:2: a DTD or an entity",
    ),
    "code within": (
        package(**LISTED, **{"a.xml": qti("<p><script>x</script></p>" + CHOICES)}),
        "bad.zip/a.xml:5: code: <script>",
    ),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_that_is_broken_or_an_attack_is_refused(name: str, tmp_path: Path) -> None:
    data, fault = PACKAGES[name]
    file = tmp_path / "bad.zip"
    file.write_bytes(data)
    heard = brought([file])
    assert heard.items == []
    assert fault in str(heard.faults[0])


def test_one_fault_does_not_hide_the_next(tmp_path: Path) -> None:
    file = tmp_path / "bad.gift"
    file.write_text("\n\n".join((GIFT["weight"], GIFT["no number"], GIFT["code"])), "utf-8")
    lines = [each.place.line for each in brought([file]).faults]
    assert lines == [1, 4, 7]


def test_what_is_no_text_and_what_is_too_large_are_refused(tmp_path: Path) -> None:
    binary, large = tmp_path / "bad.gift", tmp_path / "large.xml"
    binary.write_bytes(b"Why?{\n=\xff ~no}")
    large.write_bytes(b" " * 16_000_001)
    told = [str(each) for each in brought([binary, large, tmp_path / "gone.json"]).faults]
    assert told == [
        f"{binary}:2: not UTF-8: byte 0xff; save it as UTF-8",
        f"{large}: has 16.0 MB; split it into files of at most 16 MB",
        f"{tmp_path / 'gone.json'}: can't be read: No such file or directory; name a file",
    ]
