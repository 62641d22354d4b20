"""scenario play: a role-play, or an Ink or Twee story, in the terminal."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from salestrain.apps.roleplay.readers import reader_of
from salestrain.cli.app import Lang, Where, language_of, out
from salestrain.cli.scenarios import scenario as scenarios
from salestrain.errors import Place, UsageError, did_you_mean
from salestrain.language import Text
from salestrain.playbook.load import load_playbook
from salestrain.training.stories.ink import read_ink
from salestrain.training.stories.twee import read_twee
from salestrain.training.talks.debrief import debrief
from salestrain.training.talks.play import begun
from salestrain.training.understanding.reader import counted
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.playbook.scenarios import Scenario
    from salestrain.playbook.whole import Playbook
    from salestrain.training.stories.story import Story, StorySource
    from salestrain.training.talks.play import Play
    from salestrain.workspace import Workspace

STORIES = (".ink.json", ".twee", ".tw")
HOW = Text("输入序号，或者直接写你要说的话。", "Type a number, or what you want to say.")
WHICH = Text("输入序号。", "Type a number.")
NO_SUCH = Text("没有这个序号。", "There is no such number.")
YOU = Text("你：{}", "You: {}")
SCORE = Text(
    "{headline}。{score} 分，{least} 分过关。", "{headline}. {score} points; {least} to pass."
)


@scenarios.command("play")
def play_one(
    name: Annotated[str, typer.Argument(help="A role-play's id, or an .ink.json or .twee file.")],
    seed: Annotated[int, typer.Option(help="Another one draws other sentences.")] = 0,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Play a role-play in the terminal, by number or in your own words; or a story by number.

    Example: salestrain scenario play 2.2.s.price_objection
    """
    say = language_of(lang)
    if name.endswith(STORIES):
        _tell(_story(Path(name)).begin(), say)
        return
    place = find_workspace(workspace)
    playbook = load_playbook(place.playbook, prove=False)
    if name not in playbook.scenarios:
        raise UsageError(f"no scenario {name!r}; {did_you_mean(name, playbook.scenarios)}")
    _talk(Table(playbook, place, playbook.scenarios[name], say, seed))


class Table:
    """Where a talk is held: with what, in which language, by which draw of sentences."""

    def __init__(
        self, playbook: Playbook, place: Workspace, scenario: Scenario, say: Language, seed: int
    ) -> None:
        self.playbook, self.place, self.scenario = playbook, place, scenario
        self.say, self.seed = say, seed

    def after(self, play: Play, line: str) -> Play | None:
        """Return the talk after a line: a number, or words; None if there is no such number."""
        if not line.isdecimal():
            return self._said(play, line)
        choices = play.choices(self.seed, self.say)
        if not 1 <= int(line) <= len(choices):
            return None
        chosen = choices[int(line) - 1]
        return play.after(chosen.move, chosen.says)

    def _said(self, play: Play, line: str) -> Play:
        reader = reader_of(self.playbook, self.scenario, self.place.state)
        offered = self.scenario.open_to(play.state, typed=True)
        moves = counted(
            reader.read(line, offered), offered,
            asks=self.playbook.asks(self.scenario), mistakes=self.scenario.mistakes,
        )  # fmt: skip
        return play.said(line, moves)


def _talk(table: Table) -> None:
    play, say = begun(table.scenario), table.say
    _print(play.scenario.you_are.in_(say), "", play.scenario.opening.says.in_(say), HOW.in_(say))
    while not play.ends:
        for number, choice in enumerate(play.choices(table.seed, say), 1):
            _print(f"  {number} {choice.says}")
        after = table.after(play, _line())
        if after is None:
            _print(NO_SUCH.in_(say))
            continue
        play = after
        turn = play.turns[-1]
        _print(YOU.in_(say).format(turn.says), turn.answer.in_(say))
    ending, headline = play.ending, debrief(play).headline.in_(say)
    _print("", ending.text.in_(say) if ending else "")
    _print(
        SCORE.in_(say).format(headline=headline, score=play.score, least=play.scenario.pass_score)
    )


def text_of(file: Path) -> str:
    """Return what stands in a story's file.

    Raises:
        UsageError: If it can't be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise UsageError(f"can't read {file}: {error}") from error


def _story(file: Path) -> StorySource:
    text, place = text_of(file), Place(PurePath(file))
    return read_ink(text, place) if file.name.endswith(".ink.json") else read_twee(text, place)


def _tell(story: Story, say: Language) -> None:
    _print(WHICH.in_(say))
    while True:
        _print(story.text)
        if story.ended:
            return
        for number, choice in enumerate(story.choices, 1):
            _print(f"  {number} {choice}")
        line = _line()
        if line.isdecimal() and 1 <= int(line) <= len(story.choices):
            story = story.choose(int(line))
        else:
            _print(NO_SUCH.in_(say))


def _line() -> str:
    """Return the next line that says something; at the end of the input the talk is left."""
    while not (line := str(typer.prompt("", prompt_suffix="> ")).strip()):
        pass
    return line


def _print(*lines: str) -> None:
    for line in lines:
        out.print(line, markup=False, highlight=False)
