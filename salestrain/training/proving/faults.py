"""What a proof finds wrong with a scenario, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.training.proving.proof import prove
from salestrain.training.talks.play import replayed
from salestrain.training.talks.turns import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.errors import Fault
    from salestrain.playbook.scenarios import Case, Scenario
    from salestrain.training.proving.proof import Place, Proof
    from salestrain.training.talks.play import Play

LUCK = 0.05
"""In a talk that counts, somebody who chooses at random passes less often than this."""


def proved(scenario: Scenario) -> tuple[Proof, ...]:
    """Return what can come of a scenario: the way it is meant to be played first, then the other.

    Where nothing more counts when one types, there is only the one.

    Raises:
        TooManyError: If more can happen than is looked through.
    """
    typed = scenario.main_way != "choice"
    return prove(scenario, typed=typed), *(
        [prove(scenario, typed=not typed)] if scenario.anywhere else []
    )


def proof_faults(scenario: Scenario, proofs: tuple[Proof, ...]) -> Iterator[Fault]:
    """Yield what is wrong with a scenario, by what can come of it as it is meant to be played."""
    proof = proofs[0]
    yield from _endings(scenario, proof)
    yield from _cases(scenario, proof)
    met = frozenset().union(*(one.met for one in proofs))
    yield from _anywhere(scenario, met)
    yield from _moves(scenario)
    yield from _rules(scenario, met)
    yield from _score(scenario, proof)
    yield from _luck(scenario, proofs)
    yield from _answers(scenario)


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


def _anywhere(s: Scenario, met: frozenset[Place]) -> Iterator[Fault]:
    for move, cases in s.anywhere.items():
        there = {
            number for state, one, number in met if one == move and move not in s.states[state]
        }
        for number, case in enumerate(cases):
            if number not in there:
                what, mend = _unmet_for(s, case)
                yield s.fault(what, mend, "anywhere", move, number)


def _unmet(s: Scenario, place: Place, case: Case) -> Fault:
    return s.fault(*_unmet_for(s, case), "states", *place)


def _unmet_for(s: Scenario, case: Case) -> tuple[str, str]:
    if case.when is None:
        mend = "the cases before it hold every time: remove it, or ask more of them"
        return "no talk comes to this case", mend
    for name, one in s.numbers.items():
        least, most = case.when.at_least.get(name, one.least), case.when.at_most.get(name, one.most)
        if least > one.most:
            return (
                f"{name} never comes to {least}: {one.most} is its most",
                f"ask for {one.most} or less",
            )
        if most < one.least:
            return (
                f"{name} is never as low as {most}: {one.least} is its least",
                f"ask for {one.least} or more",
            )
        if least > most:
            return f"{name} can't be at least {least} and at most {most}", "swap them, or drop one"
    return "no talk comes to this case", "change its `when`, or that of the case before"


def _rules(s: Scenario, met: frozenset[Place]) -> Iterator[Fault]:
    """Yield the rules that a scenario rests on and that nothing anybody does has to do with."""
    own = {one.id: one.rule for one in s.moves}
    broken = {one.id: one.rule or one.fact for one in s.critical}
    shown = set[str | None]()
    for state, move, number in met:
        case = s.open_to(state, typed=True)[move][number]
        shown |= {case.rule, own.get(move), broken.get(case.critical or "")}
    for number, cite in enumerate(s.cites):
        if cite[0].isdigit() and cite not in shown:
            what, mend = (
                f"nothing one does here has to do with {cite}",
                "give it to a move or a case as its `rule`, or don't cite it",
            )
            yield s.fault(what, mend, "cites", number)


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


def _luck(s: Scenario, proofs: tuple[Proof, ...]) -> Iterator[Fault]:
    most = max(one.luck for one in proofs)
    if not proofs[0].luck:
        what = f"nobody can pass: no good ending with {s.pass_score} points and no mistake"
        yield s.fault(what, "lower it, or let more be earned on the way there", "pass_score")
    elif most >= LUCK:
        what = f"{most:.1%} of those who choose at random pass"
        mend = f"make it under {LUCK:.0%}: offer more mistakes, or ask more of the good endings"
        yield s.fault(what, mend, "pass_score")


def _answers(s: Scenario) -> Iterator[Fault]:
    for key, turns, should in (
        ("model_answer", s.model_answer, True),
        ("bad_answer", s.bad_answer, False),
    ):
        said = [Said(turn.zh, (turn.move,)) for turn in turns]
        ways = [replayed(s, said[:number]) for number in range(1, len(said) + 1)]
        if None in ways:
            number, name = ways.index(None), key.replace("_", " ")
            what = f"the {name} can't make the move {turns[number].move!r} here"
            yield s.fault(what, "make a move that its state offers", key, number, "move")
        elif ways and (play := ways[-1]) and play.passed != should:
            yield _wrong_answer(s, key, play)


def _wrong_answer(s: Scenario, key: str, play: Play) -> Fault:
    if key == "bad_answer":
        return s.fault("the bad answer passes", "let it show a talk that goes wrong", key)
    how = f"ends with {play.ends!r}" if play.ends else "does not end"
    what = f"the model answer {how}, at {play.score} points, and doesn't pass"
    return s.fault(what, "let it show a talk that passes", key)
