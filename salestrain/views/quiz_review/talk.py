"""What is read: the head, the definitions, and where the answers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day, number, percent
from salestrain.training.statistics.words import NAMES
from salestrain.views.page import ReportHead, Tag, report_head, section
from salestrain.views.quiz_review.bank import stem
from salestrain.views.quiz_review.gaps import gap_words
from salestrain.views.quiz_review.needs import JOIN
from salestrain.views.tables import Definition, data_notes, definitions

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
DEFINITIONS = Text("定义", "Definitions")
MORE = Text("怎么读", "How to read it")
DEFINED = (
    (
        Text("得分、正确率", "Share, facility"),
        Text(
            "第一次作答得到的分，占满分的比例；半对的算一半。",
            "What the first answer earned, of what it could: half right counts half.",
        ),
        Text(
            "以后再答看的是记性，不算。考试里以交卷时的为准。题目改过答案的，按今天的答案重判。",
            "Later answers show memory and are left out. In an exam the answer handed in "
            "counts. Answers are marked by today’s key, so a mended item is judged as it is now.",
        ),
    ),
    (
        Text("区间", "Interval"),
        Text(
            "真值有 95% 的把握在里面。题的用 Wilson，班级的按人数用 t。",
            "Where the true value lies with 95% confidence: Wilson for an item, t over people "
            "for a class.",
        ),
        Text(
            "班级看人数，不看题次：两个人的二十次作答，说明不了八个人。",
            "For a class people count, not answers: twenty answers of two people say little of "
            "eight.",
        ),
    ),
    (
        Text("落后", "Behind"),
        Text(
            "和别人在同样的题上比，差得超出误差：到零的距离是区间半宽的 1.5 倍以上。",
            "Below the others on the same items by more than chance: 1.5 times as far from zero "
            "as the interval reaches.",
        ),
        Text(
            "一份回顾要比几十次，所以比 95% 更严，偶然说错大约三百次里有一次。不到 5 人不下结论。",
            "A review makes dozens of comparisons, so this is stricter than 95%: about one "
            "false alarm in 300. Nothing is concluded under 5 people.",
        ),
    ),
    (
        Text("可能有问题的题", "Suspicious item"),
        Text(
            "把「答案对」「答案标错」「两个都对」「在猜」四种说法放在一起比，哪一种更能解释大家"
            "的作答；看选的人数、选的人水平、出题时估的正确率。",
            "Four stories are compared: the key is right, another is, two are, or all guess. "
            "Which explains the answers best, by how many chose what, how good they are "
            "elsewhere, and what the author expected?",
        ),
        Text(
            "事先当 100 题里 93 题没问题。用有问题的题模拟过：12 人的班能找出三分之二标错的答案，"
            "30 人九成，100 人全部；被说成标错的好题，1,500 道里大约一道。",
            "Beforehand 93 items in 100 are taken for sound. Simulated: of wrong keys a class "
            "of 12 finds two thirds, 30 people nine tenths, 100 all; about one sound item "
            "in 1,500 is named for a wrong key.",
        ),
    ),
    (
        Text("α 和误差", "α and error"),
        Text(
            "α：同样长的另一份题会把人排得多一致（0 到 1）。误差：一个人得分的标准误。",
            "α: how alike another quiz of this length would rank people (0 to 1). Error: the "
            "standard error of one person’s share.",
        ),
        Text(
            "各人答的题不同，所以按两题都答过的人合并计算；题越少 α 越低，不等于题差。",
            "People answer different items, so it is pooled over those who answered both of a "
            "pair; fewer items lower α without being worse.",
        ),
    ),
)
NOTES = Text("数据说明", "Data notes")
NOTE_SAMPLE = Text(
    "这里用的是样例公司随附的模拟作答（data/practice.tsv），埋了三件事，见 data/README.md。"
    "有 5 人真的答过题，就换成真的。",
    "These are the simulated answers that come with the sample company (data/practice.tsv), with "
    "three things planted, see data/README.md. They give way once 5 people have really answered.",
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


def definitions_section(study: Study) -> str:
    """Return what each figure means and how to read it."""
    defined = [
        Definition(
            study.say(term), study.say(text), more=(study.say(more),), summary=study.say(MORE)
        )
        for term, text, more in DEFINED
    ]
    return section(study.say(DEFINITIONS), definitions(defined))


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
    notes += [study.say(NOTE_COUNT, **facts), study.say(NOTE_MISSING), study.say(NOTE_MOODLE)]
    return section(study.say(NOTES), data_notes(notes), anchor="notes")
