"""Suspicious items in words: what is likely wrong, what shows it, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, percent
from salestrain.playbook.items.asked import STATEMENT
from salestrain.training.statistics.choices import KEY, TAKEN

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.training.statistics.suspicion import Cause, Suspicion

NAMES: dict[Cause, Text] = {
    "key_wrong": Text("答案可能标错了", "The key is probably wrong"),
    "two_keys": Text("可能有两个对的答案", "There may be two right answers"),
    "good_miss_it": Text("会的人反而答错", "Those who know miss it"),
    "guessed": Text("像是在猜", "Answers look like guesses"),
    "too_hard": Text("几乎没人会", "Hardly anybody gets it"),
    "too_easy": Text("几乎人人都对，可能题里有提示", "Nearly all get it; the item may give a clue"),
    "off_guess": Text("正确率和出题时估的差得远", "Far from what its author expected"),
    "unused": Text("有选项没人选", "Options nobody takes"),
}
DRAWN = Text(
    "{n} 人作答，{chose} 人{option}，{keyed} 人按标准答案；别的题答得最好的 {best} 人里，"
    "{best_chose} 人这样答，{best_keyed} 人按标准答案。",
    "Of {n} people {chose} {option}, {keyed} gave the key; of the {best} best on other items "
    "{best_chose} did so, {best_keyed} gave the key.",
)
MISSED = Text(
    "区分度 {r}（95% 区间 {low} 到 {high}，n={n}）：别的题答得越好，这题越容易错。",
    "Discrimination {r} (95% interval {low} to {high}, n={n}): the better people are on other "
    "items, the more often they miss this one.",
)
FACILITY = Text(
    "正确率 {facility}（95% 区间 {low} 到 {high}，n={n}），出题时估的是 {expected}。",
    "Facility {facility} (95% interval {low} to {high}, n={n}); its author expected {expected}.",
)
OFF = Text(
    "正确率 {facility}（95% 区间 {low} 到 {high}，n={n}）；出题时估的是 {expected}，"
    "放到这批人身上约 {meant}。",
    "Facility {facility} (95% interval {low} to {high}, n={n}); its author expected {expected}, "
    "which for these people would be about {meant}.",
)
SPREAD = Text("各选项的人数差不多，和水平无关：", "Each option draws about as many, able or not: ")
IDLE = Text("{n} 人里没人选：{options}。", "Of {n} people nobody took {options}.")
MENDS: dict[Cause, Text] = {
    "key_wrong": Text(
        "对照 {rule} 再看一遍答案；答案没错，就把题干改得不会读成另一个意思。",
        "Check the key against {rule}; if it is right, word the stem so that it can’t be read "
        "the other way.",
    ),
    "two_keys": Text(
        "对照 {rule}：两个都对就改成多选，或把那个选项改到确实不对。",
        "By {rule}: if both are right, ask for several, or change that option until it is wrong.",
    ),
    "good_miss_it": Text(
        "找两个答得好却错在这题的人问问怎么想的，再对照 {rule} 看答案。",
        "Ask two of the good people who missed it what they thought, then check the key by {rule}.",
    ),
    "guessed": Text(
        "看 {rule} 讲过没有；讲过，就把题干写具体。",
        "See whether {rule} has been taught; if so, make the stem more concrete.",
    ),
    "too_hard": Text(
        "先核对答案，再看 {rule} 讲过没有。",
        "Check the key first, then whether {rule} has been taught.",
    ),
    "too_easy": Text(
        "看题干或选项的长短有没有露出答案；没有，就留着练手，考试里少抽。",
        "See whether the wording or the length of options gives it away; if not, keep it for "
        "practice and draw it less in exams.",
    ),
    "off_guess": Text(
        "把估的正确率改成实际的，或看看大家为什么想错了 {rule}。",
        "Put in the facility found, or see what people misunderstand in {rule}.",
    ),
    "unused": Text(
        "换成大家真会犯的错；想不出就删掉，三个选项也够。",
        "Put a mistake people really make in its place; three options are enough too.",
    ),
}
TICKED = (Text("没勾「{}」", "left out “{}”"), Text("勾了「{}」", "took “{}”"))
BESIDE = Text("把「{line}」配「{option}」", "put “{line}” with “{option}”")
CHOSE = Text("选「{}」", "chose “{}”")
JUDGED = (Text("判「错」", "said “false”"), Text("判「对」", "said “true”"))
TYPED = Text("答 {}", "answered {}")
JOIN = Text("、", ", ")


def why(suspect: Suspicion, item: Item, language: Language) -> str:
    """Return what shows it: counts, n, intervals, in a sentence."""
    one = suspect.statistics
    if suspect.cause in ("key_wrong", "two_keys"):
        chose = choosing(item, suspect.choice, suspect.option, language)
        return _said(DRAWN, language, option=chose, **_counts(suspect))
    if suspect.cause == "unused":
        names = [_named(item, option, language) for option in suspect.option.split()]
        return _said(IDLE, language, n=one.n, options=JOIN.in_(language).join(names))
    if suspect.cause == "good_miss_it":
        ends = dict(zip(("low", "high"), map(_two, one.discrimination_interval), strict=True))
        return _said(MISSED, language, r=_two(one.discrimination), n=one.rested, **ends)
    low, high = (percent(end, language) for end in one.facility_interval)
    facts = {"facility": percent(one.facility, language), "low": low, "high": high, "n": one.n}
    expected = percent(item.expected_facility, language)
    if suspect.cause == "off_guess":
        meant = percent(suspect.expected, language)
        return _said(OFF, language, expected=expected, meant=meant, **facts)
    before = SPREAD.in_(language) if suspect.cause == "guessed" else ""
    return before + _said(FACILITY, language, expected=expected, **facts)


def mend(suspect: Suspicion, item: Item, language: Language) -> str:
    """Return what to do about it."""
    return _said(MENDS[suspect.cause], language, rule=item.cites[0])


def choosing(item: Item, choice: str, option: str, language: Language) -> str:
    """Return what somebody did who chose an option, as a part of a sentence."""
    if item.kind in ("multiple", "find_mistake"):
        return TICKED[option == TAKEN].in_(language).format(_named(item, choice, language))
    if item.kind == "numeric":
        return TYPED.in_(language).format(option.replace(KEY, "…"))
    if item.kind == "true_false" and option in STATEMENT:
        return JUDGED[option == STATEMENT[True]].in_(language)
    named = _named(item, option, language)
    if item.given_to:
        return _said(BESIDE, language, line=_named(item, choice, language), option=named)
    return CHOSE.in_(language).format(named)


def _named(item: Item, id_: str, language: Language) -> str:
    parts = (*item.chosen_from, *item.given_to)
    return next((one.text.in_(language) for one in parts if one.id == id_), id_)


def _counts(suspect: Suspicion) -> dict[str, int]:
    names = ("n", "chose", "keyed", "best", "best_chose", "best_keyed")
    return {name: getattr(suspect, name) for name in names}


def _said(text: Text, language: Language, **values: object) -> str:
    return text.in_(language).format(**values)


def _two(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
