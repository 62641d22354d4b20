"""A plan reaches its goal, or says that it can't, and predicts what then happens."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import numpy as np
import pytest
from fsrs import Card, Rating, Scheduler, State
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.errors import UsageError
from salestrain.training.memory import Memory, Review, Topic, forecast, fsrs6, memories, recall
from salestrain.training.memory.outlook import reviewed, starts, unreviewed
from salestrain.training.memory.readiness import Plan, Target, needed_per_day, plan

TODAY = date(2026, 11, 23)
TRUTH = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
PLAINLY = settings(deadline=None, max_examples=12)
Known = dict[str, Memory]
Topics = dict[str, Topic]


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def at(number: int) -> datetime:
    return datetime.combine(day(number), datetime.min.time(), UTC)


def remembered(stability: float, *, last: int = -5, difficulty: float = 5.0) -> Memory:
    due = day(last + max(round(stability), 1))
    return Memory(stability, difficulty, day(-60), day(last), due, reviews=3, lapses=1)


def someone(seed: int, count: int = 12) -> tuple[Known, Topics]:
    rng = random.Random(seed)  # noqa: S311
    topics = {f"t{n}": Topic(rng.choice((1, 2, 5)), f"s{n % 3}") for n in range(count)}
    known = {
        topic: remembered(
            rng.lognormvariate(1, 1), last=-rng.randrange(12), difficulty=rng.uniform(1, 10)
        )
        for topic in topics
        if rng.random() < 0.8
    }
    return known, topics


def drawn(seed: int, goal: float = 0.9, most: int = 5, horizon: int = 10) -> Plan:
    known, topics = someone(seed)
    return plan(known, topics, TODAY, Target(day(horizon), goal, most_per_day=most))


PLANS = {
    "seed": st.integers(0, 10_000),
    "goal": st.sampled_from([0.6, 0.8, 0.9, 0.97]),
    "most": st.integers(1, 8),
    "horizon": st.integers(0, 14),
}


def topics_by_day(made: Plan) -> list[set[str]]:
    return [set(each.topics) for each in made.days]


# what reviews will leave


def tree(card: Card, days: tuple[int, ...], horizon: int) -> float:
    """Return the expected recall by every outcome of every review, with the library."""
    if not days:
        return TRUTH.get_card_retrievability(card, at(horizon))
    chance = TRUTH.get_card_retrievability(card, at(days[0]))
    outcomes = {Rating.Good: chance, Rating.Again: 1 - chance}
    return sum(
        share * tree(TRUTH.review_card(card, rated, at(days[0]))[0], days[1:], horizon)
        for rated, share in outcomes.items()
    )


def expected(memory: Memory | None, days: tuple[int, ...], horizon: int) -> float:
    return float(reviewed(starts([memory], TODAY), np.array([[days]], float), horizon)[0, 0])


@PLAINLY
@given(st.floats(0.1, 200), st.floats(1, 10), st.integers(1, 30), st.integers(0, 19))
def test_one_review_leaves_exactly_what_its_two_outcomes_do(
    stability: float, difficulty: float, ago: int, on: int
) -> None:
    card = Card(0, State.Review, None, stability, difficulty, at(0), at(-ago))
    memory = remembered(stability, last=-ago, difficulty=difficulty)
    assert expected(memory, (on,), 20) == pytest.approx(tree(card, (on,), 20), abs=1e-9)
    assert expected(memory, (20, 20), 20) == pytest.approx(recall(memory, day(20)), abs=1e-12)


@pytest.mark.parametrize("stability", [0.212, 1.0, 4.0, 30.0])
@pytest.mark.parametrize("difficulty", [1.0, 5.0, 9.0])
def test_two_paths_say_nearly_what_all_outcomes_do(stability: float, difficulty: float) -> None:
    memory = remembered(stability, last=-3, difficulty=difficulty)
    card = Card(0, State.Review, None, stability, difficulty, at(0), at(-3))
    gaps = [
        expected(memory, days, 24) - tree(card, days, 24)
        for count in (3, 4, 5)
        for days in combinations((0, 3, 8, 15, 22, 23), count)
    ]
    assert max(map(abs, gaps)) < 0.01
    assert abs(float(np.mean(gaps))) < 0.004
    two = combinations((0, 3, 8, 15, 22, 23), 2)
    assert max(abs(expected(memory, days, 24) - tree(card, days, 24)) for days in two) < 1e-9


def test_a_topic_never_seen_is_learnt_by_a_wrong_answer() -> None:
    card, _ = TRUTH.review_card(Card(0, due=at(2)), Rating.Again, at(2))
    assert unreviewed(starts([None], TODAY), 9).tolist() == [0]
    assert expected(None, (2,), 9) == pytest.approx(tree(card, (), 9), abs=1e-9)
    assert expected(None, (2, 5), 9) == pytest.approx(tree(card, (5,), 9), abs=1e-9)


def paced(stability: float, difficulty: float, last: int, days: tuple[int, ...]) -> float:
    """Return the recall on day 24 at half the usual pace, by every outcome of every review."""
    chance = fsrs6.recall_after((days or (24,))[0] - last, stability * 0.5)
    if not days:
        return float(chance)
    state, share = (np.array(stability), np.array(difficulty), chance), float(chance)
    outcomes = (
        (share, fsrs6.stability_recalled(*state), Rating.Good),
        (1 - share, fsrs6.stability_lapsed(*state), Rating.Again),
    )
    return sum(
        part * paced(float(s), float(fsrs6.difficulty_after(state[1], rated)), days[0], days[1:])
        for part, s, rated in outcomes
    )


@pytest.mark.parametrize("days", [(3,), (3, 8), (3, 8, 15), (0, 8, 22, 23), (0, 3, 8, 15, 22)])
def test_who_forgets_faster_is_expected_to(days: tuple[int, ...]) -> None:
    slow = Memory(0.5, 5.0, day(-9), day(-3), day(-2), reviews=2, lapses=0, pace=0.5)
    assert expected(slow, days, 24) == pytest.approx(paced(1.0, 5.0, -3, days), abs=0.006)


def test_a_slow_pace_is_kept() -> None:
    """Half the stability at half the pace is the same memory, forgotten twice as fast."""
    slow = Memory(4.0, 5.0, day(-9), day(-4), day(0), reviews=2, lapses=0, pace=0.5)
    usual = Memory(8.0, 5.0, day(-9), day(-4), day(4), reviews=2, lapses=0)
    assert expected(slow, (), 4) == pytest.approx(recall(slow, day(4))) == recall(usual, day(12))
    assert expected(slow, (1, 3), 8) < expected(usual, (1, 3), 8)


# plans


@PLAINLY
@given(**PLANS)
def test_a_plan_reaches_its_goal_or_says_it_is_not_enough(
    seed: int, goal: float, most: int, horizon: int
) -> None:
    made = drawn(seed, goal, most, horizon)
    assert made.enough == (made.recall >= goal)
    assert [each.day for each in made.days] == [day(n) for n in range(horizon)]
    known, topics = someone(seed)
    assert made.unreviewed == pytest.approx(forecast(known, topics, day(horizon)).mean)
    if made.unreviewed >= goal:
        assert made.minutes == 0


@PLAINLY
@given(**PLANS)
def test_no_day_has_more_than_its_limit_nor_a_topic_twice(
    seed: int, goal: float, most: int, horizon: int
) -> None:
    known, topics = someone(seed)
    today = {topic for topic, memory in known.items() if memory.last == TODAY}
    made = drawn(seed, goal, most, horizon)
    for number, each in enumerate(made.days):
        done = today if number == 0 else set()
        assert not each.topics or len(each.topics) + len(done) <= most
        assert len(each.topics) == len({*each.topics} - done) == each.minutes
        assert topics.keys() >= {*each.topics}


@PLAINLY
@given(**PLANS)
def test_more_reviews_never_lower_what_is_predicted(
    seed: int, goal: float, most: int, horizon: int
) -> None:
    less, more = drawn(seed, goal, most, horizon), drawn(seed, goal + 0.02, most, horizon)
    pairs = zip(topics_by_day(less), topics_by_day(more), strict=True)
    assert all(a <= b for a, b in pairs)
    assert less.unreviewed == more.unreviewed
    assert less.unreviewed <= less.recall <= more.recall


@PLAINLY
@given(**PLANS)
def test_the_prediction_is_that_of_the_days_planned(
    seed: int, goal: float, most: int, horizon: int
) -> None:
    known, topics = someone(seed)
    made = drawn(seed, goal, most, horizon)
    left = 0.0
    for topic, each in topics.items():
        days = tuple(n for n, on in enumerate(topics_by_day(made)) if topic in on)
        left += each.worth * expected(known.get(topic), days or (horizon,), horizon)
    assert made.recall == pytest.approx(left / sum(t.worth for t in topics.values()), abs=1e-9)


@PLAINLY
@given(st.integers(0, 10_000), st.sampled_from([0.25, 4.0, 1024.0]))
def test_only_the_ratio_of_worths_and_no_order_of_a_dict_matters(seed: int, times: float) -> None:
    known, topics = someone(seed)
    target = Target(day(9), most_per_day=4)
    made = plan(known, topics, TODAY, target)
    scaled = {t: Topic(each.worth * times, each.section) for t, each in reversed(topics.items())}
    assert plan(dict(reversed(known.items())), scaled, TODAY, target) == made


def test_neighbours_of_a_day_are_of_different_sections() -> None:
    made = drawn(1, goal=0.97, most=8)
    full = max((each.topics for each in made.days), key=len)
    assert len(full) > 6
    sections = [someone(1)[1][topic].section for topic in full]
    assert all(a != b for a, b in pairwise(sections))


def test_what_is_worth_more_is_reviewed_and_what_is_safe_is_not() -> None:
    known = {"cheap": remembered(3), "safe": remembered(900)}
    topics = {"dear": Topic(99), "new": Topic(99), "cheap": Topic(1), "safe": Topic(99)}
    made = plan(known, topics, TODAY, Target(day(6), 0.93))
    assert set.union(*topics_by_day(made)) == {"dear", "new"}
    assert made.minutes > 4


def test_minutes_are_those_of_each_review() -> None:
    known, topics = someone(2)
    made = plan(known, topics, TODAY, Target(day(9), minutes_each=1.5, most_per_day=5))
    reviews = sum(len(each.topics) for each in made.days)
    assert made.minutes == 1.5 * reviews > 0


def test_nothing_is_planned_beyond_the_goal() -> None:
    topics = {f"t{n}": Topic() for n in range(20)}
    made = plan({}, topics, TODAY, Target(day(12), 0.85, most_per_day=7))
    assert 0.85 <= made.recall < 0.86  # one review gains less than 0.2 of a twentieth


def test_days_fill_evenly() -> None:
    """Late reviews gain most, and yet the limit isn't used up on the last days alone."""
    topics = {f"t{n}": Topic() for n in range(20)}
    made = plan({}, topics, TODAY, Target(day(12), most_per_day=7))
    loads = [len(each.topics) for each in made.days]
    assert made.enough
    assert min(loads) >= 2
    assert sum(loads[:6]) > 0.3 * sum(loads)


def test_today_there_is_nothing_left_to_plan() -> None:
    made = drawn(4, horizon=0)
    assert (made.days, made.minutes, made.recall) == ((), 0, made.unreviewed)
    assert not made.enough


def test_where_there_is_nothing_to_know_all_is_known() -> None:
    made = plan({}, {}, TODAY, Target(day(3)))
    assert (made.recall, made.unreviewed, made.enough, made.minutes) == (1, 1, True, 0)
    assert needed_per_day({}, {}, TODAY, Target(day(3))) == 1


def test_what_it_would_take_is_said() -> None:
    known, topics = someone(5)
    short = Target(day(8), most_per_day=1)
    assert not plan(known, topics, TODAY, short).enough
    needed = needed_per_day(known, topics, TODAY, short)
    assert needed
    for most, enough in ((needed, True), (needed - 1, False)):
        again = plan(known, topics, TODAY, Target(day(8), most_per_day=most))
        assert again.enough == enough
    assert needed_per_day({}, topics, TODAY, Target(day(1))) is None


def test_all_that_is_wrong_with_a_target_is_said_at_once() -> None:
    with pytest.raises(UsageError) as wrong:
        Target(day(3), goal=7, minutes_each=0, most_per_day=0)
    assert str(wrong.value).splitlines() == [
        "goal is 7; give a share over 0 and under 1",
        "minutes_each is 0; give a number over 0",
        "most_per_day is 0; give 1 or more",
    ]


def test_a_day_that_is_past_is_refused() -> None:
    with pytest.raises(UsageError) as wrong:
        drawn(0, horizon=-1)
    assert str(wrong.value) == "the day 2026-11-22 is past; choose 2026-11-23 or later"


# what then happens


def test_a_plan_that_is_kept_comes_true() -> None:
    """Thirty people with the memory FSRS gives them keep one plan each."""
    gaps = []
    for seed in range(30):
        rng, (known, topics) = random.Random(seed), someone(seed)  # noqa: S311
        made = plan(known, topics, TODAY, Target(day(14), most_per_day=4))
        cards = {
            topic: Card(0, State.Review, None, m.stability_days, m.difficulty, at(0), at_of(m))
            for topic, m in known.items()
        }
        for number, each in enumerate(made.days):
            for topic in each.topics:
                card = cards.get(topic, Card(0, due=at(0)))
                right = rng.random() < TRUTH.get_card_retrievability(card, at(number))
                rated = Rating.Good if right else Rating.Again
                cards[topic], _ = TRUTH.review_card(card, rated, at(number))
        true = [
            TRUTH.get_card_retrievability(cards.get(topic, Card(0, due=at(0))), at(14))
            for topic in topics
        ]
        worth = [each.worth for each in topics.values()]
        gaps.append(made.recall - np.average(true, weights=worth))
    assert abs(float(np.mean(gaps))) < 0.01


def at_of(memory: Memory) -> datetime:
    return datetime.combine(memory.last, datetime.min.time(), UTC)


def test_a_plan_made_anew_from_the_log_goes_on_where_it_was() -> None:
    """Answering what a plan says today leaves the rest of the way to tomorrow's."""
    log = [Review(f"t{n}", 1.0, at(-6)) for n in range(8)]
    topics = {f"t{n}": Topic() for n in range(10)}
    target = Target(day(10), most_per_day=4)
    first = plan(memories(log, pace=1), topics, TODAY, target)
    log += [Review(topic, 1.0, at(0)) for topic in first.days[0].topics]
    again = plan(memories(log, pace=1), topics, TODAY, target)
    assert not {*again.days[0].topics} & {*first.days[0].topics}
    assert len(again.days[0].topics) + len(first.days[0].topics) <= 4
    assert plan(memories(log, pace=1), topics, day(1), target).enough
