"""The reports that lie in the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.errors import UsageError
from salestrain.periods import Period
from salestrain.workspace import report_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from salestrain.apps.roster import Whom


class Kept(NamedTuple):
    """A report: made when (seconds since 1970), whose, of which review and period, where."""

    made_at: float
    whom: Whom
    review: str
    period: Period
    page: Path


def kept(folder: Path, scope: Iterable[Whom]) -> list[Kept]:
    """Return the reports in a workspace's folder of those in scope, newest first."""
    known = {report_name(one.level, one.entity): one for one in scope}
    return sorted(_found(folder, known), key=lambda one: one.made_at, reverse=True)


def _found(folder: Path, known: Mapping[str, Whom]) -> Iterator[Kept]:
    for page in folder.glob("*/*/*.html"):
        try:
            period = Period.parse(page.parents[1].name)
        except UsageError:
            continue  # somebody's own folder
        if page.stem in known:
            made_at = page.stat().st_mtime
            yield Kept(made_at, known[page.stem], page.parent.name, period, page)
