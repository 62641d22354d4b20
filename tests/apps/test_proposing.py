"""Propose, have it answered, see the credit: learner and trainer, a new kernel for each."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from salestrain.apps.quiz import Quiz
from salestrain.apps.quiz.deciding import ALREADY, NOT_YOURS
from salestrain.apps.visit import Visit
from salestrain.language import Text
from salestrain.records import Person
from salestrain.training.proposals.drafts import ENOUGH, MOST_OPEN, NEEDS_REASON
from salestrain.training.proposals.proposals import PROPOSALS, PROPOSED, Proposal
from salestrain.training.steps import Step
from salestrain.views.screen import Action, Refused
from tests.apps.learners import (
    BOSS,
    HEAD,
    LIN,
    OTHER,
    TANG,
    TEACHER,
    Did,
    Open,
    act,
    buttons,
    words,
)
from tests.training.first_week import NOON

QUESTION = {
    "stem": "How hot may a P-20 get?",
    "key": "45 °C",
    "distractors": "50 °C\n60 °C\n",
    "why": "P-20.temperature_max, see 4.3.dont_know",
    "section": "4.3",
}
TAKEN = {
    "stem": "How hot may a P-20 probe get?",
    "key": "45 °C",
    "distractor_0": "50 °C",
    "because_0": "That is the P-30.",
    "distractor_1": "",
    "because_1": "",
    "cites": "4.3.dont_know, 2.2.stalled",
    "solvers": "Wu Hai, Tang Xiao",
}
ITEM = "2.2.i.which_stage"


def at(visit: Visit, set_: str = "") -> Quiz:
    return Quiz(visit, set=set_)


def shown(visit: Visit, set_: str = "") -> str:
    return unescape(at(visit, set_).draw().html)


def propose(visit: Visit, set_: str = "propose", **fields: str) -> Quiz:
    app = at(visit, set_)
    act(app, "propose", f"p-{len(visit.diary.deeds)}-{visit.person.id}", **(fields or QUESTION))
    return app


def decide(visit: Visit, of: str, verdict: str = "accepted", **fields: str) -> Quiz:
    app = at(visit, "proposals")
    act(app, "decide", f"d-{of}-{verdict}", of=of, verdict=verdict, **fields)
    return app


def opened(app: Quiz, name: str) -> None:
    app.act(Action(f"open-{name}", "open", app.at, {"name": (name,)}))


def all_of(visit: Visit) -> list[Proposal]:
    return list(Quiz(visit).answering.deciding.every)


def test_a_proposal_is_kept_and_its_author_sees_that_it_waits(open_for: Open) -> None:
    html = shown(open_for(), "propose")
    assert buttons(html) == ["Hand it in"]
    assert "becomes an item or an answer within 7 days" in html  # the rule itself
    propose(open_for())
    (one,) = all_of(open_for())
    assert (one.author, one.number, one.state) == ("lin", 1, "open")
    assert one.draft.distractors == ("50 °C", "60 °C")
    assert "How hot may a P-20 get? 9 Oct 2026 waiting" in words(shown(open_for(), "propose"))


def test_a_resend_and_a_second_tap_change_nothing(open_for: Open) -> None:
    app, fields = at(open_for(), "propose"), {k: (v,) for k, v in QUESTION.items()}
    before = app.at
    for id_ in ("one", "one"):
        app.act(Action(id_, "propose", before, fields))
        app = at(open_for(), "propose")
    with pytest.raises(Refused, match="had moved on already"):
        app.act(Action("two", "propose", before, fields))
    assert len(all_of(open_for())) == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("stem", " \u200b\n", "Write what the customer asked"),
        ("key", "", "Write the right answer"),
        ("distractors", "\n", "Write at least one answer people wrongly give"),
        ("section", "9.9", "Choose a section"),
        ("section", "", "Choose a section"),
        ("stem", "x" * 501, "The question is too long; 500 characters at most"),
    ],
)
def test_what_is_not_whole_is_refused_with_a_sentence(
    open_for: Open, field: str, value: str, says: str
) -> None:
    with pytest.raises(Refused, match=f"^{says}$"):
        propose(open_for(), **{**QUESTION, field: value})
    assert all_of(open_for()) == []


def test_twenty_may_wait_and_no_more(open_for: Open, did: Did) -> None:
    data = {"kind": "improvement", "item": ITEM, "section": "2.2", "language": "en", "why": "x"}
    did(LIN, *[("quiz", PROPOSALS, Step(PROPOSED, data, NOON))] * MOST_OPEN)
    with pytest.raises(Refused) as refused:
        propose(open_for())
    assert refused.value.why == ENOUGH
    assert len(all_of(open_for())) == MOST_OPEN


def test_what_is_wrong_with_a_question_is_sent_from_its_judgement(open_for: Open) -> None:
    visit = open_for()
    app = at(visit, "2.2")
    asked = app.run_of(app.thread()).asked[0].item
    way = f'href="/app/quiz?set=propose-{asked.id}"'
    assert way not in shown(visit, "2.2")
    practising = app.practising(app.thread())
    sent = practising.run.sent(asked, asked.solution("en"))
    app.act(Action("a", "answer", app.at, {"answer": sent}))
    assert way in shown(open_for(), "2.2")
    propose(open_for(), f"propose-{asked.id}", why="Two options\nsay the same")
    html = shown(open_for(), f"propose-{asked.id}")
    assert buttons(html) == ["Go on"]
    assert 'href="/app/quiz?set=2.2"' in html
    (one,) = all_of(open_for())
    assert (one.draft.kind, one.draft.item, one.draft.section) == ("improvement", asked.id, "2.2")
    assert f"On {asked.id}: Two options\nsay the same" in shown(open_for(), "propose")


@pytest.mark.parametrize("name", ["propose-2.2.i.none", "propose-1", "propose-x", "proposals-x"])
def test_what_is_not_there_leads_to_the_choice(open_for: Open, name: str) -> None:
    app = at(open_for(), name)
    assert app.at == "choose"
    with pytest.raises(Refused):
        act(app, "propose", **QUESTION)
    with pytest.raises(Refused):
        act(at(open_for(), "propose"), "next")


@pytest.mark.parametrize("person", [LIN, TANG, BOSS])
def test_only_a_trainer_sees_or_answers_what_others_propose(open_for: Open, person: Person) -> None:
    propose(open_for(OTHER))
    visit = open_for(person)
    assert at(visit, "proposals").at == "choose"
    with pytest.raises(Refused) as refused:
        act(at(visit), "decide", of="other/1", verdict="accepted", **TAKEN)
    assert refused.value.why == NOT_YOURS
    with pytest.raises(Refused):
        opened(at(open_for(person, base_url="")), "proposals")
    for set_ in ("", "propose", "proposals"):
        assert "How hot" not in shown(visit, set_)
        assert "What colleagues propose" not in shown(visit, set_)
    assert all_of(visit)[0].state == "open"


def test_who_proposes_sees_their_own_and_nobody_elses(open_for: Open) -> None:
    propose(open_for(), **{**QUESTION, "stem": "What LIN was asked"})
    propose(open_for(TANG), **{**QUESTION, "stem": "What TANG was asked"})
    decide(open_for(TEACHER), "lin/1", **TAKEN)
    decide(open_for(TEACHER), "tang/1", "returned", note="For TANG alone")
    assert "TANG" not in shown(open_for(), "propose") + shown(open_for(), "propose-1")
    html = shown(open_for(TANG), "propose")
    assert "For TANG alone" in html
    assert "LIN" not in html
    assert "1 accepted" not in html + shown(open_for(TANG))


@pytest.mark.parametrize("person", [TEACHER, HEAD])
def test_the_oldest_is_answered_first_and_then_the_next_comes(
    open_for: Open, person: Person
) -> None:
    propose(open_for())
    propose(open_for(TANG), f"propose-{ITEM}", why="Which quarter?")
    assert "2 waiting for an answer" in shown(open_for(person))
    html = shown(open_for(person), "proposals")
    assert buttons(html) == ["Accept"]
    assert "Lin Xiaoyu, 9 Oct 2026 · answer by 16 Oct 2026" in words(html)
    assert 'href="/app/playbook?rules=4.3"' in html
    cites = re.search(r'name="cites"[^>]*>([^<]*)<', html)
    assert cites
    assert "4.3.dont_know" in cites[1]  # found in what the author said
    app = decide(open_for(person), "lin/1", **TAKEN, note="Thank you")
    assert "Which quarter?" in app.draw().html
    assert app.draw().html == at(open_for(person), "proposals").draw().html
    decide(open_for(person), "tang/1", "rejected", note="The stem says so.")
    assert "All are answered" in shown(open_for(person), "proposals")
    assert "2 handed in, 1 accepted" in shown(open_for(person), "proposals")


def test_an_accepted_one_is_to_its_authors_credit_as_edited(open_for: Open) -> None:
    propose(open_for())
    assert "accepted" not in shown(open_for())
    decide(open_for(TEACHER), "lin/1", **TAKEN, note="Thank you")
    assert "1 accepted" in shown(open_for())
    said = words(shown(open_for(), "propose"))
    assert "How hot may a P-20 probe get? 9 Oct 2026 accepted Thank you" in said
    (one,) = all_of(open_for())
    assert one.edited
    assert one.edited.because == ("That is the P-30.",)
    assert one.edited.cites == ("4.3.dont_know", "2.2.stalled")
    assert one.edited.solvers == ("Wu Hai", "Tang Xiao")
    assert one.decided_by == "teacher"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cites": ""}, "Name the product fact or rule"),
        ({"cites": "2.2.stalle"}, "The playbook has no 2.2.stalle; did you mean '2.2.stalled'?"),
        ({"because_0": " "}, "Say of each wrong answer where it goes wrong"),
        ({"solvers": "Wu Hai"}, "Let 2 people who had no part in it"),
        ({"solvers": "Wu Hai, lin xiaoyu"}, "Let 2 people who had no part in it"),
        ({"key": ""}, "Write the right answer"),
        ({"note": "x" * 1001}, "The answer to them is too long"),
    ],
)
def test_it_is_taken_only_with_what_the_playbook_asks_of_it(
    open_for: Open, change: dict[str, str], says: str
) -> None:
    propose(open_for())
    with pytest.raises(Refused) as refused:
        decide(open_for(TEACHER), "lin/1", **{**TAKEN, **change})
    assert refused.value.why.en.startswith(says)
    assert all_of(open_for())[0].state == "open"


def test_a_playbook_without_the_rule_asks_for_no_solvers_and_sets_no_day(open_for: Open) -> None:
    visit, teacher = open_for(), open_for(TEACHER)
    without = replace(visit.playbook, standards=visit.playbook.standards)
    without.__dict__["index"] = {k: v for k, v in visit.playbook.index.items() if k[:3] != "4.3"}
    for one in (visit, teacher):
        one.__dict__["playbook"] = without
    propose(visit)
    html = shown(teacher, "proposals")
    assert "answer by" not in html
    assert 'name="solvers"' not in html
    assert "What the playbook says" not in html
    decide(teacher, "lin/1", **{**TAKEN, "solvers": "", "cites": "2.2.stalled"})
    assert all_of(open_for())[0].state == "accepted"


@pytest.mark.parametrize("verdict", ["returned", "rejected"])
def test_without_a_reason_nothing_is_sent_back_or_refused(open_for: Open, verdict: str) -> None:
    propose(open_for())
    with pytest.raises(Refused) as refused:
        decide(open_for(TEACHER), "lin/1", verdict, note=" \n")
    assert refused.value.why == NEEDS_REASON


def test_what_was_sent_back_is_revised_and_handed_in_again(open_for: Open) -> None:
    propose(open_for())
    decide(open_for(TEACHER), "lin/1", "returned", note="Two options say the same")
    assert 'href="/app/quiz?set=propose-1"' in shown(open_for(), "propose")
    html = shown(open_for(), "propose-1")
    assert "Two options say the same" in html
    assert ">How hot may a P-20 get?</textarea>" in html
    app = propose(open_for(), "propose-1", **{**QUESTION, "key": "40 °C"})
    assert app.draw().html == at(open_for(), "propose-1").draw().html
    assert [one.state for one in all_of(open_for())] == ["revised", "open"]
    propose(open_for(), f"propose-{ITEM}", why="first")
    decide(open_for(TEACHER), "lin/3", "returned", note="Which one?")
    propose(open_for(), f"propose-{ITEM}", why="second")
    assert [one.state for one in all_of(open_for())][2:] == ["revised", "open"]


def test_an_answered_one_is_not_answered_again(open_for: Open) -> None:
    propose(open_for())
    decide(open_for(TEACHER), "lin/1", "rejected", note="We have it")
    for of in ("lin/1", "lin/2", "nobody/1", ""):
        with pytest.raises(Refused) as refused:
            decide(open_for(HEAD), of, **TAKEN)
        assert refused.value.why == ALREADY
    with pytest.raises(Refused):
        decide(open_for(HEAD), "lin/1", "burnt")


def test_one_that_waits_too_long_says_so(open_for: Open) -> None:
    propose(open_for())
    teacher = open_for(TEACHER)
    assert "overdue" not in shown(teacher)
    teacher.clock = lambda: NOON + timedelta(days=8)
    assert "overdue" in shown(teacher)
    assert "overdue" in shown(teacher, "proposals")


def test_any_of_those_waiting_can_be_looked_at_with_and_without_a_server(open_for: Open) -> None:
    propose(open_for())
    propose(open_for(TANG), **{**QUESTION, "stem": "What does TANG ask?"})
    second = all_of(open_for())[1]
    assert f'href="/app/quiz?set=proposals-{second.token}"' in shown(open_for(TEACHER), "proposals")
    html = shown(open_for(TEACHER), f"proposals-{second.token}")
    assert ">What does TANG ask?</textarea>" in html
    plain = at(open_for(TEACHER, base_url=""))
    opened(plain, f"proposals-{second.token}")
    assert plain.at == f"proposals-{second.token}/{second.token}"


def test_while_an_exam_runs_nothing_is_proposed(open_for: Open) -> None:
    act(at(open_for(), "6.2.e.customer_data"), "begin")
    for set_ in ("propose", f"propose-{ITEM}"):
        assert at(open_for(), set_).at == f"{set_}/exam_runs"
        assert 'data-do="propose"' not in shown(open_for(), set_)
        with pytest.raises(Refused, match="under way"):
            propose(open_for(), set_, why="x")
    for set_ in ("", "2.2", "6.2.e.customer_data"):
        assert "set=propose" not in shown(open_for(), set_)


def test_what_people_write_is_shown_as_text(open_for: Open) -> None:
    bad = "<img src=x onerror=alert(1)>\"'</textarea>"
    propose(open_for(TANG), **{**QUESTION, "stem": bad, "key": bad, "why": bad})
    for html in (
        at(open_for(TANG), "propose").draw().html,
        at(open_for(TEACHER), "proposals").draw().html,
    ):
        assert "<img" not in html
        assert "&lt;img src=x" in html
        assert "Tang <b>" not in html


def test_the_name_of_who_proposed_a_question_stands_under_it(open_for: Open) -> None:
    visit = open_for()
    by = Text("林晓雨", "Lin Xiaoyu")
    items = {id_: one.model_copy(update={"by": by}) for id_, one in visit.playbook.items.items()}
    visit.__dict__["playbook"] = replace(visit.playbook, items=items)
    app = at(visit, "2.2")
    assert "Proposed by" not in app.draw().html
    asked = app.run_of(app.thread()).asked[0].item
    sent = app.practising(app.thread()).run.sent(asked, asked.solution("en"))
    app.act(Action("a", "answer", app.at, {"answer": sent}))
    assert "comes back" in app.draw().html
    assert "· Proposed by Lin Xiaoyu" in app.draw().html
