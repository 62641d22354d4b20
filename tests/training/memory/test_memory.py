"""What is remembered follows from the answers alone, as FSRS has it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fsrs import Card, Rating, Scheduler, State
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salestrain.playbook.items import Item
from salestrain.training.memory import (
    Memory,
    Review,
    Topic,
    daily_queue,
    forecast,
    fsrs6,
    interleaved,
    memories,
    rating,
    recall,
    topic_of,
)

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "fsrs" / "fsrs6_reference_vectors.json"
MONDAY = date(2026, 11, 23)
EARNED = {Rating.Again: 0.0, Rating.Hard: 0.5, Rating.Good: 1.0}
LIBRARY = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
PLAINLY = settings(deadline=None, max_examples=40)


@pytest.fixture(scope="module")
def vectors() -> Any:  # noqa: ANN401 (JSON)
    if not VECTORS.exists():
        pytest.skip(f"the FSRS reference vectors are not on this machine ({VECTORS.name})")
    return json.loads(VECTORS.read_text("utf-8"))


def on(day: float, earned: float = 1.0, topic: str = "2.2.trade") -> Review:
    start = datetime.combine(MONDAY, datetime.min.time(), UTC)
    return Review(topic, earned, start + timedelta(days=day))


def one(*reviews: Review, pace: float | None = 1.0) -> Memory:
    (memory,) = memories(reviews, pace=pace).values()
    return memory


def remembered(stability: float, *, last: int = 0, due: int = 0, first: int = -9) -> Memory:
    first_day, last_day, due_day = (MONDAY + timedelta(days=day) for day in (first, last, due))
    return Memory(stability, 5.0, first_day, last_day, due_day, reviews=2, lapses=0)


# the published vectors


def test_intervals_are_those_both_libraries_give(vectors: Any) -> None:  # noqa: ANN401
    history = vectors["interval_history"]
    intervals = history["expected_interval_days"]
    day, reviews = 0, list[Review]()
    for rated, interval in zip(history["ratings"], intervals, strict=True):
        reviews.append(on(day + len(reviews) / 1000, EARNED[Rating(rated)]))
        day += interval
        if interval:  # 0 are minutes of a learning step, which daily review hasn't
            memory = one(*reviews)
            assert (memory.due - memory.last).days == interval


def test_a_memory_is_as_three_libraries_have_it(vectors: Any) -> None:  # noqa: ANN401
    known = vectors["memory_state_short_term"]
    days = np.cumsum(known["days_before_each_review"])
    memory = one(
        *(
            on(day + n / 1000, EARNED[Rating(rated)])
            for n, (day, rated) in enumerate(zip(days.tolist(), known["ratings"], strict=True))
        )
    )
    assert memory.stability_days == pytest.approx(known["stability"], abs=known["abs_tolerance"])
    assert memory.difficulty == pytest.approx(known["difficulty"], abs=1e-6)


def test_first_answers_are_as_published(vectors: Any) -> None:  # noqa: ANN401
    first = vectors["first_review"]
    for rated, stability, difficulty in zip(
        first["rating"], first["stability"], first["difficulty"], strict=True
    ):
        assert fsrs6.first_stability(Rating(rated)) == pytest.approx(stability, abs=1e-6)
        assert fsrs6.first_difficulty(Rating(rated)) == pytest.approx(difficulty, abs=1e-6)
    for rated, earned in EARNED.items():
        memory = one(on(0, earned))
        assert memory.stability_days == pytest.approx(first["stability"][rated - 1], abs=1e-6)
        assert memory.difficulty == pytest.approx(first["difficulty"][rated - 1], abs=1e-6)


def test_recall_and_parameters_are_as_published(vectors: Any) -> None:  # noqa: ANN401
    assert list(fsrs6.W) == vectors["default_w_fsrs6"]
    easy = vectors["first_review"]
    left = fsrs6.recall_after(easy["scheduled_days"][3], easy["stability"][3])
    expected = vectors["retrievability_at_due_after_easy_first_review_ts"]
    assert float(left) == pytest.approx(expected, abs=1e-6)


# the closed formulas

STABILITIES = st.floats(0.01, 3000)
DIFFICULTIES = st.floats(1, 10)


@PLAINLY
@example(0.01, 1.0, 900, Rating.Again)  # no more stable than before, however late it was
@given(STABILITIES, DIFFICULTIES, st.integers(1, 900), st.sampled_from([Rating.Again, Rating.Good]))
def test_the_formulas_are_the_librarys(
    stability: float, difficulty: float, days: int, rated: Rating
) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    card = Card(0, State.Review, None, stability, difficulty, at, at)
    later = at + timedelta(days=days)
    after, _ = LIBRARY.review_card(card, rated, later)
    chance = fsrs6.recall_after(days, stability)
    formula = fsrs6.stability_recalled if rated is Rating.Good else fsrs6.stability_lapsed
    found = formula(np.array(stability), np.array(difficulty), chance)
    assert float(chance) == pytest.approx(LIBRARY.get_card_retrievability(card, later), rel=1e-9)
    assert float(found) == pytest.approx(after.stability, rel=1e-9)
    assert float(fsrs6.difficulty_after(np.array(difficulty), rated)) == pytest.approx(
        after.difficulty, rel=1e-9
    )
    assert float(fsrs6.stability_with(chance, days)) == pytest.approx(stability, rel=1e-6)


# answers become memories


def test_less_than_half_is_forgotten_a_part_is_hard_all_is_good() -> None:
    grades = {
        0.0: "Again",
        0.49: "Again",
        0.5: "Hard",
        0.99: "Hard",
        1 - 1e-12: "Good",
        1.0: "Good",
    }
    assert {earned: rating(earned).name for earned in grades} == grades


@pytest.mark.parametrize("earned", [-0.1, 1.2, float("nan")])
def test_what_is_no_mark_is_refused(earned: float) -> None:
    with pytest.raises(ValueError, match=rf"an answer earned {earned}; marks are from 0 to 1"):
        memories([on(0, earned)])


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="the time 2026-11-23 00:00:00 has no zone; give it one"):
        memories([Review("2.2.trade", 1.0, datetime(2026, 11, 23))])  # noqa: DTZ001


def test_items_that_rest_on_the_same_rule_first_are_one_topic(items: dict[str, Item]) -> None:
    assert {topic_of(item) for item in items.values()} == {i.cites[0] for i in items.values()}


def test_a_first_right_answer_lasts_two_days() -> None:
    memory = one(on(0.4))
    assert memory.stability_days == pytest.approx(2.3065)
    assert memory.difficulty == pytest.approx(2.118104, abs=1e-6)
    assert (memory.first, memory.last, memory.due) == (MONDAY, MONDAY, MONDAY + timedelta(2))
    assert (memory.reviews, memory.lapses) == (1, 0)


def test_a_wrong_answer_on_a_later_day_is_a_lapse() -> None:
    memory = one(on(0, 0.0), on(0.1, 0.0), on(2), on(9, 0.4))
    assert (memory.reviews, memory.lapses) == (4, 1)
    assert (memory.first, memory.last) == (MONDAY, MONDAY + timedelta(9))
    assert one(on(0), on(5, 0.5)).lapses == 0
    assert memory.stability_days < one(on(0, 0.0), on(0.1, 0.0), on(2)).stability_days


def test_more_right_answers_on_one_day_hardly_matter() -> None:
    once = one(on(0), on(5)).stability_days
    often = one(on(0), on(5), on(5.1), on(5.2), on(5.3)).stability_days
    assert once <= often < 1.05 * once
    assert one(on(0), on(5), on(5.1, 0.0)).stability_days < once / 2


def test_a_day_begins_where_the_person_is() -> None:
    late, early = on(0.9), on(1.1)  # 21:36 and 02:24 in UTC, the same morning in Shanghai
    assert one(late, early).last == MONDAY + timedelta(1)
    shanghai = timezone(timedelta(hours=8))
    (memory,) = memories([late, early], shanghai).values()
    assert memory.first == memory.last == MONDAY + timedelta(1)


@PLAINLY
@given(
    st.lists(
        st.builds(
            on,
            st.integers(0, 40).map(lambda n: n / 2),
            st.sampled_from([0.0, 0.5, 1.0]),
            st.sampled_from(["a", "b", "c"]),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_log_does_not_matter(reviews: list[Review], rng: Any) -> None:  # noqa: ANN401
    found = memories(reviews)
    shuffled = rng.sample(reviews, len(reviews))
    assert [*memories(shuffled).items()] == [*found.items()]
    assert found.keys() == {review.topic for review in reviews}


@PLAINLY
@given(STABILITIES, st.lists(st.integers(0, 5000), min_size=2, unique=True))
def test_recall_falls_with_time(stability: float, days: list[int]) -> None:
    memory = remembered(stability)
    left = [recall(memory, MONDAY + timedelta(day)) for day in sorted(days)]
    assert all(0 < later < earlier <= 1 for earlier, later in pairwise(left))


def test_recall_is_nine_tenths_after_the_stability() -> None:
    memory = remembered(7.0)
    assert recall(memory, MONDAY + timedelta(7)) == pytest.approx(0.9)
    assert recall(memory, MONDAY) == 1
    assert recall(memory, MONDAY - timedelta(3)) == 1


# a person's pace


def pace(*reviews: Review) -> float:
    return one(*reviews, pace=None).pace


def test_who_was_never_tested_later_has_everyones_pace() -> None:
    assert pace(on(0), on(0.5, 0.0)) == 1


def test_a_pace_is_worked_out_by_hand() -> None:
    """One right answer after ten days, from a stability of 2.3065 days."""
    log_pace = np.linspace(-2, 2, 4001)
    left = (1 + (0.9 ** (-1 / 0.1542) - 1) * 10 / (2.3065 * np.exp(log_pace))) ** -0.1542
    weight = left * np.exp(-((log_pace / 0.5) ** 2) / 2)
    expected = np.exp((weight * log_pace).sum() / weight.sum())
    assert pace(on(0), on(10)) == pytest.approx(expected, rel=1e-3)
    assert pace(on(0), on(10)) == pytest.approx(1.03, abs=0.02)


@PLAINLY
@given(st.lists(st.booleans(), min_size=1, max_size=30), st.data())
def test_a_right_answer_instead_of_a_wrong_one_never_slows_the_pace(
    right: list[bool], data: st.DataObject
) -> None:
    def answered(outcomes: list[bool]) -> float:
        logs = [(on(0, 1.0, f"t{n}"), on(6, float(ok), f"t{n}")) for n, ok in enumerate(outcomes)]
        return next(iter(memories([each for log in logs for each in log]).values())).pace

    better = list(right)
    better[data.draw(st.integers(0, len(right) - 1))] = True
    assert np.exp(-2) < answered(right) <= answered(better) < np.exp(2)


def test_who_forgets_faster_is_found_out() -> None:
    """Right in as many of 100 tests as someone of half the pace would be."""
    half = float(fsrs6.recall_after(10, 2.3065 / 2))
    outcomes = [float(n < 100 * half) for n in range(100)]
    logs = ((on(0, 1, f"t{n}"), on(10, ok, f"t{n}")) for n, ok in enumerate(outcomes))
    known = memories([each for log in logs for each in log])
    slow = next(iter(known.values())).pace
    assert 0.5 < slow < 0.75
    right = known["t0"]
    assert right.stability_days == pytest.approx(slow * one(on(0), on(10)).stability_days)
    assert (right.due - right.last).days == round(right.stability_days)


# today's topics

TOPICS = {f"t{n}": Topic(1 + n % 3, f"s{n % 2}") for n in range(8)}


def test_what_is_most_forgotten_comes_first_then_what_is_new() -> None:
    known = {
        "t0": remembered(2, last=-20, due=-18),  # worth 1, recall 0.69: 0.31 forgotten
        "t1": remembered(9, last=-20, due=-11),  # worth 2, recall 0.84: 0.33 forgotten
        "t2": remembered(9, last=-9, due=0),  # worth 3, recall 0.90: 0.30 forgotten
        "t7": remembered(20, last=-5, due=15),  # not due
        "t3": remembered(1, last=0, due=0, first=-4),  # answered today
        "gone": remembered(1, last=-9, due=-8),
    }
    everywhere = {topic: Topic(each.worth) for topic, each in TOPICS.items()}
    assert daily_queue(known, everywhere, MONDAY, new=2) == ("t1", "t0", "t2", "t5", "t4")
    assert daily_queue(known, everywhere, MONDAY, most=2) == ("t1",)  # t3 was one


def test_new_topics_begun_today_count() -> None:
    begun = {"t5": remembered(2, last=0, due=2, first=0), "t2": remembered(2, last=0, due=2)}
    assert len(daily_queue({}, TOPICS, MONDAY, new=3)) == 3
    assert len(daily_queue(begun, TOPICS, MONDAY, new=3)) == 2
    assert daily_queue(begun, TOPICS, MONDAY, new=0) == ()
    assert daily_queue(begun, TOPICS, MONDAY, most=1) == ()


def test_the_order_of_dicts_does_not_matter() -> None:
    known = {f"t{n}": remembered(1 + n, last=-12, due=-3) for n in (4, 1, 6)}
    turned = dict(reversed(known.items()))
    queue = daily_queue(known, TOPICS, MONDAY)
    assert daily_queue(turned, dict(reversed(TOPICS.items())), MONDAY) == queue
    assert len(queue) == 8
    alike = {f"t{n}": Topic() for n in (2, 0, 1)}
    assert daily_queue({}, alike, MONDAY) == ("t0", "t1", "t2")


def meetings(sections: tuple[str, ...]) -> int:
    return sum(a == b for a, b in pairwise(sections))


@PLAINLY
@given(st.lists(st.sampled_from("abc"), max_size=6))
def test_neighbours_are_of_one_section_only_where_it_must_be(sections: list[str]) -> None:
    topics = {f"t{n}": Topic(1, section) for n, section in enumerate(sections)}
    mixed = interleaved(topics, topics)
    assert sorted(mixed) == sorted(topics)
    found = meetings(tuple(topics[topic].section for topic in mixed))
    assert found == min(map(meetings, permutations(sections)))


def test_sections_that_do_not_meet_stay_in_order() -> None:
    assert interleaved(["t3", "t0", "t1", "t2"], TOPICS) == ("t3", "t0", "t1", "t2")


# what a day will find


def test_a_forecast_weighs_by_worth_and_knows_nothing_of_what_was_never_seen() -> None:
    topics = {"a": Topic(3), "b": Topic(1)}
    seen = forecast({"a": remembered(7), "gone": remembered(1)}, topics, MONDAY + timedelta(7))
    assert seen.recall == pytest.approx({"a": 0.9, "b": 0.0})
    assert seen.mean == pytest.approx(0.9 * 3 / 4)
    assert forecast({}, {}, MONDAY).mean == 1


@pytest.mark.parametrize("worth", [0.0, -1.0, float("nan"), float("inf")])
def test_a_topic_has_a_worth(worth: float) -> None:
    with pytest.raises(ValueError, match=f"a topic is worth {worth}; give it a number above 0"):
        Topic(worth)
