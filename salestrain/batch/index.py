"""The page that lists a batch's reports, each with its finding, and lets a reader search them."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from salestrain.batch.record import write_whole
from salestrain.language import Language, Text, day
from salestrain.views.theme import POLICY, report_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salestrain.batch.run import Outcome, Status

GROUPS = {
    "company": Text("公司", "Company"),
    "region": Text("大区", "Regions"),
    "team": Text("团队", "Teams"),
    "rep": Text("个人", "Reps"),
}
STATES: dict[Status, tuple[str, Text]] = {
    "done": ("brand", Text("新做", "New")),
    "unchanged": ("plain", Text("未变", "Unchanged")),
    "failed": ("bad", Text("没做完", "Stopped")),
    "earlier": ("plain", Text("之前做的", "Earlier")),
}
MADE = Text("{day}生成", "made on {day}")
COUNT = Text("{all} 份", "Reports: {all}")
COUNT_FAILED = Text("{all} 份，其中 {failed} 份没做完", "Reports: {all}, stopped: {failed}")
SEARCH = Text("按名字或结论查找", "Find a name or a finding")
FOUND = Text("找到 0 份", "Found: 0")
TITLE = Text("回顾报告", "Reviews")
HERE, SCRIPT = Path(__file__).parent, "index.js"


def write_index(
    out: Path,
    outcomes: Sequence[Outcome],
    *,
    company: str,
    period: Text,
    language: Language,
    made_on: date | None = None,
) -> Path:
    """Write ``index.html`` beside the reports and return its path.

    Groups and reports keep the order of the outcomes; ``made_on`` is today if it isn't given.
    """
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.job.group, []).append(outcome)
    failed = sum(outcome.status == "failed" for outcome in outcomes)
    count = (COUNT_FAILED if failed else COUNT).in_(language)
    count = count.format(all=len(outcomes), failed=failed)
    made = MADE.in_(language).format(day=day(made_on or datetime.now().astimezone(), language))
    when = period.in_(language)
    body = (
        f"<style>{_beside('index.css')}</style>"
        f'<header class="report-head"><p class="kicker"><span>{escape(company)}</span>'
        f"<span>{escape(when)}</span></p><h1>{TITLE.in_(language)}</h1>"
        f'<p class="index-note">{count} · {made}</p></header>'
        f"{_search(language)}{''.join(_group(*group, language) for group in groups.items())}"
        f"<script>{_beside(SCRIPT)}</script>"
    )
    page = report_page(f"{company} · {TITLE.in_(language)} · {when}", language, body)
    write_whole(out / "index.html", page.replace(POLICY, f"{POLICY}; script-src {script_source()}"))
    return out / "index.html"


def script_source() -> str:
    """Return the index's own script, and no other, as a content security policy names it."""
    return f"'sha256-{b64encode(sha256(_beside(SCRIPT).encode()).digest()).decode()}'"


def _search(language: Language) -> str:
    said = f'<output class="index-note" data-found="{FOUND.in_(language)}"></output>'
    return (
        f'<label class="index-search"><span>{SEARCH.in_(language)}</span>'
        f'<input type="search" autocomplete="off">{said}</label>'
    )


def _group(name: str, members: Sequence[Outcome], language: Language) -> str:
    title = GROUPS[name].in_(language) if name in GROUPS else name
    rows = "".join(_row(outcome, language) for outcome in members)
    return (
        f'<section class="index-group"><h2>{escape(title)}<small>{len(members)}</small></h2>'
        f"<ul>{rows}</ul></section>"
    )


def _row(outcome: Outcome, language: Language) -> str:
    given = outcome.job.title
    title = escape(given.in_(language) if isinstance(given, Text) else given)
    name = f'<a href="{quote(outcome.page.name)}">{title}</a>'
    tone, state = STATES[outcome.status]
    return (
        f"<li>{name if outcome.page.exists() else f'<b>{title}</b>'}"
        f'<span class="tag tag--{tone}">{state.in_(language)}</span>'
        f'<span class="finding">{escape(outcome.reason or outcome.headline)}</span></li>'
    )


def _beside(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
