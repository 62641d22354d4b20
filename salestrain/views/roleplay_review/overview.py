"""How each scenario went: who passed at the first go, the scores, how the talks ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day, number
from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.training.talks.debrief import debrief
from salestrain.views.page import section
from salestrain.views.quiz_review.needs import table
from salestrain.views.roleplay_review.phrases import share, shortened
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from salestrain.training.talk_statistics.held import Talk
    from salestrain.training.talk_statistics.results import Result
    from salestrain.views.roleplay_review.study import TalkStudy

HARDEST = Text(
    "第一次最难过的是{title}：{people} 人里 {first} 人过关",
    "Hardest at the first go: {title}, passed by {first} of {people}",
)
EACH = Text("各个场景", "The scenarios")
SUB = Text(
    "第一次过关的人少的在前；按人算，括号里是 95% 区间。不到 {few} 人的不算百分比，放在最后。"
    "分数和结局按场次算，犯了关键错误的算没谈成。",
    "Fewest first passes first, counted by person, with 95% intervals; no percentage under {few} "
    "people, those come last. Scores and endings are of all runs; one with a critical mistake "
    "counts as failed.",
)
COLUMNS = (
    (Text("场景", "Scenario"), False),
    (Text("人 / 场（测试）", "People / runs (tests)"), True),
    (Text("第一次过关", "Passed at first"), True),
    (Text("后来过关", "Passed by now"), True),
    (Text("分数中位", "Median score"), True),
    (Text("谈成 / 进了一步 / 没成", "Agreed / a step / failed"), True),
    (Text("没成的多数这样收场", "Most failures end so"), False),
)
ENDED_SO = Text("{told}（{n} / {all}）", "{told} ({n} of {all})")
COUNTS = Text("{people} / {runs}（{tests}）", "{people} / {runs} ({tests})")
OWN = Text("各场对练", "The talks")
OWN_SUB = Text(
    "最近的在前。分数按先后排；「差在哪」是最近一场转坏的那句，和「对练」的复盘一样。",
    "The latest first; scores in the order played. “Where it turned” is the sentence with which "
    "the latest went wrong, as the debrief has it.",
)
OWN_COLUMNS = (
    (Text("场景", "Scenario"), False),
    (Text("分数", "Scores"), True),
    (Text("最近一场", "The latest"), False),
    (Text("差在哪", "Where it turned"), False),
    (Text("可以这样说", "What could be said"), False),
)
VERDICTS = {
    "pass": Text("谈成", "agreed"),
    "partial": Text("进了一步", "a step further"),
    "fail": Text("没谈成", "failed"),
}
PASSED, NOT_PASSED = Text("过关", "passed"), Text("没过关", "not passed")
OUTCOME = Text("{day}，{verdict}，{passed}", "{day}, {verdict}, {passed}")


def overview_section(study: TalkStudy) -> str:
    """Return the scenarios one by one; for one person each with its runs."""
    if not study.talks:
        return ""
    if study.level == "rep":
        return _own(study)
    title = hardest_words(study) or study.say(EACH)
    rows = [_row(study, one) for one in study.results]
    body = table(study, COLUMNS, rows, title)
    return section(title, body, sub=study.say(SUB, few=FEW_PEOPLE))


def hardest_words(study: TalkStudy) -> str:
    """Return which scenario fewest pass at the first go; empty where all are played by too few."""
    if not study.results or study.results[0].few:
        return ""
    one = study.results[0]
    facts = {"title": study.titled(one.scenario), "people": one.people, "first": one.first}
    return study.say(HARDEST, **facts)


def _row(study: TalkStudy, one: Result) -> Row:
    says = study.language
    first = f"{one.first} / {one.people}"
    if not one.few:
        first = share(one.first, one.people, one.interval, says)
    counts = study.say(COUNTS, people=one.people, runs=one.runs, tests=one.tests)
    ended = " / ".join(number(n, says) for n in one.verdicts)
    title = Cell(study.scenarios[one.scenario].title.in_(says), small=one.scenario)
    passed = f"{one.passed} / {one.people}"
    return Row((title, counts, first, passed, number(one.score, says), ended, _failed(study, one)))


def _failed(study: TalkStudy, one: Result) -> str:
    if not one.failures:
        return "–"
    id_, n = one.failures[0]
    endings = {each.id: each.text for each in study.scenarios[one.scenario].endings}
    told = shortened(endings[id_].in_(study.language), study.language, 22)
    return study.say(ENDED_SO, told=told, n=n, all=one.verdicts[2])


def _own(study: TalkStudy) -> str:
    runs: dict[str, list[Talk]] = {}
    for talk in study.talks:
        runs.setdefault(talk.scenario.id, []).append(talk)
    latest = sorted(runs.values(), key=lambda own: own[-1].run.began, reverse=True)
    title = study.say(OWN)
    body = table(study, OWN_COLUMNS, [_run(study, own) for own in latest], title)
    return section(title, body, sub=study.say(OWN_SUB))


def _run(study: TalkStudy, own: list[Talk]) -> Row:
    talk, says = own[-1], study.language
    when = day(talk.run.began.astimezone(study.zone).date(), says)
    passed = study.say(PASSED if talk.play.passed else NOT_PASSED)
    outcome = study.say(OUTCOME, day=when, verdict=study.say(VERDICTS[talk.verdict]), passed=passed)
    scores = " → ".join(number(each.play.score, says) for each in own)
    title = Cell(talk.scenario.title.in_(says), small=talk.scenario.id)
    return Row((title, scores, outcome, *_turned(study, talk)))


def _turned(study: TalkStudy, talk: Talk) -> tuple[str, str]:
    found = debrief(talk.play)
    if not found.turning:
        return "–", "–"
    made = talk.play.turns[found.turning - 1].made
    moves = (study.move_name(talk.scenario.id, one.move) for one in made)
    better = found.better.text.in_(study.language) if found.better else ""
    return next(moves, "–"), shortened(better, study.language) or "–"
