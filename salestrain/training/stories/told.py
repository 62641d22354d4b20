"""A story of the playbook, ready to be told, and what there is wrong with one that isn't."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from salestrain.errors import ContentError, Fault, UsageError
from salestrain.training.proposals.drafts import written_in
from salestrain.training.stories.ink import InkSource, read_ink
from salestrain.training.stories.story import Story
from salestrain.training.stories.twee import TweeSource, read_twee

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.language import Language
    from salestrain.playbook.stories import StoryFile

    Source = TweeSource | InkSource

KEPT = 64
LOOKED_AT = 400
"""So many places of an Ink story are told by whoever checks it, those near its beginning first."""
TITLE = "title:"
SEEDS = 2**31


class Told(NamedTuple):
    """A story that can be told.

    Attributes:
        title: As it names itself, else the name of its file.
    """

    file: StoryFile
    title: str
    source: Source

    @property
    def language(self) -> Language:
        """What it is told in: as its file says, else as its first words show."""
        return self.file.language or written_in(self.source.begin().text or self.title)

    def drawn(self, seed: str) -> Source:
        """Return it as a seed (hexadecimal) has it; only Ink knows chance."""
        if isinstance(self.source, TweeSource):
            return self.source
        return replace(self.source, seed=int(seed, 16) % SEEDS)


class Said(NamedTuple):
    """A choice as it was kept: its number, counted from 1, and its words."""

    number: int
    text: str


@lru_cache(KEPT)
def told(file: StoryFile) -> Told:
    """Return the story of a file.

    Raises:
        ContentError: With what is wrong with it, as far as it shows at its beginning; one that
            this installation can't tell is named too.
    """
    try:
        source: Source = (read_ink if file.is_ink else read_twee)(file.text, file.place)
        title = _title(source)
    except UsageError as error:  # an extra is missing
        what, _, mend = str(error).partition("; ")
        raise ContentError([Fault(file.place, what, mend)]) from error
    return Told(file, title or file.name.partition(".")[0], source)


def story_faults(file: StoryFile) -> tuple[Fault, ...]:
    """Return what is wrong with a story, at its beginning and further on."""
    try:
        return _further_on(told(file).source)
    except ContentError as error:
        return error.faults


def followed(source: Source, said: Iterable[Said]) -> tuple[Story, ...] | None:
    """Return where a story stood before each choice, and where it stands now.

    A choice is known by its words: what stands under its number today may be something else.

    Returns:
        None if the story no longer offers a choice.

    Raises:
        ContentError: If the story itself goes wrong on this way.
    """
    stages: list[Story] = [source.begin()]
    for one in said:
        choices = enumerate(stages[-1].choices, 1)
        there = [number for number, text in choices if text == one.text]
        if not there:
            return None
        stages.append(stages[-1].choose(one.number if one.number in there else there[0]))
    return tuple(stages)


def _title(source: Source) -> str:
    if isinstance(source, TweeSource):
        return source.title
    tags = (tag for line in source.begin().lines[:1] for tag in line.tags)
    named = (tag[len(TITLE) :].strip() for tag in tags if tag.casefold().startswith(TITLE))
    return next(named, "")


def _further_on(source: Source) -> tuple[Fault, ...]:
    """Return where an Ink story goes wrong; of a Twine story every passage has been read."""
    if isinstance(source, TweeSource):
        return ()
    faults, ahead, left = list[Fault](), deque[Story]([source.begin()]), LOOKED_AT
    while ahead and left > 0:
        story = ahead.popleft()
        for number in range(1, len(story.choices) + 1):
            left -= 1
            try:
                ahead.append(story.choose(number))
            except ContentError as error:
                faults += error.faults
    return tuple(faults)
