"""A talk from the briefing to the debrief, on a kernel that changes after every sentence."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from salestrain.apps.roleplay import Roleplay
from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.playbook.scenarios import Scenario
from salestrain.records.people import Role
from salestrain.training.talks.play import Play, replayed
from salestrain.training.talks.runs import runs_of
from salestrain.training.talks.turns import Choice
from salestrain.views.screen import Action, Refused
from tests.apps.practising import Learner, values, visiting
from tests.sample import sample_playbook

PRICE = "2.2.s.price_objection"
GOOD = [
    "explore_comparison",
    "explore_decision",
    "explore_use",
    "quantify",
    "trade",
    "trade",
    "next_step",
]


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    found = visiting(tmp_path, "en")
    yield found
    found.records.close()


@pytest.fixture
def scenario() -> Scenario:
    return sample_playbook().scenarios[PRICE]


def talking(visit: Visit) -> Learner:
    learner = Learner(visit, lambda visit: Roleplay(visit, scenario=PRICE))
    learner.act("begin")
    return learner


def play_of(learner: Learner) -> Play:
    run = runs_of(learner.steps(PRICE))[-1]
    play = run.play(sample_playbook().scenarios[PRICE])
    assert play
    return play


def offered(learner: Learner) -> tuple[Choice, ...]:
    seed = runs_of(learner.steps(PRICE))[-1].seed
    return play_of(learner).choices(seed, learner.visit.language)


def say(learner: Learner, move: str) -> None:
    choice = next(one for one in offered(learner) if one.move == move)
    assert choice.says in learner.html
    learner.act("move", move=(choice.token,))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_model_answer_passes_with_everything(
    tmp_path: Path, language: Language, scenario: Scenario
) -> None:
    visit = visiting(tmp_path, language)
    learner = talking(visit)
    for number, model in enumerate(scenario.model_answer, 1):
        assert learner.at == f"{PRICE}/1/turn-{number}"
        say(learner, model.move)
    assert learner.at == f"{PRICE}/1/debrief"
    last = learner.steps(PRICE)[-1]
    ended = {"ending": "agreed", "score": 100, "passed": True, "mode": "practise"}
    assert (last.kind, last.data) == ("ended", ended)
    assert {"zh": "得分 100，过关线 70，过关。", "en": "Score 100, pass line 70: passed."}[
        language
    ] in learner.html
    assert {"zh": "谈成了，每一项都做到了", "en": "Agreed, "}[language] in re.sub(
        "<[^>]+>", "", learner.html
    )
    visit.records.close()


def test_the_briefing_tells_who_you_are_and_how_long_it_takes(
    visit: Visit, scenario: Scenario
) -> None:
    learner = Learner(visit, lambda visit: Roleplay(visit, scenario=PRICE))
    assert learner.at == f"{PRICE}/0/briefing"
    assert scenario.you_are.en in learner.html
    assert f"About {scenario.minutes} min, {scenario.max_turns} rounds at most" in learner.html
    assert learner.steps(PRICE) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", range(3))
def test_nothing_hidden_is_on_the_screen_before_it_is_learned(
    tmp_path: Path, language: Language, seed: int, scenario: Scenario
) -> None:
    visit, chance = visiting(tmp_path, language), random.Random(seed)  # noqa: S311 (a play)
    learner = Learner(visit, lambda visit: Roleplay(visit, scenario=PRICE))
    screens = [(learner.html, set[str]())]
    learner.act("begin")
    while choices := offered(learner):
        screens.append((learner.html, {*play_of(learner).knows}))
        learner.act("move", move=(chance.choice(choices).token,))
    ids = [*scenario.states, *(m.id for m in scenario.moves), *(e.id for e in scenario.endings)]
    ids += [each.id for each in (*scenario.persona.hidden, *scenario.critical)]
    for html, knows in screens:
        secret = [fact.text for fact in scenario.persona.hidden if fact.id not in knows]
        secret += [model.text for model in scenario.model_answer]
        assert not [text for text in secret if text.in_(language) in html]
        assert not [
            each for each in ids if re.search(rf'="[^"]*\b{each}\b', html.replace(PRICE, ""))
        ]
        assert not [move.name for move in scenario.moves if f">{move.name.in_(language)}<" in html]
    shown = [fact.text.in_(language) in screens[-1][0] for fact in scenario.persona.hidden]
    assert sum(shown) == len(screens[-1][1])
    visit.records.close()


def test_every_sentence_is_saved_in_the_words_it_was_said(visit: Visit) -> None:
    learner = talking(visit)
    first = offered(learner)[0]
    learner.act("move", move=(first.token,))
    began, moved = learner.steps(PRICE)[:2]
    assert began.kind == "began"
    made = play_of(learner).made[0]
    assert moved.data == {
        "move": first.move,
        "says": first.says,
        "made": [[first.move, made.points, made.rule, made.critical]],
        "points": made.points,
    }
    assert first.says in learner.html


def test_the_screen_offers_what_the_talk_offers_in_its_order(visit: Visit) -> None:
    learner = talking(visit)
    assert values(learner.html, 'name="move"') == [choice.token for choice in offered(learner)]


def test_mood_and_what_was_learned_follow_the_talk(visit: Visit) -> None:
    learner = talking(visit)
    assert "Guarded" in learner.html
    assert "4 more ?" in learner.html
    say(learner, "explore_comparison")
    assert "Undecided" in learner.html
    assert "▲ warmer" in learner.html
    assert "1 learned" in learner.html
    assert "3 more ?" in learner.html
    assert "Learned: The rival's" in learner.html
    say(learner, "attack")
    assert "▼ colder" in learner.html


def test_a_critical_mistake_is_named_with_its_rule(visit: Visit, scenario: Scenario) -> None:
    learner = talking(visit)
    say(learner, "promise_beyond")
    mistake = next(one for one in scenario.critical if one.id == "beyond_authority")
    assert learner.at.endswith("debrief")
    assert learner.steps(PRICE)[-1].data == {
        "ending": "broken_promise",
        "score": 0,
        "passed": False,
        "mode": "practise",
    }
    assert mistake.text.en in learner.html
    assert f'href="/app/playbook?rules=2.2#{mistake.rule}"' in learner.html
    assert "turn--turning" in learner.html
    assert "What round 1 could have been" in learner.html


def test_a_resend_says_nothing_twice(visit: Visit) -> None:
    learner = talking(visit)
    sent = Action("a", "move", learner.at, {"move": (offered(learner)[0].token,)})
    for _ in range(3):
        learner.app.act(sent)
        learner.app = Roleplay(visit, scenario=PRICE)
    assert [step.kind for step in learner.steps(PRICE)[:3]] == ["began", "moved"]


def test_what_was_sent_for_an_earlier_turn_changes_nothing(visit: Visit) -> None:
    learner = talking(visit)
    first = learner.at
    say(learner, "explore_use")
    with pytest.raises(Refused, match="had moved on already"):
        learner.act("move", at=first, move=(offered(learner)[0].token,))
    learner.act("begin", at=first)
    assert len(learner.steps(PRICE)) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"move": ("explore_use",)},
        {"move": ("",)},
        {"move": ("<b>",)},
        {"move": ()},
        {"move": ("a", "b")},
        {"move": ("x",), "score": ("100",)},
        {},
    ],
)
def test_forged_moves_are_refused_and_nothing_is_saved(
    visit: Visit, fields: dict[str, tuple[str, ...]]
) -> None:
    learner = talking(visit)
    with pytest.raises(Refused) as refused:
        learner.app.act(Action("forged", "move", learner.at, fields))
    assert refused.value.why.zh
    assert [step.kind for step in learner.steps(PRICE)] == ["began"]


def test_a_talk_that_goes_on_is_not_begun_again(visit: Visit) -> None:
    learner = talking(visit)
    learner.act("begin")
    assert [step.kind for step in learner.steps(PRICE)] == ["began"]


def test_playing_again_draws_other_words(visit: Visit) -> None:
    learner = talking(visit)
    before = {choice.token for choice in offered(learner)}
    say(learner, "promise_beyond")
    learner.act("begin")
    assert learner.at == f"{PRICE}/2/turn-1"
    assert [step.kind for step in learner.steps(PRICE)] == ["began", "moved", "ended", "began"]
    seeds = [step.data["seed"] for step in learner.steps(PRICE) if step.kind == "began"]
    choices = replayed(sample_playbook().scenarios[PRICE])
    assert choices
    assert before.isdisjoint(choice.token for choice in choices.choices(seeds[1], "en"))


def test_a_talk_the_scenario_no_longer_allows_starts_anew(visit: Visit) -> None:
    learner = talking(visit)
    with visit.doing("elsewhere"):
        visit.thread("roleplay", PRICE).save("moved", {"move": "rescope", "says": "once possible"})
    assert learner.at == f"{PRICE}/1/briefing"
    learner.act("begin")
    assert learner.at == f"{PRICE}/2/turn-1"


@pytest.mark.slow
def test_the_choice_says_where_one_stands(visit: Visit, scenario: Scenario) -> None:
    choosing = Learner(visit, Roleplay)
    assert scenario.title.en in choosing.html
    assert f'href="/app/roleplay?scenario={PRICE}"' in choosing.html
    learner = talking(visit)
    say(learner, "explore_use")
    assert "at round 2" in choosing.html
    for move in ("give_away", "give_away"):
        say(learner, move)
    assert "last time 10 points" in choosing.html
    with pytest.raises(Refused):
        choosing.act("begin")


@pytest.mark.slow
def test_without_a_server_a_scenario_opens_by_an_action(tmp_path: Path) -> None:
    app = Roleplay(visiting(tmp_path, "zh", base_url=""))
    assert "href=" not in app.draw().html
    app.act(Action("a", "open", "choose", {"name": (PRICE,)}))
    assert app.at == f"{PRICE}/0/briefing"
    with pytest.raises(Refused):
        app.act(Action("b", "open", app.at, {"name": ("2.2.s.none",)}))
    app.visit.records.close()


@pytest.mark.parametrize(("role", "shown"), [("learner", False), ("trainer", True)])
def test_what_is_not_decided_yet_is_for_trainers(visit: Visit, role: Role, shown: bool) -> None:
    playbook, title = visit.playbook, visit.playbook.scenarios[PRICE].title.en
    asked = replace(visit, person=replace(visit.person, role=role))
    undecided = playbook.scenarios[PRICE].model_copy(update={"draft": True})
    asked.__dict__["playbook"] = replace(
        playbook, scenarios={**playbook.scenarios, PRICE: undecided}
    )
    listed = unescape(Roleplay(asked).draw().html)
    assert (title in listed) is shown
    opened = Roleplay(asked, scenario=PRICE)
    assert (opened.at.startswith(PRICE)) is shown
