"""What is read: the head, what to ask, and where the figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day, number
from salestrain.training.effects import before_after
from salestrain.training.effects.estimate import FEW
from salestrain.views.page import ReportHead, Tag, report_head, section
from salestrain.views.tables import Question, data_notes, questions
from salestrain.views.training_review.compared import compared_words
from salestrain.views.training_review.phrases import MEASURES, quoted, told
from salestrain.views.training_review.standing import own_words, slow_words, who_is_stuck
from salestrain.views.training_review.study import LEADING

if TYPE_CHECKING:
    from salestrain.views.training_review.study import TrainingStudy

REVIEW = Text("培训回顾", "Training review")
TO = Text("记录截至 {day}", "Records to {day}")
EMPTY = Text("还没有人练过什么", "Nobody has practised anything yet")
EMPTY_REP = Text("不在这个班里", "Not in this class")
EMPTY_LEAD = Text(
    "有人走入职路径、答题、对练，这里才有内容。要看一课有没有用：课前课后各答一组题，抽签定谁先上，"
    "CRM 里课前课后各满四周。",
    "This fills once people walk the onboarding path, answer and role-play. To see whether a "
    "module "
    "works: ask its set before and after, draw lots for who goes first, and let the CRM have four "
    "whole weeks on either side.",
)
BOTH = Text("{one}；{other}", "{one}; {other}")
LEAD = Text(
    "{people} 人，{modules} 课。{effect}",
    "{people} people, {modules} modules. {effect}",
)
BY_LOT = Text(
    "{name}：{measure} {told}，谁先上由抽签定，{n} 人比 {others} 人。",
    "{name}: {measure} {told}; a lot decided who went first, {n} people against {others}.",
)
UNTOLD = Text(
    "没有一课的差别超出误差，或者比法说不了因为什么。",
    "No module’s difference is beyond chance, or the design can’t say why.",
)
SMALL = Text(
    "不到 {few} 人，四层的数都不显示。", "Under {few} people, so no level’s figures are shown."
)
SAMPLE_TAG = Text("样例数据，模拟的一班新人", "Sample data: a simulated class")
ASK = Text("开会时问什么", "What to ask")
ASK_SLOW = Text("{name}：签字为什么压着？", "{name}: what holds the signatures up?")
ASK_SLOW_WHY = Text(
    "带 {people} 个新人，有 {open} 份在等。先问是不是带得太多、排得太满；可以换人签，新人要换师傅"
    "也行。",
    "Newcomers: {people}; hand-ins that wait: {open}. Ask first whether there is too much on the "
    "plate; "
    "somebody else may sign, and a newcomer may change mentors.",
)
ASK_UNSURE = Text("{name}：还上不上？", "{name}: keep it?")
ASK_UNSURE_WHY = Text(
    "学到了：{learnt}。客户那里看不出差别：{effect}。说不准不等于没用：先想清楚它该改变哪一个做法，"
    "再抽签试一期。",
    "People learnt it: {learnt}. Nothing shows at customers: {effect}. Can’t tell isn’t useless: "
    "name the behaviour it should change, then try another round by lot.",
)
ASK_STUCK = Text("{name}：晚了 {days} 天，卡在哪一样？", "{name}: {days} days late; stuck at what?")
ASK_STUCK_WHY = Text(
    "没教、没练，还是没机会？认一样，只改那一样，定下哪天再看。",
    "Not taught, not practised, or no chance? Settle on one, change that, set the day to look "
    "again.",
)
NOTES = Text("数据说明", "Data notes")
NOTE_SAMPLE = Text(
    "这里是样例公司随附的一个模拟班（data/newcomers/）：24 个新人，90 天，题由真的判分算出来，对练"
    "由真的引擎"
    "谈出来；拜访和单子来自一个埋了效果的模型，埋了什么见 data/README.md。有 5 人真的走过路径，就"
    "换成真的。",
    "This is the simulated class that comes with the sample company (data/newcomers/): 24 new "
    "hires, "
    "90 days, answers marked and talks played by the real engine; visits and deals come from a "
    "model "
    "with planted effects, told in data/README.md. It gives way once 5 people have walked a path.",
)
NOTE_WHO = Text(
    "谁上哪一课、哪天起、是不是抽签，按培训负责人存下的算；改主意的人也算在抽到的那一批里，"
    "不然抽签就白抽了。",
    "Who takes which module from which day, and whether by lot, is as the trainer saved it; "
    "whoever "
    "did otherwise still counts in the wave they drew, or the lot would be worth nothing.",
)
NOTE_WILL = Text(
    "没有人排过课，所以把每组题的第一次当作开始，谁先谁后都是自己定的。",
    "Nobody laid down modules, so each set’s first run counts as the beginning, at everybody’s "
    "will.",
)
NOTE_BOOKS = Text(
    "拜访、商机和订单来自 CRM，截至 {day}；四周不到三次拜访或三单的人，那一段不算比例。",
    "Visits, deals and orders are the CRM’s, to {day}; no share is taken of under three visits or "
    "deals in four weeks.",
)


def title_of(study: TrainingStudy) -> str:
    """Return the headline in words."""
    if study.level == "rep":
        path = study.progress(study.entity) if study.entity in study.newcomers else None
        return own_words(study, path) if path else study.say(EMPTY_REP)
    if not study.learners:
        return study.say(EMPTY)
    slow = [slow_words(study, one) for one in study.paces if one.slow]
    one = compared_words(study)
    return study.say(BOTH, one=one, other=slow[0]) if slow else one


def head_section(study: TrainingStudy) -> str:
    """Return the head: whose, until when, the headline, and what it rests on."""
    kicker = f"{study.say(REVIEW)} · {study.name} · {study.say(study.period.name)}"
    note = study.say(TO, day=day(study.today, study.language))
    tags = (Tag(study.say(SAMPLE_TAG), "warn"),) if study.log.sample else ()
    return report_head(
        ReportHead(kicker, title_of(study), _lead(study), note, tags), study.language
    )


def _lead(study: TrainingStudy) -> str:
    if not study.learners:
        return study.say(EMPTY_LEAD)
    if study.level == "rep":
        return ""
    facts = {"people": number(len(study.learners), study.language), "modules": len(study.modules)}
    return study.say(LEAD, effect=_effect(study), **facts)


def _effect(study: TrainingStudy) -> str:
    if len(study.learners) < FEW:
        return study.say(SMALL, few=FEW)
    for module in study.modules:
        found = study.leading(module.id)
        if found and found.verdict.causal and found.verdict.sure:
            return study.say(
                BY_LOT,
                name=quoted(study, module.id),
                measure=_measure(study),
                told=told(study, found.estimate, "points"),
                n=found.estimate.n[0],
                others=found.estimate.n[-1],
            )
    return study.say(UNTOLD)


def _measure(study: TrainingStudy) -> str:
    name = study.say(MEASURES[LEADING].name)
    return name if study.language == "zh" else name[:1].lower() + name[1:]


def asks_section(study: TrainingStudy) -> str:
    """Return what to ask: of the slow mentor, of the module that shows nothing, of the latest."""
    if study.level == "rep":
        return ""
    asked = [*_of_mentors(study), *_of_modules(study), *_of_people(study)][:3]
    return section(study.say(ASK), questions(asked)) if asked else ""


def _of_mentors(study: TrainingStudy) -> list[Question]:
    return [
        Question(
            study.say(ASK_SLOW, name=study.person(one.mentor)),
            study.say(ASK_SLOW_WHY, people=one.people, open=one.open),
            "4.1.mentor_change",
        )
        for one in study.paces[:1]
        if one.slow
    ]


def _of_modules(study: TrainingStudy) -> list[Question]:
    for module in study.modules:
        found, learnt = study.leading(module.id), study.learnt[module.id]
        gained = before_after(learnt.before, learnt.after)
        if module.lot and found and found.verdict.word == "cant_tell" and gained.interval.low > 0:
            facts = {
                "learnt": told(study, gained, "points"),
                "effect": told(study, found.estimate, "points"),
            }
            title = study.say(ASK_UNSURE, name=quoted(study, module.id))
            return [Question(title, study.say(ASK_UNSURE_WHY, **facts), "4.1.compare")]
    return []


def _of_people(study: TrainingStudy) -> list[Question]:
    late = [one for one in who_is_stuck(study) if one.days_late]
    return [
        Question(
            study.say(ASK_STUCK, name=study.person(one.person), days=one.days_late),
            study.say(ASK_STUCK_WHY),
            "4.1.stuck_early",
        )
        for one in sorted(late, key=lambda one: -one.days_late)[:1]
    ]


def notes_section(study: TrainingStudy) -> str:
    """Return where the figures come from, and what they can't tell."""
    notes = [study.say(NOTE_SAMPLE)] if study.log.sample else []
    at_will = any(one.at_will for one in study.modules)
    notes.append(study.say(NOTE_WILL if at_will else NOTE_WHO))
    notes.append(study.say(NOTE_BOOKS, day=day(study.books.as_of, study.language)))
    return section(study.say(NOTES), data_notes(notes), anchor="notes")
