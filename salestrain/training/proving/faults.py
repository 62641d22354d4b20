"""What a proof finds wrong with a scenario, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.training.play import replayed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.errors import Fault
    from salestrain.playbook.scenarios import Case, Scenario
    from salestrain.training.proving.proof import Place, Proof

LUCK = 0.05
"""In a talk that counts, somebody who chooses at random passes less often than this."""


def proof_faults(scenario: Scenario, proof: Proof) -> Iterator[Fault]:
    """Yield what is wrong with a scenario, by what can come of it."""
    yield from _endings(scenario, proof)
    yield from _cases(scenario, proof)
    yield from _moves(scenario)
    yield from _score(scenario, proof)
    yield from _model(scenario)


def _endings(s: Scenario, proof: Proof) -> Iterator[Fault]:
    for number, ending in enumerate(s.endings):
        if ending.id not in proof.endings:
            mend = "let a case that can be come to lead there, or take it out"
            yield s.fault(f"no talk ends with {ending.id!r}", mend, "endings", number)
    for state in proof.stuck:
        what = f"a talk that comes to {state!r} never ends but by the limit of turns"
        yield s.fault(what, "let one of its cases end the talk, or lead out", "states", state)


def _cases(s: Scenario, proof: Proof) -> Iterator[Fault]:
    reached = {state for state, _, _ in proof.met}
    for state, moves in s.states.items():
        if state not in reached:
            what = f"no talk comes to {state!r}"
            yield s.fault(what, "let a case lead there, or remove it", "states", state)
            continue
        for move, cases in moves.items():
            for number, case in enumerate(cases):
                if (state, move, number) not in proof.met:
                    yield _unmet(s, (state, move, number), case)


def _unmet(s: Scenario, place: Place, case: Case) -> Fault:
    when, highest = case.when, s.trust.most
    what, mend = "no talk comes to this case", "change its `when`, or that of the case before"
    if when and when.trust_at_least is not None and when.trust_at_least > highest:
        what = f"trust never comes to {when.trust_at_least}: {highest} is its most"
        mend = f"ask for {highest} or less"
    elif when is None:
        mend = "the cases before it hold every time: remove it, or ask more of them"
    return s.fault(what, mend, "states", *place)


def _moves(s: Scenario) -> Iterator[Fault]:
    made = {move for moves in (*s.states.values(), s.anywhere) for move in moves}
    for number, move in enumerate(s.moves):
        if move.id not in made:
            what = f"nobody can make the move {move.id!r}"
            yield s.fault(what, "offer it in a state, or under `anywhere`", "moves", number)


def _score(s: Scenario, proof: Proof) -> Iterator[Fault]:
    for number, one in enumerate(s.competencies):
        most = proof.competencies[one.id].most
        if most < one.weight:
            what = f"{one.id!r} can reach {most} of its {one.weight}"
            mend = "let cases that can be come to earn its marks, or lower the weight"
            yield s.fault(what, mend, "competencies", number, "marks")
    if not proof.luck:
        what = f"nobody can pass: no good ending with {s.pass_score} points and no mistake"
        yield s.fault(what, "lower it, or let more be earned on the way there", "pass_score")
    elif proof.luck >= LUCK:
        what = f"{proof.luck:.1%} of those who choose at random pass"
        mend = f"make it under {LUCK:.0%}: offer more mistakes, or ask more of the good endings"
        yield s.fault(what, mend, "pass_score")


def _model(s: Scenario) -> Iterator[Fault]:
    moves = [(turn.move, turn.zh) for turn in s.model_answer]
    for number in range(1, len(moves) + 1):
        if replayed(s, moves[:number]) is None:
            what = f"the model answer can't make the move {moves[number - 1][0]!r} here"
            mend = "make a move that its state offers"
            yield s.fault(what, mend, "model_answer", number - 1, "move")
            return
    play = replayed(s, moves)
    if play and not play.passed:
        how = f"ends with {play.ends!r}" if play.ends else "does not end"
        what = f"the model answer {how}, at {play.score} points, and doesn't pass"
        yield s.fault(what, "let it show a talk that passes", "model_answer")
