"""Items to mend: the stem and where it is written, the likely cause, what shows it, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.training.statistics.suspicion import FEWEST
from salestrain.training.statistics.words import NAMES, mend, why
from salestrain.views.page import section
from salestrain.views.tables import Question, questions

if TYPE_CHECKING:
    from salestrain.training.statistics.suspicion import Suspicion
    from salestrain.views.quiz_review.study import Study

GRAVE_SHOWN, LIGHT_SHOWN, STEM_SHOWN = 9, 6, 48
MEND = Text("先改这几道题", "Items to mend first")
MEND_SUB = Text(
    "看的是所有人第一次作答，不只这个班。依据的是答题记录，不是定论：先看题，再改。",
    "From everybody’s first answers, not this class’s alone. Answers point to an item, they don’t "
    "settle it: look before you change it.",
)
ALSO = Text("有空再看的题", "Items to look at when there is time")
ALSO_SUB = Text(
    "不误导人，但少了些用处。列 {shown} 道，共 {all} 道；全部见 salestrain quiz stats。",
    "They mislead nobody, but are worth less. {shown} of {all}; all of them: salestrain "
    "quiz stats.",
)
SOUND = Text("没有哪道题明显有问题", "No item stands out as faulty")
SOUND_SUB = Text(
    "够 {fewest} 人作答的题有 {n} 道，都看过了。",
    "All {n} items that at least {fewest} people answered were looked at.",
)


def items_section(study: Study) -> str:
    """Return the items to mend first, then those to look at when there is time."""
    if not study.found.count or study.level == "rep":
        return ""
    grave = study.misleading
    light = [one for one in study.suspicions if one not in grave]
    if not grave:
        looked = sum(one.n >= FEWEST for one in study.statistics)
        sub = study.say(SOUND_SUB, n=looked, fewest=FEWEST)
        return section(study.say(SOUND), "", sub=sub) + _light(study, light)
    asked = questions([_question(study, one) for one in grave[:GRAVE_SHOWN]])
    return section(study.say(MEND), asked, sub=study.say(MEND_SUB)) + _light(study, light)


def stem(study: Study, id_: str, most: int = STEM_SHOWN) -> str:
    """Return the beginning of an item's stem."""
    whole = study.items[id_].stem.in_(study.language)
    longest = most if study.language == "zh" else 2 * most
    if len(whole) <= longest:
        return whole
    kept = whole[:longest] if study.language == "zh" else whole[:longest].rpartition(" ")[0]
    return kept.rstrip(" ,，、。；：“「") + "…"


def _question(study: Study, suspect: Suspicion) -> Question:
    item = study.items[suspect.item]
    gap = "" if study.language == "zh" else " "
    told = [why(suspect, item, study.language), mend(suspect, item, study.language)]
    place = f"{item.place.path.as_posix()}:{item.place.line}"
    stop = "。" if study.language == "zh" else ". "
    title = f"{study.say(NAMES[suspect.cause])}{stop}{stem(study, item.id)}"
    return Question(title, gap.join([*told, place]), item.cites[0])


def _light(study: Study, light: list[Suspicion]) -> str:
    if not light:
        return ""
    shown = [_question(study, one) for one in light[:LIGHT_SHOWN]]
    sub = study.say(ALSO_SUB, shown=len(shown), all=len(light))
    return section(study.say(ALSO), questions(shown), sub=sub)
