"""How each figure of the team review is defined, and how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.views.page import section
from salestrain.views.quiz_review.terms import DEFINITIONS, MORE
from salestrain.views.tables import Definition, definitions

if TYPE_CHECKING:
    from salestrain.views.team_review.study import TeamStudy

DEFINED = (
    (
        Text("扣掉松紧的总分", "Total with strictness allowed for"),
        Text(
            "一位评委的总分 = 应聘者本人 + 评委一贯的松紧 + 偶然；三样一起估。",
            "An interviewer’s total is what the candidate deserves, what that interviewer always "
            "adds or takes off, and chance; the three are estimated together.",
        ),
        Text(
            "评委打得少的，松紧往零收（Raymond 和 Viswesvaran 1993；Yates 1940）。录不录用看表上"
            "总分和底线，这个分只用来看是不是碰上了手紧的人。",
            "Who scored few is taken to lean less (Raymond and Viswesvaran 1993; Yates 1940). "
            "Hiring goes by the card’s total and floors; this one shows who met a strict panel.",
        ),
        "1.2.rep_scorecard",
    ),
    (
        Text("分不出高下的一档", "A group that can’t be told apart"),
        Text(
            "和这一档最高的人之差，95% 区间含零。",
            "The 95% interval of the difference from the group’s best holds zero.",
        ),
        Text(
            "按差的标准误分档（Cascio 等 1991）。一档里按别的理由选，不按小数点后的分。",
            "Bands by the standard error of the difference (Cascio and others 1991). Within one, "
            "choose for other reasons than decimals.",
        ),
        "1.2.two_raters",
    ),
    (
        Text("ICC(1)", "ICC(1)"),
        Text(
            "一位评委的分里，有几成是应聘者之间真的不同；每位应聘者的评委各不相同。",
            "How much of one interviewer’s scores is real difference between candidates, where "
            "each candidate met interviewers of their own.",
        ),
        Text(
            "0.75 以上一个人打就靠得住，0.5 以下先对尺，看区间不看点（Shrout 和 Fleiss 1979；"
            "Koo 和 Li 2016）。",
            "From 0.75 one score can stand alone, below 0.5 settle the scale; go by the interval "
            "(Shrout and Fleiss 1979; Koo and Li 2016).",
        ),
        "1.2.agreement",
    ),
    (
        Text("选拔准不准", "Does selection foretell"),
        Text(
            "录用时的总分和头 12 个月的指标完成率、组长评分的相关。",
            "How totals at hiring go with quota attained in the first 12 months, and with the "
            "manager’s scores.",
        ),
        Text(
            "Pearson 的区间用 Fisher 变换，Spearman 的用 Bonett 和 Wright（2000）。区间含零就是"
            "说不准；人不够规矩要的数，含不含零都不下结论。",
            "Pearson’s interval is Fisher’s, Spearman’s that of Bonett and Wright (2000). If it "
            "holds zero, nobody can tell; below the rule’s number nothing is concluded either way.",
        ),
        "1.2.look_back",
    ),
    (
        Text("九宫格里的可能性", "Chances in the 9-box"),
        Text(
            "真实的位置在那一格的可能，由两个方向的误差算出来。",
            "How likely somebody’s true place is in a box, from the errors of both axes.",
        ),
        Text(
            "误差看同一个人各季度的分差多少，全公司合起来估；两个方向的误差一起动，也算进去"
            "（Rudner 2001、2005）。正好在线上的算线上面一格。",
            "Errors are how far a person’s quarters differ, pooled over the company, and go "
            "together between the axes (Rudner 2001, 2005). A figure on a cut is above it.",
        ),
        "1.2.nine_box",
    ),
    (
        Text("缺、待证", "Missing, to be shown"),
        Text(
            "缺：表里看得出没到。待证：表里查不到，要拿东西来证明。",
            "Missing: the tables show it isn’t there. To be shown: no table holds it.",
        ),
        Text(
            "表里查得到的有：满额季度完成几个、停滞过久的单、名下的客户、录用时的评分、入职多久。",
            "The tables hold full quarters reached, deals stalled too long, accounts owned, the "
            "scorecard at hiring, and time since joining.",
        ),
        "1.2.ready",
    ),
)


def definitions_section(study: TeamStudy) -> str:
    """Return what each figure means and how to read it."""
    defined = [
        Definition(
            study.say(term), study.say(text), rule, more=(study.say(more),), summary=study.say(MORE)
        )
        for term, text, more, rule in DEFINED
    ]
    return section(study.say(DEFINITIONS), definitions(defined))
