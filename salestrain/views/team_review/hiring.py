"""Who applied: ranked, with interval and groups, and what each way of asking found."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text, number
from salestrain.sales.team.hiring import lacking
from salestrain.views.bars import RankedBar, RankGroup, ranked_bars
from salestrain.views.figures.people import role_name
from salestrain.views.markup import Caption, Tick
from salestrain.views.page import section
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.playbook.standards.team import Method, Scorecard
    from salestrain.sales.team.hiring import Candidate, Place, Verdict
    from salestrain.views.team_review.study import TeamStudy

HIRING = Text("招聘：最近 12 个月的应聘者", "Hiring: who applied in the last 12 months")
HIRING_TEAM = Text(
    "招聘：本组面试过或录用的人（12 个月）", "Hiring: whom this team met or hired (12 months)"
)
NONE = Text(
    "最近 12 个月没有人应聘，或者没有评分。",
    "Nobody applied in the last 12 months, or no scores were kept.",
)
NO_TABLE = Text(
    "数据里没有 {lack}：有了它才能排应聘者、看评委松紧。",
    "The data have no {lack}; it would bring the ranking and how strict interviewers are.",
)
ALONE = Text("{role}：只有{name}一人应聘", "{role}: {name} was the only one to apply")
ALIKE = Text("{role}：{n} 位应聘者分不出高下", "{role}: the {n} candidates can’t be told apart")
LEADS = Text(
    "{role}：{n} 位应聘者里，{name}明显在前", "{role}: {name} is clearly ahead of the other {rest}"
)
GROUPS = Text(
    "{role}：{n} 位应聘者分成 {groups} 档，头一档 {first} 人",
    "{role}: {n} candidates in {groups} groups, {first} in the first",
)
SUB = Text(
    "按权重合成的总分（1 到 5），评委的松紧已经扣掉；横线是 95% 区间，虚线是过线分 {line}",
    "Weighted total (1 to 5) with interviewers’ strictness allowed for; the line is its 95% "
    "interval, dashed: pass score {line}",
)
TIED = Text(
    "这 {n} 位和其中最高的分不出高下，不排先后",
    "These {n} can’t be told apart from the best of them, so they aren’t ranked",
)
COLUMNS = (
    (Text("应聘者", "Candidate"), False),
    (Text("表上总分", "Card’s total"), True),
    (Text("扣掉松紧", "Strictness allowed for"), True),
    (Text("面试", "Interview"), True),
    (Text("笔试", "Written test"), True),
    (Text("演练", "Practical"), True),
    (Text("评委", "Interviewers"), True),
    (Text("结论", "Verdict"), False),
)
EACH = Text("{n} 位逐项的分和结论", "Scores and verdicts of all {n}")
HIGHEST, OPEN_AT_MOST = 5, 4
METHODS: tuple[Method, ...] = ("interview", "written_test", "practical")
VERDICTS: dict[Verdict, Text] = {
    "passed": Text("过线", "passed"),
    "below": Text("没过线", "below the pass score"),
    "floor": Text("没到底线：{names}", "below the floor: {names}"),
    "partial": Text("还没打完：{names}", "not finished: {names}"),
}
ON_LINE = Text("区间跨过线，再问一轮也可能反过来", "the interval holds the pass score: may turn")
BECAME = Text("已录用", "hired")
POINTS, JOIN = Text("{} 分", "{}"), Text("、", ", ")
SPAN = Text("{low}–{high}", "{low} to {high}")


def hiring_section(study: TeamStudy) -> str:
    """Return the candidates of each role; says what would bring them where there are none."""
    if study.level == "rep":
        return ""
    title = study.say(HIRING if study.level == "company" else HIRING_TEAM)
    if lack := lacking(study.crm.present):
        return section(title, "", sub=study.say(NO_TABLE, lack=lack))
    if study.hiring is None or not study.recent:
        return section(title, "", sub=study.say(NONE))
    cards = list(dict.fromkeys(one.card.id for one in study.recent))
    parts = []
    for card in cards:
        some = [one for one in study.recent if one.card.id == card]
        parts.append(_chart(study, some) + _table(study, some))
    return section(title, "".join(parts), anchor="hiring")


def title_of(study: TeamStudy, bands: Sequence[Sequence[Place]], card: Scorecard) -> str:
    """Return what the ranking of one role's candidates shows."""
    n = sum(map(len, bands))
    name = role_name(card.role, study.playbook, study.language)
    role = name[:1].upper() + name[1:]
    best = bands[0][0].candidate.applicant.name.in_(study.language)
    facts = {"role": role, "n": n, "name": best, "rest": n - 1, "groups": len(bands)}
    if n == 1:
        return study.say(ALONE, **facts)
    if len(bands) == 1:
        return study.say(ALIKE, **facts)
    if len(bands[0]) == 1:
        return study.say(LEADS, **facts)
    return study.say(GROUPS, first=len(bands[0]), **facts)


def _chart(study: TeamStudy, some: Sequence[Candidate]) -> str:
    hiring = study.hiring
    if hiring is None:
        return ""
    card = some[0].card
    bands = hiring.bands(some)
    title = title_of(study, bands, card)
    if len(some) == 1:
        return f'<h3 class="chart-title">{escape(title)}</h3>'
    line = number(card.pass_score, study.language, 1)
    groups = [_group(study, band) for band in bands]
    return ranked_bars(
        Caption(title, study.say(SUB, line=line)), groups, study.language,
        ticks=[Tick(each, str(each)) for each in range(HIGHEST + 1)], target=card.pass_score,
    )  # fmt: skip


def _group(study: TeamStudy, band: Sequence[Place]) -> RankGroup:
    bars = tuple(_bar(study, place) for place in band)
    tied = len(band) > 1
    return RankGroup(bars, tied, study.say(TIED, n=len(band)) if tied else "")


def _bar(study: TeamStudy, place: Place) -> RankedBar:
    known = place.low == place.low
    return RankedBar(
        place.candidate.applicant.name.in_(study.language),
        place.value,
        number(place.value, study.language, 1),
        _span(study, place) if known else "",
        max(place.low, 1.0) if known else None,
        min(place.high, 5.0) if known else None,
        tone="bad" if place.candidate.verdict == "floor" else "plain",
    )


def _span(study: TeamStudy, place: Place) -> str:
    ends = (max(place.low, 1.0), min(place.high, 5.0))
    low, high = (number(each, study.language, 1) for each in ends)
    return study.say(SPAN, low=low, high=high)


def _table(study: TeamStudy, some: Sequence[Candidate]) -> str:
    hiring = study.hiring
    if hiring is None:
        return ""
    places = [place for band in hiring.bands(some) for place in band]
    caption = role_name(some[0].card.role, study.playbook, study.language)
    table = study.table(COLUMNS, [_row(study, place) for place in places], caption)
    if len(places) <= OPEN_AT_MOST:
        return table
    summary = escape(study.say(EACH, n=len(places)))
    return f'<details class="roll"><summary>{summary}</summary>{table}</details>'


def _row(study: TeamStudy, place: Place) -> Row:
    one, language = place.candidate, study.language
    methods = (one.by_method(each) for each in METHODS)
    became = study.say(BECAME) if one.applicant.hired else ""
    known = place.low == place.low
    return Row((
        Cell(one.applicant.name.in_(language), small=became),
        number(one.total, language, 2),
        Cell(number(place.value, language, 2), small=_span(study, place) if known else ""),
        *("–" if each is None else number(each, language, 1) for each in methods),
        str(len(one.raters)),
        _verdict(study, place),
    ))  # fmt: skip


def _verdict(study: TeamStudy, place: Place) -> Cell:
    one = place.candidate
    means, join = one.means, JOIN.in_(study.language)
    named = one.below_floor if one.verdict == "floor" else one.missing
    words = []
    for each in named:
        mean = means.get(each.id.rpartition(".")[2])
        value = "" if mean is None else " " + number(mean, study.language, 1)
        words.append(each.name.in_(study.language) + value)
    text = study.say(VERDICTS[one.verdict], names=join.join(words))
    line = one.card.pass_score
    straddles = one.verdict in {"passed", "below"} and place.low < line < place.high
    return Cell(
        text,
        small=study.say(ON_LINE) if straddles else "",
        tone="bad" if one.verdict == "floor" else "plain",
    )
