"""Twee is read as a plain choice story; whatever makes it another story is named at its line."""

from __future__ import annotations

import json
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.errors import ContentError, Place
from salestrain.training.stories.markup import links_of, macros, said
from salestrain.training.stories.story import Line, Story, replayed
from salestrain.training.stories.twee import TweeSource, read_twee
from salestrain.training.talks.play import NotOffered

FILE = Place(PurePath("talk.twee"))
TALK = """\
:: StoryTitle
客户嫌贵

:: StoryData
{"ifid": "7F0C2B1E-0D5B-4E0B-9C36-6C3D0B7C7A11", "format": "Harlowe", "start": "开场"}

:: 开场 [客户] {"position":"100,100","size":"100,100"}
<!-- 先问，
别急着降价 -->
“太贵了。” /* 语气平静 */
\\:: 他看着你。

* [[您主要担心哪一块？->追问]]
* [[退场<-那算了。]]
你也可以[[打个折|退场]]。

:: 追问
预算只剩八万。
[[退场]]

:: 退场
客户走了。

:: looks [stylesheet]
<<< body { color: red }

:: notes [Twine.private]
(set: $x to 1)
"""
PLAIN = "only text and links are imported: write it with passages and links, or tell it in Ink"


def read(text: str) -> TweeSource:
    return read_twee(text, FILE)


def faults(text: str) -> list[str]:
    with pytest.raises(ContentError) as raised:
        read(text)
    return str(raised.value).split("\n")


def test_a_talk_is_played_from_its_start_to_an_end() -> None:
    source = read(TALK)
    story = source.begin()
    assert source.title == "客户嫌贵"
    assert story.lines[0] == Line("“太贵了。”", ("客户",))
    assert story.text == "“太贵了。”\n:: 他看着你。\n你也可以打个折。"
    assert story.choices == ("您主要担心哪一块？", "那算了。", "打个折")
    asked = story.choose(1)
    assert (asked.text, asked.choices, asked.ended) == ("预算只剩八万。", ("退场",), False)
    assert asked.choose(1).text == "客户走了。"
    assert asked.choose(1).ended


def test_choices_made_lead_back_to_where_they_led() -> None:
    source = read(TALK)
    assert replayed(source) == source.begin()
    assert replayed(source, [1, 1]) == source.begin().choose(1).choose(1)
    assert replayed(source, [1, 2]) is None
    assert replayed(source, [1, 1, 1]) is None


@pytest.mark.parametrize(
    ("made", "number", "message"),
    [
        ([], 0, "choice 0 is not offered; choose 1 to 3"),
        ([], 4, "choice 4 is not offered; choose 1 to 3"),
        ([2], 1, "choice 1 is not offered; the story is over"),
    ],
)
def test_a_choice_that_is_not_offered_is_refused(
    made: list[int], number: int, message: str
) -> None:
    story = replayed(read(TALK), made)
    assert story is not None
    with pytest.raises(NotOffered) as raised:
        story.choose(number)
    assert str(raised.value) == message


FAULTY = """\
once upon a time
:: StoryData
{"start": "Opning"}
:: Opening
“Too dear.”
[[Ask why->Wy]]
[[->Why]]
[[Leave
:: Why
<<if $asked>>Because.<<else>>(set: $asked to true)
:: Why
Because.
:: Draft
:: Code [script]
alert(1)
:: [tag]
"""


def test_all_faults_of_a_file_are_reported_at_once() -> None:
    assert faults(FAULTY) == [
        (
            "talk.twee:1: 'once upon a time' stands before the first passage; "
            "write ':: ' and a name above it"
        ),
        "talk.twee:2: the story starts at 'Opning', no passage of it; did you mean 'Opening'?",
        "talk.twee:6: a link leads to 'Wy', no passage of the story; did you mean 'Why'?",
        (
            "talk.twee:7: a link of passage 'Opening' lacks its text or its passage; "
            "write [[text->passage]]"
        ),
        (
            "talk.twee:8: a link is opened and not closed: '[[Leave'; close it on the same line "
            "with ]]"
        ),
        "talk.twee:10: passage 'Why' uses macros of a story format: <<if>>, <<else>>, (set:); "
        + PLAIN,
        "talk.twee:11: passage 'Why' stands twice, first in line 9; rename one of them",
        "talk.twee:13: passage 'Draft' says nothing; write what is said",
        f"talk.twee:14: passage 'Code' is a script; {PLAIN}",
        (
            "talk.twee:16: no header of a passage: ':: [tag]'; write ':: name [tags]', with a "
            "backslash before brackets that belong to the name"
        ),
    ]


def test_a_passage_that_no_way_leads_to_is_named_where_its_part_begins() -> None:
    apart = ":: Start\nHello.\n:: A\n[[Start]]\n:: B\n[[A]]\n:: X\n[[Y]]\n:: Y\n[[X]]\n"
    assert faults(apart) == [
        "talk.twee:5: no link leads to passage 'B'; link to it as [[text->B]], or take it out",
        (
            "talk.twee:7: no way leads from the start to passage 'X'; "
            "link to it as [[text->X]], or take it out"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "",
            (
                "talk.twee: the story has no start; call a passage 'Start', "
                'or name the first one as "start" in StoryData'
            ),
        ),
        (
            ':: StoryData\n{"zoom":\n}\n:: Start\nHi.',
            "talk.twee:3: StoryData is not JSON: Expecting value; mend it, or export it anew",
        ),
        (
            ":: StoryData\n[1]\n:: Start\nHi.",
            (
                "talk.twee:1: StoryData is no object of names and values; "
                'write it like {"start": "name of a passage"}'
            ),
        ),
        (
            ':: StoryData\n{"start": 3}\n:: Start\nHi.',
            "talk.twee:1: the story starts at 3, no passage of it; use one of: Start",
        ),
    ],
)
def test_a_story_with_no_good_start_is_refused(text: str, fault: str) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("line", "story_format", "names"),
    [
        ('<<link "Go">><</link>>', "", ["<<link>>", "<<link>>"]),
        ("(link-goto: 'Go', 'There')", "", ["(link-goto:)"]),
        ("Dear {{customer.name}}", "", ["{{customer.name}}"]),
        ("<% s.asked = true %>", "", ["<% %>"]),
        ("[img[price.png]]", "", ["[img[]]"]),
        ("[[Ask->Why][$asked to true]]", "", ["[[…][$asked to true]]"]),
        ("[if asked]", "", ["[if]"]),
        ("(note: without VAT)", "", []),
        ("(note: without VAT)", "Harlowe", ["(note:)"]),
        ("a {sum} of it", "", []),
        ("a {sum} of it", "Chapbook", ["{sum}"]),
        ("1 << 2, [sic], （注：不含税）, 《条款》, $5", "Harlowe", []),
    ],
)
def test_macros_are_known_by_name(line: str, story_format: str, names: list[str]) -> None:
    assert [*macros(line, story_format)] == names


@pytest.mark.parametrize(
    ("written", "text", "target"),
    [
        ("[[Why]]", "Why", "Why"),
        ("[[ Ask -> Why ]]", "Ask", "Why"),
        ("[[Why<-Ask]]", "Ask", "Why"),
        ("[[Ask|Why]]", "Ask", "Why"),
        ("[[a->b->c]]", "a->b", "c"),
        ("[[a<-b<-c]]", "b<-c", "a"),
        ("[[价格|条款->报价]]", "价格|条款", "报价"),
    ],
)
def test_links_are_read_in_all_their_forms(written: str, text: str, target: str) -> None:
    assert links_of(written) == [(text, target)]
    assert said(f"Or {written}!") == f"Or {text}!"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end: str) -> None:
    text = "\ufeff:: Start\n<!-- a\nb -->Hi\u2028there.\n[[Nowhere]]\n".replace("\n", end)
    assert faults(text) == [
        "talk.twee:4: a link leads to 'Nowhere', no passage of the story; use one of: Start"
    ]


NAMES = st.text(st.sampled_from("ab[]{}\\ 价::"), min_size=1, max_size=6).map(str.strip)
WORDS = st.text(st.sampled_from("hello 你好，。?"), min_size=1).map(str.strip).filter(bool)
LINKED = st.text(st.sampled_from("ab价:{} "), min_size=1, max_size=4).map(str.strip).filter(bool)


def header(name: str) -> str:
    return ":: " + "".join("\\" + sign if sign in "\\[]{}" else sign for sign in name)


@given(NAMES.filter(bool), st.lists(NAMES.filter(lambda tag: tag and " " not in tag)))
def test_a_name_and_its_tags_come_back_from_their_escapes(name: str, tags: list[str]) -> None:
    written = " ".join(header(tag)[3:] for tag in tags)
    start = json.dumps({"start": name})
    source = read(f":: StoryData\n{start}\n{header(name)} [{written}]\nHi.\n")
    assert source.start == name
    assert source.passages[name].tags == tuple(tags)


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, tuple[str, list[str]]]:
    """Passages by name: what each says, and where its links lead."""
    names = draw(st.lists(LINKED, min_size=1, max_size=6, unique=True))
    targets = st.lists(st.sampled_from(names), max_size=3)
    return {name: (draw(WORDS), draw(targets)) for name in names}


def reachable(graph: dict[str, tuple[str, list[str]]], start: str) -> set[str]:
    found: set[str] = set()
    while (more := {start, *(to for one in found for to in graph[one][1])}) != found:
        found = more
    return found


@given(graphs(), st.lists(st.integers(1, 3), max_size=6))
def test_a_story_is_read_as_it_was_written_and_all_of_it_can_be_reached(
    graph: dict[str, tuple[str, list[str]]], choices: list[int]
) -> None:
    start = next(iter(graph))
    text = f':: StoryData\n{{"start": "{start}"}}\n'
    for name, (words, targets) in graph.items():
        links = "".join(f"[[to {to}->{to}]]\n" for to in targets)
        text += f"{header(name)}\n{words}\n{links}"
    if reachable(graph, start) != set(graph):
        assert all("leads" in fault for fault in faults(text))
        return
    here = start
    story: Story = read(text).begin()
    for number in choices:
        words, targets = graph[here]
        assert (story.text, story.choices) == (words, tuple(f"to {to}" for to in targets))
        if number > len(story.choices):
            break
        here, story = targets[number - 1], story.choose(number)
