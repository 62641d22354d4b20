"""What is kept about oneself: how much, who looked at it, a copy of all, how it is erased."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from salestrain.apps.app import App
from salestrain.language import Text, day
from salestrain.records.audit import COMMAND_LINE
from salestrain.training.exams.exam import ANSWERED, BEGAN
from salestrain.training.talks.scorecards import RATED
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, link_button
from salestrain.views.components.desk import Heading, sortable_table
from salestrain.views.components.ground import some
from salestrain.views.screen import Drawn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from salestrain.records.audit import Look

TITLE = Text("我的资料", "My data")
LEAD = Text(
    "这里记了你什么、谁看过。这一页只有你自己能打开。",
    "What is kept about you, and who looked at it. Only you can open this page.",
)
OWN_TITLE, ABOUT_TITLE = (
    Text("你自己留下的", "What you left"),
    Text("别人写到你的", "What others wrote"),
)
OWN: dict[tuple[str, str], Text] = {
    ("quiz", ANSWERED): Text("答过的题", "Questions answered"),
    ("roleplay", BEGAN): Text("对练", "Role-plays begun"),
    ("onboarding", "noted"): Text("路径里写下的", "Notes on your path"),
    ("onboarding", "evidence"): Text("传的文件", "Files sent"),
    ("onboarding", "assessed"): Text("自评", "Self-assessments"),
    ("onboarding", "reacted"): Text("对一步的评价", "Reactions to a step"),
    ("playbook", "note"): Text("手册里的笔记", "Notes in the playbook"),
}
ABOUT: dict[tuple[str, str], Text] = {
    ("roleplay", RATED): Text("评级", "Ratings"),
    ("onboarding", "signed"): Text("签字", "Sign-offs"),
    ("mentor", "talked"): Text("带教谈话", "Coaching talks"),
    ("mentor", "settled"): Text("谈话里约定的事", "Agreed actions settled"),
    ("trainer", "paired"): Text("带教安排", "Mentor assigned"),
}
MORE, NOTHING = Text("其他记录", "Other steps"), Text("还没有。", "Nothing yet.")
LINKS, PIN = (
    Text("邀请链接", "Invitation links"),
    Text("口令（只存加密后的）", "PIN (kept as a hash alone)"),
)
KEPT, COUNT = Text("记了什么", "What"), Text("几条", "How many")
LOOKS = Text("谁看过", "Who looked")
LOOKS_NOTE = Text(
    "经理、培训老师、管理员和带教打开你的记录时记一条；在服务器上直接查数据库的，记不到。",
    "Noted when a manager, trainer, administrator or mentor opens your records; whoever reads the "
    "database on the server itself is not.",
)
NOT_ALL = Text(
    "只列最近 {most} 条，一共 {n} 条；下载的里面是全部。",
    "The latest {most} of {n}; the download has all.",
)
NOBODY = Text("还没有人看过。", "Nobody has.")
HEADS = Text("谁看了什么", "Who, and what"), Text("时间", "When")
PURPOSE = Text("为了：{why}", "for: {why}")
SEEN = {
    "talk": Text("一场对练", "a role-play"),
    "talks": Text("对练的列表", "the list of role-plays"),
    "calls": Text("真实谈话的评级", "ratings of real talks"),
    "progress": Text("路径走到哪", "how far the path has come"),
    "report": Text("报告", "a report"),
    "evidence": Text("你传的文件", "a file you sent"),
    "export": Text("导出的全部资料", "an export of all of it"),
    "joined": Text("练习和业绩、报酬合在一起看", "training beside sales or pay"),
}
MACHINE, GONE = (
    Text("管理员（命令行）", "An administrator, at the command line"),
    Text("已离开的人", "Somebody erased"),
)
COPY_TITLE, COPY = Text("带走一份", "Take a copy"), Text("下载全部（JSON）", "Download all (JSON)")
COPY_NOTE = Text(
    "里面是这里记的一切，一条不少。文件里有你的姓名，别放在公用电脑上。",
    "It holds all that is kept here. Your name is in it: don’t leave it on a shared computer.",
)
ERASE_TITLE = Text("要求抹去", "Have it erased")
ERASE = Text(
    "对管理员说你的编号 {id}，请他们运行：",
    "Tell an administrator your id, {id}, and ask them to run:",
)
ERASE_NOTE = Text(
    "抹去的有：姓名、口令、链接、你做过的一切、传的文件、别人写到你的。抹了就找不回来，练习从头开始。"
    "CRM 里的销售数据归公司管，要另外提。",
    "It erases your name, PIN, links, all you did, the files you sent, and what others wrote about "
    "you. It can’t be undone, and practice begins anew. Sales figures in the CRM are the "
    "company’s: ask for those apart.",
)
MOST = 50
COMMAND = "salestrain people forget {id}"


class Mine(App):
    """One person's own data; it changes nothing."""

    name = "mine"
    at = "mine"

    def draw(self) -> Drawn:
        """Return what is kept, who looked, and what one can do about it."""
        visit = self.visit
        kept = visit.records.people.export(visit.person.id)
        head = layout.page_head(self.text(TITLE), visit.language, lead=self.text(LEAD))
        own = self._counted(OWN_TITLE, kept["steps"], OWN, self._beside(kept))
        about = self._counted(ABOUT_TITLE, kept["about"], ABOUT, [])
        html = layout.two_columns(own + about, self._copy() + self._erase())
        return Drawn(head + layout.stack(html, self._looks()), self.at, self.text(TITLE))

    def _beside(self, kept: dict[str, Any]) -> list[tuple[Text, int]]:
        rows = (LINKS, len(kept["invitations"])), (PIN, int(kept["person"]["has_pin"]))
        return [row for row in rows if row[1]]

    def _counted(
        self,
        title: Text,
        steps: Iterable[dict[str, Any]],
        names: dict[tuple[str, str], Text],
        beside: list[tuple[Text, int]],
    ) -> str:
        """Return how many steps of each kind there are; together they are all there are."""
        kinds = Counter(names.get((one["app"], one["kind"]), MORE) for one in steps)
        rows = [(name, kinds[name]) for name in [*names.values(), MORE] if kinds[name]] + beside
        if not rows:
            return layout.card(self.text(title), some("p", self.text(NOTHING), "note"))
        heads = [Heading(self.text(KEPT), "text"), Heading(self.text(COUNT), "number")]
        listed = [[self.text(name), str(count)] for name, count in rows]
        table = sortable_table(_id(title), self.text(title), heads, listed)
        return layout.card(self.text(title), table)

    def _looks(self) -> str:
        looks = self.visit.records.audit.looks(whom=self.visit.person.id)
        names = {one.id: one.called for one in self.visit.records.people.all()}
        names |= {COMMAND_LINE: MACHINE}
        body = some("p", self.text(LOOKS_NOTE), "note")
        if not looks:
            return layout.card(self.text(LOOKS), some("p", self.text(NOBODY)) + body)
        heads = [Heading(self.text(head), "text") for head in HEADS]
        rows = [self._look(one, names) for one in reversed(looks[-MOST:])]
        if len(looks) > MOST:
            body += some("p", self.text(NOT_ALL).format(most=MOST, n=len(looks)), "note")
        return layout.card(
            self.text(LOOKS), sortable_table("looks", self.text(LOOKS), heads, rows) + body
        )

    def _look(self, one: Look, names: dict[str, Text]) -> list[str]:
        kind, _, which = one.what.partition(" ")
        what = self.text(SEEN[kind]) if kind in SEEN else kind
        what += f" · {self._titled(which)}" if which else ""
        said = [self.text(names.get(one.by, GONE)), what]
        said += [self.text(PURPOSE).format(why=one.why)] if one.why else []
        return [" · ".join(said), _when(one.at, self)]

    def _titled(self, which: str) -> str:
        scenario = self.visit.playbook.scenarios.get(which)
        return self.text(scenario.title) if scenario else which

    def _copy(self) -> str:
        href = f"{self.visit.base_url}mine.json" if self.visit.base_url else ""
        way = (
            actions(link_button(self.text(COPY), href, look="main", symbol="down")) if href else ""
        )
        return layout.card(self.text(COPY_TITLE), some("p", self.text(COPY_NOTE)) + way)

    def _erase(self) -> str:
        id_ = self.visit.person.id
        said = some("p", self.text(ERASE).format(id=id_))
        command = f"<p>{some('code', COMMAND.format(id=id_))}</p>"
        note = some("p", self.text(ERASE_NOTE), "note")
        return layout.card(self.text(ERASE_TITLE), said + command + note)


def _when(at: datetime, app: Mine) -> str:
    local = at.astimezone()
    return f"{day(local.date(), app.visit.language)} {local:%H:%M}"


def _id(title: Text) -> str:
    return "kept-own" if title is OWN_TITLE else "kept-about"
