"""What colleagues propose, as a trainer reads and answers it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.apps.practice import chip, section_title
from salestrain.apps.quiz.proposing import ACCEPT, heading, rules_on
from salestrain.language import Text, day, number
from salestrain.periods import Period
from salestrain.training.proposals.proposals import PROPOSALS
from salestrain.training.proposals.sharing import shared
from salestrain.views.components import forms, layout
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.ground import some, tag
from salestrain.views.components.proposals import Shared, quoted, shared_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.apps.quiz import Quiz
    from salestrain.apps.quiz.deciding import Deciding
    from salestrain.training.proposals.proposals import Proposal, Verdict

TITLE = Text("大家提的题", "What colleagues propose")
WAITING = Text("{} 条等答复", "{} waiting for an answer")
NONE, NONE_WHY = (
    Text("都答复了", "All are answered"),
    Text("有人再提，会出现在这里。", "What is proposed next will turn up here."),
)
LOOK, OTHERS = Text("去看", "Look at them"), Text("其他几条", "The others")
THIS_ONE = Text("看这条", "This one")
BY_DAY = Text("{by} 前答复", "answer by {by}")
LATE, FROM = Text("过了期限", "overdue"), Text("{name}，{on}", "{name}, {on}")
RULES_OF = Text("这一节的规矩", "The section’s rules")
STEM, KEY = Text("题目", "The question"), Text("对的答案", "The right answer")
WRONG = Text("错的答案 {}", "Wrong answer {}")
BECAUSE, NO_NOTE = Text("错的答案 {} 错在哪", "Where wrong answer {} goes wrong"), Text("", "")
SAYS_WHY = Text("作者说，凭的是：{}", "What says so, by its author: {}")
CITES = Text("靠哪几条规矩或产品事实", "Rules and product facts it rests on")
CITES_NOTE = Text("编号，用逗号隔开，比如 4.3.exam。", "Ids with commas between, such as 4.3.exam.")
SOLVERS = Text(
    "谁翻着书做过，答案一样（{} 个没参与的人）",
    "Who got this answer, book open ({} who had no part in it)",
)
SOLVERS_NOTE = Text("姓名，用逗号隔开。", "Names with commas between.")
CHANGE, NOTE = Text("要改什么", "What to change"), Text("给作者的话", "Your words to the author")
NOTE_WHY = Text("退和不收，要写一条理由。", "Sent back or refused, it takes a reason.")
TAKE, RETURN, REFUSE = Text("收下", "Accept"), Text("退回去改", "Send back"), Text("不收", "Refuse")
QUARTER = Text("{}交的题", "Handed in, {}")
SO_MANY = Text("交了 {n} 条，收了 {taken} 条", "{n} handed in, {taken} accepted")
SO_SOON = Text("一般 {} 个工作日答复", "typically answered in {} working days")
NAMES = Text("出过题的人：{}", "Who wrote any: {}")
ID = re.compile(r"(?<![\w.])[\dA-Z][\w-]*(?:\.\w[\w-]*)+")


@dataclass(frozen=True)
class Answering:
    """The screens of who may decide."""

    app: Quiz
    deciding: Deciding

    def card(self) -> str:
        """Return the way here from the choice; nothing for who may not decide."""
        if not self.deciding.may:
            return ""
        waiting = self.deciding.waiting
        says = self._say(WAITING).format(len(waiting)) if waiting else self._say(NONE)
        way = actions(self.app.way(LOOK, PROPOSALS)) if waiting else ""
        line = f"<p>{says} {self._late(waiting[0]) if waiting else ''}</p>"
        return layout.card(self._say(TITLE), layout.stack(line, way))

    def shown(self) -> tuple[str, str, str]:
        """Return the screen, a name for its step, and its title."""
        title, say, waiting = self._say(TITLE), self.app.visit.language, self.deciding.waiting
        if not waiting:
            empty = layout.empty_state(self._say(NONE), self._say(NONE_WHY), say)
            return empty + self._quarter(), "none", title
        wanted = self.app.chosen.removeprefix(f"{PROPOSALS}-")
        one = next((one for one in waiting if one.token == wanted), waiting[0])
        head = layout.page_head(title, say, lead=self._say(WAITING).format(len(waiting)))
        others = [self._row(each) for each in waiting if each is not one]
        narrow = layout.card(self._say(OTHERS), shared_list(others)) if others else ""
        narrow += self._quarter() + rules_on(self.app.visit, ACCEPT)
        return head + layout.two_columns(self._one(one), narrow), one.token, title

    def _say(self, text: Text) -> str:
        return self.app.text(text)

    def _from(self, one: Proposal) -> str:
        """Return whose it is, since when, and by when it is to be answered."""
        say, due = self.app.visit.language, self.deciding.due(one)
        on = day(one.at.astimezone().date(), say)
        told = self._say(FROM).format(name=self.deciding.name(one.author), on=on)
        return f"{told} · {self._say(BY_DAY).format(by=day(due, say))}" if due else told

    def _late(self, one: Proposal) -> str:
        return tag(self._say(LATE), "warn") if self.deciding.is_late(one) else ""

    def _row(self, one: Proposal) -> Shared:
        way = self.app.way(THIS_ONE, f"{PROPOSALS}-{one.token}", "quiet")
        return Shared(
            heading(one, self.app.visit.language), self._from(one), self._late(one), way=way
        )

    def _one(self, one: Proposal) -> str:
        item = self.app.visit.playbook.items.get(one.draft.item)
        said = f'<p class="note">{some("span", self._from(one))} {self._late(one)}</p>'
        if item:
            cites = " ".join(chip(self.app.visit, cite) for cite in item.cites)
            said += quoted(self._say(item.stem), item.id) + f"<p>{cites}</p>"
        fields = self._improvement(one) if one.draft.kind == "improvement" else self._item(one)
        note = forms.text_area(self._say(NOTE), "note", rows=2, note=self._say(NOTE_WHY))
        form = forms.form("decide", *fields, note, self._verdicts(one))
        title = section_title(self.app.visit, one.draft.section)
        href = self.app.visit.link("playbook", rules=one.draft.section)
        return layout.card(title, layout.stack(said, form), more=(self._say(RULES_OF), href))

    def _improvement(self, one: Proposal) -> list[str]:
        return [forms.text_area(self._say(CHANGE), "why", text=one.draft.why)]

    def _item(self, one: Proposal) -> list[str]:
        draft, rows = one.draft, max(3, len(one.draft.distractors))
        wrong = [*draft.distractors, *[""] * (rows - len(draft.distractors))]
        fields = [
            forms.text_area(self._say(STEM), "stem", text=draft.stem),
            self._line(KEY, "key", draft.key),
        ]
        for at, text in enumerate(wrong):
            for name, label, given in (("distractor", WRONG, text), ("because", BECAUSE, "")):
                numbered = Text(*(one.format(at + 1) for one in label))
                fields.append(self._line(numbered, f"{name}_{at}", given))
        cited = ", ".join(
            one for one in ID.findall(draft.why) if one in self.app.visit.playbook.index
        )
        fields.append(quoted(self._say(SAYS_WHY).format(draft.why)) if draft.why else "")
        fields.append(self._line(CITES, "cites", cited, CITES_NOTE))
        if count := self.deciding.figure("solvers"):
            label = Text(*(one.format(count) for one in SOLVERS))
            fields.append(self._line(label, "solvers", "", SOLVERS_NOTE))
        return fields

    def _line(self, label: Text, name: str, text: str, note: Text = NO_NOTE) -> str:
        """Return a field that grows: no line of text sends the form by a mere Enter."""
        said, below = self._say(label), self._say(note)
        return forms.text_area(said, name, text=text, note=below, rows=1)

    def _verdicts(self, one: Proposal) -> str:
        ways: Iterable[tuple[Text, Verdict, str]] = (
            (TAKE, "accepted", "main"), (RETURN, "returned", ""), (REFUSE, "rejected", ""),
        )  # fmt: skip
        return actions(*(
            button(self._say(word), carries={"of": one.id, "verdict": verdict}, look=look,
                   data_needs=None if look else "note")
            for word, verdict, look in ways
        ))  # fmt: skip

    def _quarter(self) -> str:
        """Return what was shared this quarter: how many people wrote any, never who wrote most."""
        now, say = self.app.visit.now().astimezone(), self.app.visit.language
        starts = self.app.visit.playbook.company.fiscal_year_start_month
        period = Period.containing(now.date(), "quarter", year_starts=starts)
        found = shared(self.deciding.every, period, now.tzinfo)
        told = [self._say(SO_MANY).format(n=found.handed_in, taken=found.taken)]
        if found.working_days is not None:
            days = found.working_days
            told.append(self._say(SO_SOON).format(number(days, say, 1 if days % 1 else 0)))
        comma = "，" if say == "zh" else ", "
        names = ("、" if say == "zh" else ", ").join(sorted(map(self.deciding.name, found.authors)))
        rows = [comma.join(told), self._say(NAMES).format(names) if names else ""]
        body = "".join(some("p", one) for one in rows)
        return layout.card(self._say(QUARTER).format(self._say(period.name)), body)
