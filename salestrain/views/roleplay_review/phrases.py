"""Phrases that several parts of the review share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.views.tables import Cell

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.training.statistics.intervals import Interval
    from salestrain.training.talk_statistics.nodes import Node
    from salestrain.views.roleplay_review.study import TalkStudy

LONGEST = 34
HEARD = Text("对方：「{words}」", "They say: “{words}”")
AT = Text("{title}·{state}", "{title} · {state}")
OF = Text("{n} / {all} 人", "{n} of {all}")
MOST = Text("「{move}」，{n} 人", "“{move}”, {n}")
NONE = Text("没有", "none")
STOPS = " ,，、。；：“「.;:"


def share(hits: float, n: int, interval: Interval, language: Language) -> str:
    """Write a share of ``n`` with its interval: ``46% (30 – 62%)``."""
    if not n:
        return "–"
    told = percent(hits / n, language)
    if math.isnan(interval.low):
        return told
    return f"{told} ({number(interval.low * 100, language)} – {percent(interval.high, language)})"


def signed(value: float, language: Language, digits: int = 0) -> str:
    """Write a number with its sign, zero without."""
    told = number(value, language, digits)
    return f"+{told}" if value > 0 and told.strip("0.") else told


def counted(n: int, one: str, more: str = "") -> str:
    """Write how many there are in English: ``1 talk``, ``1,200 talks``.

    >>> counted(1, "person", "people"), counted(2, "talk")
    ('1 person', '2 talks')
    """
    return f"{number(n, 'en')} {one if n == 1 else more or one + 's'}"


def shortened(text: str, language: Language, longest: int = LONGEST) -> str:
    """Return the beginning of a text: ``longest`` Chinese characters, twice that in English."""
    most = longest if language == "zh" else 2 * longest
    if len(text) <= most:
        return text
    kept = text[:most] if language == "zh" else text[:most].rpartition(" ")[0]
    return kept.rstrip(STOPS) + "…"


def node_cell(study: TalkStudy, node: Node) -> Cell:
    """Return a node for the first column of a table: the talk, the state, what had been said."""
    heard = shortened(node.heard.in_(study.language), study.language)
    name = study.say(AT, title=study.titled(node.scenario), state=node.state)
    return Cell(name, small=study.say(HEARD, words=heard))


def most_said(study: TalkStudy, node: Node) -> str:
    """Return the wrong move most people made, and how many did."""
    if not node.wrong:
        return study.say(NONE)
    move, n = node.wrong[0]
    return study.say(MOST, move=study.move_name(node.scenario, move), n=n)


def place_of(study: TalkStudy, node: Node) -> str:
    """Return where a node is written, as file and line."""
    place = study.scenarios[node.scenario].place_of("states", node.state)
    return f"{place.path.as_posix()}:{place.line}"
