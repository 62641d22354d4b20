"""Several rate the same talk: who may open it, and what the comparison says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salestrain.apps.roleplay.scope import Scope
from salestrain.language import Language
from salestrain.records import Person
from salestrain.training.steps import Step
from salestrain.training.talks.scorecards import CALIBRATING, RATED, RATINGS
from salestrain.views.screen import Refused
from tests.apps.learners import BOSS, HEAD, LIN, OTHER, TANG, TEACHER, Did, Open, words
from tests.apps.watched_talks import (
    NEGOTIATION,
    PRICE,
    RUN,
    SOUTH,
    Play,
    mark,
    missing,
    rate,
    shown,
)
from tests.training.first_week import NOON


def test_a_planted_disagreement_is_what_to_talk_about_first(open_for: Open, play: Play) -> None:
    play()
    mark(open_for(TEACHER))
    rate(open_for(TEACHER), negotiation=1, listening=3)
    assert "the comparison waits" in shown(open_for(TEACHER), run=RUN)
    rate(open_for(BOSS), negotiation=3, listening=3)
    said = words(shown(open_for(TEACHER), run=RUN))
    assert "Negotiation: Zhou Jianguo gave 3, Shen Ming gave 1, 2 levels apart." in said
    assert "Listening: " not in said
    assert "Zhou Jianguo: 1.0 levels above the others on average (n=2, under 5: too few" in said
    assert "Negotiation 3 1 2" in said
    assert '<td class="bad">2</td>' in shown(open_for(TEACHER), run=RUN)
    over = words(shown(open_for(TEACHER), watch="calibration"))
    assert "Counted: the talks that you have rated too, 1 of them." in over
    assert "under 10 talks rated by the same people: The whole scorecard 1, Negotiation 1" in over


@pytest.mark.parametrize("language", ["zh", "en"])
def test_over_ten_talks_agreement_is_said_with_its_interval(
    open_for: Open, play: Play, did: Did, language: Language
) -> None:
    for number in range(1, 13):
        play()
        run, level = f"{PRICE}-lin-{number}", 1 + number % 4
        for person, given in ((TEACHER, level), (BOSS, min(level + number % 2, 4))):
            data = {"about": run, "person": "lin", "levels": {NEGOTIATION: given}, "comment": ""}
            did(person, ("roleplay", RATINGS, Step(RATED, data, NOON)))
        did(TEACHER, ("roleplay", RATINGS, Step(CALIBRATING, {"about": run, "on": True}, NOON)))
    said = words(shown(open_for(BOSS, language), watch="calibration"))
    measured, kappa = {
        "zh": ("谈判：ICC 0.", "加权 kappa 0."),
        "en": ("Negotiation: ICC 0.", "Weighted kappa 0."),
    }[language]
    assert measured in said
    assert kappa in said
    assert {"zh": "95% 区间", "en": "95% interval"}[language] in said


def test_a_run_for_calibration_is_open_to_every_rater_and_only_while_it_is(
    open_for: Open, play: Play
) -> None:
    play()
    mark(open_for(TEACHER))
    assert f"run={RUN}" in shown(open_for(SOUTH), watch="calibration")
    assert "waits for you" in shown(open_for(SOUTH), watch="calibration")
    rate(open_for(SOUTH), negotiation=2)
    assert missing(shown(open_for(OTHER), run=RUN))
    assert missing(shown(open_for(LIN), watch="calibration"))
    later = open_for(HEAD)
    later.clock = lambda: NOON + timedelta(minutes=1)
    mark(later, on="false")
    assert missing(shown(open_for(SOUTH), run=RUN))
    assert RUN not in shown(open_for(SOUTH), watch="calibration")
    with pytest.raises(Refused):
        rate(open_for(SOUTH), negotiation=4)


@pytest.mark.parametrize("person", [LIN, BOSS, SOUTH, TANG])
def test_only_trainers_and_admins_take_a_run_for_calibration(
    open_for: Open, play: Play, person: Person
) -> None:
    play()
    with pytest.raises(Refused):
        mark(open_for(person))
    with pytest.raises(Refused):
        mark(open_for(TEACHER), f"{PRICE}-lin-9")
    assert 'data-do="calibrate"' not in shown(open_for(person), run=RUN)
    assert Scope(open_for(HEAD)).calibrating == ()
