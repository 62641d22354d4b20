"""A Twine story becomes a role-play that can be read, played, and finished by its author."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.errors import ContentError, Place
from salestrain.language import Language
from salestrain.playbook.crosscheck import scenario_faults
from salestrain.playbook.scenarios import Scenario
from salestrain.playbook.skeletons import begin_from
from salestrain.playbook.source import read_yaml
from salestrain.playbook.undecided import TO_TRANSLATE, left_in
from salestrain.playbook.validate import validated
from salestrain.training.stories.draft import drafted
from salestrain.training.stories.twee import read_twee
from salestrain.training.talks.play import begun, replayed
from salestrain.training.talks.turns import Said
from tests.sample import sample_playbook

SHOWN = PurePath("playbook/scenarios/door.yaml")
DOOR = """\
:: StoryTitle
The "door"

:: Start
Who is it?
Speak up: it's late.

[[Your name->Name]]
[[Nothing->Shut]]

:: Name
Come in.
[[Stay->Table]]
[[Nothing->Shut]]

:: Shut
The door closes.

:: Table
Tea?
"""


def text_of(twee: str, language: Language = "en") -> str:
    parts = drafted(read_twee(twee, Place(PurePath("door.twee"))), language, "greet")
    return begin_from(sample_playbook(), "2.2", "door", parts).text


def draft(twee: str, language: Language = "en") -> Scenario:
    scenario = validated(Scenario, read_yaml(text_of(twee, language), SHOWN))
    kinds = [kind.id for kind in sample_playbook().kinds_of_moves.kinds]
    assert [*scenario_faults(scenario, kinds)] == []
    return scenario


def faults(twee: str) -> list[str]:
    with pytest.raises(ContentError) as raised:
        text_of(twee)
    return str(raised.value).split("\n")


def test_passages_become_states_and_endings_and_links_what_is_said() -> None:
    one = draft(DOOR)
    assert (one.title.en, one.draft) == ('The "door"', True)
    assert [*one.states] == ["start", "name"]
    assert [(each.id, each.verdict) for each in one.endings] == [
        ("shut", "partial"),
        ("table", "partial"),
    ]
    assert [move.says.en for move in one.moves] == [("Your name",), ("Nothing",), ("Stay",)]
    assert one.opening.says.en == "Who is it? Speak up: it's late."
    play = replayed(one, [Said("Your name", ("your_name",)), Said("Stay", ("stay",))])
    assert play
    assert [turn.answer.en for turn in play.turns] == ["Come in.", "Tea?"]
    assert play.ends == "table"


def test_the_model_answer_goes_to_the_ending_written_first_in_few_words() -> None:
    assert [turn.move for turn in draft(DOOR).model_answer] == ["nothing"]
    far = DOOR.replace(":: Shut\nThe door closes.\n\n", "") + "\n:: Shut\nThe door closes.\n"
    assert [turn.move for turn in draft(far).model_answer] == ["your_name", "stay"]


def test_the_other_language_waits_for_its_translation() -> None:
    one = draft(":: Start\n太贵了。\n还有别家？\n[[为什么？->End]]\n:: End\n再说。\n", "zh")
    assert one.opening.says.zh == "太贵了。还有别家？"
    assert one.opening.says.en == f"{TO_TRANSLATE}太贵了。还有别家？"
    assert one.moves[0].says.en == (f"{TO_TRANSLATE}为什么？",)
    assert [*one.states] == ["start"]
    assert one.endings[0].zh == "End"


def test_a_talk_takes_as_many_turns_as_its_longest_way() -> None:
    assert (draft(DOOR).max_turns, draft(DOOR).max_turns_ends) == (3, "shut")
    steps = [f":: P{n}\nHm {n}.\n[[On {n}->P{n + 1}]]\n" for n in range(7)]
    long = "".join(steps) + ":: P7\nEnd.\n"
    assert draft(long.replace(":: P0", ":: Start")).max_turns == 7


@pytest.mark.parametrize(
    ("twee", "most"),
    [
        (DOOR.replace("Tea?", "Tea?\n[[Out again->Start]]"), 9),
        (":: Start\nHm.\n[[Hm?->Start]]\n", 5),
        (
            ":: Start\nHm.\n[[On->P1]]\n"
            + "".join(f":: P{n}\nHm.\n[[On->P{n + 1}]]\n" for n in range(1, 50))
            + ":: P50\nEnd.\n",
            40,
        ),
    ],
)
def test_a_talk_that_goes_on_and_on_is_ended_by_its_turns(twee: str, most: int) -> None:
    one = draft(twee)
    assert (one.max_turns, one.max_turns_ends) == (most, "out_of_turns")
    assert one.endings[-1].id == "out_of_turns"
    assert begun(one).choices(0, "en")


def test_what_is_left_to_decide_is_named_with_its_line() -> None:
    text = text_of(DOOR)
    lines, left = text.split("\n"), [*left_in(text, SHOWN)]
    said = {one.what.en: lines[one.place.line - 1] for one in left}
    assert said["the verdict of “Shut”"].startswith("  - {id: shut, verdict: partial,")
    assert said["the kind of “Your name”"].startswith("    kind: greet")
    assert said["which rules it practises, by which moves"].startswith("cites: [2.2.")
    assert len(left) == 9 + 2 + 3 + 1
    assert text.count(TO_TRANSLATE) == 1 + 1 + 2 + 3 * 2 + 4 + 1
    assert left[-1].what.en.startswith("texts that wait for their translation: 15,")


def test_what_a_role_play_cant_have_is_refused_by_name_and_line() -> None:
    assert faults(":: Start\nAlone.\n") == [
        (
            "door.twee:1: passage 'Start', where the story starts, offers no choice; "
            "a role-play needs something to say: link it on"
        )
    ]
    wrong = ":: Start\nHi <b>you</b>.\n[[A->Mute]]\n[[A->End]]\n:: Mute\n[[B->End]]\n:: End\nBye.\n"
    assert faults(wrong) == [
        ("door.twee:2: passage 'Start' has HTML: <b>; write plain text; HTML is never run"),
        "door.twee:4: passage 'Start' offers 'A' twice; say one of them in other words",
        (
            "door.twee:5: passage 'Mute' has links and no words of its own; "
            "write what the customer answers there"
        ),
    ]


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="[]<>{}|\\"), min_size=1
)


@given(st.lists(WORDS, min_size=2, max_size=6))
def test_whatever_is_written_stays_a_text(words: list[str]) -> None:
    said = [f"say {number} {word}" for number, word in enumerate(words)]
    links = "".join(f"[[{one.replace('->', '').replace('<-', '')}->End]]\n" for one in said)
    try:
        source = read_twee(f":: Start\nHm.\n{links}:: End\nBye.\n", Place(PurePath("d.twee")))
        parts = drafted(source, "en", "greet")
    except ContentError:
        return  # a macro, a comment, or two that look the same
    text = begin_from(sample_playbook(), "2.2", "door", parts).text
    one = validated(Scenario, read_yaml(text, SHOWN))
    assert len({move.id for move in one.moves}) == len(one.moves) == len(words)
    assert {*one.states["start"]} == {move.id for move in one.moves}


def test_ids_stay_apart() -> None:
    twee = (
        ":: Start\nHm.\n[[Say 2->End]]\n[[是->End]]\n[[Say-2!->End]]\n[[Same->End]]\n[[2nd->End]]\n"
    )
    ids = [move.id for move in draft(f"{twee}:: End\nBye.\n").moves]
    assert ids == ["say_2", "say_3", "say_4", "say_5", "say_6"]
