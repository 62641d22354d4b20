"""How each figure is defined, and how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.views.page import section
from salestrain.views.quiz_review.terms import DEFINITIONS, MORE
from salestrain.views.tables import Definition, definitions

if TYPE_CHECKING:
    from salestrain.views.training_review.study import TrainingStudy

DEFINED = (
    (
        Text("反应", "Reaction"),
        Text(
            "每一步、每一课之后点的「有用」，1 到 5；一个人先平均，再平均所有人。",
            "“Useful”, 1 to 5, tapped after each step and module; one mean a person, then over "
            "people.",
        ),
        Text(
            "喜欢的课不一定管用，不喜欢的也可能管用。低分先看是不是没讲清楚。",
            "What people like need not work, and what they don’t may. Low marks: look first "
            "whether it "
            "was clear.",
        ),
    ),
    (
        Text("学到、还剩", "Learnt, kept"),
        Text(
            "学到：同一组题，课后第一次的得分减课前最后一次的。还剩：两周以上再答时，多出来的那部分还有几成。",
            "Learnt: the same set, the first run after less the last before. Kept: how much of "
            "that "
            "gain is there when the set is answered two weeks on or more.",
        ),
        Text(
            "组里的题会重复，先问没答过的和答错的，所以有一部分是熟了题。「还剩」的区间用 Fieller "
            "的方法；"
            "学到多少都说不准时，不算。",
            "Questions come again, those unseen or missed first, so part of the gain is knowing "
            "the "
            "questions. The interval of “kept” is Fieller’s; it is left out where the gain isn’t "
            "sure.",
        ),
    ),
    (
        Text("谈完有下一步的拜访", "Visits that moved"),
        Text(
            "四周里的拜访和演示，客户确认了下一步的占比（4.1.step_share、2.2.next_step）。每一课都按它判。",
            "Of visits and demos in four weeks, the share after which the customer confirmed a "
            "next "
            "step (4.1.step_share, 2.2.next_step). Every module is judged by it.",
        ),
        Text(
            "事先说好一个数，才不会事后挑一个好看的。",
            "One figure named beforehand keeps anyone from picking the one that looks good.",
        ),
    ),
    (
        Text("没停滞的商机", "Deals not stalled"),
        Text(
            "四周末还开着的商机里，最近 14 天客户确认过下一步的占比（2.2.stalled）。",
            "Of the deals open at the end of four weeks, the share with a step the customer "
            "confirmed in "
            "the last 14 days (2.2.stalled).",
        ),
        Text(
            "从跟进记录往回算，所以早先的月份也有；没挂到商机上的跟进看不见。",
            "Worked out from the activities, so earlier months have it too; activities that name "
            "no "
            "deal aren’t seen.",
        ),
    ),
    (
        Text("分批，抽签定先后", "In waves, by lot"),
        Text(
            "先上的一批从上课起每四周的变化，减去同一段里还没上的人的变化，按批的大小平均。",
            "The first wave’s change in each four weeks since it began, less that of those not "
            "begun by "
            "then, averaged by the size of the wave.",
        ),
        Text(
            "做法按 Callaway 和 Sant’Anna（2021），不用已经上过的人作对照；区间按人"
            "算（Welch），24 人的班模拟 "
            "200 次，盖住真值 90–98%。都上过以后没有人可比，所以看不到更久的效果。",
            "After Callaway and Sant’Anna (2021), never against people already trained; the "
            "interval is "
            "over people (Welch) and covered the truth in 90–98% of 200 simulated classes of 24. "
            "Once "
            "all have begun there is nobody to compare with, so longer effects aren’t seen.",
        ),
    ),
    (
        Text("和最像的人比", "Against matched peers"),
        Text(
            "上过的每个人找一个没上的：入职月数、组、之前的数最接近；一个人只用一次，太远的不配。",
            "Each of the trained against one untrained: nearest in months here, team and earlier "
            "figures; nobody used twice, none too far.",
        ),
        Text(
            "被叫去补课的多半是当时数低的人，数低会自己往回走；只看前后会把这一段算成培训的功劳。",
            "Those sent are mostly low at the time, and low figures come back up by themselves; "
            "before "
            "and after alone would credit the training with it.",
        ),
    ),
)


def definitions_section(study: TrainingStudy) -> str:
    """Return what each figure means and how to read it."""
    defined = [
        Definition(
            study.say(term), study.say(text), more=(study.say(more),), summary=study.say(MORE)
        )
        for term, text, more in DEFINED
    ]
    return section(study.say(DEFINITIONS), definitions(defined))
