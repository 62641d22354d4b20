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
TYPING = '<p class="bubble typing" aria-hidden="true"><i></i><i></i><i></i></p>'


class Bubble(NamedTuple):
    """Something said (by them, by me), told (scene), or found out (learned).

    A ``word`` is what an explorer hears of what they just said: ``html`` in place of a text.
    ``lang`` is its language, where that isn't the page's.
    """

    text: str
    who: Literal["them", "me", "scene", "learned", "word"] = "them"
    html: str = ""
    lang: str = ""


def persona(name: str, who: str, leave_html: str = "", parts: Sequence[str] = ()) -> str:
    """Return the customer's head: name, place, the way out; ``parts``: mood, learned, voice."""
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
    """Return the talk so far; new sentences are read aloud, its end is kept in view.

    What the other side says last comes after a moment in which they seem to be typing; while an
    answer is on its way the same sign shows.
    """
    last = max((at for at, one in enumerate(bubbles) if one.who == "them"), default=-1)
    said = "".join(
        (TYPING if at == last and at > 1 else "")
        + _bubble(one, language, new=at == last and at > 1)
        for at, one in enumerate(bubbles)
    )
    given = attributes(aria_label=label)
    waits = '<p class="bubble typing typing--waits" aria-hidden="true"><i></i><i></i><i></i></p>'
    return f'<div class="chat" role="log" data-scroll="end"{given}>{said}{waits}</div>'


def _bubble(one: Bubble, language: Language, *, new: bool) -> str:
    looks = {"me": "bubble bubble--mine", "them": "bubble", "learned": "learned-now"}
    mine = some("span", YOU.in_(language), "for-screen-reader")
    before = {"me": mine, "learned": icon("check")}.get(one.who, "")
    spoken = attributes(data_spoken=one.who == "them", lang=one.lang or None)
    look = classes(looks.get(one.who, one.who), "bubble--new" if new else "")
    tag = "div" if one.html else "p"
    return f"<{tag}{look}{spoken}>{before}{escape(one.text)}{one.html}</{tag}>"


def talk_frame(persona_html: str, chat_html: str, composer_html: str) -> str:
    """Return a talk's whole screen: the head and what to say stay in reach."""
    return f'<div class="talk-screen">{persona_html}{chat_html}{composer_html}</div>'
