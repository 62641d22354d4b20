from __future__ import annotations

import numpy as np
import pytest

from salestrain.training.effects import Peer, before_after, matched


def peer(before: float, after: float, team: str = "E1", months: float = 3.0) -> Peer:
    return Peer(months, team, (before,), after)


def test_the_closest_pair_is_taken_first_and_nobody_twice() -> None:
    trained = [peer(1.0, 9.0), peer(1.2, 9.0)]
    others = [peer(1.2, 5.0), peer(0.7, 5.0), peer(9.0, 5.0)]
    found = matched(trained, others)
    assert found.pairs == ((1, 0), (0, 1))
    assert found.estimate.n == (2, 2)


def test_somebody_of_the_same_team_is_nearer() -> None:
    trained = [peer(1.0, 2.0, "E1"), peer(5.0, 2.0, "E2")]
    others = [peer(1.0, 0.0, "E2"), peer(1.1, 0.0, "E1"), peer(5.0, 0.0, "E2")]
    assert set(matched(trained, others).pairs) == {(0, 1), (1, 2)}


def test_who_is_like_nobody_is_left_out_and_counted() -> None:
    trained = [peer(1.0, 2.0), peer(1.1, 2.0), peer(50.0, 2.0)]
    others = [peer(1.0, 1.0), peer(1.1, 1.0), peer(0.9, 1.0)]
    found = matched(trained, others)
    assert found.left_out == 1
    assert found.estimate.value == pytest.approx(1.0)


def test_what_matching_leaves_is_set_right_by_how_the_untrained_go() -> None:
    # The untrained end at twice where they began, and so do the trained, but for 3 more.
    others = [peer(before, 2 * before) for before in (1.0, 2.0, 3.0, 4.0, 5.0)]
    trained = [peer(before, 2 * before + 3) for before in (1.2, 2.3, 3.1)]
    assert matched(trained, others).estimate.value == pytest.approx(3.0)


def test_of_one_on_a_side_nothing_is_said() -> None:
    found = matched([peer(1.0, 2.0)], [peer(1.0, 2.0), peer(1.0, 2.0)])
    assert (found.estimate.known, found.pairs, found.left_out) == (False, (), 1)


def test_the_weak_who_are_sent_come_back_up_by_themselves_and_peers_show_it() -> None:
    rng = np.random.default_rng(5)
    peers_cover = alone_cover = seen = 0
    for _ in range(400):
        able = rng.normal(size=24)
        before, after = able + rng.normal(size=24), able + rng.normal(size=24)
        sent = rng.random(24) < 1 / (1 + np.exp(before))
        sides: tuple[list[Peer], list[Peer]] = ([], [])
        for n in range(24):
            sides[not sent[n]].append(peer(before[n], after[n], f"T{n % 6}"))
        found = matched(*sides)
        if not found.estimate.few:
            seen += 1
            peers_cover += found.estimate.covers(0)
            alone_cover += before_after(before[sent], after[sent]).covers(0)
    assert 0.90 <= peers_cover / seen <= 0.98
    assert alone_cover / seen < 0.9
