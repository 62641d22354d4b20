"""Ink stories, compiled to JSON and told by bink.

What works, each checked against the cases of ink-proof: text, glue and white space; choices of
every kind (sticky, fallback, conditional), weaves and gathers; knots, stitches, diverts, tunnels,
threads; variables, functions, references, divert targets; conditions, switches, sequences;
``LIST``; read counts and ``TURNS_SINCE``; tags of lines; JSON of versions 19 and 21.

What differs from inklecate:

- Chance (``RANDOM``, ``LIST_RANDOM``, shuffles) depends on a seed and the choices alone, so that a
  story is repeated by its choices; the numbers are not those of inklecate.
- ``EXTERNAL`` functions are told by their fallback in the ink; without one a story is refused.
- Whole numbers beyond 32 bits are refused; dividing by zero is a fault.
- Choices have no tags; flows are not used.
- A story that goes round without a word, or talks without end, is stopped with a fault; so is
  one that runs out of content.

Source: inkle, ink's JSON runtime format.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from salestrain.errors import ContentError, Fault, UsageError
from salestrain.training.stories.story import Line, Story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bink.story import Story as Telling

    from salestrain.errors import Place

NEEDS = "Ink stories need bink; install it with pip install 'salestrain[ink]'"
COMPILE = "export it anew: in Inky with File, Export to JSON; or with inklecate -o"
MEND = "mend it in the ink, and compile it again"
LINES_AT_MOST = 500
"""More lines than this with no choice between are no talk."""
PASS_MS, PASSES_AT_MOST = 10.0, 30
"""How long, and how often, a line is worked on; one takes less than a millisecond."""
WHOLE = range(-(2**31), 2**31)
KEPT = 1024
"""Steps that are not told twice: of some stories bink never frees the 10 KB a step takes."""
PANIC = "panic"
LABEL = re.compile(r"^(Invalid story state: )?((RUNTIME )?ERROR: )?")


@dataclass(frozen=True)
class InkSource:
    """A compiled story that bink can read.

    Attributes:
        compiled: The JSON.
        place: Its file, for faults.
        seed: What chance depends on (0–2147483647).
    """

    compiled: str
    place: Place
    seed: int = 0

    def begin(self) -> InkStory:
        """Return the story up to its first choice.

        Raises:
            UsageError: If bink is missing.
            ContentError: If the story goes wrong before.
        """
        return _begun(self)


@dataclass(frozen=True)
class InkStory(Story):
    """An Ink story at a choice, or at its end.

    Attributes:
        made: The choices that led here, counted from 1.
        state: What bink knows of the story here.
    """

    source: InkSource
    made: tuple[int, ...]
    state: str = field(repr=False, compare=False)

    def _after(self, number: int) -> InkStory:
        return _chosen(self, number)


def read_ink(compiled: str, place: Place, seed: int = 0) -> InkSource:
    """Return the story of a compiled file.

    Args:
        compiled: The text of the ``.ink.json``; a byte order mark is left out.
        place: The file, for faults.
        seed: What chance depends on (0–2147483647).

    Raises:
        UsageError: If bink is missing.
        ContentError: With every fault that shows before the story is told.
    """
    compiled = compiled.removeprefix("\ufeff")
    faults = [Fault(place, *fault) for fault in _unsupported(_parsed(compiled, place))]
    if faults:
        raise ContentError(faults)
    try:
        _telling(compiled)
    except RuntimeError as error:
        raise ContentError([Fault(place, f"bink can't read it: {error}", COMPILE)]) from error
    return InkSource(compiled, place, seed)


def _parsed(compiled: str, place: Place) -> dict[str, Any]:
    try:
        story = json.loads(compiled)
    except json.JSONDecodeError as error:
        what = f"no compiled Ink story: {error.msg}"
        raise ContentError([Fault(replace(place, line=error.lineno), what, COMPILE)]) from error
    except RecursionError as error:
        raise ContentError([Fault(place, "nested too deep for an Ink story", COMPILE)]) from error
    if not isinstance(story, dict) or not isinstance(story.get("root"), list):
        raise ContentError([Fault(place, "no compiled Ink story: it has no 'root'", COMPILE)])
    return story


def _unsupported(story: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong, and how to mend it, for what bink would stumble over."""
    called, numbers = set[str](), set[int]()
    for part in _parts(story["root"]):
        if isinstance(part, int) and part not in WHOLE:
            numbers.add(part)
        elif isinstance(part, dict) and "x()" in part:
            called.add(str(part["x()"]))
    named = story["root"][-1:]
    own = named[0].keys() if named and isinstance(named[0], dict) else ()
    for name in sorted(called.difference(own)):
        mend = f"give it a fallback in the ink: === function {name}(…)"
        yield f"external function {name!r} is not there", mend
    for number in sorted(numbers):
        yield f"the number {number} is beyond 32 bits", f"use {WHOLE[0]} to {WHOLE[-1]}"


def _parts(whole: object) -> Iterator[object]:
    ahead = [whole]
    while ahead:
        part = ahead.pop()
        yield part
        if isinstance(part, dict):
            ahead.extend(part.values())
        elif isinstance(part, list):
            ahead.extend(part)


def _telling(compiled: str) -> Telling:
    """Return bink's story at its beginning."""
    try:
        from bink.story import Story as Telling  # noqa: PLC0415 (an extra)
    except (ImportError, RuntimeError) as error:  # the latter where it has no library to load
        raise UsageError(NEEDS) from error
    telling = Telling(compiled)
    telling.set_allow_external_function_fallbacks(True)
    return telling


@lru_cache(KEPT)
def _begun(source: InkSource) -> InkStory:
    telling = _telling(source.compiled)
    seeded = json.loads(telling.save_state()) | {"storySeed": source.seed}
    telling.load_state(json.dumps(seeded))
    return _told(telling, source, ())


@lru_cache(KEPT)
def _chosen(story: InkStory, number: int) -> InkStory:
    telling = _telling(story.source.compiled)
    telling.load_state(story.state)
    telling.choose_choice_index(number - 1)
    return _told(telling, story.source, (*story.made, number))


def _told(telling: Telling, source: InkSource, made: tuple[int, ...]) -> InkStory:
    """Let the story be told up to its next choice."""
    wrong: list[str] = []
    telling.set_error_handler(lambda message, is_error: wrong.append(message) if is_error else None)
    lines: list[Line] = []
    try:
        while not wrong and telling.can_continue():
            wrong += _stuck(telling, len(lines))
            lines += [] if wrong else _line(telling)
    except RuntimeError as error:
        wrong.append(_named(error))
    if wrong:
        where = f"after the choices {', '.join(map(str, made))}" if made else "at its beginning"
        whats = [f"{where}: {LABEL.sub('', one)}" for one in wrong]
        raise ContentError(Fault(source.place, what, MEND) for what in whats)
    return InkStory(tuple(lines), tuple(telling.choices), source, made, telling.save_state())


def _stuck(telling: Telling, lines: int) -> list[str]:
    """Let one line be told; return what is wrong if there's no end of it, or of the lines."""
    if lines >= LINES_AT_MOST:
        return [f"it says more than {LINES_AT_MOST} lines and offers no choice"]
    if not any(telling.continue_async(PASS_MS) for _ in range(PASSES_AT_MOST)):
        return ["it goes round without saying anything"]
    return []


def _line(telling: Telling) -> list[Line]:
    text, tags = telling.current_text.removesuffix("\n"), tuple(telling.tags)
    return [Line(text, tags)] if text or tags else []


def _named(error: RuntimeError) -> str:
    return "bink breaks off: it may divide by zero there" if PANIC in str(error) else str(error)
