"""What is read and asked: the head, the questions, where the figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day
from salestrain.sales.team.evaluations import lacking as no_evaluations
from salestrain.sales.team.hiring import lacking as no_scores
from salestrain.views.page import ReportHead, report_head, section
from salestrain.views.tables import Question, data_notes, questions
from salestrain.views.team_review.boxes import borne_out, box_words
from salestrain.views.team_review.boxes import title_of as boxes_title
from salestrain.views.team_review.foretelling import title_of as foretold_title
from salestrain.views.team_review.hiring import title_of as hiring_title
from salestrain.views.team_review.rungs import bench, missing_words

if TYPE_CHECKING:
    from salestrain.views.team_review.study import TeamStudy

REVIEW = Text("团队回顾", "Team review")
TO = Text("数据截至 {day}", "Data to {day}")
SUCCESSORS = Text(
    "{n} 组里 {full} 组有人接：{rungs}这几级，表里一条都不缺",
    "{full} of {n} teams have a successor who lacks nothing in the tables",
)
HELD = Text(
    "{n} 名销售里 {free} 人表里不缺什么，{held} 人缺的看得出来",
    "Reps who lack nothing in the tables: {free} of {n}; what the others lack is listed",
)
OWN_HELD = Text("离「{rung}」还差：{missing}", "Missing for {rung}: {missing}")
OWN_FREE = Text(
    "表里一条都不缺，其余的要有人来证",
    "Nothing missing in the tables; the rest is for people to show",
)
EMPTY = Text(
    "没有可以看的：要有应聘评分、考评或台阶",
    "Nothing to show: scorecards, evaluations or a ladder would bring it",
)
UNSEEN = Text(
    "这些表看不出谁差什么：有了指标、订单和下一步，才看得出",
    "These tables don’t show who lacks what; targets, orders and next steps would",
)
STOP = Text("。", ". ")
ASK = Text("谈话时问这几件事", "Questions for the talk")
ASK_NEAR = Text(
    "{name}离「{rung}」最近，缺的这一条怎么补、哪天再看？",
    "{name} is nearest to {rung}: how is what’s missing met, and when do we look again?",
)
ASK_BETWEEN = Text(
    "{name}在两格之间：最近见到的哪两件事，说得清是哪一格？",
    "{name} stands between boxes: which two things seen lately would settle it?",
)
ASK_TURNED = Text(
    "{name}评分过了线却没有录用：答复了吗，附了哪一条意见？",
    "{name} passed and wasn’t hired: have they had their answer, and which remark came with it?",
)
ASK_SCORES = Text(
    "打 4 分以上的业绩，凭的是哪个数、哪件事？",
    "For performance scored 4 and more: which figure, and which thing seen?",
)
ASK_BENCH = Text(
    "{team}没有人接：谁去学，先补哪一条？",
    "{team} has no successor: who could be, and what comes first?",
)
ASKED = 3
NOTES = Text("数据说明", "Data notes")
NOTE_LACK = Text("没有 {lack}，所以没有{what}。", "Without {lack} there is no {what}.")
HIRING, BOXES = Text("招聘这一部分", "part on hiring"), Text("九宫格", "9-box")
NOTE_SCOPE = Text(
    "应聘者的名字只给见得到的人：全公司的报告里有全部，一个组的只有本组面试过或录用的；个人的报告"
    "里没有别人的任何数。",
    "Candidates are named only to those who may know of them: all in the company’s report, in a "
    "team’s those it met or hired. One person’s report holds nobody else’s figures.",
)
NOTE_SCALE = Text(
    "九宫格没有扣掉组长的松紧：一个组只有一位组长打分，松紧和人强不强分不开。"
    "先看 3.2.scale_spread。",
    "The 9-box doesn’t allow for how strict a manager is: with one manager a team, that can’t be "
    "told from how good the team is. See 3.2.scale_spread first.",
)
NOTE_LADDER = Text(
    "数据里没有一个人现在站在哪一级，也没有在那一级站了多久；入职不够久的算缺，够久的待证。"
    "满额季度按 3.1.ramp_quota 扣掉新人那几个月。",
    "The data don’t say on which rung somebody stands, or since when: too short a time here counts "
    "as missing, enough of it is to be shown. Full quarters leave out a newcomer’s months "
    "(3.1.ramp_quota).",
)


def title_of(study: TeamStudy) -> str:
    """Return the headline in words."""
    if study.climbers and not study.judged:
        return boxes_title(study) if study.placed and study.level != "rep" else study.say(UNSEEN)
    if study.level == "rep":
        return _own_title(study)
    teams = bench(study)
    if len(teams) > 1:
        full = sum(bool(people) for people in teams.values())
        return study.say(SUCCESSORS, n=len(teams), full=full, rungs=_below(study))
    if study.climbers:
        free = sum(one.held_up is None or one.held_up.rung is study.rungs[-1]
                   for one in study.climbers)  # fmt: skip
        n = len(study.climbers)
        return study.say(HELD, n=n, free=free, held=n - free)
    return boxes_title(study) if study.placed else study.say(EMPTY)


def _below(study: TeamStudy) -> str:
    return study.rungs[-1].name.in_(study.language) + "以下"


def _own_title(study: TeamStudy) -> str:
    if not study.climbers:
        return study.say(EMPTY)
    held = study.climbers[0].held_up
    if held is None:
        return study.say(OWN_FREE)
    rung = held.rung.name.in_(study.language)
    rung = rung if study.language == "zh" else rung[:1].lower() + rung[1:]
    return study.say(OWN_HELD, rung=rung, missing=missing_words(study, held))


def head_section(study: TeamStudy) -> str:
    """Return the head: whose, until when, the headline, and the findings behind it."""
    kicker = f"{study.say(REVIEW)} · {study.name} · {study.say(study.cell.period.name)}"
    note = study.say(TO, day=day(study.today, study.language))
    return report_head(ReportHead(kicker, title_of(study), _lead(study), note), study.language)


def _lead(study: TeamStudy) -> str:
    sentences = [boxes_title(study)] if study.placed and study.level != "rep" else []
    if study.hiring and study.recent:
        card = max((one.card for one in study.recent),
                   key=lambda card: sum(one.card is card for one in study.recent))  # fmt: skip
        bands = study.hiring.bands(one for one in study.recent if one.card is card)
        sentences.append(hiring_title(study, bands, card))
    if study.foretold:
        sentences.append(foretold_title(study))
    stop = study.say(STOP)
    return (stop.join(sentences) + stop).strip() if sentences else ""


def questions_section(study: TeamStudy) -> str:
    """Return up to three questions for the talk."""
    asked = [one for one in _asked(study) if one][:ASKED]
    return section(study.say(ASK), questions(asked)) if asked else ""


def _asked(study: TeamStudy) -> list[Question | None]:
    return [
        _ask_near(study), _ask_bench(study), _ask_between(study), _ask_turned(study),
        _ask_scores(study),
    ]  # fmt: skip


def _ask_near(study: TeamStudy) -> Question | None:
    for one in study.climbers:
        held = one.held_up
        if held and held.rung is not study.rungs[-1]:
            rung = held.rung.name.in_(study.language)
            rung = rung if study.language == "zh" else rung[:1].lower() + rung[1:]
            title = study.say(ASK_NEAR, name=study.person(one.person), rung=rung)
            return Question(title, missing_words(study, held), "1.2.ready")
    return None


def _ask_bench(study: TeamStudy) -> Question | None:
    empty = [team for team, people in bench(study).items() if not people]
    if not empty:
        return None
    between = "、" if study.language == "zh" else ", "
    return Question(
        study.say(ASK_BENCH, team=between.join(map(study.team, empty))), "", "1.2.bench"
    )


def _ask_between(study: TeamStudy) -> Question | None:
    torn = [one for one in study.placed if not one.sure]
    if not torn:
        return None
    one = min(torn, key=lambda placed: placed.chance(placed.between[0]))
    title = study.say(ASK_BETWEEN, name=study.person(one.standing.person))
    return Question(title, box_words(study, one), "1.2.nine_box")


def _ask_turned(study: TeamStudy) -> Question | None:
    for one in study.recent:
        if one.verdict == "passed" and not one.applicant.hired:
            name = one.applicant.name.in_(study.language)
            return Question(study.say(ASK_TURNED, name=name), "", "1.2.answer_within")
    return None


def _ask_scores(study: TeamStudy) -> Question | None:
    if study.level == "rep" or not study.attained or study.borne_out.low > 0:
        return None
    return Question(study.say(ASK_SCORES), borne_out(study), "3.2.two_sides")


def notes_section(study: TeamStudy) -> str:
    """Return what the data can't tell, and who may read what."""
    notes = []
    if lack := no_scores(study.crm.present):
        notes.append(study.say(NOTE_LACK, lack=lack, what=study.say(HIRING)))
    if lack := no_evaluations(study.crm.present):
        notes.append(study.say(NOTE_LACK, lack=lack, what=study.say(BOXES)))
    notes += [study.say(one) for one in (NOTE_SCOPE, NOTE_SCALE, NOTE_LADDER)]
    return section(study.say(NOTES), data_notes(notes), anchor="notes")
