"""Watching, correcting, rating, calibrating: who may, what is kept, and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from salestrain.apps.home import Home
from salestrain.apps.registry import checked_parameters
from salestrain.apps.roleplay import Roleplay
from salestrain.apps.roleplay.readers import CORRECTIONS, corrections_of, learn, reader_of
from salestrain.apps.roleplay.scope import Scope
from salestrain.apps.roleplay.watching import MISSING
from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.playbook.standards.growing import Skills
from salestrain.playbook.whole import Playbook
from salestrain.records import Person
from salestrain.training.play import begun
from salestrain.training.runs import BEGAN, ENDED, MOVED, Mode, result, typed
from salestrain.training.scorecards import CALIBRATING, CALL, RATED, RATINGS
from salestrain.training.steps import Step
from salestrain.training.understanding.learning import Correction
from salestrain.training.understanding.reading import NONE, Part
from salestrain.views.screen import Action, Refused
from tests.apps.learners import BOSS, HEAD, LIN, OTHER, TANG, TEACHER, Did, Open, act, words
from tests.sample import sample_playbook
from tests.training.first_week import NOON
from tests.views.components.gallery_html import Reader

PRICE = "2.2.s.price_objection"
RUN = f"{PRICE}-lin-1"
SOUTH = Person("south", "何南", "He Nan", role="manager", team="S1")
ASKS, GIVES = "Compared with which offer?", "Ten per cent then, done today."
SMALL_TALK = "Good morning Mr Chen."
NEGOTIATION, LISTENING = "4.2.negotiation", "4.2.listening"
Play = Callable[..., None]


@pytest.fixture
def play(open_for: Open, did: Did) -> Play:
    """Let somebody have typed two turns, of which the second ends the talk."""
    open_for().records.people.add(SOUTH)

    def played(person: Person = LIN, mode: Mode = "practise", *, ended: bool = True) -> None:
        first = [Part(SMALL_TALK, NONE, 0.9), Part(ASKS, "explore_comparison", 0.934)]
        last = [Part(GIVES, "promise_beyond", 0.7), Part("well well", "quantify", 0.2)]
        talk, steps = begun(sample_playbook().scenarios[PRICE]), []
        for parts in (first, last):
            says, moves = (
                " ".join(one.text for one in parts),
                [p.label for p in parts if p.understood],
            )
            talk = talk.said(says, moves)
            steps.append(Step(MOVED, typed(says, moves, parts, "letters"), NOON))
        steps.insert(0, Step(BEGAN, {"seed": "s", "mode": mode, "way": "text"}, NOON))
        steps += [Step(ENDED, result(talk, mode), NOON)] if ended else []
        did(person, *(("roleplay", PRICE, step) for step in steps))

    return played


def desk(visit: Visit, **page: str) -> Roleplay:
    return Roleplay(visit, **page)


def shown(visit: Visit, **page: str) -> str:
    return unescape(desk(visit, **page).draw().html)


def missing(html: str, language: Language = "en") -> bool:
    return MISSING.in_(language) in words(html)


def correct(visit: Visit, run: str = RUN, turn: str = "1", part: str = "0", move: str = "") -> None:
    app = desk(visit, run=run)
    name = f"c-{visit.person.id}-{run}-{turn}-{part}-{move}-{len(visit.diary.deeds)}"
    act(app, "correct", name, run=run, turn=turn, part=part, move=move or "explore_use")


def rate(visit: Visit, run: str = RUN, comment: str = "", **levels: int) -> None:
    given = {f"level-4.2.{skill}": str(level) for skill, level in levels.items()}
    name = f"r-{visit.person.id}-{run}-{len(visit.diary.deeds)}"
    act(desk(visit, run=run), "rate", name, run=run, comment=comment, **given)


def rate_call(visit: Visit, person: str = "lin", **fields: str) -> None:
    about = {"day": "2026-10-08", "customer": "Heting", "kind": "visit", "comment": "Well asked"}
    name = f"call-{visit.person.id}-{len(visit.diary.deeds)}"
    app = desk(visit, watch="calls")
    act(app, "rate_call", name, person=person, **{f"level-{LISTENING}": "3"}, **about | fields)


def mark(visit: Visit, run: str = RUN, on: str = "true") -> None:
    name = f"m-{visit.person.id}-{run}-{len(visit.diary.deeds)}"
    act(desk(visit, run=run), "calibrate", name, run=run, on=on)


def kept(visit: Visit, person: Person, thread: str) -> list[tuple[str, dict[str, object]]]:
    steps = visit.records.steps.of(person.id, "roleplay", thread)
    return [(one.kind, dict(one.data)) for one in steps]


@pytest.mark.parametrize(
    ("person", "sees"),
    [(LIN, True), (TANG, False), (OTHER, False), (BOSS, True), (SOUTH, False), (TEACHER, True),
     (HEAD, True)],
    ids=lambda one: getattr(one, "id", ""),
)  # fmt: skip
def test_a_run_is_seen_by_its_player_their_manager_trainers_and_admins(
    open_for: Open, play: Play, person: Person, sees: bool
) -> None:
    play()
    visit = open_for(person)
    assert missing(shown(visit, run=RUN)) is not sees
    assert (GIVES in shown(visit, run=RUN)) is sees
    for watch in ("all", PRICE):
        assert (f"run={RUN}" in shown(visit, watch=watch)) is sees


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_there_and_what_is_not_theirs_look_the_same(
    open_for: Open, play: Play, language: Language
) -> None:
    play()
    play(OTHER, ended=False)
    none = shown(open_for(LIN, language), run=f"{PRICE}-lin-2")
    assert missing(none, language)
    for run in (f"{PRICE}-other-1", f"{PRICE}-nobody-1", "2.2.s.none-lin-1", f"{PRICE}-lin-0", "x"):
        assert shown(open_for(LIN, language), run=run) == none
        assert shown(open_for(BOSS, language), run=run).split("<main")[0] == none
    for watch in ("calibration", "2.2.s.none", "<b>"):
        assert shown(open_for(LIN, language), watch=watch) == none
    assert shown(open_for(TANG, language), run=RUN) == none
    assert shown(open_for(TEACHER, language), run=f"{PRICE}-other-1") == none  # not ended


@pytest.mark.parametrize(
    ("given", "keeps"),
    [
        ({"run": RUN}, True),
        ({"run": f"{PRICE}-R02-12"}, True),
        ({"run": f"{PRICE}-lin-0"}, False),
        ({"run": f"{PRICE}-li n-1"}, False),
        ({"run": f"{PRICE}-lin"}, False),
        ({"run": "../x-lin-1"}, False),
        ({"run": f"{RUN}\n"}, False),
        ({"watch": "all"}, True),
        ({"watch": "calls"}, True),
        ({"watch": "calibration"}, True),
        ({"watch": PRICE}, True),
        ({"watch": "allx"}, False),
    ],
)
def test_an_address_carries_only_what_can_name_a_run_or_a_list(
    given: dict[str, str], keeps: bool
) -> None:
    assert checked_parameters("roleplay", given) == (given if keeps else {})


def test_a_list_says_when_how_and_whether_it_was_rated(open_for: Open, play: Play) -> None:
    play()
    play(OTHER, "test")
    said = words(shown(open_for(TEACHER), watch="all"))
    assert 'Lin Xiaoyu · "Another firm is 15% cheaper" 9 Oct 2026' in said
    assert "Practise · Type · 10 points · no agreement not rated" in said
    rate(open_for(TEACHER), negotiation=1)
    assert "no agreement rated by 1" in words(shown(open_for(BOSS), watch="all"))
    assert "欧阳文静" not in shown(open_for(BOSS), watch="all")
    assert "Lin Xiaoyu ·" not in words(shown(open_for(LIN), watch="all"))  # one's own need no name


def test_trainers_see_how_sure_each_reading_is_and_nobody_else_does(
    open_for: Open, play: Play
) -> None:
    play()
    said = words(shown(open_for(TEACHER), run=RUN))
    assert f"{ASKS} read as “Ask what it is compared with”, 93% sure Put it right" in said
    assert f"{SMALL_TALK} read as “none of the moves”, 90% sure Put it right" in said
    assert "20% sure not understood" in said
    assert "this talk’s score" in said
    for person in (LIN, BOSS):
        html = shown(open_for(person), run=RUN)
        assert ASKS in html
        assert "% sure" not in html
        assert 'data-do="correct"' not in html


def test_one_tap_keeps_what_it_should_have_been_and_another_changes_it(
    open_for: Open, play: Play
) -> None:
    play()
    visit = open_for(TEACHER)
    before = shown(open_for(LIN), scenario=PRICE)
    correct(visit, move="explore_use")
    assert corrections_of(visit.records) == (Correction(PRICE, SMALL_TALK, "explore_use"),)
    assert "put right: “Ask how it runs on site”" in words(shown(open_for(TEACHER), run=RUN))
    later = open_for(HEAD)
    later.clock = lambda: NOON + timedelta(minutes=1)
    correct(later, move=NONE)
    assert corrections_of(visit.records) == (Correction(PRICE, SMALL_TALK, NONE),)
    assert "put right: “none of the moves”" in words(shown(open_for(TEACHER), run=RUN))
    assert shown(open_for(LIN), scenario=PRICE) == before  # the score stays


@pytest.mark.parametrize("person", [LIN, BOSS, TANG, SOUTH])
def test_only_trainers_and_admins_put_a_reading_right(
    open_for: Open, play: Play, person: Person
) -> None:
    play()
    with pytest.raises(Refused):
        correct(open_for(person))
    assert corrections_of(open_for().records) == ()


@pytest.mark.parametrize(
    "forged",
    [
        {"run": f"{PRICE}-nobody-1"},
        {"run": f"{PRICE}-lin-2"},
        {"turn": "3"},
        {"turn": "0"},
        {"turn": "-1"},
        {"part": "2"},
        {"part": "-1"},
        {"part": "x"},
        {"move": "no_such_move"},
    ],
)
def test_a_forged_correction_is_refused(open_for: Open, play: Play, forged: dict[str, str]) -> None:
    play()
    with pytest.raises(Refused):
        correct(open_for(TEACHER), **forged)
    assert kept(open_for(), TEACHER, CORRECTIONS) == []


def shortened(playbook: Playbook) -> Playbook:
    """Return a playbook with fewer examples, which are learned from in seconds."""
    scenario, kinds = playbook.scenarios[PRICE], playbook.kinds_of_moves
    own = [move.model_copy(update={"also": None}) for move in scenario.moves]
    few = [
        kind.model_copy(
            update={
                "says": kind.says.model_copy(
                    update={"zh": kind.says.zh[:2], "en": kind.says.en[:4]}
                )
            }
        )
        for kind in kinds.kinds
    ]
    return replace(
        playbook,
        scenarios={PRICE: scenario.model_copy(update={"moves": tuple(own)})},
        moves=kinds.model_copy(update={"kinds": tuple(few)}),
    )


@pytest.mark.slow
def test_what_was_put_right_is_read_right_once_it_is_learned(
    open_for: Open, play: Play, playbook: Playbook
) -> None:
    play()
    small = shortened(playbook)
    scenario = small.scenarios[PRICE]
    visit = open_for(TEACHER)
    state, text = visit.workspace.state, "well well"
    read = reader_of(small, scenario, state).read(text, ())
    assert [part.label for part in read if part.understood] != ["stonewall"]
    correct(visit, turn="2", part="1", move="stonewall")
    learn(small, state, corrections_of(visit.records))
    (part,) = reader_of(small, scenario, state).read(text, ())
    assert (part.label, part.understood) == ("stonewall", True)


def test_a_resend_is_kept_once(open_for: Open, play: Play) -> None:
    play()
    for name, fields in (
        ("correct", {"run": RUN, "turn": "1", "part": "0", "move": NONE}),
        ("rate", {"run": RUN, f"level-{NEGOTIATION}": "2"}),
        ("calibrate", {"run": RUN, "on": "true"}),
    ):
        for _ in range(3):
            act(desk(open_for(TEACHER), run=RUN), name, f"same-{name}", **fields)
    assert len(kept(open_for(), TEACHER, CORRECTIONS)) == 1
    assert [kind for kind, _ in kept(open_for(), TEACHER, RATINGS)] == [RATED, CALIBRATING]


@pytest.mark.parametrize("person", [BOSS, TEACHER, HEAD])
def test_a_rater_rates_a_run_and_may_change_it(open_for: Open, play: Play, person: Person) -> None:
    play()
    rate(open_for(person), comment=" Ten per cent\n", negotiation=1)
    assert kept(open_for(), person, RATINGS) == [
        (RATED, {"about": RUN, "person": "lin", "levels": {NEGOTIATION: 1},
                 "comment": "Ten per cent"}),
    ]  # fmt: skip
    rate(open_for(person), negotiation=2, listening=3)
    (one,) = Scope(open_for(person)).ratings
    assert one.levels == {NEGOTIATION: 2, LISTENING: 3}
    html = shown(open_for(person), run=RUN)
    for skill, level in one.levels.items():
        assert f'name="level-{skill}" value="{level}" checked' in html
    assert 'name="level-4.2.calming" value="" checked' in html


@pytest.mark.parametrize("person", [LIN, TANG, OTHER, SOUTH])
def test_nobody_else_rates_it_nor_anybody_their_own(
    open_for: Open, play: Play, person: Person
) -> None:
    play()
    play(BOSS)
    assert 'data-do="rate"' not in shown(open_for(person), run=RUN)
    with pytest.raises(Refused):
        rate(open_for(person), negotiation=4)
    with pytest.raises(Refused, match="isn’t yours to rate"):
        rate(open_for(BOSS), f"{PRICE}-boss-1", negotiation=4)
    assert Scope(open_for(HEAD)).ratings == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Give a level for at least one skill"),
        ({f"level-{NEGOTIATION}": ""}, "Give a level for at least one skill"),
        ({f"level-{NEGOTIATION}": "5"}, "There is no such thing; choose another"),
        ({f"level-{NEGOTIATION}": "0"}, "There is no such thing; choose another"),
        ({"level-4.2.charm": "2"}, "There is no such thing; choose another"),
        ({f"level-{NEGOTIATION}": "high"}, "That input could not be read; try once more"),
        ({f"level-{NEGOTIATION}": "2", "score": "100"},
         "That input could not be read; try once more"),
        ({f"level-{NEGOTIATION}": "2", "comment": "x" * 501},
         "The comment is too long; 500 characters at most"),
    ],
)  # fmt: skip
def test_a_rating_that_is_none_is_refused_with_a_sentence(
    open_for: Open, play: Play, fields: dict[str, str], says: str
) -> None:
    play()
    with pytest.raises(Refused) as refused:
        act(desk(open_for(TEACHER), run=RUN), "rate", run=RUN, **fields)
    assert refused.value.why.en == says
    assert Scope(open_for(TEACHER)).ratings == ()


def test_the_rated_person_reads_it_in_debrief_list_and_run_and_no_colleague_does(
    open_for: Open, play: Play
) -> None:
    play()
    rate(open_for(TEACHER), comment="“Ten per cent” ended it", negotiation=1)
    rubric = "Comes down when asked"
    for page in ({"scenario": PRICE}, {"watch": "all"}, {"run": RUN}):
        html = shown(open_for(LIN), **page)
        assert rubric in html
        assert "“Ten per cent” ended it" in html
        assert "Shen Ming · 9 Oct 2026" in html
    play(TANG)
    for person, page in (
        (TANG, {"scenario": PRICE}),
        (TANG, {"watch": "all"}),
        (TANG, {"run": RUN}),
    ):
        assert "ended it" not in shown(open_for(person), **page)


def test_others_ratings_are_hidden_until_ones_own_is_given(open_for: Open, play: Play) -> None:
    play()
    mark(open_for(TEACHER))
    rate(open_for(TEACHER), comment="TEACHER SAYS", negotiation=1, listening=3)
    for person in (BOSS, SOUTH, HEAD):
        visit = open_for(person)
        for page in ({"run": RUN}, {"watch": "calibration"}, {"watch": "all"}):
            html = shown(visit, **page)
            assert "TEACHER SAYS" not in html
            assert "What everybody gave" not in html
            assert "levels" not in words(html).replace("the lower level", "")
        assert "Rated by 1 so far" in shown(visit, run=RUN)
    rate(open_for(BOSS), negotiation=3, listening=3)
    over = words(shown(open_for(SOUTH), watch="calibration"))
    assert "Counted: the talks that you have rated too, 0 of them." in over
    assert "Shen Ming" not in over
    html = shown(open_for(BOSS), run=RUN)
    assert "TEACHER SAYS" in html
    assert "What everybody gave" in html
    assert "TEACHER SAYS" not in shown(open_for(HEAD), run=RUN)


def test_a_planted_disagreement_is_what_to_talk_about_first(open_for: Open, play: Play) -> None:
    play()
    mark(open_for(TEACHER))
    rate(open_for(TEACHER), negotiation=1, listening=3)
    assert "the comparison waits" in shown(open_for(TEACHER), run=RUN)
    rate(open_for(BOSS), negotiation=3, listening=3)
    said = words(shown(open_for(TEACHER), run=RUN))
    assert "Negotiation: Zhou Jianguo gave 3, Shen Ming gave 1, 2 levels apart." in said
    assert "Listening: " not in said
    assert "Zhou Jianguo: 1.0 levels above the others on average (n=2, under 5: too few" in said
    assert "Negotiation 3 1 2" in said
    assert '<td class="bad">2</td>' in shown(open_for(TEACHER), run=RUN)
    over = words(shown(open_for(TEACHER), watch="calibration"))
    assert "Counted: the talks that you have rated too, 1 of them." in over
    assert "under 10 talks rated by the same people: The whole scorecard 1, Negotiation 1" in over


@pytest.mark.parametrize("language", ["zh", "en"])
def test_over_ten_talks_agreement_is_said_with_its_interval(
    open_for: Open, play: Play, did: Did, language: Language
) -> None:
    for number in range(1, 13):
        play()
        run, level = f"{PRICE}-lin-{number}", 1 + number % 4
        for person, given in ((TEACHER, level), (BOSS, min(level + number % 2, 4))):
            data = {"about": run, "person": "lin", "levels": {NEGOTIATION: given}, "comment": ""}
            did(person, ("roleplay", RATINGS, Step(RATED, data, NOON)))
        did(TEACHER, ("roleplay", RATINGS, Step(CALIBRATING, {"about": run, "on": True}, NOON)))
    said = words(shown(open_for(BOSS, language), watch="calibration"))
    measured, kappa = {
        "zh": ("谈判：ICC 0.", "加权 kappa 0."),
        "en": ("Negotiation: ICC 0.", "Weighted kappa 0."),
    }[language]
    assert measured in said
    assert kappa in said
    assert {"zh": "95% 区间", "en": "95% interval"}[language] in said


def test_a_run_for_calibration_is_open_to_every_rater_and_only_while_it_is(
    open_for: Open, play: Play
) -> None:
    play()
    mark(open_for(TEACHER))
    assert f"run={RUN}" in shown(open_for(SOUTH), watch="calibration")
    assert "waits for you" in shown(open_for(SOUTH), watch="calibration")
    rate(open_for(SOUTH), negotiation=2)
    assert missing(shown(open_for(OTHER), run=RUN))
    assert missing(shown(open_for(LIN), watch="calibration"))
    later = open_for(HEAD)
    later.clock = lambda: NOON + timedelta(minutes=1)
    mark(later, on="false")
    assert missing(shown(open_for(SOUTH), run=RUN))
    assert RUN not in shown(open_for(SOUTH), watch="calibration")
    with pytest.raises(Refused):
        rate(open_for(SOUTH), negotiation=4)


@pytest.mark.parametrize("person", [LIN, BOSS, SOUTH, TANG])
def test_only_trainers_and_admins_take_a_run_for_calibration(
    open_for: Open, play: Play, person: Person
) -> None:
    play()
    with pytest.raises(Refused):
        mark(open_for(person))
    with pytest.raises(Refused):
        mark(open_for(TEACHER), f"{PRICE}-lin-9")
    assert 'data-do="calibrate"' not in shown(open_for(person), run=RUN)
    assert Scope(open_for(HEAD)).calibrating == ()


def test_a_real_call_is_rated_and_read_by_whose_it_was(open_for: Open) -> None:
    rate_call(open_for(BOSS))
    (one,) = kept(open_for(), BOSS, RATINGS)
    assert one == (RATED, {
        "about": CALL, "person": "lin", "day": "2026-10-08", "customer": "Heting",
        "kind": "visit", "levels": {LISTENING: 3}, "comment": "Well asked",
    })  # fmt: skip
    for page in ("calls", "all"):
        rate_call(open_for(BOSS), kind="phone")  # the same talk again
        html = shown(open_for(LIN), watch=page)
        assert "Heting · Phone call · 8 Oct 2026" in html or page == "all"
    assert words(shown(open_for(LIN), watch="calls")).count("Well asked") == 1
    assert 'data-do="rate_call"' not in shown(open_for(LIN), watch="calls")
    for person in (TANG, SOUTH, TEACHER):
        assert "Heting" not in shown(open_for(person), watch="calls")


def test_nothing_is_shown_of_somebody_who_was_erased(open_for: Open, play: Play) -> None:
    play()
    mark(open_for(TEACHER))
    rate(open_for(TEACHER), comment="GONE", negotiation=1)
    rate_call(open_for(TEACHER), comment="GONE")
    open_for().records.people.forget("lin")
    for page in ({"run": RUN}, {"watch": "all"}, {"watch": "calls"}, {"watch": "calibration"}):
        html = shown(open_for(TEACHER), **page)
        assert "GONE" not in html
        assert RUN not in html


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"customer": " "}, "Say which customer it was"),
        ({"customer": "x" * 81}, "Say which customer it was"),
        ({"day": "2026-10-10"}, "The day is today or earlier"),
        ({"day": "yesterday"}, "That input could not be read"),
        ({"kind": "dream"}, "That input could not be read"),
        ({"person": "other"}, "There is no such thing"),
        ({"person": "boss"}, "There is no such thing"),
        ({"person": "nobody"}, "There is no such thing"),
    ],
)
def test_a_call_that_is_none_or_not_theirs_to_rate_is_refused(
    open_for: Open, fields: dict[str, str], says: str
) -> None:
    with pytest.raises(Refused) as refused:
        rate_call(open_for(BOSS), **fields)
    assert refused.value.why.en.startswith(says)
    with pytest.raises(Refused):
        rate_call(open_for(TANG))
    assert Scope(open_for(HEAD)).ratings == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_is_well_formed_and_its_ids_are_unique(
    open_for: Open, play: Play, language: Language
) -> None:
    play()
    mark(open_for(TEACHER))
    rate(open_for(BOSS), negotiation=3)
    rate_call(open_for(TEACHER))
    pages: list[dict[str, str]] = [{"run": RUN}, {}]
    pages += [{"watch": each} for each in ("all", "calls", "calibration")]
    for person in (TEACHER, BOSS, LIN):
        for page in pages:
            read = Reader(desk(open_for(person, language), **page).draw().html)
            ids = read.values("id")
            assert not read.open
            assert len(ids) == len(set(ids))
            assert {*read.values("for", "aria-controls")} <= set(ids)


def test_while_the_desk_is_open_nothing_is_played(open_for: Open, play: Play) -> None:
    play()
    for name in ("begin", "time_up"):
        with pytest.raises(Refused):
            act(desk(open_for(LIN), run=RUN, scenario=PRICE), name)
    with pytest.raises(Refused):
        act(desk(open_for(LIN), watch="all"), "say", says="hello")
    assert len(kept(open_for(), LIN, PRICE)) == 4


def test_without_a_server_the_desk_opens_by_an_action(open_for: Open, play: Play) -> None:
    play()
    app = desk(open_for(TEACHER, base_url=""))
    assert "href=" not in app.draw().html
    for name in ("watch-all", f"run-{RUN}", f"run-{PRICE}-nobody-1", PRICE):
        app.act(Action(f"open-{name}", "open", app.at, {"name": (name,)}))
        assert app.at.startswith(name)
    with pytest.raises(Refused):
        app.act(Action("bad", "open", app.at, {"name": ("2.2.s.none",)}))


def test_the_ways_to_the_desk_are_for_those_who_have_something_there(
    open_for: Open, play: Play
) -> None:
    assert "watch=" not in shown(open_for(LIN))
    play()
    assert "watch=all" in shown(open_for(LIN))
    assert "watch=calibration" not in shown(open_for(LIN))
    for person in (BOSS, TEACHER, HEAD):
        html = shown(open_for(person))
        assert "Role-plays to look at (1)" in html
        assert "watch=calls" in html
        assert "watch=calibration" in html
        assert "Role-plays to look at: 1" in Home(open_for(person)).draw().html
    assert "Role-plays to look at: 1" not in Home(open_for(SOUTH)).draw().html


def test_what_is_rated_old_explored_or_ones_own_does_not_wait(open_for: Open, play: Play) -> None:
    play(TANG, "explore")
    play(BOSS)
    assert Scope(open_for(BOSS)).waiting() == 0
    play()
    assert Scope(open_for(BOSS)).waiting() == 1
    later = open_for(BOSS)
    later.clock = lambda: NOON + timedelta(days=15)
    assert Scope(later).waiting() == 0
    rate(open_for(TEACHER), negotiation=2)
    assert Scope(open_for(BOSS)).waiting() == 0


def test_a_run_its_scenario_no_longer_allows_shows_what_was_said(
    open_for: Open, play: Play, playbook: Playbook
) -> None:
    play()
    scenario = playbook.scenarios[PRICE]
    visit = open_for(TEACHER)
    states = {name: dict(moves) for name, moves in scenario.states.items()}
    early = scenario.opening.state
    ends = scenario.model_copy(update={"states": states})
    states[early]["explore_comparison"] = tuple(
        case.model_copy(update={"to": None, "ends": scenario.endings[0].id})
        for case in states[early]["explore_comparison"]
    )
    visit.__dict__["playbook"] = replace(playbook, scenarios={PRICE: ends})
    html = shown(visit, run=RUN)
    assert "only what was said is left" in html
    assert GIVES in html
    assert "the-debrief" not in html
    assert "the scenario has changed since" in shown(visit, watch="all")
    rate(visit, negotiation=2)
    assert len(Scope(open_for(TEACHER)).ratings) == 1


def test_what_people_write_is_shown_as_text(open_for: Open, play: Play) -> None:
    play(TANG)
    bad = "<img src=x onerror=alert(1)>"
    rate(open_for(TEACHER), f"{PRICE}-tang-1", comment=bad, negotiation=1)
    rate_call(open_for(TEACHER), "tang", customer=bad)
    for person, page in (
        (TANG, {"scenario": PRICE}), (TANG, {"watch": "all"}), (TEACHER, {"watch": "calls"}),
        (TEACHER, {"run": f"{PRICE}-tang-1"}),
    ):  # fmt: skip
        html = desk(open_for(person), **page).draw().html
        assert "<img" not in html
        assert "&lt;img src=x" in html
        assert "Tang <b>" not in html


def test_without_skills_in_the_playbook_there_is_nothing_to_rate_on(
    open_for: Open, play: Play, playbook: Playbook
) -> None:
    play()
    visit = open_for(TEACHER)
    rest = tuple(one for one in playbook.standards if not isinstance(one, Skills))
    visit.__dict__["playbook"] = replace(playbook, standards=rest)
    assert 'name="level-' not in shown(visit, run=RUN)
    with pytest.raises(Refused):
        rate(visit, negotiation=2)
