"""A Twine story as the draft of a role-play: passages become states, links moves, texts answers.

What Twine can't tell is filled in and marked, for the author to decide: who is met, what is worth
how much, how each ending is judged, each move's kind, the other language.
"""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from typing import TYPE_CHECKING

from salestrain.errors import ContentError, Fault
from salestrain.language import Text
from salestrain.playbook.references import MARKUP
from salestrain.playbook.scenarios import SAME
from salestrain.playbook.undecided import TO_TRANSLATE, marked
from salestrain.training.proposals.drafts import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.language import Language
    from salestrain.training.stories.passages import Passage
    from salestrain.training.stories.twee import TweeSource

FEWEST_TURNS, MOST_TURNS = 3, 40
LATE = "out_of_turns"
NO_TIME = Text("话说完了，还没有结果。", "The talk ran out before anything came of it.")
WORDS_IN_ID = 5
DECIDE = {
    "mark_draft": Text("写好就去掉这一行，学员才看得到", "take it out, and learners see it"),
    "mark_cites": Text("考哪几条规则，由哪些说法考", "which rules it practises, by which moves"),
    "mark_minutes": Text("多久", "how long it takes"),
    "mark_pass": Text("几分过关", "the points it takes to pass"),
    "mark_you": Text("学员是谁，手上有什么", "who the learner is and what they have"),
    "mark_persona": Text("对方是谁，要什么，怕什么", "who the other side is, wants and fears"),
    "mark_trust": Text("哪些话增减信任", "which moves raise or lower trust"),
    "mark_weight": Text("考哪几项，哪些话得几分", "what counts, how much, and what earns it"),
    "mark_model": Text("怎么谈才好，每句好在哪", "how it goes well, and why each turn does"),
}  # fmt: skip
KIND = Text("「{}」属于哪一类", "the kind of “{}”")
VERDICT = Text("「{}」这个结局怎么判", "the verdict of “{}”")
SHOWN = 30
WHY = Text("为什么这样说。", "Why this is said.")
ENDING = """\
  - {{id: {id}, verdict: {verdict}, {text}}}{mark}
"""
MOVE = """\
  - id: {id}
    kind: {kind}{mark}
    name: {name}
    says: {{zh: [{zh}], en: [{en}]}}
"""


def drafted(source: TweeSource, language: Language, kind: str) -> dict[str, str]:
    """Return the parts of a role-play's file, by name.

    Args:
        source: The story.
        language: What it is written in.
        kind: The kind of move that stands until one is decided.

    Raises:
        ContentError: With everything in it that a role-play can't have, each with its line.
    """
    if faults := [*_faults(source)]:
        raise ContentError(faults)
    return _Draft(source, language, kind).parts()


@dataclass(frozen=True)
class _Draft:
    source: TweeSource
    language: Language
    kind: str

    def parts(self) -> dict[str, str]:
        marks = {name: marked(what) for name, what in DECIDE.items()}
        start = self.source.passages[self.source.start]
        title = clean(self.source.title, lines=False) or start.name
        late = LATE if self.turns is None else next(iter(self.ends.values()))
        return marks | {
            "title": self.both(title),
            "max_turns": str(self.turns or min(MOST_TURNS, 2 * len(self.states) + FEWEST_TURNS)),
            "late": late,
            "start": self.states[start.name],
            "opening": self.both(self.told(start)),
            "endings": "".join(self.endings()),
            "moves": "".join(self.move(text, id_) for text, id_ in self.moves.items()),
            "states": "".join(chain.from_iterable(map(self.state, self.states))),
            "model": "".join(self.model()),
        }

    @cached_property
    def states(self) -> dict[str, str]:
        """Ids of the passages that offer choices, by name."""
        return _ids((one.name for one in self.source.passages.values() if one.links), "passage")

    @cached_property
    def ends(self) -> dict[str, str]:
        """Ids of the others."""
        return _ids((one.name for one in self.source.passages.values() if not one.links), "ending")

    @cached_property
    def moves(self) -> dict[str, str]:
        """Ids of what can be said, by its words; the same words are the same move everywhere."""
        return _ids((said for said, _ in chain.from_iterable(map(self.offers, self.states))), "say")

    @cached_property
    def turns(self) -> int | None:
        """How many turns the longest talk takes; None if there is none, or it is too long."""
        longest = dict.fromkeys(self.ends, 0)
        for _ in range(MOST_TURNS):
            longest |= {
                name: 1 + max(longest[target] for _, target in self.offers(name))
                for name in self.states.keys() - longest.keys()
                if all(target in longest for _, target in self.offers(name))
            }
        most = longest.get(self.source.start)  # else it goes round, or on and on
        return None if most is None else max(most, FEWEST_TURNS)

    def offers(self, name: str) -> list[tuple[str, str]]:
        """Return what a passage lets one say, each with the passage that follows."""
        links = self.source.passages[name].links
        return [(clean(link.text, lines=False), link.target) for link, _ in links]

    def told(self, passage: Passage) -> str:
        between = "" if self.language == "zh" else " "
        return clean(between.join(passage.says), lines=False)

    def both(self, text: str) -> str:
        return f"{{{self.pair(text)}}}"

    def pair(self, text: str) -> str:
        zh, en = self.spoken(text)
        return f"zh: {_quoted(zh)}, en: {_quoted(en)}"

    def spoken(self, text: str) -> Text:
        """Return a text with its other language marked as missing."""
        other = f"{TO_TRANSLATE}{text}"
        return Text(text, other) if self.language == "zh" else Text(other, text)

    def endings(self) -> Iterator[str]:
        for name, id_ in self.ends.items():
            text = self.pair(clean(name, lines=False))
            yield ENDING.format(id=id_, verdict="partial", text=text, mark=_about(VERDICT, name))
        if self.turns is None:
            text = f"zh: {_quoted(NO_TIME.zh)}, en: {_quoted(NO_TIME.en)}"
            yield ENDING.format(id=LATE, verdict="fail", text=text, mark="")

    def move(self, text: str, id_: str) -> str:
        mark = _about(KIND, text)
        zh, en = map(_quoted, self.spoken(text))
        return MOVE.format(id=id_, kind=self.kind, mark=mark, name=self.both(text), zh=zh, en=en)

    def state(self, name: str) -> Iterator[str]:
        yield f"  {self.states[name]}:  # {clean(name, lines=False)}\n"
        for said, target in self.offers(name):
            there = self.ends.get(target)
            way = f"ends: {there}" if there else f"to: {self.states[target]}"
            says = self.both(self.told(self.source.passages[target]))
            yield f"    {self.moves[said]}:\n      - {{{way}, says: {says}}}\n"

    def model(self) -> Iterator[str]:
        why = f"{{zh: {WHY.zh}, en: {WHY.en}}}"
        for said in self.way():
            yield f"  - {{move: {self.moves[said]}, {self.pair(said)}, why: {why}}}\n"

    def way(self) -> list[str]:
        """Return what is said on the shortest way to the first ending, else one step."""
        end = next(iter(self.ends), "")
        seen, ahead = {self.source.start}, deque([(self.source.start, list[str]())])
        while ahead:
            name, way = ahead.popleft()
            for said, target in self.offers(name):
                if target == end:
                    return [*way, said]
                if target in self.states and target not in seen:
                    seen.add(target)
                    ahead.append((target, [*way, said]))
        return [self.offers(self.source.start)[0][0]]


def _faults(source: TweeSource) -> Iterator[Fault]:
    start = source.passages[source.start]
    if not start.links:
        what = f"passage {start.name!r}, where the story starts, offers no choice"
        yield Fault(start.place, what, "a role-play needs something to say: link it on")
    for one in source.passages.values():
        if not one.says:
            what = f"passage {one.name!r} has links and no words of its own"
            yield Fault(one.place, what, "write what the customer answers there")
        yield from _said_twice(one)
        for line in one.lines:
            if markup := MARKUP.search(line.text):
                what = f"passage {one.name!r} has HTML: {markup[0]}"
                yield Fault(one.at(line.number), what, "write plain text; HTML is never run")


def _said_twice(passage: Passage) -> Iterator[Fault]:
    seen = set[str]()
    for link, place in passage.links:
        text = clean(link.text, lines=False)
        if text in seen:
            what = f"passage {passage.name!r} offers {text!r} twice"
            yield Fault(place, what, "say one of them in other words")
        seen.add(text)


def _ids(names: Iterable[str], otherwise: str) -> dict[str, str]:
    """Return an id for each name: its first words, else what it is and its number."""
    found: dict[str, str] = {}
    taken = {"", SAME, LATE}
    for number, name in enumerate(dict.fromkeys(names), 1):
        words = re.findall(r"[a-z0-9]+", name.lower().replace("'", ""))
        id_ = "_".join(words[:WORDS_IN_ID]) if name.isascii() and words else ""
        if id_[:1].isdigit() or id_ in taken:
            others = (f"{otherwise}_{other}" for other in count(number))
            id_ = next(one for one in others if one not in taken)
        taken.add(id_)
        found[name] = id_
    return found


def _about(what: Text, words: str) -> str:
    """Return the mark that leaves something about these words to decide."""
    short = " ".join(clean(words, lines=False).replace("·", " ").split())
    short = short if len(short) <= SHOWN else f"{short[:SHOWN]}…"
    return marked(Text(*(one.format(short) for one in what)))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
