"""What several standards must keep: bands without gap or overlap, weights that add up to 100."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from salestrain.errors import Fault, did_you_mean
from salestrain.playbook.content import Content, Placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Weight = Annotated[int, Field(ge=1, le=100)]
Until = Annotated[float | None, BeforeValidator(lambda value: None if value == "null" else value)]


class Band(Content):
    """A stretch of figures: from ``least``, which is in it, up to ``below``, which isn't."""

    least: float
    below: Until
    """null for the last band, which has no end."""

    def holds(self, figure: float) -> bool:
        """Return whether a figure lies in it."""
        return self.least <= figure and (self.below is None or figure < self.below)


def band_faults(whole: Placed, bands: Sequence[Band], *loc: str | int) -> Iterator[Fault]:
    """Yield every gap, overlap and wrong end of bands that should follow on from 0 without end."""
    expected: float | None = 0
    for number, band in enumerate(bands):
        at = (*loc, number, "least")
        if expected is None:
            yield whole.fault("a band after the one without end", "end the one before", *at)
            return
        if band.least != expected:
            kind = "gap" if band.least > expected else "overlap"
            low, high = sorted((expected, band.least))
            yield whole.fault(f"{kind} from {low:g} to {high:g}", f"write {expected:g}", *at)
        if band.below is not None and band.below <= band.least:
            what, mend = f"the band ends at {band.below:g}, before it begins", "write a higher end"
            yield whole.fault(what, mend, *loc, number, "below")
        expected = band.below
    if expected is not None:
        what = f"nothing holds {expected:g} and more"
        yield whole.fault(what, "write `below: null`", *loc, len(bands) - 1, "below")


def weight_faults(whole: Placed, weights: Iterable[int], *loc: str | int) -> Iterator[Fault]:
    """Yield a fault if weights don't add up to 100."""
    if (total := sum(weights)) != 100:
        yield whole.fault(f"weights add up to {total}", "make it 100", *loc)


def unknown(whole: Placed, name: str, known: Iterable[str], *loc: str | int) -> Iterator[Fault]:
    """Yield a fault if a name is none of those known."""
    known = list(known)
    if name not in known:
        yield whole.fault(f"unknown {name!r}", did_you_mean(name, known), *loc)
