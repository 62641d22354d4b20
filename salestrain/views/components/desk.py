"""A manager's desk: reports being made, reports there are, tables to sort and to filter."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.views.components.ground import attributes, icon, link, progress_line, some
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNS = {
    "done": f'<span class="good">{icon("check")}</span>',
    "fault": f'<span class="warn">{icon("warn")}</span>',
    "working": '<span class="spinner"></span>',
    "waiting": "<span></span>",
}


class Job(NamedTuple):
    """A report that is waiting, being made, or made; its fault stands beside it in words."""

    title: str
    note: str = ""
    state: Literal["waiting", "working", "done", "fault"] = "waiting"
    href: str = ""
    fault: str = ""


class Report(NamedTuple):
    """A report there is, with what it found; ``tag_html`` is a finished tag."""

    title: str
    href: str
    finding: str
    period: str
    tag_html: str = ""
    note: str = ""


class Heading(NamedTuple):
    """The head of a column, and how the column is sorted."""

    text: str
    kind: Literal["text", "number"] = "text"


def making(title: str, note: str, jobs: Sequence[Job], end: str = "") -> str:
    """Return reports being made: how far, which, and what is safe."""
    done, rows = sum(job.state in {"done", "fault"} for job in jobs), ""
    for job in jobs:
        words = f"<span>{link(job.title, job.href)} {some('span', job.fault, 'warn')}</span>"
        rows += f"<li>{SIGNS[job.state]}{words}{some('small', job.note)}</li>"
    head = f'<div class="card-head"><h2>{escape(title)}</h2>{some("span", note, "note")}</div>'
    said = some("p", f"{title} {done} / {len(jobs)}", "for-screen-reader")
    said = f'<div role="status">{said}</div>{progress_line(done, len(jobs), title)}'
    rows = f"<ul>{rows}</ul>{some('p', end, 'note')}"
    return f'<section class="card making">{head}{said}{rows}</section>'


def report_list(caption: str, heads: tuple[str, str, str, str], reports: Sequence[Report]) -> str:
    """Return the reports there are; heads: report and finding, period, state, note."""
    titles = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    titles = f"{some('caption', caption)}<thead><tr>{titles}</tr></thead>"
    rows = ""
    for one in reports:
        cells = f"<td>{link(one.title, one.href)}{some('span', one.finding, 'finding')}</td>"
        cells += f"<td>{escape(one.period)}</td><td>{one.tag_html}</td>"
        rows += f'<tr>{cells}<td class="note">{escape(one.note)}</td></tr>'
    return f'<table class="report-list">{titles}<tbody>{rows}</tbody></table>'


def sortable_table(
    name: str, caption: str, heads: Sequence[Heading], rows: Sequence[Sequence[str]], sift: str = ""
) -> str:
    """Return a table one can sort by its heads and, if ``sift`` labels a field, filter.

    Args:
        name: The table's id, unique in the page.
        caption: What it shows, for those who don't see its surroundings.
        heads: One for each column.
        rows: Texts; the first names the row.
        sift: Label of the filter field.
    """
    titles, body = "", ""
    for head in heads:
        sorts = f'<button type="button" data-sort="{head.kind}">{escape(head.text)}</button>'
        titles += f'<th scope="col"{_column(head)}>{sorts}</th>'
    for row in rows:
        cells = zip(row[1:], heads[1:], strict=True)
        rest = "".join(f"<td{_column(head)}>{escape(cell)}</td>" for cell, head in cells)
        body += f'<tr><th scope="row">{escape(row[0])}</th>{rest}</tr>'
    wanted = attributes(data_filter=f"#{name}", aria_label=sift, placeholder=sift)
    said = '<p class="for-screen-reader" role="status"></p>'
    sieve = f'<div class="search"><input type="search"{wanted}>{said}</div>' if sift else ""
    inner = f"{some('caption', caption)}<thead><tr>{titles}</tr></thead><tbody>{body}</tbody>"
    table = f'<table class="sortable" data-behaviour="table"{attributes(id=name)}>{inner}</table>'
    given = attributes(role="group", tabindex=0, aria_label=caption)
    return f'{sieve}<div class="table-box"{given}>{table}</div>'


def _column(head: Heading) -> str:
    return classes("number" if head.kind == "number" else "")
