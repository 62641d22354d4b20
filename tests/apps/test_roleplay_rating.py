"""Rating a talk or a real call: who may, what is kept, and who reads it."""

from __future__ import annotations

import pytest

from salestrain.apps.roleplay.readers import CORRECTIONS
from salestrain.apps.roleplay.scope import Scope
from salestrain.records import Person
from salestrain.training.talks.scorecards import CALIBRATING, CALL, RATED, RATINGS
from salestrain.training.understanding.reading import NONE
from salestrain.views.screen import Refused
from tests.apps.learners import BOSS, HEAD, LIN, OTHER, TANG, TEACHER, Open, act, words
from tests.apps.watched_talks import (
    LISTENING,
    NEGOTIATION,
    PRICE,
    RUN,
    SOUTH,
    Play,
    desk,
    kept,
    mark,
    rate,
    rate_call,
    shown,
)


def test_a_resend_is_kept_once(open_for: Open, play: Play) -> None:
    play()
    for name, fields in (
        ("correct", {"run": RUN, "turn": "1", "part": "0", "move": NONE}),
        ("rate", {"run": RUN, f"level-{NEGOTIATION}": "2"}),
        ("calibrate", {"run": RUN, "on": "true"}),
    ):
        for _ in range(3):
            act(desk(open_for(TEACHER), run=RUN), name, f"same-{name}", **fields)
    assert len(kept(open_for(), TEACHER, CORRECTIONS)) == 1
    assert [kind for kind, _ in kept(open_for(), TEACHER, RATINGS)] == [RATED, CALIBRATING]


@pytest.mark.parametrize("person", [BOSS, TEACHER, HEAD])
def test_a_rater_rates_a_run_and_may_change_it(open_for: Open, play: Play, person: Person) -> None:
    play()
    rate(open_for(person), comment=" Ten per cent\n", negotiation=1)
    assert kept(open_for(), person, RATINGS) == [
        (RATED, {"about": RUN, "person": "lin", "levels": {NEGOTIATION: 1},
                 "comment": "Ten per cent"}),
    ]  # fmt: skip
    rate(open_for(person), negotiation=2, listening=3)
    (one,) = Scope(open_for(person)).ratings
    assert one.levels == {NEGOTIATION: 2, LISTENING: 3}
    html = shown(open_for(person), run=RUN)
    for skill, level in one.levels.items():
        assert f'name="level-{skill}" value="{level}" checked' in html
    assert 'name="level-4.2.calming" value="" checked' in html


@pytest.mark.parametrize("person", [LIN, TANG, OTHER, SOUTH])
def test_nobody_else_rates_it_nor_anybody_their_own(
    open_for: Open, play: Play, person: Person
) -> None:
    play()
    play(BOSS)
    assert 'data-do="rate"' not in shown(open_for(person), run=RUN)
    with pytest.raises(Refused):
        rate(open_for(person), negotiation=4)
    with pytest.raises(Refused, match="isn’t yours to rate"):
        rate(open_for(BOSS), f"{PRICE}-boss-1", negotiation=4)
    assert Scope(open_for(HEAD)).ratings == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Give a level for at least one skill"),
        ({f"level-{NEGOTIATION}": ""}, "Give a level for at least one skill"),
        ({f"level-{NEGOTIATION}": "5"}, "There is no such thing; choose another"),
        ({f"level-{NEGOTIATION}": "0"}, "There is no such thing; choose another"),
        ({"level-4.2.charm": "2"}, "There is no such thing; choose another"),
        ({f"level-{NEGOTIATION}": "high"}, "That input could not be read; try once more"),
        ({f"level-{NEGOTIATION}": "2", "score": "100"},
         "That input could not be read; try once more"),
        ({f"level-{NEGOTIATION}": "2", "comment": "x" * 501},
         "The comment is too long; 500 characters at most"),
    ],
)  # fmt: skip
def test_a_rating_that_is_none_is_refused_with_a_sentence(
    open_for: Open, play: Play, fields: dict[str, str], says: str
) -> None:
    play()
    with pytest.raises(Refused) as refused:
        act(desk(open_for(TEACHER), run=RUN), "rate", run=RUN, **fields)
    assert refused.value.why.en == says
    assert Scope(open_for(TEACHER)).ratings == ()


def test_the_rated_person_reads_it_in_debrief_list_and_run_and_no_colleague_does(
    open_for: Open, play: Play
) -> None:
    play()
    rate(open_for(TEACHER), comment="“Ten per cent” ended it", negotiation=1)
    rubric = "Comes down when asked"
    for page in ({"scenario": PRICE}, {"watch": "all"}, {"run": RUN}):
        html = shown(open_for(LIN), **page)
        assert rubric in html
        assert "“Ten per cent” ended it" in html
        assert "Shen Ming · 9 Oct 2026" in html
    play(TANG)
    for person, page in (
        (TANG, {"scenario": PRICE}),
        (TANG, {"watch": "all"}),
        (TANG, {"run": RUN}),
    ):
        assert "ended it" not in shown(open_for(person), **page)


def test_others_ratings_are_hidden_until_ones_own_is_given(open_for: Open, play: Play) -> None:
    play()
    mark(open_for(TEACHER))
    rate(open_for(TEACHER), comment="TEACHER SAYS", negotiation=1, listening=3)
    for person in (BOSS, SOUTH, HEAD):
        visit = open_for(person)
        for page in ({"run": RUN}, {"watch": "calibration"}, {"watch": "all"}):
            html = shown(visit, **page)
            assert "TEACHER SAYS" not in html
            assert "What everybody gave" not in html
            assert "levels" not in words(html).replace("the lower level", "")
        assert "Rated by 1 so far" in shown(visit, run=RUN)
    rate(open_for(BOSS), negotiation=3, listening=3)
    over = words(shown(open_for(SOUTH), watch="calibration"))
    assert "Counted: the talks that you have rated too, 0 of them." in over
    assert "Shen Ming" not in over
    html = shown(open_for(BOSS), run=RUN)
    assert "TEACHER SAYS" in html
    assert "What everybody gave" in html
    assert "TEACHER SAYS" not in shown(open_for(HEAD), run=RUN)


def test_a_real_call_is_rated_and_read_by_whose_it_was(open_for: Open) -> None:
    rate_call(open_for(BOSS))
    (one,) = kept(open_for(), BOSS, RATINGS)
    assert one == (RATED, {
        "about": CALL, "person": "lin", "day": "2026-10-08", "customer": "Heting",
        "kind": "visit", "levels": {LISTENING: 3}, "comment": "Well asked",
    })  # fmt: skip
    for page in ("calls", "all"):
        rate_call(open_for(BOSS), kind="phone")  # the same talk again
        html = shown(open_for(LIN), watch=page)
        assert "Heting · Phone call · 8 Oct 2026" in html or page == "all"
    assert words(shown(open_for(LIN), watch="calls")).count("Well asked") == 1
    assert 'data-do="rate_call"' not in shown(open_for(LIN), watch="calls")
    for person in (TANG, SOUTH, TEACHER):
        assert "Heting" not in shown(open_for(person), watch="calls")


def test_nothing_is_shown_of_somebody_who_was_erased(open_for: Open, play: Play) -> None:
    play()
    mark(open_for(TEACHER))
    rate(open_for(TEACHER), comment="GONE", negotiation=1)
    rate_call(open_for(TEACHER), comment="GONE")
    open_for().records.people.forget("lin")
    for page in ({"run": RUN}, {"watch": "all"}, {"watch": "calls"}, {"watch": "calibration"}):
        html = shown(open_for(TEACHER), **page)
        assert "GONE" not in html
        assert RUN not in html


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"customer": " "}, "Say which customer it was"),
        ({"customer": "x" * 81}, "Say which customer it was"),
        ({"day": "2026-10-10"}, "The day is today or earlier"),
        ({"day": "yesterday"}, "That input could not be read"),
        ({"kind": "dream"}, "That input could not be read"),
        ({"person": "other"}, "There is no such thing"),
        ({"person": "boss"}, "There is no such thing"),
        ({"person": "nobody"}, "There is no such thing"),
    ],
)
def test_a_call_that_is_none_or_not_theirs_to_rate_is_refused(
    open_for: Open, fields: dict[str, str], says: str
) -> None:
    with pytest.raises(Refused) as refused:
        rate_call(open_for(BOSS), **fields)
    assert refused.value.why.en.startswith(says)
    with pytest.raises(Refused):
        rate_call(open_for(TANG))
    assert Scope(open_for(HEAD)).ratings == ()
