"""The modules compared: which helped, which can't be told, and what each design carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, number
from salestrain.training.effects import before_after, retained
from salestrain.training.effects.estimate import FEW
from salestrain.training.effects.words import SAID, design_of, may
from salestrain.views.bars import RankedBar, RankGroup, ranked_bars
from salestrain.views.markup import Caption, axis
from salestrain.views.page import section
from salestrain.views.quiz_review.needs import table
from salestrain.views.tables import Cell, Definition, Row, definitions
from salestrain.views.training_review.phrases import MEASURES, module_name, people_in, quoted, told
from salestrain.views.training_review.study import LEADING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.training.effects import Verdict
    from salestrain.training.effects.modules import Module
    from salestrain.views.markup import Tone
    from salestrain.views.training_review.study import Effect, TrainingStudy

HELPED = Text("{names}这一课有用", "{names} helped")
HURT = Text("{names}这一课帮了倒忙", "{names} hurt")
UNKNOWN = Text("哪一课有用，还说不准", "Which module helped can’t be told yet")
AND = Text("、", ", ")
SUB = Text(
    "按一个事先说好的数判：{measure}（{rule}）。「做法」是比没上这一课的人多出来的，怎么比的写在结论下面。",
    "Judged by one figure named beforehand: {measure} ({rule}). “Behaviour” is what the trained "
    "have "
    "above those without the module; how they were compared stands under the verdict.",
)
CHART = Text("{measure}：这一课多带来几个百分点", "{measure}: points each module adds")
CHART_SUB = Text(
    "横线是 95% 区间；碰到零就说不准。n 是上过的人数 / 拿来比的人数",
    "Whiskers are 95% intervals; where one touches zero nothing can be told. n is the trained / "
    "those they are held against",
)
COLUMNS = (
    (Text("课", "Module"), False),
    (Text("觉得有用", "Useful, 1–5"), True),
    (Text("学到", "Learnt"), True),
    (Text("还剩", "Kept"), True),
    (Text("做法", "Behaviour"), True),
    (Text("结论", "Verdict"), False),
)
EVERY = Text("每一课，每一个数", "Each module, each figure")
EVERY_SUB = Text(
    "一次看 {n} 个区间，只凭运气也会有 {chance} 个左右看上去有差别：单独冒出来的一个别当真。",
    "With {n} intervals at once about {chance} would look like something by luck alone: don’t lean "
    "on a single one.",
)
EVERY_COLUMNS = (
    (Text("课", "Module"), False),
    (Text("数", "Figure"), False),
    (Text("差别", "Difference"), True),
    (Text("n", "n"), True),
    (Text("结论", "Verdict"), False),
)
DESIGNS = Text("这些比法能说什么，不能说什么", "What these designs can and can’t say")
OF = Text("{design}：{names}", "{design}: {names}")
LEFT_OUT = Text("{n} 人找不到像的，没算。", "{n} have nobody like them and are left out.")
LOT, SENT, AT_WILL = (
    Text("抽签定先后，{n} 人", "by lot, {n} people"),
    Text("有人指定，{n} 人", "sent, {n} people"),
    Text("自己练的，{n} 人", "at will, {n} people"),
)
TONES: dict[str, Tone] = {"helped": "good", "hurt": "bad"}
CHANCE = 0.05


def compared_section(study: TrainingStudy) -> str:
    """Return the modules beside each other, all their figures, and what the designs carry."""
    if study.level == "rep" or not study.modules:
        return ""
    rows = [_row(study, one) for one in study.modules]
    title, sub = compared_words(study), study.say(SUB, **_judged_by(study))
    body = _chart(study) + table(study, COLUMNS, rows, title)
    return section(title, body, sub=sub) + _every(study) + _designs(study)


def _judged_by(study: TrainingStudy) -> dict[str, str]:
    found = MEASURES[LEADING]
    return {"measure": study.say(found.name), "rule": found.rule}


def compared_words(study: TrainingStudy) -> str:
    """Return which modules helped or hurt, as far as the designs let anything be said."""
    parts = []
    for word, text in (("helped", HELPED), ("hurt", HURT)):
        names = [quoted(study, one.id) for one in study.modules if _word(study, one) == word]
        if names:
            parts.append(study.say(text, names=study.say(AND).join(names)))
    return ("，" if study.language == "zh" else ", ").join(parts) or study.say(UNKNOWN)


def _word(study: TrainingStudy, module: Module) -> str:
    found = study.leading(module.id)
    return found.verdict.word if found else ""


def _chart(study: TrainingStudy) -> str:
    shown = [
        (one, found)
        for one in study.modules
        if (found := study.leading(one.id)) and found.estimate.known and not found.estimate.few
    ]
    if not shown:
        return ""
    bars = tuple(_bar(study, one, found) for one, found in shown)
    reach = [100 * end for _, found in shown for end in found.estimate.interval]
    caption = Caption(study.say(CHART, **_judged_by(study)), study.say(CHART_SUB))
    ticks = axis(reach, lambda value: number(value, study.language))
    return ranked_bars(caption, [RankGroup(bars)], study.language, ticks=ticks)


def _bar(study: TrainingStudy, module: Module, found: Effect) -> RankedBar:
    low, high = (100 * end for end in found.estimate.interval)
    value = 100 * found.estimate.value
    word = study.say(SAID[found.verdict.word])
    gap = "：" if study.language == "zh" else ": "
    small = "n=" + "/".join(map(str, found.estimate.n))
    tone = TONES.get(found.verdict.word, "plain")
    label, name = number(value, study.language), f"{module_name(study, module.id)}{gap}{word}"
    return RankedBar(name, value, label, small, low, high, tone=tone)


def _row(study: TrainingStudy, module: Module) -> Row:
    learnt, found = study.learnt[module.id], study.leading(module.id)
    liked = study.reactions.get(module.id)
    useful = told(study, liked.useful, "grade", change=False) if liked else "–"
    gained = told(study, before_after(learnt.before, learnt.after), "points")
    kept = retained(learnt.before, learnt.after, learnt.later)
    how = LOT if module.lot else AT_WILL if module.at_will else SENT
    return Row((
        Cell(module_name(study, module.id), small=study.say(how, n=len(module.begins))),
        useful,
        gained,
        told(study, kept, "share", change=False),
        told(study, found.estimate, "points") if found else "–",
        _verdict(study, found.verdict) if found else "–",
    ))  # fmt: skip


def _verdict(study: TrainingStudy, found: Verdict) -> Cell:
    tone = TONES.get(found.word, "plain")
    return Cell(study.say(SAID[found.word]), small=study.say(design_of(found)), tone=tone)


def _every(study: TrainingStudy) -> str:
    if len(study.learners) < FEW:
        return ""
    rows = [
        Row((
            module_name(study, id_),
            Cell(study.say(MEASURES[one.figure].name), small=MEASURES[one.figure].rule),
            told(study, one.estimate, MEASURES[one.figure].unit),
            people_in(study, one.estimate),
            _verdict(study, one.verdict),
        ))
        for id_, effects in study.effects.items()
        for one in effects
    ]  # fmt: skip
    if not rows:
        return ""
    title = study.say(EVERY)
    facts = {"n": len(rows), "chance": number(CHANCE * len(rows), study.language, 1)}
    body = table(study, EVERY_COLUMNS, rows, title)
    return section(title, body, sub=study.say(EVERY_SUB, **facts))


def _designs(study: TrainingStudy) -> str:
    """Return what each design used here can and can't say, with the modules it was used for."""
    by: dict[str, list[tuple[str, Effect]]] = {}
    for id_, effects in study.effects.items():
        for one in effects[:1]:
            name = study.say(design_of(one.verdict))
            by.setdefault(name, []).append((module_name(study, id_), one))
    if not by or len(study.learners) < FEW:
        return ""
    shown = [_design(study, name, used) for name, used in by.items()]
    return section(study.say(DESIGNS), definitions(shown))


def _design(study: TrainingStudy, name: str, used: Sequence[tuple[str, Effect]]) -> Definition:
    names, found = study.say(AND).join(each for each, _ in used), used[0][1]
    facts = {"each": study.rule("4.1.compare", "each"), "least": min(found.estimate.n)}
    text = study.say(may(found.verdict), **facts)
    gap = "" if study.language == "zh" else " "
    if found.left_out:
        text += gap + study.say(LEFT_OUT, n=found.left_out)
    return Definition(study.say(OF, design=name, names=names), text, rule="")
