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
STRONGER = ".report" * 4 + " "
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


def in_notebook(body: str, language: Language) -> str:
    """Return pieces wrapped so that ``notebook_styles`` reaches them."""
    return f'<div class="report" lang="{HTML_LANGUAGES[language]}">{body}</div>'


def _sheet(name: str) -> str:
    text = files("salestrain.views").joinpath(f"{name}.css").read_text("utf-8")
    return SPACES.sub("", text)


def _dark_rule(tokens: str) -> str:
    start = tokens.index(DARK_RULE)
    return tokens[start : tokens.index("}", start) + 1]
