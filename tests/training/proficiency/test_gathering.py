"""What the records hold, as observations: answers, role-plays, ratings, one's own view."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salestrain.playbook.standards.growing import Skills
from salestrain.playbook.standards.team import Roles
from salestrain.training.paths.path import Deed
from salestrain.training.proficiency import Observation, Shown, from_figure, gathered
from salestrain.training.steps import Step
from salestrain.training.talk_statistics.held import held
from salestrain.training.talks.play import begun
from salestrain.training.talks.scorecards import Rating
from tests.sample import sample_playbook
from tests.training.first_week import NOON, deed

PLAYBOOK = sample_playbook()
SHOWN = Shown.of(PLAYBOOK.standard(Roles), PLAYBOOK.standard(Skills))
ITEM = next(id_ for id_, item in PLAYBOOK.items.items() if item.section == "2.2")


def found(*deeds: Deed, ratings: tuple[Rating, ...] = ()) -> list[Observation]:
    talks = held({"lin": deeds}, PLAYBOOK.scenarios).talks
    return [*gathered(deeds, talks, ratings, SHOWN, PLAYBOOK.items, NOON + timedelta(days=1))]


def test_the_sample_company_says_where_each_competency_shows_itself() -> None:
    roles = PLAYBOOK.standard(Roles)
    assert roles is not None
    assert {one.competency for one in roles.shown_by} == {one.id for one in roles.competencies}
    assert SHOWN.sections["2.2"] == ("1.1.selling",)
    assert SHOWN.parts["2.2.s.needs"] == {
        "points": "1.1.selling",
        "cost": "1.1.selling",
        "power": "1.1.selling",
        "close": "1.1.execution",
    }
    assert SHOWN.levels["1.1.selling"] == 4


def test_of_the_answers_to_an_item_the_last_counts() -> None:
    wrong = deed("quiz", "2.2", "answered", 1, item=ITEM, answer=[], earned=0.0)
    right = deed("quiz", "2.2", "answered", 9, item=ITEM, answer=[], earned=1.0)
    (one,) = found(wrong, right)
    assert one == ("1.1.selling", "answer", "2.2", right[2].at, 1.0, "")


def test_an_answer_in_an_exam_counts_as_such_once_it_is_handed_in() -> None:
    began = deed("quiz", "4.3.e.x", "began", 0, items=[ITEM], minutes=60)
    right = deed("quiz", "4.3.e.x", "answered", 1, item=ITEM, answer=[], earned=1.0)
    assert [one.kind for one in found(began, right)] == ["exam"]


def test_a_talk_shows_what_share_of_each_competencys_points_was_reached() -> None:
    scenario = PLAYBOOK.scenarios["2.2.s.needs"]
    turns = [deed("roleplay", scenario.id, "moved", n + 1, move=turn.move, says=turn.en)
             for n, turn in enumerate(scenario.model_answer)]  # fmt: skip
    began = deed("roleplay", scenario.id, "began", 0, seed="1", mode="test", way="choice")
    ended = deed("roleplay", scenario.id, "ended", 30, ending="", score=100, passed=True)
    seen = {one.competency: one for one in found(began, *turns, ended)}
    assert {name: one.share for name, one in seen.items()} == {
        "1.1.selling": 1.0,
        "1.1.execution": 1.0,
    }
    assert seen["1.1.selling"].at == ended[2].at


def test_a_critical_mistake_leaves_nothing_of_the_talk() -> None:
    scenario = PLAYBOOK.scenarios["2.2.s.needs"]
    began = deed("roleplay", scenario.id, "began", 0, seed="1", mode="test", way="text")
    moves = [turn.move for turn in scenario.model_answer[:2]] + sorted(scenario.mistakes)
    play, turns = begun(scenario), []
    for minute, move in enumerate(moves * scenario.max_turns, 1):
        if not play.ends:
            play = play.said("x", [move])
            turns.append(deed("roleplay", scenario.id, "moved", minute, says="x", moves=[move]))
    assert play.critical
    assert play.score > 0
    assert {one.share for one in found(began, *turns)} == {0.0}


def test_a_rating_counts_for_the_competency_its_skill_names() -> None:
    levels = {"4.2.listening": 3, "4.2.questioning": 1, "4.2.gone": 4}
    one = Rating("boss", "2.2.s.needs-lin-1", "lin", levels, "", NOON)
    seen = {each.competency: each for each in found(ratings=(one,))}
    assert {name: round(each.share, 3) for name, each in seen.items()} == {
        "1.1.communication": 0.667,
        "1.1.selling": 0.0,
    }
    assert seen["1.1.selling"].by == "boss"


def test_of_ones_own_view_the_last_counts_and_what_is_no_level_is_put_in_bounds() -> None:
    first = deed("onboarding", "self", "assessed", 0, levels={"1.1.selling": 1})
    last = deed("onboarding", "self", "assessed", 5, levels={"1.1.selling": 9, "9.9.gone": 2})
    (one,) = found(first, last)
    assert (one.competency, one.kind, one.share) == ("1.1.selling", "assessed", 1.0)


@pytest.mark.parametrize(
    ("value", "norm", "better", "share"),
    [(0.6, 0.8, "higher", 0.75), (0.9, 0.8, "higher", 1.0), (0.1, 0.05, "lower", 0.5),
     (0.0, 0.05, "lower", 1.0), (0.0, 0.5, "higher", 0.0)],
)  # fmt: skip
def test_a_figure_shows_what_share_of_its_target_was_reached(
    value: float, norm: float, better: str, share: float
) -> None:
    one = from_figure("3.1.x", "1.1.selling", NOON, (value, norm), better)
    assert one is not None
    assert one.share == pytest.approx(share)


@pytest.mark.parametrize(
    ("value", "norm", "better"),
    [(0.5, 0.5, "neither"), (float("nan"), 0.5, "higher"), (0.5, float("nan"), "lower")],
)
def test_a_figure_without_anything_to_hold_it_to_shows_nothing(
    value: float, norm: float, better: str
) -> None:
    assert from_figure("3.1.x", "1.1.selling", NOON, (value, norm), better) is None


def test_without_the_standards_nothing_shows() -> None:
    shown = Shown.of(None, None)
    step = Step("answered", {"item": ITEM, "answer": [], "earned": 1.0}, NOON)
    deeds = (("quiz", "2.2", step),)
    assert gathered(deeds, (), (), shown, PLAYBOOK.items, NOON) == ()
