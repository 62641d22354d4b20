"""Practice from the first question to the result, on a kernel that changes after every step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from salestrain.apps.quiz import AT_ONCE, Quiz
from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.playbook.items import (
    FindMistake,
    Item,
    Matching,
    Numeric,
    Option,
    Ordering,
    ShortAnswer,
    Sort,
    TrueFalse,
)
from salestrain.playbook.items.arranging import Card
from salestrain.playbook.items.asked import cell_id
from salestrain.training.marking import mark
from salestrain.training.quizzes.sitting import Asked, Sitting
from salestrain.views.screen import Action, Refused
from tests.apps.practising import NUMBERS, Learner, visiting
from tests.sample import sample_playbook

SETS = tuple(sample_playbook().item_sets())


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    found = visiting(tmp_path, "en")
    yield found
    found.records.close()


def practising(visit: Visit, set_: str = "2.2") -> Learner:
    return Learner(visit, lambda visit: Quiz(visit, set=set_))


def shown(learner: Learner) -> tuple[Sitting, Asked]:
    assert isinstance(learner.app, Quiz)
    run = learner.app.run_of(learner.app.thread(learner.app.chosen))
    assert run.current
    return run, run.current


def right(item: Item) -> list[str]:
    return list(item.solution("en"))


def wrong(item: Item) -> list[str]:
    """Return an answer that earns nothing."""
    parts = [one.id for one in item.chosen_from]
    match item:
        case Numeric() | ShortAnswer():
            found = ["-987654321"]
        case Ordering():
            found = right(item)[::-1]
        case Matching() | Sort():
            pairs = (each.split("=") for each in right(item))
            found = [f"{one}={parts[parts.index(two) - 1]}" for one, two in pairs]
        case FindMistake():
            found = [cell_id(item.innocent[0].cell)]
        case _:
            other = next(each for each in parts if each not in right(item))
            found = (
                ["false" if item.key else "true", other] if isinstance(item, TrueFalse) else [other]
            )
    return found


def give(learner: Learner, ids: list[str]) -> None:
    """Tap what these ids stand for on the screen."""
    run, asked = shown(learner)
    learner.act("answer", answer=run.sent(asked.item, ids))


def assert_nothing_tells_the_key(item: Item, html: str, language: Language) -> None:
    told = [text for given in (right(item), wrong(item)) for text in mark(item, given).feedback]
    told += [each.feedback for each in item.chosen_from if isinstance(each, Option)]
    told += [card.feedback for card in item.given_to if isinstance(card, Card)]
    if isinstance(item, ShortAnswer):
        told = [item.model_answer]
    assert not [text for text in told if text.in_(language) in html]
    assert not re.search(r'class="[^"]*(answer--|verdict|feedback)', html)
    assert not re.search(r"<input[^>]*checked", re.sub(r'="[^"]*"', "", html))
    ids = [each.id for each in (*item.chosen_from, *item.given_to)]
    assert not [
        each for each in ids if re.search(rf'(value|data-key|id)="{re.escape(each)}"', html)
    ]
    assert not (isinstance(item, Numeric) and re.search(r'name="answer"[^>]*value=', html))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "set_"), [("zh", SETS[0]), *(("en", each) for each in SETS), ("zh", SETS[-1])]
)
def test_a_whole_run_all_right_and_no_question_tells_its_key(
    tmp_path: Path, language: Language, set_: str
) -> None:
    visit = visiting(tmp_path, language)
    learner = practising(visit, set_)
    count = min(len(sample_playbook().item_sets()[set_]), AT_ONCE)
    for place in range(1, count + 1):
        assert learner.at == f"{set_}/1/item-{place}"
        item = shown(learner)[1].item
        assert_nothing_tells_the_key(item, learner.html, language)
        give(learner, right(item))
        assert learner.at == f"{set_}/1/judged-{place}"
        assert 'class="verdict-line good"' in learner.html
        learner.act("next")
    kinds = [step.kind for step in learner.steps(set_)]
    assert learner.at == f"{set_}/1/result"
    assert kinds == ["began", *["answered", "went_on"] * (count - 1), "answered", "finished"]
    assert learner.steps(set_)[-1].data == {"earned": count, "of": count}
    assert {"zh": f"{count} 题全对", "en": f"All {count} right"}[language] in learner.html
    visit.records.close()


@pytest.mark.slow
def test_a_run_all_wrong_says_why_and_what_to_read(visit: Visit) -> None:
    learner = practising(visit)
    for _ in range(AT_ONCE):
        asked = shown(learner)[1].item
        give(learner, wrong(asked))
        judged = mark(asked, wrong(asked))
        assert judged.earned == 0
        assert 'class="verdict-line bad"' in learner.html
        if judged.feedback and asked.kind in ("single", "numeric", "ordering"):
            assert judged.feedback[0].en in learner.html
        assert f'href="/app/playbook?rules=2.2#{asked.cites[0]}"' in learner.html
        learner.act("next")
    assert learner.steps("2.2")[-1].data["earned"] == 0
    assert f"0 of {AT_ONCE} right" in learner.html
    assert learner.html.count('class="rule-link"') == 6  # those most often missed


def test_the_key_moves_about_from_run_to_run() -> None:
    item = next(item for item in sample_playbook().item_sets()["2.2"] if item.kind == "single")
    places = {
        [*Sitting(1, seed, ()).options(item).values()].index(right(item)[0]) for seed in range(40)
    }
    assert places == {0, 1, 2, 3}


def test_an_answer_is_saved_with_its_worth_before_it_is_acknowledged(visit: Visit) -> None:
    learner = practising(visit)
    item = shown(learner)[1].item
    give(learner, wrong(item))
    began, answered = learner.steps("2.2")
    assert {*began.data} == {"items", "seed"}
    assert len(began.data["items"]) == AT_ONCE
    assert {*began.data["items"]} <= {each.id for each in sample_playbook().item_sets()["2.2"]}
    assert answered.data == {"item": item.id, "answer": wrong(item), "earned": 0.0}


def test_a_resend_changes_nothing(visit: Visit) -> None:
    learner = practising(visit)
    run, asked = shown(learner)
    sent = Action(
        "a", "answer", learner.at, {"answer": (next(iter(run.options(asked.item)), "1"),)}
    )
    for _ in range(3):
        learner.app.act(sent)
        learner.app = Quiz(visit, set="2.2")
    assert [step.kind for step in learner.steps("2.2")] == ["began", "answered"]


def test_what_was_sent_for_an_earlier_screen_changes_nothing(visit: Visit) -> None:
    learner = practising(visit)
    first = learner.at
    give(learner, right(shown(learner)[1].item))
    for name in ("answer", "next", "again"):
        learner.act(name, at=first)
    assert [step.kind for step in learner.steps("2.2")] == ["began", "answered"]


def test_another_tab_that_lags_behind_cannot_answer_twice(visit: Visit) -> None:
    here, there = practising(visit), practising(visit)
    at, item = there.at, shown(there)[1].item
    give(here, right(item))
    with pytest.raises(Refused, match="had moved on already"):
        there.act("answer", at=at, answer=tuple(wrong(item)))
    assert there.html == here.html
    assert sum(step.kind == "answered" for step in here.steps("2.2")) == 1


@pytest.mark.parametrize("kind", ["single", "multiple", "ordering", "numeric"])
def test_forged_answers_are_refused_and_nothing_is_saved(visit: Visit, kind: str) -> None:
    learner = practising(visit)
    while shown(learner)[1].item.kind != kind:
        give(learner, right(shown(learner)[1].item))
        learner.act("next")
    run, asked = shown(learner)
    tokens, before = [*run.options(asked.item)], len(learner.steps("2.2"))
    forged: list[tuple[str, ...]] = [(), ("",), ("x",), ("<b>",), tuple(right(asked.item)) * 2]
    forged += [tuple(tokens[:1] * 2), (*tokens, "x")]
    if kind == "ordering":
        forged += [tuple(tokens[:-1]), tuple(right(asked.item))]
    if kind != "numeric":
        forged.append(tuple(right(asked.item)))  # the ids themselves are not on the screen
    for answer in forged:
        with pytest.raises(Refused) as refused:
            learner.act("answer", answer=answer)
        assert refused.value.why.zh
    with pytest.raises(Refused):
        learner.act("answer", answer=tuple(tokens), earned=("1",))
    assert len(learner.steps("2.2")) == before
    assert learner.at.endswith(f"item-{run.place}")


def test_a_judged_question_takes_no_second_answer(visit: Visit) -> None:
    learner = practising(visit)
    item = shown(learner)[1].item
    give(learner, wrong(item))
    give(learner, right(item))
    assert learner.at == "2.2/1/judged-1"
    assert [step.kind for step in learner.steps("2.2")] == ["began", "answered"]


def test_next_and_again_wait_for_their_turn(visit: Visit) -> None:
    learner = practising(visit)
    for name in ("next", "again"):
        learner.act(name)
    assert learner.steps("2.2") == []


def test_again_is_a_new_run_in_another_order(visit: Visit) -> None:
    learner = practising(visit, "4.3")
    for _ in range(AT_ONCE):
        give(learner, wrong(shown(learner)[1].item))
        learner.act("next")
    assert learner.at == "4.3/1/result"
    learner.act("again")
    assert learner.at == "4.3/2/item-1"
    first, second = (step.data for step in learner.steps("4.3") if step.kind == "began")
    assert first["seed"] != second["seed"]
    assert not {*first["items"]} & {*second["items"]}  # there are others not asked yet


def test_partly_right_is_said_so(visit: Visit) -> None:
    learner = practising(visit)
    while shown(learner)[1].item.kind != "ordering":
        give(learner, right(shown(learner)[1].item))
        learner.act("next")
    item = shown(learner)[1].item
    partly = next(p for p in permutations(right(item)) if 0 < mark(item, p).earned < 1)
    give(learner, list(partly))
    assert 'class="verdict-line warn"' in learner.html
    assert f"Partly: {mark(item, partly).earned:.0%}" in learner.html


def test_the_sets_say_where_one_stands(visit: Visit) -> None:
    def choice() -> str:
        return Learner(visit, Quiz).html

    assert "points · not tried yet" in choice()
    assert 'href="/app/quiz?set=2.2"' in choice()
    assert "Read or practise a section first" in choice()
    learner = practising(visit)
    give(learner, right(shown(learner)[1].item))
    learner.act("next")
    assert "at question 2 of 10" in choice()
    assert re.search(r"1 of \d+ points met; without review you’ll know about 8\d% of", choice())
    assert 'href="/app/quiz?set=today"' in choice()  # the rest of the section is new
    for _ in range(9):
        give(learner, wrong(shown(learner)[1].item))
        learner.act("next")
    assert "at question" not in choice()


def test_without_a_server_sets_open_by_an_action(tmp_path: Path) -> None:
    app = Quiz(visiting(tmp_path, "en", base_url=""))
    assert "href=" not in app.draw().html
    app.act(Action(f"a{next(NUMBERS)}", "open", "choose", {"name": ("3.1",)}))
    assert app.at == "3.1/1/item-1"
    with pytest.raises(Refused):
        app.act(Action(f"a{next(NUMBERS)}", "open", app.at, {"name": ("9.9",)}))
    app.act(Action(f"a{next(NUMBERS)}", "open", app.at, {"name": ("",)}))
    assert app.at == "choose"
    app.visit.records.close()


def test_an_unknown_set_leads_to_the_choice(visit: Visit) -> None:
    assert Quiz(visit, set="9.9").at == "choose"
    with pytest.raises(Refused):
        Quiz(visit).act(Action("a", "burn", "choose", {}))
    for name in ("answer", "next", "again"):
        with pytest.raises(Refused):
            Quiz(visit).act(Action(f"b-{name}", name, "choose", {}))


@pytest.mark.slow
@pytest.mark.parametrize(("rightly", "share"), [(True, 90), (False, 30)])
def test_the_level_is_found_in_twenty_questions_at_most(
    visit: Visit, *, rightly: bool, share: int
) -> None:
    learner = practising(visit, "level")
    while "/result" not in learner.at:
        item = shown(learner)[1].item
        give(learner, right(item) if rightly else wrong(item))
        learner.act("next")
    steps = learner.steps("level")
    asked = [step.data["item"] for step in steps if step.kind == "answered"]
    assert 8 <= len(asked) <= 20
    assert len({*asked}) == len(asked)
    assert len({one[:3] for one in asked}) >= 8  # sections
    found = re.findall(r"about (\d+)%", re.sub(r"<[^>]*>", "", learner.html))
    assert int(found[0]) > share if rightly else int(found[0]) < share
    assert steps[-1].kind == "finished"
    learner.act("again")
    assert learner.at == "level/2/item-1"


def test_the_day_of_an_exam_makes_a_plan_that_today_follows(visit: Visit) -> None:
    learner = practising(visit, "4.3.e.products")
    for wrong_day in ("2026-11-24", "2027-11-24", "soon", ""):
        with pytest.raises(Refused):
            learner.act("aim", day=(wrong_day,))
    assert learner.steps("aim") == []
    learner.act("aim", day=("2026-12-15",))
    assert learner.steps("aim")[0].data == {"exam": "4.3.e.products", "day": "2026-12-15"}
    assert "Until 15 Dec 2026: about " in learner.html
    assert re.search(r"you should know (9\d|8\d|7\d)% on the day; without review 0%", learner.html)
    today = practising(visit, "today")
    first = shown(today)[0]
    assert {asked.item.section for asked in first.asked} == {"4.3"}
    assert 0 < len(first.asked) <= 20


def test_today_has_nothing_before_there_is_anything_to_forget(visit: Visit) -> None:
    assert practising(visit, "today").at == "today/nothing"


@pytest.mark.slow
def test_what_was_wrong_comes_back_another_day(visit: Visit) -> None:
    learner = practising(visit)
    item = shown(learner)[1].item
    give(learner, wrong(item))
    assert "comes back tomorrow" in learner.html
    later = visit.clock() + timedelta(days=1)
    visit.clock = lambda: later
    today = practising(visit, "today")
    cited = {asked.item.cites[0] for asked in shown(today)[0].asked}
    assert item.cites[0] in cited
