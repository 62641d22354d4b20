"""Live sessions: a trainer opens one and sees how earlier ones went; everybody else joins."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Annotated

from babel.dates import format_datetime
from pydantic import Field

from salestrain.apps.app import App, Fields, action
from salestrain.apps.live.results import results
from salestrain.apps.practice import section_title
from salestrain.apps.quiz import asking
from salestrain.apps.registry import MANAGER, TEACHES
from salestrain.language import LOCALES, Text
from salestrain.playbook.exams import UNSUITED
from salestrain.records.shared import in_order, of_kinds
from salestrain.training.live import ENDED, LIVE, OPENED, Session, session_of
from salestrain.views.components import forms, layout
from salestrain.views.components.buttons import actions, button, link_button
from salestrain.views.components.ground import attributes, some
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.apps.visit import Visit
    from salestrain.playbook.items import Item

HOSTS = TEACHES | {MANAGER}
TITLE = Text("课堂", "Live")
JOIN, CODE = (
    Text("加入课堂", "Join a class"),
    Text("课堂号，六位数字", "The class’s code, six digits"),
)
ASK_CODE = Text("大屏幕上的那六位数字。", "The six digits on the wall.")
GO = Text("进入", "Join")
OPEN_ONE = Text("开一场课堂", "Open a class")
LEAD = Text(
    "你出题，大家用手机答，当场看到分布；对错各半的题，讨论后再投一次。",
    "You ask, everybody answers on their phone and sees the spread at once; "
    "where opinion is divided, discuss and vote again.",
)
WHAT, SECONDS = Text("考哪一节", "Questions from"), Text("每题时间", "Time for a question")
TEAMS, GUESTS = Text("分组", "Teams"), Text("谁能进来", "Who may join")
NO_CLOCK, CLOCK = Text("不限时", "No clock"), Text("{} 秒", "{} s")
ALONE, IN_TEAMS = Text("各答各的", "Everybody alone"), Text("分 {} 队", "{} teams")
MEMBERS = Text("有账号的人", "People with an account")
ANYBODY = Text("拿到课堂号的人，写个名字就行", "Whoever has the code, with just a name")
OPEN = Text("打开大屏幕", "Open the wall")
RUNNING = Text("正在进行", "Under way")
TO_WALL = Text("去大屏幕", "To the wall")
PAST, LOOK = Text("以前的课堂", "Earlier classes"), Text("看结果", "See results")
COUNT = Text("{} 题", "{} questions")
WHEN = Text("M 月 d 日 HH:mm", "d MMM, HH:mm")
NO_SET = Text("手册里没有这一节的题", "The playbook has no questions on that")
NOT_YOURS = Text("只有培训老师和经理能开课堂", "Trainers and managers open classes")
NO_SERVER = Text("课堂要由 salestrain serve 打开。", "A class needs `salestrain serve`.")
TIMES, SIZES = (0, 20, 30, 45, 60, 90), (0, 2, 3, 4, 6)
MOST_PAST, CODES, TRIES = 12, 10**6, 50


class Opened(Fields):
    """What a session is opened with."""

    section: Annotated[str, Field(max_length=20)]
    seconds: Annotated[int, Field(ge=0, le=600)] = 30
    teams: Annotated[int, Field(ge=0, le=12)] = 0
    guests: bool = False


class Looked(Fields):
    """Which session to look at."""

    code: Annotated[str, Field(pattern=r"\d{6}")]


@dataclass(frozen=True)
class Held:
    """A session there is or was."""

    code: str
    session: Session


class Live(App):
    """One person's way into live sessions."""

    name, at = LIVE, "lobby"

    def __init__(self, visit: Visit, code: str = "") -> None:
        super().__init__(visit)
        self.looked = code

    @property
    def hosts(self) -> bool:
        """Whether they may open sessions; asked anew each time: roles change."""
        known = self.visit.records.people.get(self.visit.person.id)
        return known.active and known.role in HOSTS

    @action("open", Opened, anytime=True)
    def open(self, fields: Opened) -> None:
        """Open a session under a code nobody has used."""
        if not self.hosts:
            raise Refused(NOT_YOURS)
        items = self._askable().get(fields.section, [])
        if not items:
            raise Refused(NO_SET)
        code = self._unused()
        title = section_title(self.visit, fields.section)
        data = {"title": title, "items": [one.id for one in items], **fields.model_dump()}
        self.visit.thread(LIVE, code).save(OPENED, data)

    @action("look", Looked, anytime=True)
    def look(self, fields: Looked) -> None:
        """Show how a session went."""
        self.looked = fields.code

    def draw(self) -> Drawn:
        """Return the way in; for those who teach also how to open one, and the earlier ones."""
        join = self._join()
        if not self.hosts:
            return Drawn(layout.stack(join), self.at, self.text(TITLE))
        held = self._held()
        head = layout.page_head(self.text(OPEN_ONE), self.visit.language, lead=self.text(LEAD))
        wide = layout.stack(self._running(held), self._form())
        columns = layout.two_columns(wide, layout.stack(self._past(held), join))
        body = layout.stack(self._looked(held), columns)
        return Drawn(head + body, self.at, self.text(TITLE))

    def _askable(self) -> dict[str, list[Item]]:
        """Return what may be asked aloud in a class, by section."""
        sets = self.visit.playbook.item_sets()
        return {
            section: fit
            for section, items in sets.items()
            if (fit := [one for one in items if _fits(one)])
        }

    def _unused(self) -> str:
        used = {thread for _, thread in of_kinds(self.visit.records, LIVE, OPENED)}
        for _ in range(TRIES):
            code = f"{secrets.randbelow(CODES):06}"
            if code not in used:
                return code
        raise Refused(NOT_YOURS)

    def _held(self) -> list[Held]:
        """Return the latest sessions, the last one first."""
        records = self.visit.records
        opened = of_kinds(records, LIVE, OPENED)
        latest = sorted(opened, key=lambda key: opened[key][0].at, reverse=True)[:MOST_PAST]
        found = ((code, session_of(in_order(records, LIVE, code))) for _, code in latest)
        return [Held(code, session) for code, session in found if session]

    def _join(self) -> str:
        base = self.visit.base_url
        if not base:
            return layout.card(self.text(JOIN), some("p", self.text(NO_SERVER), "note"))
        field = forms.field(
            self.text(CODE), "code", note=self.text(ASK_CODE), inputmode="numeric",
            maxlength=7, autocomplete="off", required=True,
        )  # fmt: skip
        given = attributes(method="get", action=f"{base}live")
        go = f'<button class="button button--wide">{escape(self.text(GO))}</button>'
        return layout.card(self.text(JOIN), f'<form class="chooser"{given}>{field}{go}</form>')

    def _form(self) -> str:
        sections = [
            forms.Option(
                section,
                section_title(self.visit, section),
                self.text(COUNT).format(len(items)),
            )
            for section, items in self._askable().items()
        ]
        times = [
            forms.Option(
                str(each), self.text(CLOCK).format(each) if each else self.text(NO_CLOCK),
                chosen=each == 30,
            )
            for each in TIMES
        ]  # fmt: skip
        sizes = [
            forms.Option(
                str(each), self.text(IN_TEAMS).format(each) if each else self.text(ALONE),
                chosen=not each,
            )
            for each in SIZES
        ]  # fmt: skip
        who = [
            forms.Option("false", self.text(MEMBERS), chosen=True),
            forms.Option("true", self.text(ANYBODY)),
        ]
        fields = (
            forms.select(self.text(WHAT), "section", sections),
            forms.segmented(self.text(SECONDS), "seconds", times),
            forms.segmented(self.text(TEAMS), "teams", sizes),
            forms.one_of(self.text(GUESTS), "guests", who),
        )
        go = button(self.text(OPEN_ONE), look="main", symbol="arrow")
        return layout.card("", forms.form("open", *fields, actions(go)))

    def _running(self, held: Sequence[Held]) -> str:
        mine = [one for one in held if not one.session.ended]
        rows = "".join(
            f"<li>{some('strong', one.code)} {some('p', self._facts(one), 'note')}"
            f"{link_button(self.text(TO_WALL), self._wall(one.code), look='main')}</li>"
            for one in mine
        )
        return layout.card(self.text(RUNNING), f'<ul class="talks">{rows}</ul>') if mine else ""

    def _past(self, held: Sequence[Held]) -> str:
        rows = "".join(
            f"<li>{some('span', self._facts(one))} "
            f"{button(self.text(LOOK), 'look', {'code': one.code}, look='quiet')}</li>"
            for one in held
            if one.session.ended
        )
        return layout.card(self.text(PAST), f'<ul class="talks">{rows}</ul>') if rows else ""

    def _facts(self, one: Held) -> str:
        language = self.visit.language
        when = format_datetime(
            one.session.opened.astimezone(), WHEN.in_(language), locale=LOCALES[language]
        )
        count = self.text(COUNT).format(len(one.session.final))
        return f"{one.session.settings.title} · {when} · {count}"

    def _looked(self, held: Sequence[Held]) -> str:
        return "".join(results(self.visit, one.session) for one in held if one.code == self.looked)

    def _wall(self, code: str) -> str:
        base = self.visit.base_url
        return f"{base}live/{code}/wall" if base else ""


def _fits(item: Item) -> bool:
    return item.kind not in UNSUITED and asking.can_be_asked(item)


__all__ = ["ENDED", "HOSTS", "Live"]
