"""A proof says what brute force finds, and what is wrong at its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from salestrain.playbook.scenarios import Scenario
from salestrain.training.proving.faults import proof_faults, proved
from salestrain.training.proving.proof import Bounds, Proof, prove
from salestrain.training.talks.play import Play, begun
from tests.training.proving.talks import SHOWN, TEXT, talks, written


class Tried:
    """Every talk there can be, played out one by one by the engine that the app plays with."""

    def __init__(self, scenario: Scenario, *, typed: bool) -> None:
        self.scenario = scenario
        self.scores: dict[str, list[int]] = {}
        self.chances: dict[str, float] = {}
        self.shortest: dict[str, int] = {}
        self.points: dict[str, set[int]] = {one.id: set() for one in scenario.competencies}
        self.met: set[tuple[str, str, int]] = set()
        self.luck = 0.0
        self.typed = typed
        self._go(begun(scenario), 1.0)

    def _go(self, play: Play, chance: float) -> None:
        if play.ends:
            self._over(play, chance)
            return
        offered = self.scenario.open_to(play.state, typed=self.typed)
        for move in offered:
            after = play.said(move, (move,)) if self.typed else play.after(move, move)
            made = after.turns[-1].made[0]
            self.met.add((made.state, move, made.case))
            self._go(after, chance / len(offered))

    def _over(self, play: Play, chance: float) -> None:
        self.scores.setdefault(play.ends, []).append(play.score)
        self.chances[play.ends] = self.chances.get(play.ends, 0.0) + chance
        turns = len(play.turns)
        self.shortest[play.ends] = min(self.shortest.get(play.ends, turns), turns)
        for one in self.scenario.competencies:
            self.points[one.id].add(play.points(one))
        self.luck += chance * play.passed


@settings(max_examples=150, deadline=None)
@given(talks())
def test_a_proof_finds_what_playing_every_talk_finds(scenario: Scenario) -> None:
    assert_alike(scenario)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            [
                ("{to: same, trust: -1, says: {zh: 哼", "{to: same, trust: 0, says: {zh: 哼"),
                ("{to: price, trust: -1, earns: [gave]", "{to: price, trust: 0, earns: [gave]"),
            ],
            id="what was said before the talk moved on is no repeat",
        ),
        pytest.param(
            [("{ends: lost, critical: beyond", "{to: same, critical: beyond")],
            id="a mistake stays one, whatever comes after",
        ),
    ],
)
def test_the_small_talk_is_as_playing_finds_it(changes: list[tuple[str, str]]) -> None:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    assert_alike(written(text))


def assert_alike(scenario: Scenario) -> None:
    for typed in (False, True):
        assert_as_played(Tried(scenario, typed=typed), prove(scenario, typed=typed))


def assert_as_played(tried: Tried, proof: Proof) -> None:
    assert proof.endings.keys() == tried.scores.keys()
    for name, reached in proof.endings.items():
        assert reached.score == Bounds(min(tried.scores[name]), max(tried.scores[name]))
        assert reached.chance == pytest.approx(tried.chances[name])
        assert len(reached.moves) == tried.shortest[name]
    for name, points in tried.points.items():
        assert proof.competencies[name] == Bounds(min(points), max(points))
    assert proof.luck == pytest.approx(tried.luck)
    assert proof.met == tried.met


@settings(max_examples=100, deadline=None)
@given(talks())
def test_the_shortest_way_leads_where_it_says(scenario: Scenario) -> None:
    for name, reached in prove(scenario).endings.items():
        play = begun(scenario)
        for move in reached.moves:
            play = play.after(move, move)
        assert play.ends == name


def test_the_small_talk_by_hand() -> None:
    """Passing is ask (one of four) and hold (one of three), or nothing else.

    1/4 · 1/3 at once. After `hold` trust is 1, and asking leads nowhere any more.
    """
    proof = prove(written())
    assert proof.endings["deal"].moves == ("ask", "hold")
    assert proof.endings["deal"].score == Bounds(100, 100)
    assert proof.endings["lost"].moves == ("give",)
    assert proof.competencies == {"ask": Bounds(0, 40), "hold": Bounds(0, 60)}
    assert proof.stuck == ()
    assert proof.luck == pytest.approx(1 / 12)


Changes = list[tuple[str, str]]


def faults_of(changes: Changes) -> tuple[str, list[str]]:
    """Return the text with these changes, and what is wrong with it."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    scenario = written(text)
    return text, [str(fault) for fault in proof_faults(scenario, proved(scenario))]


OUT = "says: {zh: 走, en: Out}}\n"
GIVE = "    give:\n      - {ends: lost, earns: [gave], says: {zh: 行, en: Fine}}\n"
RANT, RANT_LATER = f"      - {{ends: lost, critical: beyond, {OUT}", f"      - {{ends: lost, {OUT}"
DEAL = "      - {ends: deal, earns: [held], says: {zh: 成, en: Deal}}\n"
LATER = "      - {to: price, says: {zh: 再说, en: Later}}\n"
MODEL = TEXT[TEXT.index("model_answer:") :]
PLANTED: dict[str, tuple[Changes, Changes]] = {
    "an ending nobody comes to": (
        [("ends: deal, earns", "ends: lost, earns")],
        [
            ("id: deal", "no talk ends with 'deal'"),
            ("pass_score", "nobody can pass"),
            ("model_answer", "the model answer ends with 'lost', at 100 points"),
        ],
    ),
    "a state nobody comes to": (
        [("        to: open\n", "        to: same\n")],
        [("  open:", "no talk comes to 'open'")],
    ),
    "a loop without a way out": (
        [
            (GIVE, ""),
            (RANT, RANT.replace("ends: lost", "to: open")),
            ("ends: deal, earns: [held]", "to: price, earns: [held]"),
            (RANT_LATER, RANT_LATER.replace("ends: lost", "to: price")),
            (", at_least_ends: lost", ""),
        ],
        [
            ("  price:", "a talk that comes to 'price' never ends but by the limit of turns"),
            ("  open:", "a talk that comes to 'open' never ends but by the limit of turns"),
        ],
    ),
    "a condition above the most trust": (
        [("at_least: {trust: 2}", "at_least: {trust: 5}")],
        [("at_least: {trust: 5}", "trust never comes to 5: 4 is its most")],
    ),
    "a condition that always holds": (
        [(DEAL, DEAL.replace("{ends", "{when: {at_least: {trust: 0}}, ends") + LATER)],
        [("再说", "no talk comes to this case; the cases before it hold every time")],
    ),
    "a fact that nobody learns": (
        [
            ("        learns: [cap]\n", ""),
            (DEAL, DEAL.replace("{ends", "{when: {knows: [cap]}, ends") + LATER),
        ],
        [("when: {knows", "no talk comes to this case"), ("pass_score", "nobody can pass")],
    ),
    "a mark nobody earns": (
        [("        earns: [asked]\n", "")],
        [("marks: {asked", "'ask' can reach 0 of its 40")],
    ),
    "a move nobody can make": (
        [(f"    rant:\n{RANT}", ""), (f"    rant:\n{RANT_LATER}", "")],
        [("id: rant", "nobody can make the move 'rant'")],
    ),
    "a pass line above what can be scored": (
        [("marks: {held: 60", "marks: {held: 20")],
        [
            ("marks: {held", "'hold' can reach 20 of its 60"),
            ("pass_score", "nobody can pass: no good ending with 70 points"),
        ],
    ),
    "a model answer that can't be played": (
        [("  - {move: ask, zh", "  - {move: give, zh")],
        [("move: hold, zh", "the model answer can't make the move 'hold' here")],
    ),
    "a model answer without an end": (
        [("  - {move: hold, zh: 守一, en: hold one, why: {zh: 守住, en: hold}}\n", "")],
        [("model_answer", "the model answer does not end, at 40 points")],
    ),
    "luck": ([], [("pass_score", "8.3% of those who choose at random pass")]),
    "a condition no number can meet": (
        [("at_least: {trust: 2}", "at_least: {trust: 3}, at_most: {trust: 1}")],
        [("at_least: {trust: 3}", "trust can't be at least 3 and at most 1")],
    ),
    "a condition below the least": (
        [("at_least: {trust: 2}", "at_most: {trust: -1}")],
        [("at_most: {trust", "trust is never as low as -1: 0 is its least")],
    ),
    "a rule that nothing has to do with": (
        [("cites: [2.2.trade]", "cites: [2.2.trade, 2.2.next_step]")],
        [("cites: [", "nothing one does here has to do with 2.2.next_step")],
    ),
    "a move that counts anywhere and is offered everywhere": (
        [
            (
                "opening:",
                "anywhere:\n  hold:\n    - {to: same, says: {zh: 嗯, en: Hm}}\nopening:",
            )
        ],
        [("    - {to: same, says: {zh: 嗯", "no talk comes to this case")],
    ),
    "a bad answer that passes": (
        [(MODEL, MODEL + MODEL.replace("model_answer", "bad_answer"))],
        [("bad_answer", "the bad answer passes")],
    ),
    "a bad answer that can't be played": (
        [
            (
                MODEL,
                MODEL
                + MODEL.replace("model_answer", "bad_answer").replace("move: hold", "move: ask"),
            )
        ],
        [("move: ask, zh: 守一", "the bad answer can't make the move 'ask' here")],
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_at_its_line(name: str) -> None:
    changes, wanted = PLANTED[name]
    text, found = faults_of(changes)
    for snippet, what in wanted:
        line = text[: text.index(snippet)].count("\n") + 1
        assert any(one.startswith(f"{SHOWN}:{line}: {what}") for one in found), found


def test_a_sound_talk_has_no_fault() -> None:
    """With more mistakes to choose luck alone no longer passes."""
    names = ("x1", "x2", "x3")
    says = "name: {zh: 错, en: x}, says: {zh: [错], en: [x]}"
    more = "".join(f"  - {{id: {one}, kind: blame, {says}}}\n" for one in names)
    offers = "".join(f"    {one}:\n      - {{ends: lost, {OUT}" for one in names)
    changes = [
        ("states:\n", f"{more}states:\n"),
        ("  open:\n", f"{offers}  open:\n"),
        ("model_answer:", f"{offers}model_answer:"),
    ]
    assert faults_of(changes)[1] == []
