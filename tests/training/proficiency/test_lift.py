"""What to do next: the widest gap first, and for it what tells most for its minutes."""

from __future__ import annotations

import pytest

from salestrain.training.proficiency import Offer, Prior, Weighing, fastest, standing_of
from salestrain.training.proficiency.lift import expected_gain
from salestrain.training.proficiency.standing import Standing
from tests.training.proficiency.test_belief import NOW, seen

ASK, TELL = "1.1.selling", "1.1.communication"


def stands(competency: str, share: float, count: int) -> Standing:
    every = [seen(share, source=f"call {n}")._replace(competency=competency) for n in range(count)]
    return standing_of((competency, 3, 4), every, Prior(), NOW, Weighing())


def test_of_two_talks_the_shorter_lifts_faster() -> None:
    wide, short = Offer(ASK, "talk", "2.2.s.needs", 9), Offer(ASK, "talk", "2.2.s.price", 7)
    found = fastest([stands(ASK, 0.3, 3)], [wide, short])
    assert found is not None
    assert found.offer == short


def test_a_talk_tells_more_than_a_set_of_ten_in_the_same_time() -> None:
    talk, set_ = Offer(ASK, "talk", "2.2.s.needs", 8), Offer(ASK, "answer", "2.2", 8, times=10)
    found = fastest([stands(ASK, 0.5, 2)], [talk, set_])
    assert found is not None
    assert found.offer == talk


def test_the_widest_gap_is_served_before_a_better_offer_for_another() -> None:
    slow, quick = Offer(ASK, "talk", "2.2.s.needs", 30), Offer(TELL, "talk", "2.1.s.cold", 5)
    found = fastest([stands(TELL, 0.45, 3), stands(ASK, 0.2, 3)], [slow, quick])
    assert found is not None
    assert found.offer == slow


def test_where_nothing_is_on_offer_for_the_widest_the_next_is_looked_at() -> None:
    quick = Offer(TELL, "talk", "2.1.s.cold", 5)
    found = fastest([stands(TELL, 0.45, 3), stands(ASK, 0.2, 3)], [quick])
    assert found is not None
    assert found.standing.competency == TELL


def test_there_is_nothing_to_lift_where_all_is_there() -> None:
    assert fastest([stands(ASK, 1.0, 12)], [Offer(ASK, "talk", "2.2.s.needs", 9)]) is None
    assert fastest([stands(ASK, 0.2, 3)], []) is None


def test_the_gain_is_that_of_both_outcomes_weighed() -> None:
    # Beta(1, 1): a thing seen makes it Beta(2, 1) or Beta(1, 2), each with a chance of a half;
    # their lower ends are √0.05 and 1 − √0.95, against 0.05 before.
    gain = expected_gain(stands(ASK, 0.5, 0), Offer(ASK, "rated", "a call", 10))
    assert gain == pytest.approx(4 * ((0.05**0.5 + 1 - 0.95**0.5) / 2 - 0.05), abs=1e-6)


def test_a_talk_already_played_twice_tells_nothing_new() -> None:
    played = [seen(1.0, kind="talk", source="2.2.s.needs") for _ in range(4)]
    standing = standing_of((ASK, 3, 4), played, Prior(), NOW, Weighing())
    again, other = (Offer(ASK, "talk", one, 9) for one in ("2.2.s.needs", "2.2.s.price"))
    assert expected_gain(standing, again) < expected_gain(standing, other)
