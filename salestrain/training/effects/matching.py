"""Peers: each trained person against the untrained one who was most like them before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.effects.estimate import NOTHING, Estimate, added, mean_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

OTHER_TEAM = 0.5
"""Another team puts two people so far apart as this many standard deviations of the figure."""
FARTHEST = 1.0
"""Who has nobody within so many standard deviations is held against nobody."""


class Peer(NamedTuple):
    """Somebody as they were before, and what came of it.

    Attributes:
        months: Since they joined.
        before: What is known of them from before: the figure, and what they may have been chosen
            by; ``after`` is the figure afterwards.
    """

    months: float
    team: str
    before: tuple[float, ...]
    after: float


class Matched(NamedTuple):
    """What the pairs show, who they are, and how many of the trained have nobody like them.

    Attributes:
        pairs: Places among the trained and among the others.
    """

    estimate: Estimate
    pairs: tuple[tuple[int, int], ...]
    left_out: int


def matched(trained: Sequence[Peer], others: Sequence[Peer]) -> Matched:
    """Return by how much the trained are above their nearest untrained peers afterwards.

    The closest pair is taken first, and nobody twice, so that pairs are independent and Student's
    interval over pairs holds. What still differs within pairs is set right by how the figure
    afterwards goes with the figures before among the untrained.

    Source: Rubin (1973), nearest neighbours without replacement; Abadie and Imbens (2011), the
    correction of what matching leaves.
    """
    if len(trained) < 2 or len(others) < 2:
        return Matched(NOTHING, (), len(trained))
    ours, theirs = _figures(trained), _figures(others)
    pairs = _closest_first(_distances(trained, others, ours, theirs))
    one, other = [at for at, _ in pairs], [at for _, at in pairs]
    gap = np.array([peer.after for peer in trained])[one]
    gap = gap - np.array([peer.after for peer in others])[other]
    estimate = NOTHING
    if len(pairs) > 1:
        left = (ours[one] - theirs[other])[:, 1:] @ _slopes(others)
        found = mean_of(gap - left)
        estimate = added([(1.0, found)], (found.n, found.n))
    return Matched(estimate, tuple(pairs), len(trained) - len(pairs))


def _figures(peers: Sequence[Peer]) -> Floats:
    return np.array([(peer.months, *peer.before) for peer in peers], np.float64)


def _distances(
    trained: Sequence[Peer], others: Sequence[Peer], ours: Floats, theirs: Floats
) -> Floats:
    scale = np.concatenate([ours, theirs]).std(axis=0)
    apart = (ours[:, None, :] - theirs[None, :, :]) / np.where(scale > 0, scale, 1.0)
    team = np.array([[one.team != other.team for other in others] for one in trained])
    return np.asarray(np.sqrt((apart**2).sum(axis=2) + OTHER_TEAM**2 * team))


def _closest_first(distances: Floats) -> list[tuple[int, int]]:
    order = np.dstack(np.unravel_index(np.argsort(distances, axis=None), distances.shape))[0]
    taken: list[tuple[int, int]] = []
    ours, theirs = set[int](), set[int]()
    for one, other in order.tolist():
        if one in ours or other in theirs or distances[one, other] > FARTHEST:
            continue
        taken.append((one, other))
        ours.add(one)
        theirs.add(other)
    return taken


def _slopes(others: Sequence[Peer]) -> Floats:
    """Return how the figure afterwards goes with each figure before, by least squares."""
    table = np.array([(1.0, *peer.before) for peer in others])
    return np.asarray(np.linalg.lstsq(table, np.array([peer.after for peer in others]))[0][1:])
