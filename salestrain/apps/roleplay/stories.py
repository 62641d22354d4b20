"""Stories that Ink or Twine told, played by choosing; never counted.

A run is the steps ``began`` (what chance depends on) and ``moved`` (each choice, by number and by
words) of the thread ``story.NAME``. It begins with its first choice.
"""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.apps.app import Fields, action
from salestrain.apps.practice import NO_SUCH, Chosen, runs
from salestrain.apps.roleplay.desk import Desk
from salestrain.errors import ContentError
from salestrain.language import Text
from salestrain.playbook.stories import read_stories
from salestrain.training.chance import token
from salestrain.training.steps import last_run
from salestrain.training.stories.told import Said, followed, told
from salestrain.training.talks.runs import BEGAN, MOVED
from salestrain.views.components import roleplay as pieces
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card, notice
from salestrain.views.components.roleplay import Bubble
from salestrain.views.components.saying import Move, say_choices
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.apps.visit import Thread
    from salestrain.training.stories.story import Story
    from salestrain.training.stories.told import Told

LOG = logging.getLogger(__name__)
PAGE, THREAD = "story-", "story."
MOST_CHOICES = 300
"""A story that goes round is over then: every new page tells it again from its beginning."""
MOST_SHOWN, MOST_SIGNS = 40, 20_000
"""So many steps, and signs, of what was told before stand on the screen."""
STORIES, STORY = Text("故事", "Stories"), Text("故事 · 不计分", "Story · not scored")
HOW = Text(
    "读一段，选一句，看它往哪儿走。只当练习，不计分，也不进任何统计。",
    "Read, choose, and see where it leads. Practice only: no score, and it counts nowhere.",
)
OPEN, GO_ON, AGAIN = Text("打开", "Open"), Text("接着看", "Go on"), Text("从头再来", "Begin again")
STOPPED, OVER = Text("选到第 {} 步", "at step {}"), Text("看完了", "finished")
LEAVE, OTHER = Text("先离开", "Leave"), Text("回到对练", "Back to role-play")
LABEL, CHOOSE = Text("故事", "The story"), Text("接下来怎么说、怎么做", "What do you say or do?")
SAVED = Text("每一步都已保存 · 不计分", "Every step is saved · no score")
ENDS = Text(
    "故事到这里结束。不计分，也没有标准答案。",
    "The story ends here. No score, and no one right answer.",
)
LONG = Text(
    f"已经走了 {MOST_CHOICES} 步，就到这里。", f"That was {MOST_CHOICES} steps; it ends here."
)
EARLIER = Text("前面还有 {} 步", "Earlier steps: {}")
CHANGED = Text(
    "这个故事改过了，你上次选的走不下去，现在从头开始。",
    "This story has changed, and your choices no longer lead anywhere. It begins anew.",
)
NOT_OFFERED = Text("现在不能这样选，请选屏幕上的一项", "Choose one of those on the screen")
BROKEN = Text(
    "故事写到这里有错，走不下去，没有保存。请换一项，并告诉管手册的人",
    "The story has a fault there, so nothing was saved. Choose another, and tell whoever looks "
    "after the playbook",
)


class Taken(Fields):
    """The token of what was chosen."""

    move: str


class Run(NamedTuple):
    """How far somebody has come in a story.

    Attributes:
        number: Which of their runs of it, from 1.
        stages: Where it stood before each choice, and where it stands.
        said: The words of each choice.
        fresh: Whether it only begins with the next choice.
        changed: Whether it begins anew because the story has changed.
    """

    number: int
    seed: str
    stages: tuple[Story, ...]
    said: tuple[str, ...] = ()
    fresh: bool = False
    changed: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """What one can choose now."""
        return self.stages[-1].choices if len(self.said) < MOST_CHOICES else ()

    def tokens(self) -> tuple[str, ...]:
        """Return what stands for each choice; it tells nothing, and holds for this step alone."""
        here = self.seed, len(self.said)
        return tuple(token(*here, number) for number in range(len(self.choices)))


class Telling(Desk):
    """The desk, and stories that other tools told."""

    @cached_property
    def stories(self) -> dict[str, Told]:
        """Those that can be told here, by name; the log says what is wrong with the others."""
        found, faults = read_stories(self.visit.playbook.root)
        good, wrong = {}, [*faults]
        for name, file in found.items():
            try:
                good[name] = told(file)
            except ContentError as error:
                wrong += error.faults
        for fault in wrong:
            LOG.warning("a story is left out: %s", fault)
        return good

    def turn_to(self, story: str) -> None:
        """Open a story, if there is one of this name."""
        if story in self.stories:
            self.page, self.chosen = f"{PAGE}{story}", ""

    @action("open", Chosen, anytime=True)
    def open(self, fields: Chosen) -> None:
        """Turn to a story, a page of the desk, or a talk."""
        kind, name = fields.name[: len(PAGE)], fields.name[len(PAGE) :]
        if kind == PAGE and name not in self.stories:
            raise Refused(NO_SUCH)
        super().open(fields)

    @action("story_again")
    def story_again(self, _fields: Fields) -> None:
        """Begin a story that has ended once more."""
        one = self._open()
        thread = self._thread(one)
        if not self._run(one, thread).choices:
            thread.save(BEGAN, {"seed": self.seed(thread)})

    @action("story_move", Taken)
    def story_move(self, fields: Taken) -> None:
        """Choose one of those shown."""
        one = self._open()
        thread = self._thread(one)
        run = self._run(one, thread)
        if fields.move not in run.tokens():
            raise Refused(NOT_OFFERED)
        number = run.tokens().index(fields.move) + 1
        try:
            run.stages[-1].choose(number)
        except ContentError as error:
            LOG.warning("a story breaks off: %s", error)
            raise Refused(BROKEN) from error
        begun = [(BEGAN, {"seed": run.seed})] if run.fresh else []
        kept = MOVED, {"choice": number, "says": run.choices[number - 1]}
        thread.save_all(*begun, kept)

    def shelf(self) -> str:
        """Return the stories for this reader, each with how far they have come; none is nothing."""
        listed = [
            one for one in self.stories.values() if one.file.language in (None, self.visit.language)
        ]
        if not listed:
            return ""
        cards = "".join(map(self._card, listed))
        head = some("h2", self.text(STORIES), "kicker") + some("p", self.text(HOW), "note")
        return f'{head}<div class="scenarios stack">{cards}</div>'

    def _card(self, one: Told) -> str:
        run, where, word = self._run(one, self._thread(one)), "", OPEN
        if not run.fresh:
            where = self.text(STOPPED).format(len(run.said) + 1) if run.choices else self.text(OVER)
            word = GO_ON if run.choices else OPEN
        way = self.desk_way(
            self.text(word), f"{PAGE}{one.file.name}", "main" if word is GO_ON else ""
        )
        facts = " · ".join(filter(None, (self.text(STORY), where)))
        return card(one.title, some("p", facts, "note") + actions(way))

    def _drawn(self) -> Drawn:
        if not self.page.startswith(PAGE):
            alone = not (self.page or self.there) and self.shelf()
            return (
                Drawn(self.choose(), "choose", self.text(self.title)) if alone else super()._drawn()
            )
        one = self._open()
        run = self._run(one, self._thread(one))
        at = f"{self.page}/{run.number}/{len(run.said) + 1}"
        return Drawn(self._told(one, run), at, f"{one.title} · {self.text(self.title)}")

    def _told(self, one: Told, run: Run) -> str:
        say = self.visit.language
        changed = [notice(self.text(CHANGED), tone="warn")] if run.changed else []
        head = pieces.persona(
            one.title, self.text(STORY), self.desk_way(self.text(LEAVE), "", "quiet"), changed
        )
        lang = "" if one.language == say else one.language
        chat = pieces.chat([*self._bubbles(run, lang)], self.text(LABEL), say)
        return pieces.talk_frame(head, chat, self._composer(run, lang))

    def _composer(self, run: Run, lang: str) -> str:
        if run.choices:
            pairs = zip(run.tokens(), run.choices, strict=True)
            moves = [Move(token, "", text, lang) for token, text in pairs]
            return say_choices(moves, self.text(CHOOSE), self.text(SAVED), "story_move")
        over = some("p", self.text(ENDS if run.stages[-1].ended else LONG))
        again = button(self.text(AGAIN), "story_again", look="main", symbol="arrow")
        ways = actions(again, self.desk_way(self.text(OTHER), ""))
        return f'<div class="composer">{over}{ways}</div>'

    def _bubbles(self, run: Run, lang: str) -> Iterator[Bubble]:
        first = _first_shown(run)
        if first:
            yield Bubble(self.text(EARLIER).format(first), "scene")
        for at in range(first, len(run.stages)):
            said = run.said[at - 1] if at else ""
            if said:
                yield Bubble(said, "me", lang=lang)
            if text := _heard(run.stages[at], said):
                yield Bubble(text, lang=lang)

    def _open(self) -> Told:
        one = self.stories.get(self.page.removeprefix(PAGE)) if self.page.startswith(PAGE) else None
        if one is None:
            raise Refused(NO_SUCH)
        return one

    def _thread(self, one: Told) -> Thread:
        return self.visit.thread(self.name, f"{THREAD}{one.file.name}")

    def _run(self, one: Told, thread: Thread) -> Run:
        """Return the run begun last, as the story is today; else one that is about to begin."""
        if kept := last_run(thread.steps):
            said = [Said(step.data["choice"], step.data["says"]) for step in kept[1:]]
            seed = str(kept[0].data["seed"])
            if stages := _followed(one, seed, said):
                return Run(runs(thread), seed, stages, tuple(each.text for each in said))
        seed = self.seed(thread)
        stages = _followed(one, seed, []) or (one.source.begin(),)
        return Run(runs(thread) + 1, seed, stages, fresh=True, changed=bool(kept))


def _followed(one: Told, seed: str, said: list[Said]) -> tuple[Story, ...] | None:
    try:
        return followed(one.drawn(seed), said)
    except ContentError as error:
        LOG.warning("a story breaks off: %s", error)
        return None


def _first_shown(run: Run) -> int:
    """Return the first stage that stands on the screen; the last one always does."""
    last, room = len(run.stages) - 1, MOST_SIGNS
    first = last
    while first and last - first < MOST_SHOWN:
        room -= len(run.stages[first - 1].text)
        if room < 0:
            break
        first -= 1
    return first


def _heard(story: Story, said: str) -> str:
    """Return what is told after a choice; Ink often says the choice's own words once more."""
    first, *rest = [line.text for line in story.lines] or [""]
    return "\n".join(rest if first.strip() == said.strip() else [first, *rest])
