"""The playbook as a book: contents, a page, its rules, and what a search found."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import attributes, icon, link, rule_link, some, tag
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CONTENTS = Text("手册目录", "Contents")
READ = Text("读过", "read")
FIND, SEARCH = Text("在手册里找", "Search the playbook"), Text("查找", "Search")


class Entry(NamedTuple):
    """A line of the contents; ``here`` marks the page that is open, ``read`` one that was read."""

    number: str
    title: str
    href: str
    here: bool = False
    read: bool = False


class Chapter(NamedTuple):
    """A part of the contents."""

    title: str
    entries: tuple[Entry, ...]


class Rule(NamedTuple):
    """A rule of a page: its text, where it is used, and what changed of late, if anything."""

    id: str
    text: str
    used: str = ""
    changed: str = ""


class Found(NamedTuple):
    """A place a search found; the excerpt is in pieces, each with whether it is what was sought."""

    title: str
    href: str
    where: str
    excerpt: tuple[tuple[str, bool], ...]


def book(contents_html: str, page_html: str) -> str:
    """Return contents beside a page; on a phone the contents open from a button."""
    return f'<div class="book">{contents_html}{page_html}</div>'


def contents(chapters: Sequence[Chapter], language: Language) -> str:
    """Return the contents of the whole book."""
    title, lists = CONTENTS.in_(language), ""
    for chapter in chapters:
        rows = "".join(_entry(each, language) for each in chapter.entries)
        lists += f"<h2>{escape(chapter.title)}</h2><ul>{rows}</ul>"
    opens = button(title, look="contents", symbol="list", popovertarget="book-contents")
    given = attributes(id="book-contents", aria_label=title, popover=True)
    return f'<div>{opens}<nav class="book-contents"{given}>{lists}</nav></div>'


def book_page(head_html: str, body: str, meta: Sequence[str] = (), tags_html: str = "") -> str:
    """Return a page of the book.

    Args:
        head_html: From ``page_head``.
        body: Finished HTML: text, rules, examples.
        meta: Who keeps it, since when, how long it takes to read.
        tags_html: Finished tags at the end of that line.
    """
    line = "".join(some("span", text) for text in meta) + tags_html
    about = f'<p class="book-meta">{line}</p>' if line else ""
    return f'<article class="book-page">{head_html}{about}<div class="prose">{body}</div></article>'


def image(path: Path, caption: str) -> str:
    """Return a picture from a file, carried in the page itself."""
    kind = "jpeg" if path.suffix in (".jpg", ".jpeg") else path.suffix[1:]
    source = f"data:image/{kind};base64,{b64encode(path.read_bytes()).decode()}"
    shown = f"<img{attributes(src=source, alt=caption)}>"
    return f"<figure>{shown}{some('figcaption', caption)}</figure>"


def rules(rules: Sequence[Rule]) -> str:
    """Return rules by id; each can be linked to as ``#id``."""
    rows = ""
    for rule in rules:
        changed = f"<p>{tag(rule.changed, 'warn')}</p>" if rule.changed else ""
        says = f"<p>{escape(rule.text)}</p>{changed}{some('p', rule.used, 'note')}"
        look = classes("rule--changed" if rule.changed else "") + attributes(id=rule.id)
        rows += f"<li{look}>{rule_link(rule.id, f'#{rule.id}')}<div>{says}</div></li>"
    return f'<ol class="rules">{rows}</ol>'


def search_form(sought: str, language: Language, do: str = "find", name: str = "find") -> str:
    """Return the field that searches the playbook."""
    label = FIND.in_(language)
    given = attributes(name=name, value=sought, aria_label=label, placeholder=label)
    go = button(SEARCH.in_(language), look="icon", symbol="search")
    typed = f'<input type="search" maxlength="80" autocomplete="off"{given}>'
    return f'<form class="search" role="search"{attributes(data_do=do)}>{typed}{go}</form>'


def search_results(summary: str, found: Sequence[Found]) -> str:
    """Return what a search found, best first, under a line that says how much."""
    rows = ""
    for one in found:
        parts = "".join(some("mark", t) if sought else escape(t) for t, sought in one.excerpt)
        head = f"<h2>{link(one.title, one.href)}</h2>{some('p', one.where, 'note')}"
        rows += f"<li>{head}<p>{parts}</p></li>"
    said = f'<p class="note" role="status">{escape(summary)}</p>'
    return f'{said}<ol class="search-results">{rows}</ol>'


def _entry(entry: Entry, language: Language) -> str:
    given = attributes(href=entry.href or None, aria_current="page" if entry.here else None)
    said = some("span", READ.in_(language), "for-screen-reader")
    read = f'<span class="read">{icon("check")}{said}</span>' if entry.read else ""
    number = some("span", entry.number, "number")
    return f"<li><a{given}>{number}{escape(entry.title)}{read}</a></li>"


def cover(company: str, title: str, note: str) -> str:
    """Return the first page of the printed book."""
    says = f"{some('p', company, 'kicker')}<h1>{escape(title)}</h1>{some('p', note, 'note')}"
    return f'<header class="book-cover">{says}</header>'


def printed_contents(chapters: Sequence[Chapter], language: Language) -> str:
    """Return the contents of the printed book, which lead to its sections."""
    lists = ""
    for chapter in chapters:
        rows = "".join(_entry(each, language) for each in chapter.entries)
        lists += f"<h3>{escape(chapter.title)}</h3><ul>{rows}</ul>"
    return f'<nav class="book-front"><h2>{CONTENTS.in_(language)}</h2>{lists}</nav>'


def printed_section(section: str, title: str, chapter: str, body: str) -> str:
    """Return a section of the printed book, which begins on a new page."""
    head = f"{some('p', chapter, 'kicker')}<h2>{escape(f'{section} {title}')}</h2>"
    given = attributes(id=section)
    return f'<section class="book-section"{given}>{head}<div class="prose">{body}</div></section>'


def printed_glossary(title: str, rows: Sequence[tuple[str, str, str]]) -> str:
    """Return the words at the end of the book: name, name in the other language, meaning."""
    terms = "".join(
        f"<div><dt>{escape(name)} {some('span', other, 'note')}</dt><dd>{escape(says)}</dd></div>"
        for name, other, says in rows
    )
    words = f'<h2>{escape(title)}</h2><dl class="words">{terms}</dl>'
    return f'<section class="book-section">{words}</section>'
