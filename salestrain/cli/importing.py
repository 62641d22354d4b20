"""scenario import: a choice story from Twine becomes the draft of a role-play."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from salestrain.cli.app import Lang, Where, language_of, out
from salestrain.cli.playing import text_of
from salestrain.cli.proofs import proof_of
from salestrain.cli.scenarios import scenario as scenarios
from salestrain.errors import ContentError, Fault, Place, UsageError
from salestrain.language import LANGUAGES, Text
from salestrain.playbook.load import load_playbook
from salestrain.playbook.skeletons import begin_from
from salestrain.playbook.undecided import left_in
from salestrain.training.proposals.drafts import written_in
from salestrain.training.stories.draft import drafted
from salestrain.training.stories.twee import read_twee
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.playbook.scenarios import Scenario
    from salestrain.playbook.skeletons import Begun

ENDINGS = (".twee", ".tw")
WRITTEN = Text(
    "写好了：{file}。要你定的有 {count} 处：", "Written: {file}. Left for you to decide: {count}."
)
PROVED = Text("定好以前，校验还会说：", "Until it is decided, its proof says:")
THEN = Text("改完看 salestrain check。", "Then run salestrain check.")


@scenarios.command("import")
def import_story(
    file: Annotated[Path, typer.Argument(help="A choice story from Twine, .twee or .tw.")],
    section: Annotated[str, typer.Option(help="The section it belongs to, such as 2.2.")],
    name: Annotated[str, typer.Option(help="Such as price_talk; default: the file's.")] = "",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Turn a choice story from Twine into the draft of a role-play; list what is left to decide.

    Passages become states, links what the learner says, the text they lead to the answer, passages
    without a link endings. Nothing is overwritten; macros are refused by name and line.

    Example: salestrain scenario import first-call.twee --section 2.2
    """
    place, say = find_workspace(workspace), language_of(lang)
    if not file.name.endswith(ENDINGS):
        raise UsageError(f"{file} is no Twee file; export the story from Twine as Twee")
    text, name = text_of(file), name or _slug(file)
    source = read_twee(text, Place(PurePath(file)))
    playbook = load_playbook(place.playbook, prove=False)
    parts = drafted(source, _language(file, text), playbook.kinds_of_moves.kinds[0].id)
    begun = begin_from(playbook, section, name, parts)
    scenario = _kept(place.playbook, begun, file)
    _report(place.playbook, begun, scenario, say)


def _kept(root: Path, begun: Begun, file: Path) -> Scenario:
    """Write a draft and read it back; one that the playbook can't hold is taken away again."""
    path = root / begun.path
    path.parent.mkdir(exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as opened:
            opened.write(begun.text)
    except FileExistsError:
        raise UsageError(f"playbook/{begun.path} exists already; choose another --name") from None
    try:
        there = load_playbook(root, prove=False).scenarios.values()
    except ContentError as error:
        path.unlink()
        raise ContentError(
            Fault(Place(PurePath(file)), f"no role-play could say this: {one.what}", one.mend)
            for one in error.faults
        ) from error
    return next(one for one in there if one.place.path.name == path.name)


def _report(root: Path, begun: Begun, scenario: Scenario, say: Language) -> None:
    shown = PurePath(root.resolve().name, begun.path)
    left = sorted(left_in(begun.text, shown))
    out.print(WRITTEN.in_(say).format(file=root / begun.path, count=len(left)), markup=False)
    for one in left:
        out.print(f"  {one.place}: {one.what.in_(say)}", markup=False)
    _, faults = proof_of(scenario)
    if faults:
        out.print(PROVED.in_(say), markup=False)
    for fault in sorted(faults):
        out.print(f"  {fault}", markup=False)
    out.print(THEN.in_(say), markup=False)


def _language(file: Path, text: str) -> Language:
    """Return what a story is written in: as its file says (story.zh.twee), else its words."""
    said = PurePath(file.stem).suffix[1:]
    return next((one for one in LANGUAGES if one == said), written_in(text))


def _slug(file: Path) -> str:
    """Return the name that a file gives a role-play."""
    words = re.findall(r"[a-z0-9]+", file.name.partition(".")[0].lower())
    if not words:
        raise UsageError(f"{file.name} gives no name; say one with --name, such as price_talk")
    return "_".join(words)
