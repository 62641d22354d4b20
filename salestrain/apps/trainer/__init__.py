"""The trainers' and managers' desk: who is stuck, cohorts, the skill map, the coaching hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from salestrain.apps.app import App, Fields, action
from salestrain.apps.mentor.pairing import Paired, pair
from salestrain.apps.mentor.scope import Scope as Mentoring
from salestrain.apps.trainer import acting, groups, hour, mapping, people, person
from salestrain.apps.trainer.acting import Assigned, Built, Nudged
from salestrain.apps.trainer.desk import Desk
from salestrain.apps.trainer.hour import Purposed
from salestrain.apps.trainer.waves import Waves, draw_lots
from salestrain.language import Text
from salestrain.views.components.layout import empty_state
from salestrain.views.components.pages import Page, paged
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit

TITLE = Text("带人", "Coaching")
PAGES = {
    "people": Text("谁卡住了", "Who is stuck"),
    "cohorts": Text("分批", "Cohorts"),
    "map": Text("能力地图", "Skill map"),
    "hour": Text("下一个小时带谁", "Next coaching hour"),
}
NO_SUCH = Text("没有这一页", "There is no such page")
NOT_YOURS = Text("这一页给带人的人看", "This page is for those who coach others")
TO_HOME = Text("回到首页，做自己的。", "Go home to your own.")


class Opened(Fields):
    """Which page to turn to."""

    page: str


class Looked(Fields):
    """Whose competencies to open."""

    person: str


class Trainer(App):
    """What one person who trains or leads sees and sets up."""

    name: ClassVar[str] = "trainer"

    def __init__(self, visit: Visit, page: str = "") -> None:
        super().__init__(visit)
        self.page, self.person, self.joined = page if page in PAGES else "people", "", False

    @property
    def desk(self) -> Desk:
        """Whom they look after, as the records have it now."""
        return Desk(self.visit)

    @property
    def at(self) -> str:
        """The page, and whose competencies are open."""
        return f"{self.page}/{self.person}" if self.person else self.page

    @action("open", Opened, anytime=True)
    def open(self, fields: Opened) -> None:
        """Turn to a page; what was joined on another is put away."""
        if fields.page not in PAGES:
            raise Refused(NO_SUCH)
        self.page, self.person, self.joined = fields.page, "", False

    @action("look", Looked, anytime=True)
    def look(self, fields: Looked) -> None:
        """Open what somebody's competencies rest on."""
        if fields.person not in self.desk.led:
            raise Refused(acting.NOT_YOURS)
        self.person, self.joined = fields.person, False

    @action("build", Built)
    def build(self, fields: Built) -> None:
        """Build a cohort."""
        acting.build(self.desk, fields)

    @action("pair", Paired)
    def pair(self, fields: Paired) -> None:
        """Say who mentors whom."""
        pair(Mentoring(self.visit), fields)

    @action("assign", Assigned)
    def assign(self, fields: Assigned) -> None:
        """Assign something to a person or a cohort."""
        acting.assign(self.desk, fields)

    @action("draw_lots", Waves)
    def draw_lots(self, fields: Waves) -> None:
        """Draw who of a cohort takes a module first."""
        draw_lots(self.desk, fields)

    @action("nudge", Nudged)
    def nudge(self, fields: Nudged) -> None:
        """Say a word to somebody."""
        acting.nudge(self.desk, fields)

    @action("join", Purposed)
    def join(self, fields: Purposed) -> None:
        """Keep what the coaching page is looked at for, and show it."""
        hour.keep(self.desk, fields)
        self.joined = True

    def draw(self) -> Drawn:
        """Return the page under the tabs of all; the coaching hour only for those who lead."""
        desk, title = self.desk, self.text(TITLE)
        if not desk.scope.rates:
            html = empty_state(self.text(NOT_YOURS), self.text(TO_HOME), self.visit.language)
            return Drawn(html, self.at, title)
        html, name = self._shown(desk)
        there = [one for one in PAGES if one != "hour" or hour.may(desk)]
        pages = [Page(one, self.text(PAGES[one])) for one in there]
        return Drawn(paged(title, "open", pages, self.page, html), self.at, f"{name} · {title}")

    def _shown(self, desk: Desk) -> tuple[str, str]:
        if self.person:
            desk.visit.saw(self.person, "competencies")
            return person.shown(desk, self.person)
        if self.page == "hour":
            return hour.shown(desk) if self.joined else hour.asked(desk)
        if self.page == "map":
            desk.visit.saw(desk.led, "competencies")
            return mapping.shown(desk)
        desk.visit.saw(desk.led, "progress")
        return groups.shown(desk) if self.page == "cohorts" else people.shown(desk)
