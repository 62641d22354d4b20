"""Propose a question or an improvement, and see what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import Fields
from salestrain.apps.practice import chip, section_title
from salestrain.language import Text, day
from salestrain.playbook.sections import SECTIONS
from salestrain.records.shared import everybodys
from salestrain.training.proposals.drafts import ENOUGH, MOST_OPEN, Draft, clean, fault, written_in
from salestrain.training.proposals.proposals import PROPOSALS, PROPOSED, proposals
from salestrain.views.components import forms, layout
from salestrain.views.components.buttons import actions, button, link_button
from salestrain.views.components.ground import Tone, some, tag
from salestrain.views.components.proposals import Shared, quoted, shared_list
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.quiz import Quiz
    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.training.proposals.proposals import Proposal, State

PROPOSE = "propose"
"""What is open while one proposes; with an item's id behind it to improve that, with a number to
revise what was sent back."""
SHARE, ACCEPT = "4.3.share", "4.3.accept"
"""The rules on proposing and on deciding, where a playbook has them."""
TITLE, WAY = Text("出一道题", "Propose a question"), Text("出题", "Propose one")
LEAD = Text(
    "客户问倒你的，写成一道题，同事就不会再被问倒。",
    "Turn what a customer caught you out on into a question, and it won’t catch a colleague.",
)
CREDIT = Text("采纳 {} 条", "{} accepted")
ASKED = Text("客户问了什么", "What did the customer ask?")
KEY = Text("对的答案", "The right answer")
DISTRACTORS = Text("同事会怎么答错", "What do colleagues get wrong?")
A_LINE_EACH = Text(
    "一行一个，两三个就够；写真有人这么想的。",
    "One a line; two or three will do, ones that people really give.",
)
WHY = Text("凭什么说它对（可以不填）", "What says so? (optional)")
WHY_NOTE = Text(
    "哪条规矩或产品事实，比如 4.3.exam。", "Which rule or product fact, such as 4.3.exam."
)
SECTION, CHOOSE = Text("属于哪一节", "Which section is it of?"), Text("请选", "Choose")
HAND_IN, SEND = Text("交上去", "Hand it in"), Text("发给培训师", "Send to the trainer")
PROBLEM = Text("这题有问题？", "Something wrong with this question?")
WRONG = Text("哪里不对，怎么改", "What is wrong, and how to put it right?")
RECEIVED = Text(
    "收到了，答复会写在「出一道题」里", "Received. The answer will be under “Propose a question”"
)
BACK = Text("接着做", "Go on")
MINE = Text("我交的", "What you handed in")
IMPROVES = Text("改 {item}：{why}", "On {item}: {why}")
RULES = Text("手册怎么说", "What the playbook says")
SENT_BACK = Text("培训师退回来时写的", "The trainer, who sent it back")
REVISE = Text("改了再交", "Revise it")
NO_SECTION = Text("请选一节", "Choose a section")
STATES: dict[State, tuple[Text, Tone]] = {
    "open": (Text("等答复", "waiting"), ""),
    "accepted": (Text("采纳了", "accepted"), "good"),
    "returned": (Text("退回来改", "sent back"), "warn"),
    "rejected": (Text("没收", "not taken"), ""),
    "revised": (Text("改过再交了", "revised"), ""),
}


class Proposed(Fields):
    """What is handed in: all of a question, or ``why`` alone of an improvement."""

    section: str = ""
    stem: str = ""
    key: str = ""
    distractors: str = ""
    why: str = ""
    revises: Annotated[int, Field(ge=0)] = 0


def everything(visit: Visit) -> tuple[Proposal, ...]:
    """Return all that was proposed by anybody."""
    return proposals(everybodys(visit.records, "quiz", PROPOSALS))


def problem_way(visit: Visit, item: Item) -> str:
    """Return the quiet way to say what is wrong with a question."""
    said, name = PROBLEM.in_(visit.language), f"{PROPOSE}-{item.id}"
    href = visit.link("quiz", set=name)
    return link_button(said, href, look="quiet") or button(
        said, "open", {"name": name}, look="quiet"
    )


def rules_on(visit: Visit, *ids: str) -> str:
    """Return what the playbook itself says of it, if it says anything."""
    there = (visit.playbook.index.get(one) for one in ids)
    told = [(one.id, one.says.in_(visit.language)) for one in there if one and one.says]
    rows = "".join(f"<li>{chip(visit, id_)}{some('p', says)}</li>" for id_, says in told)
    rows = f'<ul class="shared">{rows}</ul>'
    return layout.card(RULES.in_(visit.language), rows) if told else ""


@dataclass(frozen=True)
class Proposing:
    """One person who proposes; ``open`` is what of it is open: ``propose``, ``propose-…``."""

    visit: Visit
    open: str = PROPOSE

    @cached_property
    def mine(self) -> tuple[Proposal, ...]:
        """What this person proposed so far, the latest first."""
        if not self.visit.diary.thread("quiz", PROPOSALS):
            return ()
        me = self.visit.person.id
        return tuple(one for one in reversed(everything(self.visit)) if one.author == me)

    @property
    def about(self) -> Item | None:
        """The item to improve, if it is one."""
        if not self.open.startswith(PROPOSE):
            return None
        return self.visit.playbook.items.get(self.open.removeprefix(f"{PROPOSE}-"))

    @property
    def revises(self) -> Proposal | None:
        """What was sent back and is revised here."""
        item = self.about.id if self.about else ""
        number = self.open.removeprefix(f"{PROPOSE}-")
        back = (one for one in self.mine if one.state == "returned" and one.draft.item == item)
        return next((one for one in back if item or str(one.number) == number), None)

    @property
    def there(self) -> bool:
        """Whether there is anything of this name to open."""
        if not self.open.startswith(PROPOSE):
            return False
        own = (f"{PROPOSE}-{one.number}" for one in self.mine)
        return self.open == PROPOSE or self.about is not None or self.open in own

    def propose(self, fields: Proposed) -> None:
        """Hand it in.

        Raises:
            Refused: If something is missing or too long, or too many wait for an answer.
        """
        draft = self._draft(fields)
        if draft.section not in SECTIONS:
            raise Refused(NO_SECTION)
        if found := fault(draft):
            raise Refused(found)
        if sum(one.state == "open" for one in self.mine) >= MOST_OPEN:
            raise Refused(ENOUGH)
        again = self.revises
        data = draft.data | ({"revises": again.number} if again else {})
        self.visit.thread("quiz", PROPOSALS).save(PROPOSED, data)

    def _draft(self, fields: Proposed) -> Draft:
        why, about = clean(fields.why), self.about
        if about:
            return Draft("improvement", about.section, written_in(why), about.id, why=why)
        stem, key = clean(fields.stem), clean(fields.key, lines=False)
        wrong = tuple(clean(fields.distractors).splitlines())
        return Draft("item", fields.section, written_in(stem), "", stem, key, wrong, why=why)

    def card(self, app: Quiz) -> str:
        """Return the way here from the choice, with what was accepted of this person's."""
        says = layout.stack(some("p", self._say(LEAD), "note"), actions(app.way(WAY, PROPOSE)))
        return layout.card(self._say(TITLE), says, note=self._credit())

    def shown(self, app: Quiz) -> tuple[str, str, str]:
        """Return the screen, a name for its step, and its title."""
        about, count = self.about, len(self.mine)
        html = self._improvement(app, about) if about else self._question(app)
        return html, f"p-{count}", self._say(PROBLEM if about else TITLE)

    def _say(self, text: Text) -> str:
        return text.in_(self.visit.language)

    def _credit(self) -> str:
        taken = sum(one.state == "accepted" for one in self.mine)
        return self._say(CREDIT).format(taken) if taken else ""

    def _question(self, app: Quiz) -> str:
        again = self.revises
        given = again.draft if again else Draft("item", "", "")
        fields = (
            forms.text_area(self._say(ASKED), "stem", text=given.stem),
            forms.text_area(self._say(KEY), "key", text=given.key, rows=1),
            forms.text_area(
                self._say(DISTRACTORS), "distractors", text="\n".join(given.distractors),
                note=self._say(A_LINE_EACH),
            ),
            forms.text_area(self._say(WHY), "why", text=given.why, rows=1,
                            note=self._say(WHY_NOTE)),
            forms.select(self._say(SECTION), "section", self._sections(given.section)),
            self._send(HAND_IN, "stem key distractors section"),
        )  # fmt: skip
        said = quoted(again.note, self._say(SENT_BACK)) if again else ""
        head = layout.page_head(self._say(TITLE), self.visit.language, lead=self._say(LEAD))
        form = layout.card("", layout.stack(said, forms.form("propose", *fields)))
        return head + layout.two_columns(
            form, self._list(app) + rules_on(self.visit, SHARE, ACCEPT)
        )

    def _sections(self, chosen: str) -> list[forms.Option]:
        titles = ((one, section_title(self.visit, one)) for one in SECTIONS)
        blank = forms.Option("", self._say(CHOOSE), chosen=not chosen)
        return [blank, *(forms.Option(one, title, chosen=one == chosen) for one, title in titles)]

    def _send(self, word: Text, needs: str) -> str:
        return actions(button(self._say(word), look="main", data_needs=needs))

    def _improvement(self, app: Quiz, item: Item) -> str:
        say, again = self.visit.language, self.revises
        head = layout.page_head(
            self._say(PROBLEM), say, kicker=section_title(self.visit, item.section)
        )
        cites = f"<p>{' '.join(chip(self.visit, cite) for cite in item.cites)}</p>"
        body = quoted(self._say(item.stem)) + cites
        if any(one.draft.item == item.id and one.state == "open" for one in self.mine):
            back = actions(app.way(BACK, self._came_from(item), "main"), app.way(TITLE, PROPOSE))
            return head + layout.stack(layout.notice(self._say(RECEIVED), back, "good"), body)
        text = again.draft.why if again else ""
        body += quoted(again.note, self._say(SENT_BACK)) if again else ""
        field = forms.text_area(self._say(WRONG), "why", text=text)
        form = forms.form("propose", field, self._send(SEND, "why"))
        return head + layout.stack(layout.card("", layout.stack(body, form)))

    def _came_from(self, item: Item) -> str:
        """Return the set or exam in which the item was answered last."""
        answered = (
            thread
            for app, thread, step in reversed(self.visit.diary.deeds)
            if app == "quiz" and step.data.get("item") == item.id and thread != PROPOSALS
        )
        return next(answered, item.section)

    def _list(self, app: Quiz) -> str:
        rows = [self._row(app, one) for one in self.mine]
        if not rows:
            return ""
        return layout.card(self._say(MINE), shared_list(rows), note=self._credit())

    def _row(self, app: Quiz, one: Proposal) -> Shared:
        word, tone = STATES[one.state]
        on = day(one.at.astimezone().date(), self.visit.language)
        name = f"{PROPOSE}-{one.draft.item or one.number}"
        way = app.way(REVISE, name, "quiet") if one.state == "returned" else ""
        return Shared(
            heading(one, self.visit.language), on, tag(self._say(word), tone), one.note, way
        )


def heading(one: Proposal, language: Language) -> str:
    """Return what a proposal comes down to: its question, or what to improve in which."""
    texts = one.texts
    if texts.kind == "item":
        return texts.stem
    return IMPROVES.in_(language).format(item=texts.item, why=texts.why)
