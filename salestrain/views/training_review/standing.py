"""How far the class has come, who is stuck and why, and whose signatures are waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day, number
from salestrain.training.effects.stuck import Cause, Facts, Stuck, stuck
from salestrain.views.bars import RankedBar, RankGroup, ranked_bars
from salestrain.views.markup import Caption, axis
from salestrain.views.page import section
from salestrain.views.quiz_review.needs import linked, table
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.training.effects.waits import Pace
    from salestrain.training.paths.path import Progress, Standing
    from salestrain.views.training_review.study import TrainingStudy

SHOWN = 15
WHY: dict[Cause, Text] = {
    "signature": Text("等签字", "waits for a signature"),
    "not_practised": Text("没练", "hasn’t practised"),
    "no_chance": Text("没机会：四周里自己的拜访太少", "no chance: few own visits in four weeks"),
    "late": Text("在练，但晚了", "practises, but late"),
}
TITLE = Text("{n} 人卡住了：{why}", "{n} stuck: {why}")
COUNTED = Text("{n} 人{why}", "{n} {why}")
SHORT: dict[Cause, Text] = {
    "signature": Text("等签字", "waiting for a signature"),
    "not_practised": Text("没练", "not practising"),
    "no_chance": Text("没机会", "given no chance"),
    "late": Text("晚了", "late"),
}
NOBODY = Text("没有人卡住", "Nobody is stuck")
SUB = Text(
    "{n} 个新人，{done} 人走完了「{path}」。卡住是指：签字等了 5 天以上，到期的步骤晚了 {late} 天"
    "以上"
    "（4.1.stuck_early），或四周里自己的拜访不到 {visits} 次（4.1.own_visits）。一个人可以不止一"
    "样。",
    "{n} newcomers; {done} have finished “{path}”. Stuck means a signature waited for over 5 "
    "days, a "
    "step {late} days overdue (4.1.stuck_early), or under {visits} own visits in four weeks "
    "(4.1.own_visits). One person may be stuck in more than one way.",
)
COLUMNS = (
    (Text("人", "Person"), False),
    (Text("为什么", "Why"), False),
    (Text("走到哪", "Steps done"), True),
    (Text("晚几天", "Days late"), True),
    (Text("等谁签", "Waits for"), False),
)
SINCE = Text("从 {day} 起", "since {day}")
MENTORS = Text("签字要等多久", "How long signatures take")
SLOW = Text(
    "{name}的签字要等 {days} 天，是别人的 {times} 倍",
    "{name}’s signatures take {days} days, {times} times as long as others’",
)
MENTORS_SUB = Text(
    "交上去到签字的天数，取中位数；还没签的按等到今天算。「几倍」按几何平均比，括号里是 95% 区间；"
    "长一倍以上、又明显超出误差的才点名。",
    "Days from handing in to the signature, the median; what is open counts as long as it has "
    "waited. “Times” compares geometric means, 95% interval in brackets; named only if at least "
    "twice as long and surely beyond chance.",
)
MENTOR_COLUMNS = (
    (Text("师傅", "Mentor"), False),
    (Text("带几人", "Newcomers"), True),
    (Text("签了 / 没签", "Signed / open"), True),
    (Text("等几天", "Days"), True),
    (Text("是别人的几倍", "Times the others"), True),
)
STEPS = Text("每一步多少人做完", "Who has done each step")
STEPS_SUB = Text("「{path}」，共 {n} 人", "“{path}”, {n} people")
OWN = Text("{of} 步里走完 {done} 步", "{done} of {of} steps done")
OWN_COLUMNS = (
    (Text("步骤", "Step"), False),
    (Text("到期", "Due"), True),
    (Text("完成", "Done"), True),
)
NOT_YET = Text("还没有", "not yet")
OPEN = Text(
    "等签字的有 {n} 份，最早的是 {day} 交的。", "{n} wait for a signature, the oldest since {day}."
)


def standing_section(study: TrainingStudy) -> str:
    """Return who is stuck and why; of one person their own path."""
    if study.level == "rep":
        return _own(study)
    if not study.newcomers:
        return ""
    found = who_is_stuck(study)
    return _stuck(study, found) + _mentors(study) + _steps(study)


def who_is_stuck(study: TrainingStudy) -> list[Stuck]:
    """Return those who are stuck: who waits for a signature first, longest first."""
    late, least = study.rule("4.1.stuck_early", "days_late"), study.rule("4.1.own_visits", "visits")
    visits = study.visits(study.newcomers)
    found = []
    for person, own in zip(study.newcomers, visits, strict=True):
        one = stuck(_facts(study, person, own), study.today, late, least)
        found += [one] if one else []
    return sorted(found, key=lambda one: (one.since or study.today, -one.days_late, one.person))


def _facts(study: TrainingStudy, person: str, visits: int | None) -> Facts:
    waiting = tuple(one for one in study.hand_ins if one.person == person and not one.signed)
    deeds = study.deeds.get(person, ())
    last = max((step.at for _, _, step in deeds), default=None)
    on = last.astimezone(study.zone).date() if last else None
    return Facts(person, study.progress(person), waiting, on, visits)


def _stuck(study: TrainingStudy, found: Sequence[Stuck]) -> str:
    paths = [study.progress(one) for one in study.newcomers]
    path = next((one.path.title.in_(study.language) for one in paths if one), "")
    facts = {
        "n": len(study.newcomers),
        "done": sum(one is not None and one.now is None for one in paths),
        "path": path,
        "late": study.rule("4.1.stuck_early", "days_late"),
        "visits": study.rule("4.1.own_visits", "visits"),
    }
    title, sub = stuck_words(study, found), study.say(SUB, **facts)
    rows = [_row(study, one) for one in found[:SHOWN]]
    return section(title, table(study, COLUMNS, rows, title) if rows else "", sub=sub)


def stuck_words(study: TrainingStudy, found: Sequence[Stuck]) -> str:
    """Return in words how many are stuck, and in which ways."""
    if not found:
        return study.say(NOBODY)
    parts = []
    for cause, text in SHORT.items():
        n = sum(cause in one.causes for one in found)
        if n:
            parts.append(study.say(COUNTED, n=n, why=study.say(text)))
    why = ("，" if study.language == "zh" else ", ").join(parts)
    return study.say(TITLE, n=len(found), why=why)


def _row(study: TrainingStudy, one: Stuck) -> Row:
    path, say = study.progress(one.person), study.language
    why = ("；" if say == "zh" else "; ").join(study.say(WHY[cause]) for cause in one.causes)
    waits: str | Cell = "–"
    if one.since:
        name = study.person(one.mentor) if one.mentor else "–"
        waits = Cell(name, small=study.say(SINCE, day=day(one.since, say)))
    done = f"{path.done} / {len(path.steps)}" if path else "–"
    late = number(one.days_late, say) if one.days_late else "–"
    return Row((linked(study, one.person), why, done, late, waits))


def slow_words(study: TrainingStudy, one: Pace) -> str:
    """Return in words how slow a mentor's signatures are."""
    days, times = (number(value, study.language) for value in (one.days, one.times.value))
    return study.say(SLOW, name=study.person(one.mentor), days=days, times=times)


def _mentors(study: TrainingStudy) -> str:
    if not study.paces:
        return ""
    slow = [one for one in study.paces if one.slow]
    comma = "；" if study.language == "zh" else "; "
    title = comma.join(slow_words(study, one) for one in slow) or study.say(MENTORS)
    rows = [_mentor(study, one) for one in study.paces[:SHOWN]]
    body = table(study, MENTOR_COLUMNS, rows, title)
    return section(title, body, sub=study.say(MENTORS_SUB))


def _mentor(study: TrainingStudy, one: Pace) -> Row:
    say, times = study.language, "–"
    if one.times.known and not one.times.few:
        value, low, high = (number(each, say, 1) for each in (one.times.value, *one.times.interval))
        times = f"{value} ({low} – {high})"
    counts = f"{one.signed} / {one.open}"
    name = Cell(study.person(one.mentor))
    cells = (name, number(one.people, say), counts, number(one.days, say, 1), times)
    return Row(cells, focus=one.slow)


def _steps(study: TrainingStudy) -> str:
    paths = [path for one in study.newcomers if (path := study.progress(one))]
    if not paths:
        return ""
    every, say = len(paths), study.language
    bars = tuple(
        RankedBar(step.title.in_(say), done, f"{done} / {every}")
        for n, step in enumerate(paths[0].path.steps)
        for done in [sum(path.steps[n].state == "done" for path in paths)]
    )
    sub = study.say(STEPS_SUB, path=paths[0].path.title.in_(say), n=every)
    ticks = axis([float(every)], lambda value: number(value, say))
    caption = Caption(study.say(STEPS), sub)
    return section("", ranked_bars(caption, [RankGroup(bars)], say, ticks=ticks))


def own_words(study: TrainingStudy, path: Progress) -> str:
    """Return in words how far one person has come."""
    return study.say(OWN, of=len(path.steps), done=path.done)


def _own(study: TrainingStudy) -> str:
    path = study.progress(study.entity) if study.entity in study.newcomers else None
    if path is None:
        return ""
    say = study.language
    rows = [
        Row((one.step.title.in_(say), day(one.due, say), _done_on(study, one)))
        for one in path.steps
    ]
    waiting = [one for one in study.hand_ins if not one.signed]
    sub = ""
    if waiting:
        first = waiting[0].at.astimezone(study.zone).date()
        sub = study.say(OPEN, n=len(waiting), day=day(first, say))
    title = own_words(study, path)
    return section(title, table(study, OWN_COLUMNS, rows, title), sub=sub)


def _done_on(study: TrainingStudy, one: Standing) -> str:
    if one.done_at is None:
        return study.say(NOT_YET)
    return day(one.done_at.astimezone(study.zone).date(), study.language)
