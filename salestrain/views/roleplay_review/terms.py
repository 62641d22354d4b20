"""How each figure is defined, and how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.views.page import section
from salestrain.views.quiz_review.terms import DEFINITIONS, MORE
from salestrain.views.tables import Definition, definitions

if TYPE_CHECKING:
    from salestrain.views.roleplay_review.study import TalkStudy

DEFINED = (
    (
        Text("一场、过关", "Run, passed"),
        Text(
            "从开场到结局的一次对练，练习或测试；摸索有提示，不算。过关：谈成、分数够、没犯关键错误。",
            "One talk from opening to ending, practised or as a test; exploring has hints and "
            "isn’t counted. Passed: agreed, with the score, and without a critical mistake.",
        ),
        Text(
            "「第一次过关」按人算，所以谁练得多都只算一次；区间用 Wilson。",
            "“Passed at first” counts people, so nobody weighs more for playing often; Wilson’s "
            "interval.",
        ),
    ),
    (
        Text("关口、走对", "Decision, good move"),
        Text(
            "关口是场景的一个状态。走对：这一步得了分、问到了事、对方更信任，或者谈成了；扣分、掉信任、"
            "犯关键错误的都不算。",
            "A decision is a state of a scenario. A good move earned points, learned a fact, "
            "raised trust or closed the deal; none that cost points or trust, or was a critical "
            "mistake.",
        ),
        Text(
            "看每人第一次走到时的第一招，以后再来看的是记性。没听懂的话不算招，看后面第一句听懂的。"
            "走到后面关口的人，前面已经走对了不少，所以后面的数字偏好看。",
            "Each person’s first move the first time there; later ones show memory. What wasn’t "
            "understood is no move; the next that was counts. Whoever reaches late decisions did "
            "well before, so figures there look better.",
        ),
    ),
    (
        Text("区分、该看剧本的关口", "Tells apart, decisions to check"),
        Text(
            "走没走对，和这个人在别的关口走得好不好的相关（-1 到 1），不到 10 人不算。"
            "明显为负，就是会谈的人反而走错：多半是剧本没给一个说得通的做法分。",
            "Correlation of the move with how the person did at all other decisions (−1 to 1); "
            "withheld under 10 people. Surely negative means good people fail it: most likely the "
            "scenario doesn’t credit a sound way.",
        ),
        Text(
            "比的是别处所有关口，不是同一场的总分：走错一步，后面的分本来就少，那样比会把问题盖住。"
            "几十个关口一起看，按 Benjamini 和 Hochberg 把误报压在 5%。",
            "It is held against all other decisions, not the same run’s score: a wrong move costs "
            "the points that would follow, which would hide the fault. Over dozens of decisions "
            "false alarms are held to 5% (Benjamini and Hochberg).",
        ),
    ),
    (
        Text("落后、更常犯", "Behind, more often"),
        Text(
            "和别的组比同一个关口或同一个错误，差得超出误差：到零的距离是区间半宽的 1.5 倍以上。"
            "不到 5 人不下结论。",
            "Against the others at the same decision or mistake, 1.5 times as far from zero as the "
            "interval reaches; nothing is concluded under 5 people.",
        ),
        Text(
            "两个比例之差的区间用 Newcombe 的方法。",
            "The interval of two shares’ difference is Newcombe’s.",
        ),
    ),
    (
        Text("四种本事", "Four skills"),
        Text(
            "问；听和担（复述、体谅、认账）；讲；换和定（有来有往、下一步、请人拍板）。",
            "Asking; listening and owning up (playing back, empathy); telling; trading and "
            "settling (trades, next steps, asking for a decision).",
        ),
        Text(
            "每个场景有自己的能力项，名字不能直接比。一项归到哪种，看它的分主要靠哪类招拿到。",
            "Each scenario has competencies of its own, whose names can’t be compared. One counts "
            "for the skill whose moves earn most of its points.",
        ),
    ),
    (
        Text("再谈多几分", "Gain"),
        Text(
            "同一场景最近一场减第一场，先算每个人的平均；区间按人数用 t。",
            "The latest run of a scenario less the first, averaged by person; t over people.",
        ),
        Text(
            "没过的人才常再谈，第一场多半碰上了坏运气；再谈时也记得剧本。两样都会把进步显得大些。",
            "Mostly those who failed play again, some of them by bad luck, and they know the talk "
            "by then; both make the gain look larger than it is.",
        ),
    ),
)


def definitions_section(study: TalkStudy) -> str:
    """Return what each figure means and how to read it."""
    defined = [
        Definition(
            study.say(term), study.say(text), more=(study.say(more),), summary=study.say(MORE)
        )
        for term, text, more in DEFINED
    ]
    return section(study.say(DEFINITIONS), definitions(defined))
