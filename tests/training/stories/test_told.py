"""A story of the playbook: its title, its faults, and the way somebody has come through it."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

import pytest

from salestrain.errors import ContentError, Place
from salestrain.playbook.stories import StoryFile
from salestrain.training.stories.ink import NEEDS
from salestrain.training.stories.told import Said, Told, followed, story_faults, told

INK = (Path(__file__).parent / "talk.ink.json").read_text("utf-8")
DOOR = ":: Start\nWho?\n[[Me->In]]\n[[Nobody->Out]]\n:: In\nCome.\n[[Go->Out]]\n:: Out\nBye.\n"


def file(name: str, text: str) -> StoryFile:
    stem = name.removesuffix(".twee").removesuffix(".ink.json")
    return StoryFile(stem, Place(PurePath(name)), text)


def way(one: Told, *said: Said) -> list[str] | None:
    stages = followed(one.source, said)
    return [stage.text for stage in stages] if stages else None


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("door.twee", f":: StoryTitle\nThe door\n{DOOR}", "The door"),
        ("door.zh.twee", DOOR, "door"),
        ("talk.ink.json", INK, "talk"),
        ("talk.ink.json", INK.replace('"^客户"', '"^Title: 嫌贵"', 1), "嫌贵"),
    ],
)
def test_a_story_has_the_title_it_gives_itself_else_its_files(
    name: str, text: str, title: str
) -> None:
    assert told(file(name, text)).title == title


def test_a_story_is_in_the_language_of_its_file_else_of_its_words() -> None:
    assert told(file("door.zh.twee", DOOR)).language == "zh"
    assert told(file("door.twee", DOOR)).language == "en"
    assert told(file("talk.ink.json", INK)).language == "zh"


def test_the_way_is_told_stage_by_stage() -> None:
    one = told(file("door.twee", DOOR))
    assert way(one) == ["Who?"]
    assert way(one, Said(1, "Me"), Said(1, "Go")) == ["Who?", "Come.", "Bye."]


@pytest.mark.parametrize(
    "said", [Said(2, "Me"), Said(99, "Me"), Said(0, "Me"), Said(-1, "Me"), Said(1, "Me")]
)
def test_a_choice_is_known_by_its_words_wherever_it_stands(said: Said) -> None:
    assert way(told(file("door.twee", DOOR)), said) == ["Who?", "Come."]


def test_of_two_choices_in_the_same_words_the_number_says_which() -> None:
    one = told(file("door.twee", DOOR.replace("Nobody", "Me")))
    assert way(one, Said(2, "Me")) == ["Who?", "Bye."]
    assert way(one, Said(1, "Me")) == ["Who?", "Come."]


def test_words_that_are_no_longer_offered_lead_nowhere() -> None:
    one = told(file("door.twee", DOOR))
    assert way(one, Said(1, "You")) is None
    assert way(one, Said(2, "Nobody"), Said(1, "Go")) is None


def test_chance_is_drawn_anew_for_each_seed_and_twine_has_none() -> None:
    one, door = told(file("talk.ink.json", INK)), told(file("door.twee", DOOR))
    texts = {
        stages[-1].text
        for seed in ("00", "01", "ffffffffff", "86e865e54d")
        if (stages := followed(one.drawn(seed), [Said(2, "今天天气不错。")]))
    }
    assert len(texts) > 1
    assert door.drawn("01") is door.source


def test_faults_of_a_file_are_all_named() -> None:
    one = file("door.twee", DOOR.replace("->In", "->Inn"))
    assert [str(fault).partition(";")[0] for fault in story_faults(one)] == [
        "door.twee:3: a link leads to 'Inn', no passage of the story",
        "door.twee:5: no link leads to passage 'In'",
    ]
    assert story_faults(file("door.twee", DOOR)) == ()


def test_a_fault_further_on_in_ink_is_found_by_looking() -> None:
    ends = '"\\n","end",null],"global'
    one = file("talk.ink.json", INK.replace(ends, '"\\n",null],"global'))
    assert told(one).title == "talk"
    found = [str(fault) for fault in story_faults(one)]
    assert found[0].startswith("talk.ink.json: after the choices 1, 2: ")


def test_without_the_extra_an_ink_story_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "bink.story", None)
    one = file("talk.ink.json", INK.replace("天气", "风景"))
    with pytest.raises(ContentError) as raised:
        told(one)
    assert str(raised.value) == f"talk.ink.json: {NEEDS}"
    assert [str(fault) for fault in story_faults(one)] == [f"talk.ink.json: {NEEDS}"]
