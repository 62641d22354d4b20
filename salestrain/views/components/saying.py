"""What one can say next in a talk: sentences to choose from, a field to type in, or both."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import attributes, icon, some

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 500
SEND, SAY = Text("发送", "Send"), Text("你怎么说", "What do you say?")
STUCK = Text("想不出来？看几种说法", "Stuck? See some ways to put it")
HINT = Text("提示", "Hint")
LISTEN, DICTATE = Text("把对方的话读出来", "Read answers aloud"), Text("用说的", "Dictate")
VOICE = Text("声音", "Voice")
LEAVES = Text(
    "语音由浏览器处理，本工具不录音、不保存。有的浏览器识别语音时会把声音传到厂商的服务器；"
    "单位不允许的话，请不要打开。",
    "Speech is handled by your browser; nothing is recorded or kept here. To recognise speech some "
    "browsers send the sound to their maker’s servers: leave it off where that isn’t allowed.",
)


class Move(NamedTuple):
    """What one can say next: its value, the kind of move, the sentence, ``lang`` as in a bubble."""

    value: str
    name: str
    says: str
    lang: str = ""


def say_choices(moves: Sequence[Move], legend: str, note: str = "", do: str = "move") -> str:
    """Return the sentences to choose from; choosing one sends its value as ``move``."""
    body = some("p", legend, "note") + _choices(moves) + some("p", note, "note")
    return f'<form class="composer"{attributes(data_do=do, aria_label=legend)}>{body}</form>'


def say_typed(note: str, language: Language, moves: Sequence[Move] = ()) -> str:
    """Return the field to type in; with ``moves`` some ways to put it unfold below."""
    label = attributes(aria_label=SAY.in_(language), placeholder=SAY.in_(language))
    limits = attributes(maxlength=LONGEST, rows=1, enterkeyhint="send", required=True)
    behaves = attributes(data_behaviour="say", data_focus=True)
    field = f'<textarea name="says"{label}{limits}{behaves}></textarea>'
    send = button(SEND.in_(language), look="main", symbol="arrow", type="submit")
    row = f'<div class="say-row">{field}{_dictate(language)}{send}</div>'
    form = f"<form{attributes(data_do='say')}>{row}</form>"
    ways = ""
    if moves:
        chosen = f"<form{attributes(data_do='move')}>{_choices(moves)}</form>"
        ways = f"<details>{some('summary', STUCK.in_(language))}{chosen}</details>"
    return f'<div class="composer composer--typed">{form}{ways}{some("p", note, "note")}</div>'


def hint(says: str, language: Language) -> str:
    """Return what a mentor would whisper; it shows when it is asked for."""
    summary = some("summary", HINT.in_(language))
    return f'<details class="hint">{summary}{some("p", says)}</details>' if says else ""


def voice(language: Language) -> str:
    """Return what turns voice on, hidden where the browser has none; it says where speech goes."""
    listen = button(
        LISTEN.in_(language), look="small", symbol="voice", data_voice="out", aria_pressed="false",
        hidden=True,
    )  # fmt: skip
    dictate = button(
        DICTATE.in_(language), look="small", symbol="mic", data_voice="in", aria_pressed="false",
        hidden=True,
    )  # fmt: skip
    body = f'<div class="actions">{listen}{dictate}</div>{some("p", LEAVES.in_(language), "note")}'
    summary = f"<summary>{icon('voice')}{escape(VOICE.in_(language))}</summary>"
    return f'<details class="voice" data-behaviour="voice" hidden>{summary}{body}</details>'


def _dictate(language: Language) -> str:
    return button(
        DICTATE.in_(language), look="icon quiet", symbol="mic", data_voice="speak", hidden=True
    )


def _choices(moves: Sequence[Move]) -> str:
    return "".join(
        f'<button class="say-choice"{attributes(name="move", value=move.value, data_shortcut=key)}>'
        f"{some('b', move.name)}"
        f"<span{attributes(lang=move.lang or None)}>{escape(move.says)}</span></button>"
        for key, move in enumerate(moves, 1)
    )
