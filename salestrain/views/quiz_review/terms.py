"""How each figure is defined, and how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.training.exams.admission import RENEW_DAYS
from salestrain.views.page import section
from salestrain.views.tables import Definition, definitions

if TYPE_CHECKING:
    from salestrain.views.quiz_review.study import Study

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
        Text("通过、到期", "Passed, runs out"),
        Text(
            "最近一次整场通过，而且还在有效期内。「该考的人」按 CRM 里的岗位算，离职的不算。",
            "The last whole attempt that passed, while it is valid. Who should take an exam goes "
            "by the role in the CRM; those who left are not counted.",
        ),
        Text(
            f"到期前 {RENEW_DAYS} 天起可以提前再考。考试得分按交卷时的答案判，题后来改了也不变。"
            "正在考的只算人数，答了什么不显示。",
            f"It may be renewed in its last {RENEW_DAYS} days. Scores stand as marked when handed "
            "in, even if an item was mended later. Of attempts that run only the number is shown.",
        ),
    ),
    (
        Text("记得、该复习、快忘了", "Known, due, nearly forgotten"),
        Text(
            "按 FSRS 推算今天想得起来的可能：九成左右或更高是记得，降到九成就该复习，"
            "不到七成是快忘了。",
            "The chance to recall a point today, by FSRS: known while it is about 90% or more, due "
            "once it has fallen to that, nearly forgotten below 70%.",
        ),
        Text(
            "一个知识点是一条规则或一项产品事实，问它的题算一起。每次作答都算，考试考完也算。"
            "「先复习」按考试里占的分和忘了多少排，前面的补一补最值。",
            "A point is a rule or product fact, with all items on it. Every answer counts, those "
            "of an exam once it is over. “Review first” goes by the marks exams ask of a point "
            "and how much of it is lost.",
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


def definitions_section(study: Study) -> str:
    """Return what each figure means and how to read it."""
    defined = [
        Definition(
            study.say(term), study.say(text), more=(study.say(more),), summary=study.say(MORE)
        )
        for term, text, more in DEFINED
    ]
    return section(study.say(DEFINITIONS), definitions(defined))
