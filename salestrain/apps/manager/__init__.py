"""The managers' app: choose a review, a period and people, have the reports made, open them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from salestrain.apps.app import App, Fields, action
from salestrain.apps.making import Order, folder_of
from salestrain.apps.manager.choice import Choice
from salestrain.apps.manager.kept import kept
from salestrain.apps.manager.progress import WORKERS, Progress, faults
from salestrain.apps.manager.showing import past_card
from salestrain.errors import SalestrainError
from salestrain.language import Text
from salestrain.views.components.layout import card, empty_state, page_head, stack, two_columns
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit

TITLE = Text("回顾报告", "Reviews")
LEAD = Text(
    "选时间和人，生成后可在会上打开、发到手机或打印。",
    "Choose when and whom. Open the reports in a meeting, send them to a phone, or print them.",
)
NO_SCOPE = Text("还没有你管的团队", "No team is yours yet")
ASK = Text(
    "请管理员在人员名单里写上你的团队，再打开这一页。",
    "Ask your administrator to enter your team in the list of people, then open this page again.",
)
CLOSED = Text("这一页现在打不开", "This page can’t be opened now")
FAULTY = Text(
    "手册或数据有一处要改，改好后再打开。做好的报告都还在。",
    "Something in the playbook or the data needs mending first. The reports made are safe.",
)
NOT_YOURS = Text(
    "里面有你不能看的报告，请重新选", "Not all of these are yours to see; choose again"
)
NOBODY = Text("先选给谁", "Choose for whom first")
NO_SUCH = Text("没有这样的回顾或时间，请重新选", "There is no such review or time; choose again")
BUSY = Text("正在生成，做完再开始下一批", "Reports are being made; start the next after that")


class Wanted(Fields):
    """What is to be made; ``other`` is the period where ``period`` is empty."""

    review: str
    period: str
    other: str = ""
    whom: tuple[str, ...] = ()


class Manager(App):
    """What a manager may ask for, the batch being made, and the reports there are."""

    name: ClassVar[str] = "manager"

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._thread = visit.thread("manager", "reviews")
        self._progress: Progress | None = None
        self._every = False

    @property
    def at(self) -> str:
        """There is one step."""
        return "reviews"

    @cached_property
    def _choice(self) -> Choice:
        return Choice.of(self.visit)

    @property
    def _busy(self) -> bool:
        return self._progress is not None and not self._progress.ended

    def draw(self) -> Drawn:
        """Return the screen, or why there can't be one."""
        try:
            body = self._body()
        except SalestrainError as error:
            why = faults(str(error).splitlines())
            body = empty_state(self.text(CLOSED), self.text(FAULTY), self.visit.language, why)
        return Drawn(body, self.at, self.text(TITLE))

    def _body(self) -> str:
        language, choice = self.visit.language, self._choice
        if not choice.scope:
            return empty_state(self.text(NO_SCOPE), self.text(ASK), language)
        head = page_head(self.text(TITLE), language, lead=self.text(LEAD))
        form = card("", choice.form(language, busy=self._busy))
        if self._progress:
            form = two_columns(form, self._progress.card(self.visit, choice.scope))
        reports = kept(self.visit.workspace.reports, choice.scope)
        past = past_card(self.visit, reports, choice.reviews, every=self._every)
        return head + stack(form, past)

    @action("make", Wanted)
    def _make(self, wanted: Wanted) -> None:
        if self._busy:
            raise Refused(BUSY)
        order = self._order(wanted)
        asked = {"review": wanted.review, "period": str(order.period), "whom": list(wanted.whom)}
        self._thread.save("asked", asked)
        self._progress = Progress(order)
        self._progress.start(self.visit, self.changed)

    def _order(self, wanted: Wanted) -> Order:
        """Return the order, if every part of it is offered to this person."""
        choice, place = self._choice, self.visit.workspace
        period = choice.periods.get(wanted.period or wanted.other)
        if wanted.review not in choice.reviews or period is None:
            raise Refused(NO_SUCH)
        pairs = choice.pairs(wanted.whom)
        if not pairs:
            raise Refused(NOBODY if pairs == [] else NOT_YOURS)
        notebook = place.root / "notebooks" / "reviews" / f"{wanted.review}.ipynb"
        folder = folder_of(place, wanted.review, str(period))
        return Order(notebook, period, pairs, folder, WORKERS, resume=True)

    @action("all", anytime=True)
    def _show_all(self, _: Fields) -> None:
        self._every = True
