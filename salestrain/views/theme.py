"""One look for every report: on a page of its own, in a notebook, on paper, by day and by night."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from salestrain.language import Language

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
HTML_LANGUAGES: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
DARK_RULE = ':root[data-theme="dark"]'
DARK_BY_DEVICE = ':root:not([data-theme="light"])'
DARK_NOTEBOOK = 'body[data-jp-theme-light="false"] .report'
APP_SHEETS = ("app", "app-practice", "app-desk")
STRONGER = ".report" * 4 + " "
STRONGER_APP = ".app" * 4 + " "
ROOM_APP = "{0}{{padding:var(--space-5)}}{0} .app{{padding:0}}"  # what a page's <main> gives
SPACES = re.compile(r"/\*.*?\*/|\s*\n\s*", re.DOTALL)


@cache
def report_styles() -> str:
    """Return the style sheet of a report page: tokens by day and night, page, pieces, print."""
    tokens = _sheet("tokens")
    dark = _dark_rule(tokens)
    by_device = dark.replace(DARK_RULE, DARK_BY_DEVICE)
    night = f"@media screen and (prefers-color-scheme:dark){{{by_device}}}"
    return tokens + night + _sheet("page") + _sheet("report")


@cache
def notebook_styles() -> str:
    """Return the style sheet for pieces shown in notebook cells, each inside ``class="report"``.

    Light and dark follow JupyterLab's own theme; selectors are made stronger than its table rules.
    """
    tokens = _sheet("tokens").replace(DARK_RULE, DARK_NOTEBOOK).replace(":root", ".report")
    return tokens + (_sheet("report") + _sheet("notebook")).replace(".report ", STRONGER)


@cache
def app_styles() -> str:
    """Return the style sheet of the apps' pages: tokens by day and night, frame, pieces, print."""
    tokens = _sheet("tokens") + _sheet("app-tokens")
    night = _dark_rules(tokens).replace(DARK_RULE, DARK_BY_DEVICE)
    by_device = f"@media screen and (prefers-color-scheme:dark){{{night}}}"
    pieces = "".join(map(_sheet, APP_SHEETS))
    plain = pieces.replace(".app {", "body {").replace(".app ", "")  # the page is all ours
    return tokens + by_device + plain + _sheet("app-frame")


@cache
def live_styles() -> str:
    """Return what the pages of a live session need beside ``app_styles``."""
    return _sheet("live")


@cache
def app_notebook_styles() -> str:
    """Return the same for screens in notebook cells; light and dark follow JupyterLab's theme."""
    tokens = _sheet("tokens") + _sheet("app-tokens")
    tokens = tokens.replace(DARK_RULE, DARK_NOTEBOOK.replace(".report", ".app"))
    pieces = "".join(map(_sheet, APP_SHEETS))
    pieces = pieces.replace(".app ", STRONGER_APP) + ROOM_APP.format(".app" * 4)
    return tokens.replace(":root", ".app") + pieces


def app_in_notebook(body: str, language: Language) -> str:
    """Return an app's screen for a notebook, whose own page speaks another language."""
    return f'<div class="app" lang="{HTML_LANGUAGES[language]}">{body}</div>'


def report_page(
    title: str, language: Language, body: str, *, theme: Literal["auto", "light", "dark"] = "auto"
) -> str:
    """Return a whole HTML document that asks no host for anything.

    Args:
        title: What the browser's tab and the bookmark say.
        language: Sets fonts, line heights, and how a screen reader pronounces it.
        body: Finished HTML: head, sections.
        theme: ``auto`` follows the device.
    """
    fixed = "" if theme == "auto" else f' data-theme="{theme}"'
    return (
        f'<!doctype html>\n<html lang="{HTML_LANGUAGES[language]}"{fixed}>\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{report_styles()}</style>\n</head>\n"
        f'<body>\n<main class="report report-page">\n{body}\n</main>\n</body>\n</html>\n'
    )


def book_document(title: str, language: Language, body: str) -> str:
    """Return the playbook, or a part of it, as a whole HTML document that asks no host."""
    return (
        f'<!doctype html>\n<html lang="{HTML_LANGUAGES[language]}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{app_styles()}{_sheet('book')}</style>\n</head>\n"
        f'<body>\n<main class="printed-book">\n{body}\n</main>\n</body>\n</html>\n'
    )


def in_notebook(body: str, language: Language) -> str:
    """Return pieces wrapped so that ``notebook_styles`` reaches them."""
    return f'<div class="report" lang="{HTML_LANGUAGES[language]}">{body}</div>'


def _sheet(name: str) -> str:
    text = files("salestrain.views").joinpath(f"{name}.css").read_text("utf-8")
    return SPACES.sub("", text)


def _dark_rule(tokens: str) -> str:
    start = tokens.index(DARK_RULE)
    return tokens[start : tokens.index("}", start) + 1]


def _dark_rules(tokens: str) -> str:
    """Return every rule of the night."""
    return "".join(re.findall(re.escape(DARK_RULE) + r"\s*\{[^}]*\}", tokens))
