"""The steps of a path as its map shows them: state, what is asked, what was handed in, forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from salestrain.apps.onboarding.words import (
    GO,
    MINUTES,
    RETURNED,
    SIGNERS,
    day_words,
    way_to,
    why,
)
from salestrain.crm.tables import tables
from salestrain.language import Text, number, percent
from salestrain.playbook.paths import WRITTEN, Measured, Shadow
from salestrain.views.components.buttons import button, link_button
from salestrain.views.components.forms import field as form_field
from salestrain.views.components.forms import text_area
from salestrain.views.components.ground import attributes, rule_link, some, tag
from salestrain.views.components.layout import stack
from salestrain.views.components.today import Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.apps.onboarding.handed import Handed
    from salestrain.apps.visit import Visit
    from salestrain.playbook.paths import Do, Note, Talk
    from salestrain.training.paths.path import Progress, Standing

    Written = Note | Shadow | Do | Talk

DONE, RESULT = Text("{} 完成", "done on {}"), Text("上次 {}", "last result {}")
DUE, FIRST, JOIN = Text("{} 前", "by {}"), Text("先完成第 {} 步", "after step {}"), Text("、", ", ")
UNLOCKS = Text("之后开放第 {} 步", "opens step {}")
SAVE, CHANGE = Text("保存", "Save"), Text("改一改", "Change it")
WANTED = Text("要交的：{}", "What to hand in: {}")
FILE, UPLOAD = Text("照片或文件", "Photo or file"), Text("交文件", "Hand in the file")
FILE_NOTE = Text(
    "交之前把客户的电话和姓名涂掉。", "Black out customers' names and numbers beforehand."
)
WAITS, SIGNED = Text("等{}签字", "waits for your {}"), Text("{}签了，{}", "signed by {}, {}")
BY = Text("由{}签字", "signed by your {}")
SEEN = Text("CRM 里有 {} 条，要 {} 条", "{} of {} in the CRM so far")
NO_TABLE = Text(
    "CRM 导出里没有「{}」这张表，导进来以后这一步自己会算。",
    "The CRM export brought no “{}”; once that table is imported this step counts by itself.",
)
BY_ITSELF = Text("CRM 里有了，这一步自己完成。", "Done by itself once the CRM shows it.")
USEFUL = Text("刚做完的这一步，有用吗？", "The step you just did: was it useful?")
CLEAR = Text("讲得清楚吗？", "Was it clear?")
LEAST_MOST = Text("1 一点也不 · 5 非常", "1 not at all · 5 very")
SCALE = range(1, 6)
LOOKS: Mapping[str, Literal["done", "now", "later", "locked"]] = {
    "done": "done", "now": "now", "locked": "locked"
}  # fmt: skip


@dataclass(frozen=True)
class Stops:
    """What it takes to draw the steps.

    Attributes:
        found: Where the person stands.
        handed: What they handed in.
        open: The step whose form is open.
        half: A step of which it was said how useful it was, and not yet how clear.
        names: Of the people who sign, by id.
    """

    visit: Visit
    found: Progress
    handed: Handed
    open: str
    half: tuple[str, int] | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def stop(self, one: Standing) -> Stop:
        """Return a step as a stop of the map."""
        step, free = one.step, one.state not in {"locked", "done"}
        says = some("p", self._says(one))
        asked = isinstance(step, WRITTEN) and one.state != "locked"
        body = self._written(one) if asked else self._way(one) + self.handed.shown(step.id, self._l)
        if free and step.evidence and not isinstance(step, WRITTEN):
            body += self._file(one)
        href = "" if isinstance(step, WRITTEN) else way_to(self.visit, step)
        title, note = f"{one.number} {self._t(step.title)}", " · ".join(self._facts(one))
        more = self._tag(one) + self._counted(one) + says + body + self._reaction(one)
        return Stop(title, note, LOOKS.get(one.state, "later"), href, more)

    @property
    def _l(self) -> Literal["zh", "en"]:
        return self.visit.language

    def _t(self, text: Text) -> str:
        return text.in_(self.visit.language)

    def _says(self, one: Standing) -> str:
        """Return why it is worth doing, while that is of use."""
        if one.did.returned or one.state in {"done", "locked", "waiting"}:
            return ""
        return why(one, self._l)

    def _facts(self, one: Standing) -> list[str]:
        if one.done_at:
            done = self._t(DONE).format(day_words(one.done_at.astimezone(), self._l))
            share = percent(one.tried.share, self._l) if one.tried else ""
            return [done, *([self._t(RESULT).format(share)] if share else [])]
        waits = self._t(JOIN).join(map(str, one.waits_for))
        first = [self._t(FIRST).format(waits)] if waits else []
        due = self._t(DUE).format(day_words(one.due, self._l))
        signer = [self._t(BY).format(self._t(SIGNERS[s]))] if (s := one.step.signed_by) else []
        opens = [each.number for each in self.found.steps if one.step.id in each.step.after]
        joined = self._t(JOIN).join(map(str, opens))
        unlocks = [self._t(UNLOCKS).format(joined)] if opens and self.found.path.plan else []
        return [*first, self._t(MINUTES).format(one.step.minutes), due, *signer, *unlocks]

    def _tag(self, one: Standing) -> str:
        did, signer = one.did, one.step.signed_by
        if one.state == "waiting" and signer:
            return tag(self._t(WAITS).format(self._t(SIGNERS[signer])), "brand", "clock")
        if did.returned and not one.done_at:
            return tag(self._t(RETURNED).format(did.returned.text), "warn", "warn")
        if did.signed:
            who = self.names.get(did.signed.by, did.signed.by)
            said = self._t(SIGNED).format(who, day_words(did.signed.at.astimezone(), self._l))
            return tag(said, "good", "check") + some("p", did.signed.text, "note")
        return ""

    def _counted(self, one: Standing) -> str:
        step, counted = one.step, one.did.counted
        if not isinstance(step, Measured) or one.done_at or counted is None:
            return ""
        if counted.missing:
            named = self._t(tables()[counted.missing].label)
            return some("p", self._t(NO_TABLE).format(named), "note")
        least = number(step.at_least, self._l, 0)
        said = self._t(SEEN).format(number(counted.rows, self._l, 0), least)
        return some("p", f"{said} · {self._t(BY_ITSELF)}", "note")

    def _way(self, one: Standing) -> str:
        href = way_to(self.visit, one.step) if one.state == "now" else ""
        return link_button(self._t(GO[one.step.kind]), href, look="main", symbol="arrow")

    def _written(self, one: Standing) -> str:
        step = one.step
        assert isinstance(step, WRITTEN)  # noqa: S101 (the caller looked; for the type checker)
        shown = self.handed.shown(step.id, self._l)
        if step.id == self.open:
            before = shown if one.state != "now" else ""
            return before + stack(self._form(one, step), self._file(one))
        go = CHANGE if step.id in self.handed.texts else GO[step.kind]
        may = one.did.signed is None
        return shown + (button(self._t(go), "change", {"step": step.id}) if may else "")

    def _form(self, one: Standing, step: Written) -> str:
        """Return the field for a step; each step's has a draft of its own."""
        ask = step.listen if isinstance(step, Shadow) else step.ask
        text = self.handed.texts.get(step.id, "")
        area = text_area(self._t(ask), "text", text=text, rows=5)
        wanted = self._t(WANTED).format(self._t(step.evidence)) if step.evidence else ""
        rules = "".join(
            rule_link(rule, self.visit.link("playbook", rules=rule[:3])) + " "
            for rule in step.cites
        )
        hidden = f"<input{attributes(type='hidden', name='step', value=step.id)}>"
        save = button(self._t(SAVE), look="main" if one.state == "now" else "", data_needs="text")
        given = attributes(data_do="note", id=f"note-{step.id}")
        about = some("p", wanted) + (f"<p>{rules}</p>" if rules else "")
        return f'<form class="chooser"{given}>{about}{area}{hidden}{save}</form>'

    def _file(self, one: Standing) -> str:
        """Return the form for a file, sent without a script; none where there is no server."""
        step, base = one.step, self.visit.base_url
        if not (base and step.evidence) or one.state in {"done", "locked"}:
            return ""
        name = form_field(
            self._t(FILE), "file", note=self._t(FILE_NOTE), type="file", required=True
        )
        given = attributes(
            method="post",
            enctype="multipart/form-data",
            action=f"{base}evidence/{self.found.path.id}/{step.id}",
        )
        return f'<form class="chooser"{given}>{name}{button(self._t(UPLOAD))}</form>'

    def _reaction(self, one: Standing) -> str:
        """Return two questions of a tap each, on the step done last and on no other."""
        done = [each for each in self.found.steps if each.done_at]
        last = max(done, key=lambda each: (each.done_at, each.number), default=None)
        if one is not last or one.step.id in self.handed.reacted:
            return ""
        half = self.half if self.half and self.half[0] == one.step.id else None
        fields = {"step": one.step.id} | ({"useful": str(half[1])} if half else {})
        name = "clear" if half else "useful"
        taps = " ".join(
            button(str(value), "react", {**fields, name: str(value)}) for value in SCALE
        )
        asked = self._t(CLEAR if half else USEFUL)
        group = f'<div role="group"{attributes(aria_label=asked)}>{taps}</div>'
        return some("p", asked, "note") + group + some("p", self._t(LEAST_MOST), "note")
