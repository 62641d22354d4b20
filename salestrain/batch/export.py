"""An executed notebook as one HTML page: what it shows, without its code."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt

from salestrain.language import LANGUAGES, Language, Text
from salestrain.views.theme import report_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FACTS = "application/x-salestrain+json"
HIDDEN = "remove-cell"
MARKER = "papermill-error-cell-tag"
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
STOPPED = Text("这份报告没有做完", "This report stopped part-way")
KEEPS = Text(
    "上面如有内容，都是算好的。原因如下；完整的出错记录在同名的 .ipynb 里，可以交给维护的人看。",
    "Anything above is complete. The reason is below; the full error is in the .ipynb of the same "
    "name, for whoever looks after this.",
)


class Report(NamedTuple):
    """A finished page and the sentence that stands for it in the index."""

    page: str
    headline: str


def report_from(notebook: Mapping[str, Any], title: str, language: Language) -> Report:
    """Turn an executed notebook (nbformat 4) into a self-contained page in the reader's language.

    A cell tagged with the other language, or ``remove-cell``, is left out. The title is the one the
    notebook displays (``{"title": …}`` as ``application/x-salestrain+json``), else the one given;
    the headline is the last one displayed, else empty.
    """
    facts: dict[str, str] = {}
    parts: list[str] = []
    for cell in notebook["cells"]:
        outputs = cell.get("outputs", [])
        errors = [output for output in outputs if output["output_type"] == "error"]
        parts += _shown(cell) if _is_for(cell, language) else []
        parts += [_error(error, language) for error in errors]
        for output in outputs:
            facts |= output.get("data", {}).get(FACTS, {})
        if errors:
            break  # headings of what was never computed promise too much
    page = report_page(facts.get("title") or title, language, "\n".join(parts))
    return Report(page, facts.get("headline", ""))


def _is_for(cell: Mapping[str, Any], language: Language) -> bool:
    unwanted = {HIDDEN, MARKER, *LANGUAGES} - {language}
    return unwanted.isdisjoint(cell["metadata"].get("tags", []))


def _shown(cell: Mapping[str, Any]) -> Iterator[str]:
    if cell["cell_type"] == "markdown":
        yield MARKDOWN.render(_text(cell["source"]))
    for output in cell.get("outputs", []):
        if "data" in output:
            yield _best(output["data"])
        elif output.get("name") == "stdout":
            yield _plain(output["text"])


def _best(data: Mapping[str, Any]) -> str:
    for kind in ("text/html", "image/svg+xml"):
        if kind in data:
            return _text(data[kind])
    if "image/png" in data:
        return f'<img alt="" src="data:image/png;base64,{_text(data["image/png"]).strip()}">'
    if "text/markdown" in data:
        return str(MARKDOWN.render(_text(data["text/markdown"])))
    return _plain(data["text/plain"]) if "text/plain" in data and FACTS not in data else ""


def _error(output: Mapping[str, Any], language: Language) -> str:
    reason = _plain(f"{output['ename']}: {output['evalue']}")
    return (
        f'<section class="part" role="alert"><h2 class="bad">{STOPPED.in_(language)}</h2>'
        f"<p>{KEEPS.in_(language)}</p>{reason}</section>"
    )


def _plain(text: str | list[str]) -> str:
    return f'<pre style="white-space:pre-wrap">{html.escape(_text(text))}</pre>'


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
