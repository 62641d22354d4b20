"""The KPI review in words: the headline, what lies behind it, and what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.language import Language, Text, number
from salestrain.sales.kpi_review import REVENUE, lead_of
from salestrain.sales.units import signed, step, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salestrain.sales.bridge import Bridge, Part
    from salestrain.sales.cases import Attention
    from salestrain.sales.kpi_review import Finding, Row

PERIOD_WORDS = {
    "month": Text("个月", "months"),
    "quarter": Text("个季度", "quarters"),
    "year": Text("年", "years"),
}
PREVIOUS = {
    "month": Text("上月", "last month"),
    "quarter": Text("上季", "last quarter"),
    "year": Text("上年", "last year"),
}
OTHERS = {
    "rep": Text("组里其他人", "the rest of the team"),
    "team": Text("其他组", "the other teams"),
    "region": Text("其他大区", "the other regions"),
}
CAUSES = {
    "closed": Text("结案的商机", "Deals closed"),
    "win_rate": Text("赢单率", "Win rate"),
    "average_deal": Text("平均单额", "Average deal"),
    "new": Text("新单", "New business"),
    "repeat": Text("复购", "Repeat orders"),
    "renewal": Text("续约", "Renewals"),
    "other": Text("未分类订单", "Orders of no kind"),
}


@dataclass(frozen=True)
class Voice:
    """Whose language and money the words are in."""

    language: Language
    currency: str

    def say(self, text: Text, /, **values: object) -> str:
        """Fill a sentence's blanks."""
        return text.in_(self.language).format(**values)

    def name(self, row: Row, *, inside: bool = False) -> str:
        """Return a measure's name, in lower case inside an English sentence."""
        name = row.kpi.name.in_(self.language)
        keep = self.language == "zh" or not inside or name[:2].isupper()
        return name if keep else name[0].lower() + name[1:]

    def value(self, value: float, row: Row) -> str:
        """Write a value in the measure's unit."""
        return written(value, row.kpi.unit, self.language, self.currency)

    def step(self, difference: float, row: Row) -> str:
        """Write the size of a difference in the measure's unit."""
        return step(difference, row.kpi.unit, self.language, self.currency)


def headline(rows: Sequence[Row], findings: Sequence[Finding], voice: Voice) -> str:
    """Return the review's title: what changed most, and what it came to in money."""
    if rows and not any(row.now.n for row in rows):
        when = rows[0].cell.period.name.in_(voice.language)
        return voice.say(Text("{when}没有记录", "Nothing on record in {when}"), when=when)
    result = money_clause(rows, voice)
    lead = lead_of(findings)
    if lead and result:
        first = finding_clause(lead, voice)
        return voice.say(Text("{first}，{result}", "{first}; {result}"), first=first, result=result)
    if lead:
        return finding_clause(lead, voice)
    if result:
        whole = result[0].upper() + result[1:]
        return voice.say(
            Text("{whole}，其余指标没有超出波动", "{whole}; nothing else moved beyond chance"),
            whole=whole,
        )
    return voice.say(Text("数据不够，下不了结论", "Too little data for a finding"))


def finding_clause(finding: Finding, voice: Voice) -> str:
    """Return a finding as a clause with its figures."""
    change, row = finding.change, finding.row
    facts = {
        "name": voice.name(row),
        "now": voice.value(change.now, row),
        "then": voice.value(change.then, row),
        "turn": voice.say(Text("升", "up") if change.difference > 0 else Text("降", "down")),
    }
    if finding.comparison == "peers":
        others = OTHERS.get(row.cell.level, OTHERS["team"]).in_(voice.language)
        text = Text("{name} {now}，{others} {then}", "{name} is {now}, {others} {then}")
        return voice.say(text, others=others, **facts)
    if finding.comparison == "recent":
        many = PERIOD_WORDS[row.cell.period.grain].in_(voice.language)
        text = Text(
            "{name}近两{many}{turn}到 {now}（之前 {then}）",
            "{name} is {turn} to {now} over two {many} ({then} before)",
        )
        return voice.say(text, many=many, **facts)
    if finding.comparison == "last_year":
        text = Text(
            "{name}{turn}到 {now}（去年同期 {then}）",
            "{name} is {turn} to {now} ({then} a year ago)",
        )
        return voice.say(text, **facts)
    return voice.say(Text("{name}{turn}到 {now}", "{name} is {turn} to {now}"), **facts)


def money_clause(rows: Sequence[Row], voice: Voice) -> str:
    """Return revenue against its target, else against the period before; "" without revenue."""
    row = next((row for kpi in REVENUE for row in rows if row.kpi.id == kpi), None)
    if row is None or not row.now.shown:
        return ""
    name = voice.name(row, inside=True)
    if row.now.target > 0:
        gap = row.now.value - row.now.target
        text = (
            Text("{name}比目标少 {gap}", "{name} {gap} short of target")
            if gap < 0
            else Text("{name}超目标 {gap}", "{name} {gap} above target")
        )
        return voice.say(text, name=name, gap=voice.step(gap, row))
    if row.previous is None:
        return voice.say(
            Text("{name} {now}", "{name} {now}"), name=name, now=voice.value(row.now.value, row)
        )
    if row.previous.difference == 0:
        return voice.say(
            Text("{name} {now}，和{before}一样", "{name} {now}, as {before}"),
            name=name,
            now=voice.value(row.now.value, row),
            before=PREVIOUS[row.cell.period.grain].in_(voice.language),
        )
    text = (
        Text("{name} {now}，比{before}少 {gap}", "{name} {now}, {gap} less than {before}")
        if row.previous.difference < 0
        else Text("{name} {now}，比{before}多 {gap}", "{name} {now}, {gap} more than {before}")
    )
    return voice.say(
        text,
        name=name,
        now=voice.value(row.now.value, row),
        gap=voice.step(row.previous.difference, row),
        before=PREVIOUS[row.cell.period.grain].in_(voice.language),
    )


def largest_part(bridge: Bridge) -> Part | None:
    """Return the cause that explains most of the change, among those that go its way."""
    way = 1 if bridge.now >= bridge.then else -1
    same = [part for part in bridge.parts if part.amount * way > 0]
    return max(same, key=lambda part: abs(part.amount), default=None)


def bridge_sentence(bridge: Bridge, grain: str, voice: Voice) -> str:
    """Return why the total changed, in one sentence."""
    part = largest_part(bridge)
    if part is None:
        return ""
    difference = bridge.now - bridge.then
    text = (
        Text(
            "销售额比{before}少 {gap}，最大的一块是{cause}（{amount}）。",
            "Revenue is {gap} less than {before}; the largest part is {cause} ({amount}).",
        )
        if difference < 0
        else Text(
            "销售额比{before}多 {gap}，最大的一块是{cause}（{amount}）。",
            "Revenue is {gap} more than {before}; the largest part is {cause} ({amount}).",
        )
    )
    cause = CAUSES[part.cause].in_(voice.language)
    return voice.say(
        text,
        before=PREVIOUS[grain].in_(voice.language),
        gap=signed(abs(difference), voice.language, voice.currency).lstrip("+"),
        cause=cause if voice.language == "zh" else cause.lower(),
        amount=signed(part.amount, voice.language, voice.currency),
    )


def people_sentence(worse: int, reps: int, voice: Voice) -> str:
    """Return whether a finding is one person's or everybody's."""
    if reps < 3:
        return ""
    if worse == reps:
        text = Text(
            "{reps} 个人都是这样：先看流程，再谈个人。",
            "It shows for all {reps} reps: look at the process before the people.",
        )
    elif worse / reps > 0.7:
        text = Text(
            "{reps} 个人里 {worse} 个是这样：先看流程，再谈个人。",
            "It shows for {worse} of {reps} reps: look at the process first.",
        )
    else:
        text = Text(
            "{reps} 个人里 {worse} 个是这样：看是谁、为什么。",
            "It shows for {worse} of {reps} reps: see who, and why.",
        )
    return voice.say(text, worse=worse, reps=reps)


def attention_sentence(found: Attention, voice: Voice) -> str:
    """Return how many open deals ask for a decision, and what they hold."""
    if not found.deals:
        return voice.say(Text("没有要当面谈的在手商机。", "No open deal asks for a decision."))
    if found.amount is None:
        return voice.say(
            Text(
                "{open} 个在手商机里 {count} 个要当面谈，都没有填金额。",
                "{count} of {open} open deals ask for a decision; none has an amount.",
            ),
            open=number(found.open_count, voice.language),
            count=number(len(found.deals), voice.language),
        )
    return voice.say(
        Text(
            "{open} 个在手商机里 {count} 个要当面谈，合计 {amount}。",
            "{count} of {open} open deals ask for a decision; they hold {amount}.",
        ),
        open=number(found.open_count, voice.language),
        count=number(len(found.deals), voice.language),
        amount=written(found.amount, "money", voice.language, voice.currency),
    )


def alike(flags: Mapping[str, bool | None], noun: Text, voice: Voice) -> str:
    """Return a ranking's finding: who differs for sure, and who can't be told apart.

    Args:
        flags: By entity: better (True) or worse (False) than the rest for sure, or None.
        noun: What they are, in the plural.
        voice: The reader's language.
    """
    high = sum(flag is True for flag in flags.values())
    low = sum(flag is False for flag in flags.values())
    rest = len(flags) - high - low
    plural = noun.in_(voice.language)
    if not high and not low:
        text = Text("{rest} {plural}分不出高下", "{rest} {plural}: all within chance")
    elif not high:
        text = Text(
            "{low} {plural}偏低，{rest} {plural}分不出高下",
            "{low} of {all} {plural} lower, the others alike",
        )
    elif not low:
        text = Text(
            "{high} {plural}偏高，{rest} {plural}分不出高下",
            "{high} of {all} {plural} higher, the others alike",
        )
    else:
        text = Text(
            "{high} {plural}偏高，{low} {plural}偏低，{rest} {plural}分不出高下",
            "Of {all} {plural}, {high} higher and {low} lower; the others alike",
        )
    return voice.say(text, high=high, low=low, rest=rest, all=len(flags), plural=plural)
