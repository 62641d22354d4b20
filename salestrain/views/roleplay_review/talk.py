"""What is read: the head, and where the talks come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day, number, percent
from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.training.statistics.item import FEWEST_PEOPLE
from salestrain.views.page import ReportHead, Tag, report_head, section
from salestrain.views.roleplay_review.moments import hardest_words
from salestrain.views.roleplay_review.phrases import counted
from salestrain.views.tables import data_notes

if TYPE_CHECKING:
    from salestrain.views.roleplay_review.study import TalkStudy

REVIEW = Text("对练回顾", "Role-play review")
TO = Text("对练截至 {day}", "Talks to {day}")
EMPTY = Text("还没有人把一场对练谈完", "Nobody has finished a role-play yet")
EMPTY_REP = Text("还没有谈完一场对练", "No role-play finished yet")
EMPTY_LEAD = Text(
    "有人在「对练」里谈完一场（练习或测试，摸索不算），这里才有内容：5 人谈过同一处看得出难不难，"
    "10 人看得出是不是剧本有问题。运行 salestrain serve，把链接发给大家。",
    "This fills once people finish talks in the role-play app (practised or as a test; exploring "
    "isn’t counted): how hard a decision is shows from 5 people on, whether the scenario is to "
    "blame from 10. Run salestrain serve and send people the link.",
)
SUSPECT_ONE = Text(
    "有 1 个关口该看剧本（会谈的人反而走错）",
    "One decision to check in its scenario (good people fail it)",
)
SUSPECT_MORE = Text("有 {n} 个关口该看剧本", "{n} decisions to check in their scenarios")
BEHIND = Text(
    "{group}在{title}里总在同一处走错：{n} 人里 {hits} 人走对，别人是 {others}",
    "{group} keeps failing one decision in {title}: {hits} of {n} got it right, {others} of the "
    "others",
)
NOT_BEHIND = Text("没有哪个关口明显不如别人", "No decision surely behind the others")
FEW = Text("人还太少，看不出哪里难", "Too few talks to say where it is hard")
BOTH = Text("{one}，{other}", "{one}; {other}")
REP_NEXT = Text("接着练{title}：还没过关", "Go on with {title}: not passed yet")
REP_DONE = Text("谈过的 {n} 个场景都过关了", "Every scenario played is passed ({n})")
LEAD = Text(
    "{people} 人在 {scenarios} 个场景里谈完了 {runs} 场，其中 {tests} 场是测试。第一次谈就过关的占 "
    "{first}。",
    "{who} finished {talks} in {where}, {tests} as a test. Of first goes {first} passed.",
)
LEAD_REP = Text(
    "在 {scenarios} 个场景里谈完了 {runs} 场，其中 {tests} 场是测试；{passed} 个场景过关。",
    "{talks} finished in {where}, {tests} as a test; {passed} of {scenarios} passed.",
)
SMALL = Text(
    "只有 {people} 人，区间很宽，先当线索看。",
    "Only {who}: intervals are wide, take it as a hint.",
)
SAMPLE_TAG = Text("样例数据，模拟的对练", "Sample data: simulated talks")
NOTES = Text("数据说明", "Data notes")
NOTE_SAMPLE = Text(
    "这里用的是样例公司随附的模拟对练（data/practice.tsv），由真的引擎一步步谈出来，里面埋了什么见 "
    "data/README.md。有 5 人真的谈过，就换成真的。",
    "These are the simulated talks that come with the sample company (data/practice.tsv), played "
    "step by step by the real engine; data/README.md says what is planted. They give way once 5 "
    "people have really played.",
)
NOTE_LEFT_OUT = Text(
    "没算进来的：没谈完的 {open} 场，摸索的 {explored} 场，剧本改过、已经接不上的 {gone} 场。",
    "Left out: {open} runs not finished, {explored} that explored, {gone} that today’s scenario no "
    "longer allows.",
)
NOTE_TODAY = Text(
    "都按今天的剧本重算：剧本改了分，以前的场次也跟着改；人当时看到的成绩不变。",
    "Everything is worked out by today’s scenarios: where one was mended, earlier runs follow. "
    "What people were told then stands.",
)
NOTE_PRIVATE = Text(
    "打字说的原话这里一句不显示，只有次数。", "What people typed is never shown here, only counted."
)


def title_of(study: TalkStudy) -> str:
    """Return the headline in words."""
    if not study.talks:
        return study.say(EMPTY_REP if study.level == "rep" else EMPTY)
    if study.level == "rep":
        return _title_of_rep(study)
    suspect, gap = _suspect_words(study), _gap_words(study)
    if study.level != "company" and not gap and len(study.talkers) >= FEW_PEOPLE:
        gap = study.say(NOT_BEHIND)
    order = (suspect, gap) if study.level == "company" else (gap, suspect)
    parts = [part for part in order if part] or [hardest_words(study) or study.say(FEW)]
    if len(parts) == 1:
        return parts[0]
    other = parts[1] if study.level == "company" else parts[1][:1].lower() + parts[1][1:]
    return study.say(BOTH, one=parts[0], other=other)


def _title_of_rep(study: TalkStudy) -> str:
    passed = {talk.scenario.id for talk in study.talks if talk.play.passed}
    open_ = [talk for talk in study.talks if talk.scenario.id not in passed]
    if not open_:
        return study.say(REP_DONE, n=len(passed))
    latest = max(open_, key=lambda talk: talk.run.began)
    return study.say(REP_NEXT, title=study.titled(latest.scenario.id))


def _suspect_words(study: TalkStudy) -> str:
    n = len(study.suspicious)
    return study.say(SUSPECT_ONE if n == 1 else SUSPECT_MORE, n=n) if n else ""


def _gap_words(study: TalkStudy) -> str:
    if not study.failing:
        return ""
    one = study.failing[0]
    return study.say(
        BEHIND,
        group=study.names[one.level, one.group],
        title=study.titled(one.node.scenario),
        n=one.gap.n,
        hits=one.gap.hits,
        others=percent(one.gap.others_share, study.language),
    )


def head_section(study: TalkStudy) -> str:
    """Return the head: whose, until when, the headline, and what it rests on."""
    kicker = f"{study.say(REVIEW)} · {study.name} · {study.say(study.period.name)}"
    note = study.say(TO, day=day(study.period.end, study.language))
    tags = (Tag(study.say(SAMPLE_TAG), "warn"),) if study.log.sample else ()
    head = ReportHead(kicker, title_of(study), _lead(study), note, tags)
    return report_head(head, study.language)


def _lead(study: TalkStudy) -> str:
    if not study.talks:
        return study.say(EMPTY_LEAD)
    first = [talk.play.passed for talk in study.talks if talk.time == 1]
    passed = {talk.scenario.id for talk in study.talks if talk.play.passed}
    people, runs = len(study.talkers), len(study.talks)
    scenarios = len({talk.scenario.id for talk in study.talks})
    facts = {
        "people": number(people, study.language),
        "who": counted(people, "person", "people"),
        "runs": number(runs, study.language),
        "talks": counted(runs, "talk"),
        "scenarios": scenarios,
        "where": counted(scenarios, "scenario"),
        "tests": sum(talk.tested for talk in study.talks),
        "passed": len(passed),
        "first": percent(sum(first) / len(first), study.language),
    }
    if study.level == "rep":
        return study.say(LEAD_REP, **facts)
    few = study.say(SMALL, **facts) if len(study.talkers) < FEWEST_PEOPLE else ""
    gap = "" if study.language == "zh" else " "
    return gap.join(filter(None, [study.say(LEAD, **facts), few]))


def notes_section(study: TalkStudy) -> str:
    """Return where the talks come from, what was left out, and what that means."""
    notes = [study.say(NOTE_SAMPLE)] if study.log.sample else []
    if study.level == "company":
        found = study.held
        facts = {"open": found.open, "explored": found.explored, "gone": found.gone}
        notes.append(study.say(NOTE_LEFT_OUT, **facts))
    notes += [study.say(NOTE_TODAY), study.say(NOTE_PRIVATE)]
    return section(study.say(NOTES), data_notes(notes), anchor="notes")
