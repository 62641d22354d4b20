"""Twine's stories, read from Twee 3: passages of text with links between them.

What is imported is a plain choice story. Links may be written ``[[passage]]``,
``[[text->passage]]``, ``[[passage<-text]]`` or ``[[text|passage]]``, each on one line; comments
(``<!-- -->``, ``/* */``, ``/% %/``) are left out. Macros of a story format (Harlowe, SugarCube,
Chapbook, Snowman) and scripts are refused by name: without them the story would be another one.
Style sheets, the positions on Twine's map and passages tagged ``Twine.private`` are passed over;
other markup stays in the text as it is.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salestrain.errors import ContentError, Fault, did_you_mean
from salestrain.training.stories.passages import PLAIN, passages_of
from salestrain.training.stories.story import Line, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from salestrain.errors import Place
    from salestrain.training.stories.passages import Passage

TITLE, DATA, START = "StoryTitle", "StoryData", "Start"
ASIDE = {TITLE, DATA, "StoryAuthor", "StorySubtitle"}
SCRIPT = "script"
ASIDE_TAGS = {SCRIPT, "stylesheet", "Twine.private"}
Passages = dict[str, "Passage"]


@dataclass(frozen=True)
class TweeSource:
    """A Twine story: every link leads to a passage, and every passage can be come to."""

    title: str
    start: str
    passages: Mapping[str, Passage]

    def begin(self) -> TweeStory:
        """Return the story at its first passage."""
        return self.at(self.start)

    def at(self, name: str) -> TweeStory:
        """Return the story at a passage."""
        here = self.passages[name]
        lines = tuple(Line(text, here.tags) for text in here.says)
        return TweeStory(lines, tuple(link.text for link, _ in here.links), self, name)


@dataclass(frozen=True)
class TweeStory(Story):
    """A Twine story at one of its passages."""

    source: TweeSource
    passage: str

    def _after(self, number: int) -> TweeStory:
        link, _ = self.source.passages[self.passage].links[number - 1]
        return self.source.at(link.target)


def read_twee(text: str, place: Place) -> TweeSource:
    """Return the story of one file.

    Args:
        text: The whole file.
        place: The file, for faults.

    Raises:
        ContentError: With every fault, each with its line.
    """
    written, faults = passages_of(text, place)
    passages, twice = _by_name(written)
    data, wrong_data = _data(passages.get(DATA))
    told = {name: one for name, one in passages.items() if _told(one)}
    start, wrong_start = _start(data, told, passages.get(DATA), place)
    story_format = str(data.get("format", ""))
    for one in written:
        faults += _own(one, story_format)
    faults += [*twice, *wrong_data, *wrong_start, *_targets(told)]
    faults += _unreached(told, start) if start else []
    if faults:
        raise ContentError(faults)
    title = passages[TITLE].says if TITLE in passages else ()
    return TweeSource(" ".join(title), start, told)


def _told(passage: Passage) -> bool:
    return passage.name not in ASIDE and ASIDE_TAGS.isdisjoint(passage.tags)


def _own(passage: Passage, story_format: str) -> Iterator[Fault]:
    if _told(passage):
        yield from passage.faults(story_format)
    elif SCRIPT in passage.tags:
        yield Fault(passage.place, f"passage {passage.name!r} is a script", PLAIN)


def _by_name(written: Iterable[Passage]) -> tuple[Passages, list[Fault]]:
    passages: Passages = {}
    faults = []
    for one in written:
        first = passages.setdefault(one.name, one)
        if first is not one:
            what = f"passage {one.name!r} stands twice, first in line {first.place.line}"
            faults.append(Fault(one.place, what, "rename one of them"))
    return passages, faults


def _data(passage: Passage | None) -> tuple[dict[str, Any], list[Fault]]:
    if passage is None:
        return {}, []
    try:
        data = json.loads("\n".join(line.text for line in passage.lines))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        what = f"{DATA} is not JSON: {getattr(error, 'msg', 'too deep')}"
        fault = Fault(passage.at(passage.place.line + line), what, "mend it, or export it anew")
        return {}, [fault]
    if not isinstance(data, dict):
        what = f"{DATA} is no object of names and values"
        return {}, [Fault(passage.place, what, 'write it like {"start": "name of a passage"}')]
    return data, []


def _start(
    data: Mapping[str, Any], told: Mapping[str, Passage], where: Passage | None, file: Place
) -> tuple[str, list[Fault]]:
    start = data.get("start", START)
    if isinstance(start, str) and start in told:
        return start, []
    if where is not None and "start" in data:
        mend = did_you_mean(str(start), told) if told else "write the story's passages"
        return "", [Fault(where.place, f"the story starts at {start!r}, no passage of it", mend)]
    mend = f'call a passage {START!r}, or name the first one as "start" in {DATA}'
    return "", [Fault(file, "the story has no start", mend)]


def _targets(told: Mapping[str, Passage]) -> Iterator[Fault]:
    for one in told.values():
        for link, place in one.links:
            if link.target and link.target not in told:
                what = f"a link leads to {link.target!r}, no passage of the story"
                yield Fault(place, what, did_you_mean(link.target, told))


def _unreached(told: Mapping[str, Passage], start: str) -> Iterator[Fault]:
    """Yield one fault for each part of the story that no way leads to, where it begins."""
    reached = _from(start, told)
    led_to = {link.target for one in told.values() for link, _ in one.links}
    for name in sorted(told, key=lambda name: name in led_to):
        if name not in reached:
            reached |= _from(name, told)
            what = "no way leads from the start" if name in led_to else "no link leads"
            mend = f"link to it as [[text->{name}]], or take it out"
            yield Fault(told[name].place, f"{what} to passage {name!r}", mend)


def _from(name: str, told: Mapping[str, Passage]) -> set[str]:
    reached, ahead = set[str](), deque([name])
    while ahead:
        here = ahead.popleft()
        if here in told and here not in reached:
            reached.add(here)
            ahead.extend(link.target for link, _ in told[here].links)
    return reached
