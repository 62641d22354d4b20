"""A talk with a customer: who it is, their mood, what was learned, what was said, what to say."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.ground import attributes, icon, some, tag
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

MOOD, YOU = Text("态度", "Mood"), Text("你说：", "You: ")
LEARNED = Text("已了解到的客户情况", "What you know of the customer")
OPEN = Text("还不知道", "not known yet")


class Bubble(NamedTuple):
    """Something said (by them, by me), told (scene), or found out (learned)."""

    text: str
    who: Literal["them", "me", "scene", "learned"] = "them"


class Move(NamedTuple):
    """What one can say next: its value, the kind of move, the sentence."""

    value: str
    name: str
    says: str


def persona(name: str, who: str, leave_html: str = "", parts: Sequence[str] = ()) -> str:
    """Return the customer's head: name, place, the way out; ``parts``: mood and learned."""
    face = f'<span class="avatar avatar--customer" aria-hidden="true">{escape(name[:1])}</span>'
    named = f"{face}<div><h1>{escape(name)}</h1>{some('p', who)}</div>{leave_html}"
    return f'<div class="persona"><div class="persona-name">{named}</div>{"".join(parts)}</div>'


def mood(word: str, step: int, language: Language, *, of: int = 5, shift: str = "") -> str:
    """Return the customer's mood as a word and ``step`` of five; ``shift`` (▲ …) says a change."""
    scale = "".join(f"<i{classes('on' if place < step else '')}></i>" for place in range(of))
    tone = "shift bad" if shift.startswith("▼") else "shift good"
    scale = f'<span class="scale" aria-hidden="true">{scale}</span>'
    words = f"{some('b', word)}{some('span', shift, tone)}"
    return f'<p class="mood"><span>{MOOD.in_(language)}</span>{scale}{words}</p>'


def learned(facts: Sequence[tuple[str, bool]], language: Language) -> str:
    """Return what there is to find out, each with whether it is known by now."""
    rows = ""
    for fact, known in facts:
        unknown = f"{escape(fact)} ?{some('span', OPEN.in_(language), 'for-screen-reader')}"
        unknown = f'<span class="tag tag--open">{unknown}</span>'
        rows += f"<li>{tag(fact, 'good', 'check') if known else unknown}</li>"
    return f'<ul class="learned"{attributes(aria_label=LEARNED.in_(language))}>{rows}</ul>'


def chat(bubbles: Sequence[Bubble], label: str, language: Language) -> str:
    """Return the talk so far; new sentences are read aloud, its end is kept in view."""
    mine = some("span", YOU.in_(language), "for-screen-reader")
    looks = {"me": "bubble bubble--mine", "them": "bubble", "learned": "learned-now"}
    before = {"me": mine, "learned": icon("check")}
    said = "".join(
        f"<p{classes(looks.get(who, who))}>{before.get(who, '')}{escape(text)}</p>"
        for text, who in bubbles
    )
    return (
        f'<div class="chat" role="log" data-scroll="end"{attributes(aria_label=label)}>{said}</div>'
    )


def say_choices(moves: Sequence[Move], legend: str, note: str = "", do: str = "move") -> str:
    """Return the sentences to choose from; choosing one sends its value as ``move``."""
    rows = "".join(
        f'<button class="say-choice"{attributes(name="move", value=move.value, data_shortcut=key)}>'
        f"{some('b', move.name)}<span>{escape(move.says)}</span></button>"
        for key, move in enumerate(moves, 1)
    )
    given = attributes(data_do=do, aria_label=legend)
    body = some("p", legend, "note") + rows + some("p", note, "note")
    return f'<form class="composer"{given}>{body}</form>'


def talk_frame(persona_html: str, chat_html: str, composer_html: str) -> str:
    """Return a talk's whole screen: the head and what to say stay in reach."""
    return f'<div class="talk-screen">{persona_html}{chat_html}{composer_html}</div>'
