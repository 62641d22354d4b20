"""What people did as xAPI statements: valid, steady, and no more than they need to say."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.language import Text
from salestrain.playbook.exams import Exam
from salestrain.training.statements import FORMS, Known, statements
from salestrain.training.steps import Step
from tests.sample import sample_playbook

NOW = datetime(2026, 10, 9, 8, 0, tzinfo=UTC)
LATE = "1.1.i.late_probe_call"
BASE = "https://acme.example/train"
IRI = re.compile(r"https?://[^\s]+")


def known() -> Known:
    playbook = sample_playbook()
    titles = {"2.2": Text("商机阶段", "Opportunity stages")}
    return Known(BASE, playbook.items, {"1.1.exam": exam()}, titles)


def exam() -> Exam:
    return Exam.model_validate({
        "id": "1.1.exam", "why": {"zh": "w", "en": "w"}, "for": ["rep"],
        "title": {"zh": "考", "en": "Exam"}, "minutes": 10, "pass_share": 0.8,
        "attempts": 2, "blueprint": [{"section": "1.1", "count": 2}], "cites": ["1.1.rep"],
    })  # fmt: skip


def answered(
    item: str = LATE, answer: list[str] | None = None, earned: float = 1.0, at: int = 0
) -> Step:
    data = {"item": item, "answer": answer or ["rep"], "earned": earned}
    return Step("answered", data, NOW + timedelta(seconds=at))


def ended(score: float, at: int) -> Step:
    return Step("ended", {"score": score, "passed": True}, NOW + timedelta(seconds=at))


def one(app: str, thread: str, step: Step) -> dict[str, Any]:
    (found,) = statements("R08", [(app, thread, step)], known(), NOW)
    return found


def test_an_answer_says_what_was_chosen_and_what_it_earned() -> None:
    said = one("quiz", "1.1", answered(earned=0.5))
    assert said["verb"]["id"] == "http://adlnet.gov/expapi/verbs/answered"
    assert said["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": BASE, "name": "R08"},
    }
    assert said["object"]["id"] == f"{BASE}/items/{LATE}"
    assert said["object"]["definition"]["interactionType"] == "choice"
    assert said["result"] == {"score": {"scaled": 0.5}, "success": False, "response": "rep"}
    assert said["context"]["contextActivities"]["parent"][0]["id"] == f"{BASE}/sets/1.1"
    assert said["timestamp"] == "2026-10-09T08:00:00Z"


def test_pairs_are_written_as_xapi_writes_them() -> None:
    pairs = ["signer=rep", "check=service"]
    said = one("quiz", "1.1", answered("1.1.i.whose_job", pairs))
    assert said["result"]["response"] == "signer[.]rep[,]check[.]service"


def test_rounds_roleplays_and_pages() -> None:
    finished = one("quiz", "2.2", Step("finished", {"earned": 7.3, "of": 10}, NOW))
    assert finished["verb"]["display"]["en-GB"] == "completed"
    assert finished["object"]["definition"]["name"]["zh-CN"] == "商机阶段"
    assert finished["result"] == {"score": {"scaled": 0.73}, "completion": True}
    data = {"ending": "x", "score": 55, "passed": False}
    ended = one("roleplay", "2.2.s.call", Step("ended", data, NOW))
    assert ended["verb"]["id"].endswith("/failed")
    assert ended["result"] == {"score": {"scaled": 0.55}, "success": False, "completion": True}
    read = one("playbook", "2.2", Step("read", {}, NOW))
    assert (read["verb"]["id"][-11:], read["object"]["id"]) == ("experienced", f"{BASE}/pages/2.2")
    assert "result" not in read


def test_what_people_wrote_and_keys_stay_here() -> None:
    wrote = one("quiz", "1.1", answered("1.1.i.rewrite_review", ["谢洁雨说唐晓……"]))
    assert "response" not in wrote["result"]
    everything = [
        ("quiz", item.section, answered(id_, ["x"])) for id_, item in known().items.items()
    ]
    told = json.dumps(statements("R08", everything, known(), NOW))
    assert "correctResponsesPattern" not in told
    assert "谢洁雨说唐晓" not in told


def test_steps_that_say_nothing_to_others_are_passed_over() -> None:
    deeds = [
        ("quiz", "1.1", Step("began", {"items": [LATE], "seed": 1}, NOW)),
        ("quiz", "1.1", Step("went_on", {"item": LATE}, NOW)),
        ("home", "", Step("signed_in", {}, NOW)),
    ]
    assert statements("R08", deeds, known(), NOW) == []


def attempt(*steps: Step) -> list[tuple[str, str, Step]]:
    began = Step("began", {"items": [LATE, "1.1.i.whose_job"], "seed": 1, "minutes": 10}, NOW)
    return [("quiz", "1.1.exam", step) for step in (began, *steps)]


def verbs(deeds: list[tuple[str, str, Step]], now: datetime) -> list[str]:
    return [
        each["verb"]["id"].rpartition("/")[2] for each in statements("R08", deeds, known(), now)
    ]


def test_an_exam_is_told_once_the_attempt_is_over() -> None:
    right = answered(at=60)
    running = attempt(right)
    assert verbs(running, NOW + timedelta(minutes=5)) == []
    assert verbs(running, NOW + timedelta(minutes=11)) == ["answered", "failed"]
    second = answered("1.1.i.whose_job", ["signer=rep"], 1.0, 120)
    handed_in = Step("finished", {"earned": 2, "of": 2}, NOW + timedelta(minutes=3))
    done = attempt(right, second, handed_in)
    assert verbs(done, NOW + timedelta(minutes=3)) == ["answered", "answered", "passed"]
    (*_, passed) = statements("R08", done, known(), NOW + timedelta(minutes=3))
    assert passed["object"]["id"] == f"{BASE}/exams/1.1.exam"
    assert passed["result"] == {"score": {"scaled": 1.0}, "success": True, "completion": True}


DEEDS = st.lists(
    st.one_of(
        st.tuples(
            st.just("quiz"), st.sampled_from(["1.1", "2.2"]),
            st.builds(
                answered, st.sampled_from([LATE, "1.1.i.gap_total", "9.9.i.gone"]),
                st.lists(st.text(), min_size=1, max_size=3), st.floats(0, 1), st.integers(0, 10**6),
            ),
        ),
        st.tuples(
            st.just("roleplay"), st.just("2.2.s"),
            st.builds(ended, st.floats(-50, 200), st.integers(0, 10**6)),
        ),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(DEEDS)
def test_every_statement_keeps_the_rules_of_xapi(deeds: list[tuple[str, str, Step]]) -> None:
    for said in statements("R08", deeds, known(), NOW):
        assert set(said) <= {
            "id", "version", "actor", "verb", "object", "result", "context", "timestamp",
        }  # fmt: skip
        assert UUID(said["id"]).version == 5
        assert IRI.fullmatch(said["verb"]["id"])
        assert IRI.fullmatch(said["object"]["id"])
        assert IRI.fullmatch(said["object"]["definition"]["type"])
        assert said["object"]["definition"].get("interactionType", "choice") in FORMS.values()
        assert -1 <= said["result"]["score"]["scaled"] <= 1
        assert datetime.fromisoformat(said["timestamp"]).utcoffset() == timedelta()
        assert json.loads(json.dumps(said)) == said


@settings(max_examples=25, deadline=None)
@given(DEEDS, st.randoms())
def test_the_order_of_deeds_and_the_zone_of_their_times_change_no_statement(
    deeds: list[tuple[str, str, Step]], random: Random
) -> None:
    once = statements("R08", deeds, known(), NOW)
    zone = timezone(timedelta(hours=8))
    again = [
        (app, thread, step._replace(at=step.at.astimezone(zone))) for app, thread, step in deeds
    ]
    random.shuffle(again)
    assert statements("R08", again, known(), NOW + timedelta(days=1)) == once


def test_two_deeds_never_share_an_id_and_another_person_has_others() -> None:
    deeds = [("quiz", "1.1", answered(at=number)) for number in range(20)]
    mine = {each["id"] for each in statements("R08", deeds, known(), NOW)}
    theirs = {each["id"] for each in statements("R09", deeds, known(), NOW)}
    assert len(mine) == len(theirs) == 20
    assert not mine & theirs
