"""Role-play as those see it who look back on talks, and what they do: correct, rate, calibrate."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from salestrain.apps.app import action
from salestrain.apps.practice import Chosen, Practice
from salestrain.apps.roleplay import calibrating, correcting, rating
from salestrain.apps.roleplay.calibrating import Marked
from salestrain.apps.roleplay.correcting import Corrected
from salestrain.apps.roleplay.rating import RatedCall, RatedRun
from salestrain.apps.roleplay.scope import Scope
from salestrain.apps.roleplay.watching import Watching
from salestrain.views.components.buttons import button, link_button
from salestrain.views.screen import Drawn

if TYPE_CHECKING:
    from collections.abc import Collection

    from salestrain.apps.visit import Visit

KINDS = ("watch", "run", "story")
"""What an address can ask for beside a scenario; with its value behind it that is a page's name."""


class Desk(Practice):
    """Practice with a desk beside it; while a page of the desk is open, nothing is played."""

    def __init__(self, visit: Visit, there: Collection[str], chosen: str, page: str) -> None:
        super().__init__(visit, there, "" if page else chosen)
        self.page = page

    @property
    def scope(self) -> Scope:
        """Whose talks this person may see now."""
        return Scope(self.visit)

    @property
    def watching(self) -> Watching:
        """This person at the desk."""
        return Watching(self.scope, self.desk_way)

    @action("open", Chosen, anytime=True)
    def open(self, fields: Chosen) -> None:
        """Turn to a page of the desk, or to a talk, where no server gives it an address."""
        if fields.name.partition("-")[0] in KINDS:
            self.page, self.chosen = fields.name, ""
            return
        super().open(fields)
        self.page = ""

    @action("correct", Corrected)
    def correct(self, fields: Corrected) -> None:
        """Put right what a part of a turn was read as."""
        correcting.correct(self.scope, fields)

    @action("rate", RatedRun)
    def rate(self, fields: RatedRun) -> None:
        """Rate a run."""
        rating.rate_run(self.scope, fields)

    @action("rate_call", RatedCall)
    def rate_call(self, fields: RatedCall) -> None:
        """Rate a real talk with a customer."""
        rating.rate_call(self.scope, fields)

    @action("calibrate", Marked)
    def calibrate(self, fields: Marked) -> None:
        """Take a run for calibration, or put it back."""
        calibrating.mark(self.scope, fields)

    def desk_way(self, text: str, name: str, look: str = "") -> str:
        """Return the way to a page of the desk, or with no name to the choice."""
        kind, _, value = name.partition("-")
        href = self.visit.link(self.name, **({kind: value} if name else {}))
        return link_button(text, href, look=look) or button(text, "open", {"name": name}, look=look)

    def _drawn(self) -> Drawn:
        if not self.page:
            return super()._drawn()
        html, title = self.watching.shown(self.page)
        return Drawn(html, self.page, f"{title} · {self.text(self.title)}")

    @abstractmethod
    def choose(self) -> str:
        """Return what there is to choose, each with a way in and where one stands."""
