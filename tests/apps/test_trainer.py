"""The coaches' desk: who is stuck, cohorts, assignments, nudges; nothing of anybody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salestrain.apps.home import Home
from salestrain.apps.trainer import Trainer
from salestrain.apps.trainer.acting import offered
from salestrain.records import MYSELF, Person
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
    call,
    words,
)
from tests.apps.watched_talks import SOUTH
from tests.training import ninety
from tests.training.first_week import FAILED, NOON, NOTED, PASSED, READ, deed

TOMORROW = (NOON + timedelta(days=1)).date().isoformat()
NEEDS = "roleplay:2.2.s.needs"


def shown(open_for: Open, person: Person = TEACHER, page: str = "", **more: str) -> str:
    return words(Trainer(open_for(person, **more), page=page).draw().html)


def build(open_for: Open, person: Person, *people: str, name: str = "Autumn") -> None:
    app = Trainer(open_for(person), page="cohorts")
    fields = {"name": (name,), "start": ("2026-10-08",), "people": people}
    app.act(Action(f"build-{person.id}-{name}", "build", app.at, fields))


# Whom one sees


def test_a_trainer_sees_every_learner_and_a_manager_the_own_team(open_for: Open, did: Did) -> None:
    for person in (LIN, OTHER):
        did(person, READ)
    assert "Lin Xiaoyu" in shown(open_for)
    assert "欧阳文静" in shown(open_for)
    assert "Lin Xiaoyu" in shown(open_for, BOSS)
    assert "欧阳文静" not in shown(open_for, BOSS)


def test_a_learner_is_shown_nothing_and_can_do_nothing(open_for: Open) -> None:
    html = shown(open_for, LIN)
    assert "This page is for those who coach others" in html
    assert "Tang" not in html
    app = Trainer(open_for(LIN))
    for do, fields in (
        ("look", {"person": "tang"}),
        ("nudge", {"person": "tang", "text": "x"}),
        ("assign", {"whom": "tang", "what": NEEDS, "by": TOMORROW}),
        ("pair", {"newcomer": "tang", "mentor": "boss"}),
        ("join", {"purpose": "curious"}),
    ):
        with pytest.raises(Refused):
            act(app, do, do, **fields)
    assert open_for().records.steps.newest() == 0


def test_a_manager_of_another_team_gets_nothing_of_this_one(open_for: Open, did: Did) -> None:
    open_for().records.people.add(SOUTH)
    did(LIN, READ)
    app = Trainer(open_for(SOUTH))
    with pytest.raises(Refused, match="not yours to look after"):
        act(app, "look", person="lin")
    with pytest.raises(Refused, match="not yours to look after"):
        act(app, "nudge", person="lin", text="hello")
    with pytest.raises(Refused, match="not yours to look after"):
        act(app, "assign", whom="lin", what=NEEDS, by=TOMORROW)
    build(open_for, TEACHER, "lin", "other")
    html = shown(open_for, SOUTH, "cohorts")
    assert "1 people" in html
    assert "Lin Xiaoyu" not in html.partition("Mentored by")[0]
    with pytest.raises(Refused, match="not yours to look after"):
        build(open_for, SOUTH, "lin", name="Mine")
    app.person = "lin"  # as no page would have it
    assert "competenc" not in words(app.draw().html).lower()


def test_somebody_whose_role_was_taken_away_gets_nothing_more(open_for: Open) -> None:
    app = Trainer(open_for(BOSS))
    open_for().records.people.set_role("boss", "learner")
    assert "This page is for those who coach others" in words(app.draw().html)
    with pytest.raises(Refused):
        act(app, "nudge", person="lin", text="hello")


# Who is stuck


def test_the_stuck_come_first_with_why_and_whose_turn_it_is(open_for: Open, did: Did) -> None:
    again = deed("quiz", "2.2", "finished", 7, earned=5, of=10)
    did(TANG, READ, FAILED, again)
    did(OTHER, READ, PASSED, NOTED)
    act(Trainer(open_for(TEACHER), page="cohorts"), "pair", newcomer="lin", mentor="boss")
    html = shown(open_for)
    assert "1 of 3 learners are stuck" in html
    assert html.index("failed 2 times") < html.index("欧阳文静")
    did(LIN, ninety.wrote("shadow", 9))
    visit = open_for(TEACHER)
    visit.__dict__["playbook"] = replace(visit.playbook, paths={ninety.PATH.id: ninety.PATH})
    html = words(Trainer(visit).draw().html)
    assert "waits for Zhou Jianguo’s signature: title of shadow" in html
    assert "mentor: Zhou Jianguo" in html
    shadow, *rest = ninety.PATH.steps
    steps = [shadow.model_copy(update={"signed_by": "manager"}), *rest]
    path = ninety.PATH.model_copy(update={"steps": steps})
    visit.__dict__["playbook"] = replace(visit.playbook, paths={path.id: path})
    html = words(Trainer(visit).draw().html)
    assert "waits for the manager’s signature: title of shadow" in html  # not for the mentor's


def test_a_draft_is_not_there_to_assign(open_for: Open) -> None:
    playbook = open_for(TEACHER).playbook
    (name, one), *_ = playbook.scenarios.items()
    drafted = one.model_copy(update={"draft": True})
    assert f"roleplay:{name}" in offered(playbook)
    left = replace(playbook, scenarios={**playbook.scenarios, name: drafted})
    assert f"roleplay:{name}" not in offered(left)


def test_who_has_not_begun_is_folded_below_those_who_come_on(open_for: Open, did: Did) -> None:
    did(LIN, READ)
    html = Trainer(open_for(TEACHER)).draw().html
    before, _, folded = html.partition("<details")
    assert "Lin Xiaoyu" in before
    assert "Not begun: 2" in folded
    assert "Lin Xiaoyu" not in folded


def test_who_is_in_a_cohort_and_has_not_begun_is_named(open_for: Open) -> None:
    build(open_for, TEACHER, "lin")
    assert "1 working day(s) in, not begun" in shown(open_for)
    assert "到岗 1 个工作日，还没开始" in shown(open_for, language="zh")


def test_who_was_on_the_path_long_ago_is_not_looked_for(open_for: Open, did: Did) -> None:
    app, thread, step = READ
    did(LIN, (app, thread, step._replace(at=NOON - timedelta(days=60))))
    assert "0 of 3 learners are stuck" in shown(open_for)
    build(open_for, TEACHER, "lin")
    assert "1 of 3 learners are stuck" in shown(open_for)


def test_who_joins_a_cohort_is_late_from_its_first_day_on_alone(open_for: Open, did: Did) -> None:
    app, thread, step = READ
    did(LIN, (app, thread, step._replace(at=NOON - timedelta(days=30))))
    build(open_for, TEACHER, "lin")  # began yesterday: the quiz was due then
    assert "1 working day(s) late, at: title of quiz" in shown(open_for)


# Cohorts, assignments, nudges


def test_a_cohort_is_built_kept_and_listed_with_who_lacks_a_mentor(open_for: Open) -> None:
    build(open_for, TEACHER, "lin", "tang")
    (step,) = open_for(TEACHER).thread("trainer", "cohorts").steps
    assert step.kind == "cohort"
    assert {**step.data, "id": ""} == {
        "id": "", "name": "Autumn", "people": ["lin", "tang"], "start": "2026-10-08",
    }  # fmt: skip
    act(Trainer(open_for(TEACHER), page="cohorts"), "pair", newcomer="lin", mentor="boss")
    html = shown(open_for, page="cohorts")
    assert "Autumn 8 Oct 2026 · 2 people · 2 stuck without a mentor: Tang" in html


@pytest.mark.parametrize(
    ("people", "name", "why"),
    [((), "A", "Choose people first"), (("lin",), " ", "Write a name first"),
     (("lin", "nobody"), "A", "not yours to look after"), (("boss",), "A", "not yours")],
)  # fmt: skip
def test_a_cohort_of_nobody_or_without_a_name_is_refused(
    open_for: Open, people: tuple[str, ...], name: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        build(open_for, TEACHER, *people, name=name)
    assert open_for(TEACHER).thread("trainer", "cohorts").steps == []


def test_nobody_mentors_themselves_or_is_mentored_by_nobody(open_for: Open) -> None:
    app = Trainer(open_for(TEACHER), page="cohorts")
    with pytest.raises(Refused, match="Nobody is their own mentor"):
        act(app, "pair", "a", newcomer="lin", mentor="lin")
    with pytest.raises(Refused, match="no such person"):
        act(app, "pair", "b", newcomer="lin", mentor="ghost")


def test_what_is_assigned_stands_on_the_learners_day_until_it_is_done(
    open_for: Open, did: Did
) -> None:
    app = Trainer(open_for(BOSS))
    act(app, "assign", whom="lin", what=NEEDS, by=TOMORROW, why="Heting  on\nFriday")
    html = Home(open_for()).draw().html
    assert 'href="/app/roleplay?scenario=2.2.s.needs"' in html
    assert "Zhou Jianguo asks you to do this by 10 Oct 2026. Heting on Friday" in words(html)
    assert "Heting" not in words(Home(open_for(TANG)).draw().html)
    assert "assigned · " in shown(open_for, BOSS)
    did(LIN, deed("roleplay", "2.2.s.needs", "ended", 5, passed=True, score=90, ending="x"))
    assert "Heting" not in words(Home(open_for()).draw().html)
    assert "assigned · " not in shown(open_for, BOSS)


def test_a_cohort_is_assigned_to_as_one_and_each_step_names_its_person(open_for: Open) -> None:
    build(open_for, TEACHER, "lin", "tang")
    id_ = open_for(TEACHER).thread("trainer", "cohorts").steps[0].data["id"]
    app = Trainer(open_for(TEACHER), page="cohorts")
    act(app, "assign", whom=f"cohort:{id_}", what="quiz:2.2", by=TOMORROW)
    steps = open_for(TEACHER).thread("trainer", "assignments").steps
    assert [step.data for step in steps] == [
        {"person": who, "what": {"app": "quiz", "thread": "2.2"}, "by": TOMORROW, "why": ""}
        for who in ("lin", "tang")
    ]


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"what": "quiz:9.9"}, "no such thing"), ({"by": "2026-10-08"}, "That day is over"),
     ({"whom": "cohort:none"}, "Choose people first"), ({"by": "soon"}, "could not be read")],
)  # fmt: skip
def test_what_cannot_be_done_is_not_assigned(
    open_for: Open, fields: dict[str, str], why: str
) -> None:
    given = {"whom": "lin", "what": NEEDS, "by": TOMORROW} | fields
    with pytest.raises(Refused, match=why):
        act(Trainer(open_for(TEACHER)), "assign", **given)
    assert open_for().records.steps.newest() == 0


def test_a_word_is_seen_by_its_reader_alone_until_they_put_it_away(open_for: Open) -> None:
    act(Trainer(open_for(TEACHER)), "nudge", person="lin", text="One <b>round</b> today?")
    home = Home(open_for())
    html = home.draw().html
    assert "Shen Ming says" in words(html)
    assert "&lt;b&gt;round&lt;/b&gt;" in html
    assert "round" not in words(Home(open_for(TANG)).draw().html)
    nudge = html.partition("&quot;nudge&quot;: &quot;")[2].partition("&quot;")[0]
    act(Home(open_for(TANG)), "seen", nudge=nudge)  # somebody else's: nothing happens
    assert "Shen Ming says" in words(Home(open_for()).draw().html)
    act(home, "seen", nudge=nudge)
    assert "Shen Ming says" not in words(Home(open_for()).draw().html)
    assert "Said before" in words(_opened(open_for, TEACHER, "lin"))


def _opened(open_for: Open, person: Person, who: str) -> str:
    app = Trainer(open_for(person))
    act(app, "look", person=who)
    return app.draw().html


def test_an_empty_word_is_not_sent(open_for: Open) -> None:
    with pytest.raises(Refused, match="Write a sentence first"):
        act(Trainer(open_for(TEACHER)), "nudge", person="lin", text="  ")


def test_names_are_written_as_text_wherever_they_stand(open_for: Open) -> None:
    build(open_for, TEACHER, "tang", name="<i>x</i>")
    for page in ("people", "cohorts", "map"):
        html = Trainer(open_for(TEACHER), page=page).draw().html
        assert "<b>Xiao" not in html
        assert "<i>x" not in html


# The skill map


def test_the_map_shows_a_question_mark_where_too_little_was_seen(open_for: Open) -> None:
    html = shown(open_for, page="map")
    assert "Lin Xiaoyu ? 1–4 ? 1–4" in html
    assert "Under 5 people no mean is shown" in html
    assert "no sales figures" in html


def test_a_cell_opens_what_it_rests_on(open_for: Open, did: Did) -> None:
    did(TEACHER, *(call(n, "lin", questioning=4, negotiation=4) for n in range(9)))
    html = shown(open_for, BOSS, "map")
    assert "4 3–4" in html
    opened = words(_opened(open_for, BOSS, "lin"))
    assert "Selling skill there The role asks for level 3." in opened
    assert "A real talk rated by others · 9 Oct 2026 · 100% of it there" in opened


def test_a_mean_is_shown_from_five_people_on(open_for: Open) -> None:
    for number in range(2):
        open_for().records.people.add(Person(f"n{number}", f"新{number}", f"New {number}"))
    html = shown(open_for, page="map")
    assert "mean of 5 — —" in html  # nothing was seen of anybody yet
    assert "no mean is shown" not in html


# The page


def test_pages_turn_and_an_unknown_one_is_refused(open_for: Open) -> None:
    app = Trainer(open_for(TEACHER))
    act(app, "open", page="cohorts")
    assert "Build a cohort" in words(app.draw().html)
    with pytest.raises(Refused, match="no such page"):
        act(app, "open", "b", page="secret")
    assert Trainer(open_for(TEACHER), page="nowhere").page == "people"


def test_oneself_and_an_administrator_see_the_desk(open_for: Open) -> None:
    for person in (HEAD, MYSELF):
        assert "learners are stuck" in shown(open_for, person)
