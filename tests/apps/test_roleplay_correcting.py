"""Putting a reading right: by whom, what is kept, and that readers learn it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salestrain.apps.roleplay.readers import CORRECTIONS, corrections_of, learn, reader_of
from salestrain.playbook.whole import Playbook
from salestrain.records import Person
from salestrain.training.understanding.learning import Correction
from salestrain.training.understanding.reading import NONE
from salestrain.views.screen import Refused
from tests.apps.learners import BOSS, HEAD, LIN, TANG, TEACHER, Open, words
from tests.apps.watched_talks import (
    ASKS,
    PRICE,
    RUN,
    SMALL_TALK,
    SOUTH,
    Play,
    correct,
    kept,
    shown,
)
from tests.training.first_week import NOON


def test_trainers_see_how_sure_each_reading_is_and_nobody_else_does(
    open_for: Open, play: Play
) -> None:
    play()
    said = words(shown(open_for(TEACHER), run=RUN))
    assert f"{ASKS} read as “Ask what it is compared with”, 93% sure Put it right" in said
    assert f"{SMALL_TALK} read as “none of the moves”, 99% sure Put it right" in said  # never 100%
    assert "20% sure not understood" in said
    assert "this talk’s score" in said
    for person in (LIN, BOSS):
        html = shown(open_for(person), run=RUN)
        assert ASKS in html
        assert "% sure" not in html
        assert 'data-do="correct"' not in html


def test_one_tap_keeps_what_it_should_have_been_and_another_changes_it(
    open_for: Open, play: Play
) -> None:
    play()
    visit = open_for(TEACHER)
    before = shown(open_for(LIN), scenario=PRICE)
    correct(visit, move="explore_use")
    assert corrections_of(visit.records) == (Correction(PRICE, SMALL_TALK, "explore_use"),)
    assert "put right: “Ask how it runs on site”" in words(shown(open_for(TEACHER), run=RUN))
    later = open_for(HEAD)
    later.clock = lambda: NOON + timedelta(minutes=1)
    correct(later, move=NONE)
    assert corrections_of(visit.records) == (Correction(PRICE, SMALL_TALK, NONE),)
    assert "put right: “none of the moves”" in words(shown(open_for(TEACHER), run=RUN))
    assert shown(open_for(LIN), scenario=PRICE) == before  # the score stays


@pytest.mark.parametrize("person", [LIN, BOSS, TANG, SOUTH])
def test_only_trainers_and_admins_put_a_reading_right(
    open_for: Open, play: Play, person: Person
) -> None:
    play()
    with pytest.raises(Refused):
        correct(open_for(person))
    assert corrections_of(open_for().records) == ()


@pytest.mark.parametrize(
    "forged",
    [
        {"run": f"{PRICE}-nobody-1"},
        {"run": f"{PRICE}-lin-2"},
        {"turn": "3"},
        {"turn": "0"},
        {"turn": "-1"},
        {"part": "2"},
        {"part": "-1"},
        {"part": "x"},
        {"move": "no_such_move"},
    ],
)
def test_a_forged_correction_is_refused(open_for: Open, play: Play, forged: dict[str, str]) -> None:
    play()
    with pytest.raises(Refused):
        correct(open_for(TEACHER), **forged)
    assert kept(open_for(), TEACHER, CORRECTIONS) == []


def shortened(playbook: Playbook) -> Playbook:
    """Return a playbook with fewer examples, which are learned from in seconds."""
    scenario, kinds = playbook.scenarios[PRICE], playbook.kinds_of_moves
    own = [move.model_copy(update={"also": None}) for move in scenario.moves]
    few = [
        kind.model_copy(
            update={
                "says": kind.says.model_copy(
                    update={"zh": kind.says.zh[:2], "en": kind.says.en[:4]}
                )
            }
        )
        for kind in kinds.kinds
    ]
    return replace(
        playbook,
        scenarios={PRICE: scenario.model_copy(update={"moves": tuple(own)})},
        moves=kinds.model_copy(update={"kinds": tuple(few)}),
    )


@pytest.mark.slow
def test_what_was_put_right_is_read_right_once_it_is_learned(
    open_for: Open, play: Play, playbook: Playbook
) -> None:
    play()
    small = shortened(playbook)
    scenario = small.scenarios[PRICE]
    visit = open_for(TEACHER)
    state, text = visit.workspace.state, "well well"
    read = reader_of(small, scenario, state).read(text, ())
    assert [part.label for part in read if part.understood] != ["stonewall"]
    correct(visit, turn="2", part="1", move="stonewall")
    learn(small, state, corrections_of(visit.records))
    (part,) = reader_of(small, scenario, state).read(text, ())
    assert (part.label, part.understood) == ("stonewall", True)
