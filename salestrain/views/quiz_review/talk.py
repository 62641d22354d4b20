"""What is read: the head, and where the answers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day, number, percent
from salestrain.training.statistics.words import NAMES
from salestrain.views.page import ReportHead, Tag, report_head, section
from salestrain.views.quiz_review.bank import stem
from salestrain.views.quiz_review.gaps import gap_words
from salestrain.views.quiz_review.needs import JOIN
from salestrain.views.tables import data_notes

if TYPE_CHECKING:
    from salestrain.views.quiz_review.study import Study

REVIEW = Text("答题回顾", "Quiz review")
TO = Text("作答截至 {day}", "Answers to {day}")
EMPTY = Text("还没有人答过题", "Nobody has answered a question yet")
EMPTY_REP = Text("还没有答过题", "No question answered yet")
EMPTY_LEAD = Text(
    "有人在「答题」里练习或考试以后，这里才有内容：题目的问题够 8 人作答后看得出，班级的差距"
    "够 5 人看得出。运行 salestrain serve，把链接发给大家。",
    "This fills once people practise or take an exam in the quiz app: faulty items show from 8 "
    "people on, gaps of a class from 5. Run salestrain serve and send people the link.",
)
GRAVE_ONE = Text("有 1 道题要改（{cause}）", "One item to mend ({cause})")
GRAVE_MORE = Text("有 {n} 道题要改", "{n} items to mend")
ALL_GOOD = Text(
    "题目没有明显的问题，各节也没有明显落后的",
    "No item stands out as faulty, and no section as behind",
)
NO_GAP = Text("没有哪一节明显落后于别人", "no section surely behind the others")
REP_LOW = Text("先练：{sections}", "Practise first: {sections}")
REP_FEW = Text(
    "只答了 {n} 题，还看不出要练什么", "Only {n} answers: too few to say what to practise"
)
REP_FINE = Text("没有明显偏低的一节，得分 {share}", "No section stands out as low; {share} earned")
BOTH = Text("{one}，{other}", "{one}; {other}")
LEAD = Text(
    "{people} 人答了 {answers} 题次（每人每题只算第一次），平均得 {share}。",
    "{people} people gave {answers} first answers and earned {share} of the marks.",
)
LEAD_REP = Text(
    "答了 {answers} 题（每题只算第一次），平均得 {share}。",
    "{answers} first answers, {share} of the marks earned.",
)
LEAD_ITEM = Text("最要紧的是「{stem}」。", "The first to look at: “{stem}”")
SAMPLE_TAG = Text("样例数据，模拟的作答", "Sample data: simulated answers")
NOTES = Text("数据说明", "Data notes")
NOTE_SAMPLE = Text(
    "这里用的是样例公司随附的模拟作答和考试（data/practice.tsv），里面埋了什么见 data/README.md。"
    "有 5 人真的答过题，就换成真的。",
    "These are the simulated answers and exams that come with the sample company "
    "(data/practice.tsv); data/README.md says what is planted. They give way once 5 people have "
    "really answered.",
)
NOTE_SEALED = Text(
    "还没截止的考试（{titles}）不算进题目和各节的得分，截止以后才算。",
    "Exams still open to others ({titles}) are left out of items and sections until they close.",
)
NOTE_COUNT = Text(
    "题库 {items} 题，{answered} 题有人答过，{enough} 题够 8 人；每题平均 {mean} 人。",
    "{answered} of {items} items have answers, {enough} from 8 people or more; {mean} "
    "people an item on average.",
)
NOTE_MISSING = Text(
    "各人答的题不同，没答的不当零分：一个人的水平，看他在答过的题上比大家高多少。",
    "People answer different items, and what was not answered is no zero: how good somebody "
    "is shows in how far above others they are on what they answered.",
)
NOTE_FAULTY = Text(
    "可能误导人的题不算进班级和个人的得分，现在有 {n} 道。",
    "Items that may mislead are left out of the shares of classes and people; now {n}.",
)
NOTE_MOODLE = Text(
    "和 Moodle 的不同：Moodle 把没答的算零分、不给区间、不论人数都显示；α 就是它的「内部一致"
    "性系数」除以 100。",
    "Unlike Moodle: it counts what was left out as zero, gives no intervals, and shows "
    "figures however few the answers. Its coefficient of internal consistency is 100 α.",
)


def title_of(study: Study) -> str:
    """Return the headline in words."""
    if not study.own.count:
        return study.say(EMPTY_REP if study.level == "rep" else EMPTY)
    if study.level == "rep":
        return _title_of_rep(study)
    grave, gap = _grave_words(study), gap_words(study)
    if study.level == "company":
        parts = [part for part in (grave, gap) if part]
    else:
        parts = [gap or study.say(NO_GAP), *([grave[:1].lower() + grave[1:]] if grave else [])]
    if not parts or parts == [study.say(NO_GAP)]:
        return study.say(ALL_GOOD)
    title = parts[0] if len(parts) == 1 else study.say(BOTH, one=parts[0], other=parts[1])
    return title[:1].upper() + title[1:]


def _title_of_rep(study: Study) -> str:
    need = next(iter(study.needs), None)  # none if all they answered were items that mislead
    if need is None or need.few:
        return study.say(REP_FEW, n=need.answers if need else 0)
    if need.sections:
        sections = JOIN.in_(study.language).join(map(study.section_name, need.sections))
        return study.say(REP_LOW, sections=sections)
    return study.say(REP_FINE, share=percent(need.share, study.language))


def _grave_words(study: Study) -> str:
    grave = study.misleading
    if len(grave) == 1:
        cause = study.say(NAMES[grave[0].cause])
        return study.say(GRAVE_ONE, cause=cause[:1].lower() + cause[1:])
    return study.say(GRAVE_MORE, n=len(grave)) if grave else ""


def head_section(study: Study) -> str:
    """Return the head: whose, until when, the headline, and what it rests on."""
    kicker = f"{study.say(REVIEW)} · {study.name} · {study.say(study.period.name)}"
    note = study.say(TO, day=day(study.period.end, study.language))
    tags = (Tag(study.say(SAMPLE_TAG), "warn"),) if study.log.sample else ()
    return report_head(
        ReportHead(kicker, title_of(study), _lead(study), note, tags), study.language
    )


def _lead(study: Study) -> str:
    own = study.own
    if not own.count:
        return study.say(EMPTY_LEAD)
    if study.level == "rep":
        own = study.fair.of(study.people)
    earned = own.earned[own.answered]
    facts = {
        "people": number(int(own.answered.any(axis=1).sum()), study.language),
        "answers": number(own.count, study.language),
        "share": percent(float(earned.mean()) if len(earned) else 0.0, study.language),
    }
    grave = study.misleading
    first = study.say(LEAD_ITEM, stem=stem(study, grave[0].item, 40)) if grave else ""
    if study.level == "rep":
        return study.say(LEAD_REP, **facts)
    gap = "" if study.language == "zh" else " "
    return gap.join(filter(None, [study.say(LEAD, **facts), first]))


def _sealed(study: Study) -> str:
    titles = (study.playbook.exams[one].title.in_(study.language) for one in sorted(study.sealed))
    return study.say(NOTE_SEALED, titles=JOIN.in_(study.language).join(titles))


def notes_section(study: Study) -> str:
    """Return where the answers come from, how many there are, and what that means."""
    counts = [one.n for one in study.statistics if one.n]
    facts = {
        "items": len(study.items),
        "answered": len(counts),
        "enough": sum(n >= 8 for n in counts),
        "mean": number(sum(counts) / max(len(counts), 1), study.language),
    }
    notes = [study.say(NOTE_SAMPLE)] if study.log.sample else []
    notes += [study.say(NOTE_FAULTY, n=len(study.misleading))] if study.misleading else []
    notes += [_sealed(study)] if study.sealed else []
    notes += [study.say(NOTE_COUNT, **facts), study.say(NOTE_MISSING), study.say(NOTE_MOODLE)]
    return section(study.say(NOTES), data_notes(notes), anchor="notes")
