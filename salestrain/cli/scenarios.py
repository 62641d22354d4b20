"""scenario prove: all that can come of a role-play, and what of it is wrong."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from salestrain.cli.app import Lang, Where, app, language_of, out
from salestrain.cli.proofs import proof_of
from salestrain.errors import ContentError, Fault, UsageError, did_you_mean
from salestrain.language import Text, percent
from salestrain.playbook.load import load_playbook
from salestrain.training.talks.play import replayed
from salestrain.training.talks.turns import Said
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.language import Language
    from salestrain.playbook.scenarios import Scenario
    from salestrain.training.proving.proof import Proof

scenario = typer.Typer(help="Role-plays: proofs.", no_args_is_help=True)
app.add_typer(scenario, name="scenario")

ENDINGS = Text("结局 判定 最短轮数 得分 随机点到", "ending verdict turns score by-chance")
PARTS = Text("{name} {least}–{most}/{weight}", "{name} {least}–{most} of {weight}")
CHOSEN, TYPED = Text("随机选句", "Choosing at random"), Text("随机打字", "Typing at random")
LUCK = Text("{way}，{share} 过关；{spots} 种处境", "{way}, {share} pass; {spots} situations")
YOU, THEY = Text("你", "You"), Text("对方", "They")


@scenario.command("prove")
def prove_all(
    names: Annotated[list[str] | None, typer.Argument(help="Ids; default: all.")] = None,
    transcript: Annotated[
        bool, typer.Option("--transcript", help="Print the shortest talk to each ending.")
    ] = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Prove that a role-play is sound before anyone plays it.

    Every ending and case can be come to, no talk goes on for ever, every point can be earned, the
    model answer passes, and who clicks at random passes in under 5 % of talks. Exit 1 if not.

    Example: salestrain scenario prove 2.2.s.price_objection --transcript
    """
    place, say, faults = find_workspace(workspace), language_of(lang), list[Fault]()
    for one in _chosen(place.playbook, names or []):
        proofs, found = proof_of(one)
        faults += found
        if proofs:
            _told(one, proofs, say)
        if proofs and transcript:
            _transcripts(one, proofs[0], say)
    if faults:
        raise ContentError(faults)


def _chosen(playbook: Path, names: list[str]) -> Iterator[Scenario]:
    there = load_playbook(playbook, prove=False).scenarios
    for name in names or there:
        if name not in there:
            raise UsageError(f"no scenario {name!r}; {did_you_mean(name, there)}")
        yield there[name]


def _told(one: Scenario, proofs: tuple[Proof, ...], say: Language) -> None:
    proof = proofs[0]
    out.print(f"{one.id}  {one.title.in_(say)}", markup=False)
    table = Table(*ENDINGS.in_(say).split(), box=None)
    for ending in one.endings:
        if found := proof.endings.get(ending.id):
            score, turns = f"{found.score.least}–{found.score.most}", str(len(found.moves))
            table.add_row(ending.id, ending.verdict, turns, score, percent(found.chance, say, 2))
    out.print(table, markup=False)
    parts = (
        PARTS.in_(say).format(
            name=part.name.in_(say), weight=part.weight, **proof.competencies[part.id]._asdict()
        )
        for part in one.competencies
    )
    out.print("  " + "  ".join(parts), markup=False)
    for each in proofs:
        luck, way = percent(each.luck, say, 2), (TYPED if each.typed else CHOSEN).in_(say)
        out.print("  " + LUCK.in_(say).format(way=way, share=luck, spots=each.spots), markup=False)
    out.print("")


def _transcripts(one: Scenario, proof: Proof, say: Language) -> None:
    """Print what is said on the shortest way to each ending, with the first words of each move."""
    words = {move.id: move.says.in_(say)[0] for move in one.moves}
    for name, found in proof.endings.items():
        said = [Said(words[move], (move,), not proof.typed) for move in found.moves]
        play = replayed(one, said)
        out.print(f"— {name}", markup=False)
        out.print(f"  {THEY.in_(say)}: {one.opening.says.in_(say)}", markup=False)
        for turn in play.turns if play else ():
            out.print(f"  {YOU.in_(say)}: {turn.says}", markup=False)
            out.print(f"  {THEY.in_(say)}: {turn.answer.in_(say)}", markup=False)
        out.print("")
