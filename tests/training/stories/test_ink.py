"""Compiled Ink is told as it was written, and repeated by its choices; no story takes us down."""

from __future__ import annotations

import json
import sys
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.errors import ContentError, Place, UsageError
from salestrain.training.stories.ink import InkStory, read_ink
from salestrain.training.stories.story import Line, replayed
from salestrain.training.talks.play import NotOffered

TALK = (Path(__file__).parent / "talk.ink.json").read_text("utf-8")
FILE = Place(PurePath("talk.ink.json"))
EXPORT = "export it anew: in Inky with File, Export to JSON; or with inklecate -o"
MEND = "mend it in the ink, and compile it again"
ASK = "您主要担心哪一块？"


def compiled(*root: object, named: object = None, version: int = 21, **knots: object) -> str:
    """Return a story; ``named`` are the containers its choices lead to."""
    whole = [[*root, named], "done", knots]
    return json.dumps({"inkVersion": version, "root": whole, "listDefs": {}})


def fault(text: str, choices: tuple[int, ...] = ()) -> str:
    with pytest.raises(ContentError) as raised:
        replayed(read_ink(text, FILE), choices)
    return str(raised.value)


def told(choices: list[int], seed: int = 0) -> InkStory:
    story = replayed(read_ink(TALK, FILE, seed), choices)
    assert isinstance(story, InkStory)
    return story


def test_a_talk_is_played_from_its_start_to_an_end() -> None:
    story = read_ink("\ufeff" + TALK, FILE).begin()
    assert story.lines == (Line("这个价格太贵了。", ("客户",)),)
    assert story.choices == (ASK, "今天天气不错。")
    asked = story.choose(1)
    assert asked.lines == (Line(ASK, ("销售",)), Line("今年的预算只剩八万了。", ("客户",)))
    assert asked.choices == ("今天天气不错。", "先做一期，明年再扩。")
    closed = asked.choose(2)
    assert (closed.text, closed.choices, closed.ended) == ("好，发合同吧。", (), True)


def test_what_was_told_stays_as_it_was() -> None:
    story = told([])
    assert story.choose(1).choose(1) == told([1, 1])
    assert story.choose(2) == told([2])
    assert story == told([])


@given(st.lists(st.integers(1, 3), max_size=5), st.integers(0, 2**31 - 1))
def test_the_same_choices_and_seed_tell_the_same_story(choices: list[int], seed: int) -> None:
    first, again = (replayed(read_ink(TALK, Place(PurePath(name)), seed), choices) for name in "ab")
    assert (first is None) == (again is None)
    if first and again:
        assert (first.lines, first.choices) == (again.lines, again.choices)


def test_what_was_told_once_is_not_told_anew() -> None:
    assert told([1, 2]) is told([1, 2])


def test_chance_depends_on_the_seed() -> None:
    assert len({told([2], seed).text for seed in range(20)}) > 10


def test_choices_that_are_not_offered_are_refused() -> None:
    assert replayed(read_ink(TALK, FILE), [3]) is None
    with pytest.raises(NotOffered) as raised:
        told([1]).choose(3)
    assert str(raised.value) == "choice 3 is not offered; choose 1 to 2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-> opening", f"talk.ink.json:1: no compiled Ink story: Expecting value; {EXPORT}"),
        (
            "{\n1}",
            (
                "talk.ink.json:2: no compiled Ink story: Expecting property name enclosed in "
                f"double quotes; {EXPORT}"
            ),
        ),
        ("[]", f"talk.ink.json: no compiled Ink story: it has no 'root'; {EXPORT}"),
        ("[" * 100_000, f"talk.ink.json: nested too deep for an Ink story; {EXPORT}"),
        (
            compiled("^hi", version=99),
            (
                "talk.ink.json: bink can't read it: Error parsing JSON: Version of ink used to "
                f"build story was newer than the current version of the engine; {EXPORT}"
            ),
        ),
        (
            compiled("ev", 2**31, "out", {"x()": "price"}, {"x()": "vat"}, "/ev", vat=[None]),
            (
                "talk.ink.json: external function 'price' is not there; "
                "give it a fallback in the ink: === function price(…)\n"
                "talk.ink.json: the number 2147483648 is beyond 32 bits; "
                "use -2147483648 to 2147483647"
            ),
        ),
    ],
)
def test_a_file_that_is_no_story_to_tell_is_refused(text: str, message: str) -> None:
    with pytest.raises(ContentError) as raised:
        read_ink(text, FILE)
    assert str(raised.value) == message


CHOICE = (
    "ev",
    "str",
    "^Go",
    "/str",
    "/ev",
    {"*": ".^.c-0", "flg": 20},
)


@pytest.mark.parametrize(
    ("after", "message"),
    [
        ([{"->": "round"}], "it goes round without saying anything"),
        ([{"->": "talk"}], "it says more than 500 lines and offers no choice"),
        (["ev", 1, 0, "/", "out", "/ev"], "bink breaks off: it may divide by zero there"),
        (["^b", "\n"], "ran out of content. Do you need a '-> DONE' or '-> END'?"),
    ],
)
def test_a_story_that_goes_wrong_says_after_which_choices(
    after: list[object], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    talk = ["^again", "\n", {"->": "talk"}, None]
    named = {"c-0": [*after, None]}
    text = compiled("^a", "\n", *CHOICE, named=named, round=[{"->": "round"}, None], talk=talk)
    assert fault(text, (1,)) == f"talk.ink.json: after the choices 1: {message}; {MEND}"
    capfd.readouterr()  # what bink prints of a panic


def test_a_story_that_goes_wrong_at_once_says_so() -> None:
    message = f"talk.ink.json: at its beginning: it goes round without saying anything; {MEND}"
    assert fault(compiled({"->": "round"}, round=[{"->": "round"}, None])) == message


def test_five_hundred_lines_are_told_and_one_more_is_not() -> None:
    lines = ["^a", "\n"] * 500
    assert len(read_ink(compiled(*lines, "done"), FILE).begin().lines) == 500
    assert "more than 500 lines" in fault(compiled(*lines, "^b", "\n", "done"))


def test_a_tag_of_its_own_is_told() -> None:
    silent = read_ink(compiled("#", "^end", "/#", "done"), FILE).begin()
    assert silent.lines == (Line("", ("end",)),)


def test_an_external_function_is_told_by_its_fallback() -> None:
    double = [{"temp=": "x"}, "ev", {"VAR?": "x"}, 2, "*", "/ev", "~ret", None]
    call = ["^It is ", "ev", 3, {"x()": "price", "exArgs": 1}, "out", "/ev", "\n", "done"]
    assert read_ink(compiled(*call, price=double), FILE).begin().text == "It is 6"


def test_without_bink_one_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bink.story", None)
    with pytest.raises(UsageError) as raised:
        read_ink(TALK, FILE)
    assert (
        str(raised.value) == "Ink stories need bink; install it with pip install 'salestrain[ink]'"
    )
