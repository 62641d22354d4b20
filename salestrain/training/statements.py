"""What people did as xAPI statements, for a company's Learning Record Store.

Source: xAPI 1.0.3, part two (ADL, 2016): statements, their ids, results and contexts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from salestrain.language import Text
from salestrain.playbook.items.asked import BESIDE
from salestrain.training.exams.exam import ANSWERED, BEGAN, FINISHED, attempts
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item
    from salestrain.training.exams.exam import Attempt
    from salestrain.training.paths.path import Deed

Statement = dict[str, Any]
VERSION = "1.0.3"
VERBS = "http://adlnet.gov/expapi/verbs/"
TYPES = "http://adlnet.gov/expapi/activities/"
TAGS = {"zh": "zh-CN", "en": "en-GB"}
SAYS = {
    "answered": Text("回答了", "answered"),
    "completed": Text("完成了", "completed"),
    "passed": Text("通过了", "passed"),
    "failed": Text("没有通过", "failed"),
    "experienced": Text("读了", "experienced"),
}
FORMS = {
    "single": "choice",
    "multiple": "choice",
    "true_false": "choice",
    "find_mistake": "choice",
    "ordering": "sequencing",
    "matching": "matching",
    "sort": "matching",
    "numeric": "numeric",
    "short_answer": "long-fill-in",
}
"""How xAPI calls the kinds of items."""
JUDGED = "judged"
"""An exam's result among the deeds: the log itself only holds its answers."""
BETWEEN, WITHIN = "[,]", "[.]"


@dataclass(frozen=True)
class Known:
    """What statements are about.

    Attributes:
        base: Begins every id we give: an address of the company's own (``https://x.example/train``).
        items: By id.
        exams: By id.
        titles: Of pages, role-plays and sets, by id, as far as they have one.
    """

    base: str
    items: Mapping[str, Item]
    exams: Mapping[str, Exam]
    titles: Mapping[str, Text]


class _Done(NamedTuple):
    verb: str
    activity: Statement
    result: Statement
    parent: str


def statements(
    person_id: str, deeds: Iterable[Deed], known: Known, now: datetime
) -> list[Statement]:
    """Return what a person did as statements, in order of time.

    The same deed always has the same id, so that a store that has it keeps one. Names are left
    out, and so are sentences people wrote; an exam counts once the attempt is over.

    Args:
        person_id: Who, as the company knows them.
        deeds: All they did, each with its app and thread.
        known: What it is about.
        now: The time, aware.
    """
    deeds = list(deeds)
    found = []
    for app, thread, step in (*_counted(deeds, known, now), *_exam_results(deeds, known, now)):
        done = _done(app, thread, step, known)
        if done:
            found.append(_statement(person_id, (app, thread, step), done, known.base))
    return sorted(found, key=lambda one: (one["timestamp"], one["id"]))


def _counted(deeds: Sequence[Deed], known: Known, now: datetime) -> Iterator[Deed]:
    """Yield deeds, without those of attempts at exams that still run."""
    for app, thread, step in deeds:
        if app != "quiz" or thread not in known.exams:
            yield app, thread, step
    for thread, (steps, tried) in _exams(deeds, known).items():
        run = -1
        for step in steps:
            run += step.kind == BEGAN
            if step.kind == ANSWERED and run >= 0 and _over(tried[run], now):
                yield "quiz", thread, step


def _exams(
    deeds: Iterable[Deed], known: Known
) -> dict[str, tuple[list[Step], tuple[Attempt, ...]]]:
    steps: dict[str, list[Step]] = {}
    for app, thread, step in deeds:
        if app == "quiz" and thread in known.exams:
            steps.setdefault(thread, []).append(step)
    return {id_: (own, attempts(known.exams[id_], own, known.items)) for id_, own in steps.items()}


def _over(attempt: Attempt, now: datetime) -> bool:
    return not attempt.is_open(now)


def _exam_results(deeds: Iterable[Deed], known: Known, now: datetime) -> Iterator[Deed]:
    """Yield how each attempt that is over went, as one more deed."""
    for thread, (_, tried) in _exams(deeds, known).items():
        for attempt in tried:
            if _over(attempt, now):
                data = {"share": attempt.share, "passed": attempt.passed}
                yield "quiz", thread, Step(JUDGED, data, attempt.ended_at)


def _done(app: str, thread: str, step: Step, known: Known) -> _Done | None:
    make = MAKERS.get((app, step.kind))
    return make(thread, step.data, known) if make else None


def _answered(thread: str, data: Mapping[str, Any], known: Known) -> _Done:
    item = known.items.get(data["item"])
    about: Statement = {"type": f"{TYPES}cmi.interaction"}
    result = _score(data["earned"])
    if item:
        about |= {"name": _spoken(item.stem), "interactionType": FORMS[item.kind]}
        if item.kind != "short_answer":  # what people wrote may name others
            result["response"] = _response(data["answer"])
    else:
        about = {"type": f"{TYPES}question"}
    activity = {"id": f"{known.base}/items/{data['item']}", "definition": about}
    return _Done("answered", activity, result, f"sets/{thread}")


def _response(answer: Iterable[str]) -> str:
    return BETWEEN.join(each.replace(BESIDE, WITHIN) for each in answer)


def _finished(thread: str, data: Mapping[str, Any], known: Known) -> _Done:
    result = {**_score(data["earned"] / (data["of"] or 1)), "completion": True}
    del result["success"]  # a round of practice is neither passed nor failed
    return _Done("completed", _activity(f"sets/{thread}", "assessment", thread, known), result, "")


def _judged(thread: str, data: Mapping[str, Any], known: Known) -> _Done:
    passed = bool(data["passed"])
    result = {**_score(data["share"]), "success": passed, "completion": True}
    activity = _activity(f"exams/{thread}", "assessment", thread, known)
    return _Done("passed" if passed else "failed", activity, result, "")


def _ended(thread: str, data: Mapping[str, Any], known: Known) -> _Done:
    passed = bool(data["passed"])
    result = {**_score(data["score"] / 100), "success": passed, "completion": True}
    activity = _activity(f"scenarios/{thread}", "simulation", thread, known)
    return _Done("passed" if passed else "failed", activity, result, "")


def _read(thread: str, _data: Mapping[str, Any], known: Known) -> _Done:
    return _Done("experienced", _activity(f"pages/{thread}", "lesson", thread, known), {}, "")


MAKERS = {
    ("quiz", ANSWERED): _answered,
    ("quiz", FINISHED): _finished,
    ("quiz", JUDGED): _judged,
    ("roleplay", "ended"): _ended,
    ("playbook", "read"): _read,
}


def _activity(path: str, kind: str, thread: str, known: Known) -> Statement:
    about: Statement = {"type": f"{TYPES}{kind}"}
    if thread in known.titles:
        about["name"] = _spoken(known.titles[thread])
    return {"id": f"{known.base}/{path}", "definition": about}


def _score(share: float) -> Statement:
    share = min(1.0, max(0.0, round(share, 6)))
    return {"score": {"scaled": share}, "success": share == 1}


def _spoken(text: Text) -> dict[str, str]:
    return {TAGS["zh"]: text.zh.strip(), TAGS["en"]: text.en.strip()}


def _statement(person_id: str, deed: Deed, done: _Done, base: str) -> Statement:
    app, thread, step = deed
    data = json.dumps(step.data, sort_keys=True, default=str)
    named = (base, person_id, app, thread, step.kind, step.at.astimezone(UTC).isoformat(), data)
    context: Statement = {"platform": "salestrain"}
    if done.parent:
        parent = {"objectType": "Activity", "id": f"{base}/{done.parent}"}
        context["contextActivities"] = {"parent": [parent]}
    account = {"homePage": base, "name": person_id}
    return {
        "id": str(uuid5(NAMESPACE_URL, "\0".join(named))),
        "version": VERSION,
        "actor": {"objectType": "Agent", "account": account},
        "verb": {"id": f"{VERBS}{done.verb}", "display": _spoken(SAYS[done.verb])},
        "object": {"objectType": "Activity", **done.activity},
        **({"result": done.result} if done.result else {}),
        "context": context,
        "timestamp": step.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
