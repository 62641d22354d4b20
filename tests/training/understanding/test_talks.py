"""Messages for nine talks, written without seeing the examples, are read as the moves they make."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from salestrain.language import LANGUAGES, Language
from salestrain.playbook.scenarios import Scenario
from salestrain.training.talks.play import begun
from salestrain.training.understanding.reader import counted
from salestrain.training.understanding.reading import NONE
from tests.sample import sample_playbook
from tests.training.understanding.taught import reader

TALKS = yaml.safe_load((Path(__file__).parent / "talks.yaml").read_text("utf-8"))
pytestmark = pytest.mark.slow


def offered(scenario: Scenario, move: str) -> set[str]:
    """Return what the first state offers in which the move can be made."""
    there = (scenario.open_to(state, typed=True) for state in scenario.states)
    return {*next((moves for moves in there if move in moves), scenario.anywhere)}


def read_right(language: Language) -> tuple[list[bool], list[bool]]:
    """Return for each message whether its move was read, and for each idle one that none was."""
    right, quiet = [], []
    for name, languages in TALKS.items():
        scenario = sample_playbook().scenarios[name]
        for move, says in languages[language].items():
            for message in says:
                parts = reader(name).read(message, offered(scenario, move))
                made = {part.label for part in parts if part.understood}
                if move == NONE:
                    quiet.append(not made)
                else:
                    right.append(move in made)
    return right, quiet


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_messages_are_read_as_the_move_they_make(language: Language) -> None:
    right, quiet = read_right(language)
    assert len(right) >= 300
    assert sum(right) / len(right) >= 0.85
    assert sum(quiet) / len(quiet) >= 0.75


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_good_sentences_each_mostly_counts_for_itself(language: Language) -> None:
    both = []
    for name, languages in TALKS.items():
        scenario, says = sample_playbook().scenarios[name], languages[language]
        wise = {*says} - {NONE} - sample_playbook().unwise(scenario)
        for state in scenario.states:
            open_here = scenario.open_to(state, typed=True)
            for move, other in pairwise(one for one in open_here if one in wise):
                message = f"{says[move][0]}\n{says[other][-1]}"
                parts = reader(name).read(message, open_here)
                both.append({move, other} <= {one.label for one in parts if one.understood})
    assert len(both) >= 200
    assert sum(both) / len(both) >= 0.6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_answer_typed_passes(language: Language) -> None:
    playbook = sample_playbook()
    for scenario in playbook.scenarios.values():
        play = begun(scenario)
        for turn in scenario.model_answer:
            says, offered = turn.text.in_(language), scenario.open_to(play.state, typed=True)
            parts, asks = reader(scenario.id).read(says, offered), playbook.asks(scenario)
            made = counted(parts, offered, asks=asks, mistakes=scenario.mistakes)
            play = play.said(says, made)
            if play.ends:
                break
        assert play.passed, (scenario.id, play.ends, play.score)


def test_every_talk_mainly_typed_has_messages() -> None:
    typed = {one.id for one in sample_playbook().scenarios.values() if one.main_way == "text"}
    assert typed <= TALKS.keys()
    for name, languages in TALKS.items():
        moves = {move.id for move in sample_playbook().scenarios[name].moves}
        assert all(languages[one].keys() == moves | {NONE} for one in LANGUAGES)
