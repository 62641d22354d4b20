"""What every piece is made of: attributes, links that lead nowhere else, icons, tags."""

from __future__ import annotations

import re
from html import escape
from typing import Literal

from salestrain.views.markup import classes

Tone = Literal["", "good", "bad", "warn", "brand"]
Given = str | float | bool | None
INSIDE = re.compile(r"(?![\s/\\]{2}|[\s\\])[^:/?#]*([/?#].*)?(?<=.)")
ICONS = {
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "bulb": "M9 18h6M10 21h4M8 14a6 6 0 1 1 8 0c-1 1-1 2-1 4H9c0-2 0-3-1-4z",
    "check": "M4 12.5l5 5L20 6.5",
    "clock": "M12 3a9 9 0 1 0 .01 0zM12 7v5l3 2",
    "cross": "M6 6l12 12M18 6L6 18",
    "down": "M12 5v13M6 13l6 6 6-6",
    "form": "M5 3h14v18H5zM9 8h6M9 12h6M9 16h3",
    "gallery": "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
    "grip": "M9 5v.01M15 5v.01M9 12v.01M15 12v.01M9 19v.01M15 19v.01",
    "list": "M4 6h16M4 12h16M4 18h10",
    "live": "M4 5h16v11H4zM12 16v4M8 20h8M8 13v-2M12 13V8M16 13v-4",
    "lock": "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
    "mic": "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
    "path": "M6 21V4M6 5h11l-2.5 3.5L17 12H6",
    "person": "M12 4a4 4 0 1 0 .01 0zM4 21c1-5 5-6 8-6s7 1 8 6",
    "playbook": "M5 4h10a4 4 0 0 1 4 4v12H9a4 4 0 0 1-4-4zM9 20a4 4 0 0 1 0-8h10",
    "practice": "M4 8h13v12H4zM8 8V4h12v12h-3",
    "reviews": "M4 20h16M7 16v-5M12 16V6M17 16v-8",
    "roleplay": "M4 5h16v11H10l-5 4v-4H4z",
    "search": "M10.5 4a6.5 6.5 0 1 0 .01 0zM15.5 15.5L20 20",
    "today": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "voice": "M4 10v4h4l5 4V6l-5 4zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
    "up": "M12 19V6M6 11l6-6 6 6",
    "warn": "M12 4l9 16H3zM12 10v4M12 17v.5",
}


def attributes(**given: Given) -> str:
    """Return HTML attributes: ``data_do="next"`` is ``data-do``, True stands bare, None is left."""
    kept = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in kept.items()
        if value is not None and value is not False
    )


def some(tag: str, text: str, name: str = "") -> str:
    """Return the text in a tag, or nothing if there is none."""
    return f"<{tag}{classes(name)}>{escape(text)}</{tag}>" if text else ""


def icon(name: str) -> str:
    """Return a drawing by name; it decorates, a word beside it or its button's label is read."""
    drawn = f'<path d="{ICONS[name]}"/>'
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{drawn}</svg>'


def inside(href: str) -> bool:
    """Return whether an address stays in the app: no scheme, no host, no trick with signs."""
    return bool(INSIDE.fullmatch(href)) and href.isprintable()


def link(text: str, href: str, name: str = "") -> str:
    """Return the text as a link, or plain where there is no address inside the app."""
    if inside(href):
        return f"<a{classes(name)}{attributes(href=href)}>{escape(text)}</a>"
    return some("span", text, name) if name else escape(text)


def rule_link(rule: str, href: str = "") -> str:
    """Return a rule's id as a chip, linked to its page if there is one."""
    return link(rule, href, "rule-link")


def tag(text: str, tone: Tone = "", symbol: str = "") -> str:
    """Return a short label; a tone never stands without a word."""
    drawn = icon(symbol) if symbol else ""
    return f"<span{classes('tag', tone and f'tag--{tone}')}>{drawn}{escape(text)}</span>"


def progress_line(done: int, of: int, label: str) -> str:
    """Return a bar for so many done of so many, read aloud as its label."""
    share = f"--done:{100 * min(max(done, 0), of) / of if of > 0 else 0:.0f}%"
    said = attributes(aria_label=label, aria_valuenow=done, aria_valuemax=of, style=share)
    return (
        f'<div class="progress-line" role="progressbar" aria-valuemin="0"{said}><span></span></div>'
    )


def figure_with_words(figure: str, words: str) -> str:
    """Return one large figure and what it counts."""
    return f'<p class="figure-with-words"><b>{escape(figure)}</b> {some("span", words)}</p>'
