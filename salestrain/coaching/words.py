"""A lead in words: whom to go along with, why, on what evidence, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Language, Text, money, number, percent

if TYPE_CHECKING:
    from salestrain.coaching.hour import Advice, Lead, Verdict

DO: dict[Verdict, Text] = {
    "coach": Text("陪{who}谈一次{stage}", "Go through {stage} with {who}"),
    "watch": Text("先看{who}谈两次{stage}，再谈", "See {who} at {stage} twice before you talk"),
    "process": Text(
        "先查{who}的单子在{stage}等什么", "First find out what {who}’s deals wait for in {stage}"
    ),
}
GAP = Text(
    "近四个季度，{who}有 {left} 单离开「{stage}」，{rate} 往前走；别人 {others_left} 单，{others}。"
    "扣掉偶然后差 {gap}（{low} 到 {high}）。",
    "Over four quarters {left} of {who}’s deals left “{stage}” and {rate} moved on; of the others’ "
    "{others_left} it was {others}. With chance taken out the gap is {gap} ({low} to {high}).",
)
MONEY = Text(
    "这个阶段还开着 {number} 单，共 {amount}。照这样走，预计少赢 {money}（{low} 到 {high}）。"
    "这是估计，不是承诺。",
    "{number} deals worth {amount} lie open there. As things go, {money} ({low} to {high}) of that "
    "will be lost that others would win: an estimate, not a promise.",
)
SKILL = Text(
    "这一段靠{competency}。它低于岗位目标的可能是 {short}。",
    "{competency} decides here. The chance that it is below what the role asks is {short}.",
)
SKILL_OF_TEAM = Text(
    "这一段靠{competency}。{people} 个人平均下来，它低于岗位目标的可能是 {short}。",
    "{competency} decides here. Over {people} people the mean chance that it is below what the "
    "role asks is {short}.",
)
LITTLE_SEEN = Text(
    "最近看见的事太少，这个数多半是按同岗的人猜的。",
    "Too little was seen of it lately; that figure is mostly a guess by others in the role.",
)
WAITS = Text(
    "单子在这里停 {own} 天（中位），别人 {others} 天。多半不是本事，是在等：折扣谁批、资料谁出。",
    "Deals stay {own} days here (median), others’ {others}. That looks less like skill than like "
    "waiting: for whose approval, for whose paper?",
)
UNDONE = Text(
    "接下来连着 {number} 单都往前走，这一条就不成立了。",
    "If the next {number} deals in a row move on, this no longer stands.",
)
LASTS = Text("要很多单都往前走，这一条才会变。", "It would take very many deals to change this.")
SEE = Text(
    "看见两件事、评上级，这里就能说是不是本事。",
    "Two things seen and rated would say whether it is the skill.",
)
CHANCE = Text(
    "差 {gap}（{low} 到 {high}），可能是偶然", "gap of {gap} ({low} to {high}), may be chance"
)
FEW = Text("离开过 {left} 单，满 {least} 单才说", "{left} deals left, it takes {least}")
THERE = Text("差得不小，但能力够，另找原因", "a real gap, but the skill is there; look elsewhere")
LOOKS = Text(
    "看了 {looks} 处（谁 × 哪个阶段）。就算人人一样，光凭偶然也会冒出约 {chance} 条。",
    "{looks} places (who × which stage) were looked at. Chance alone would bring about {chance} "
    "leads even if nobody differed.",
)


class Names(NamedTuple):
    """What a lead is about, as its reader calls it."""

    who: str
    stage: str
    competency: str


class Said(NamedTuple):
    """A lead in sentences: what to do, why, and what would change it."""

    do: str
    why: tuple[str, ...]
    change: str


def said(lead: Lead, names: Names, language: Language, currency: str) -> Said:
    """Return a lead that is told, in words."""
    why = [_gap(lead, names, language)]
    change = _change(lead).in_(language).format(number=lead.gap.undone_by)
    if lead.verdict == "process" and lead.days:
        own, others = (number(one, language) for one in (lead.days.own, lead.days.others))
        why.append(WAITS.in_(language).format(own=own, others=others))
    else:
        why.append(_skill(lead, names, language))
        why += [LITTLE_SEEN.in_(language)] if lead.skill.few else []
    low, high = (money(one, language, currency) for one in lead.interval)
    sums = {
        "number": lead.deals.number,
        "amount": money(lead.deals.amount, language, currency),
        "money": money(lead.money, language, currency),
    }
    why.append(MONEY.in_(language).format(**sums, low=low, high=high))
    do = DO[lead.verdict].in_(language).format(**names._asdict())
    return Said(do, tuple(why), change)


def unsure(lead: Lead, language: Language) -> str:
    """Return why nothing can be told of a gap."""
    if lead.gap.few:
        left = {"left": number(lead.gap.own.left, language), "least": lead.gap.least}
        return FEW.in_(language).format(**left)
    if lead.gap.told:
        return THERE.in_(language)
    return CHANCE.in_(language).format(**_spread(lead, language))


def looks(advice: Advice, language: Language) -> str:
    """Return at how many places was looked, and what chance alone would bring about."""
    chance = number(advice.by_chance, language, 1)
    return LOOKS.in_(language).format(looks=advice.looks, chance=chance)


def _gap(lead: Lead, names: Names, language: Language) -> str:
    own, others = lead.gap.own, lead.gap.others
    counts = {
        "left": number(own.left, language),
        "rate": percent(own.rate, language),
        "others_left": number(others.left, language),
        "others": percent(others.rate, language),
    }
    return GAP.in_(language).format(**counts, **names._asdict(), **_spread(lead, language))


def _spread(lead: Lead, language: Language) -> dict[str, str]:
    low, high = lead.gap.interval
    ends = {"gap": lead.gap.gap, "low": low, "high": high}
    points = {"zh": " 个百分点", "en": " points"}[language]
    return {
        name: number(100 * value, language, 1) + (points if name == "gap" else "")
        for name, value in ends.items()
    }


def _skill(lead: Lead, names: Names, language: Language) -> str:
    words = SKILL if lead.skill.people == 1 else SKILL_OF_TEAM
    short, people = percent(lead.skill.short, language), lead.skill.people
    return words.in_(language).format(competency=names.competency, short=short, people=people)


def _change(lead: Lead) -> Text:
    if lead.verdict == "watch":
        return SEE
    return UNDONE if lead.gap.undone_by else LASTS
