"""The list of reports there are, as more than one app shows it."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from salestrain.apps.making import record_of
from salestrain.language import Text, day, number
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.desk import Report, report_list
from salestrain.views.components.ground import some, tag
from salestrain.views.components.layout import card

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from salestrain.apps.manager.kept import Kept
    from salestrain.apps.visit import Visit

SHOWN = 20
PAST = Text("已有的报告", "Reports so far")
NONE = Text("还没有报告。生成后都列在这里。", "None yet. What you make is listed here.")
ALL = Text("看全部 {n} 份", "Show all {n}")
BROKEN = Text("没做完", "Stopped part-way")
HEADS = (
    Text("报告与结论", "Report and finding"),
    Text("期间", "Period"),
    Text("生成于", "Made on"),
    Text("大小", "Size"),
)


def past_card(
    visit: Visit, reports: Sequence[Kept], titles: Mapping[str, Text], *, every: bool
) -> str:
    """Return a card of reports; unless all are wanted, those after the twentieth by a button.

    Args:
        visit: Who is here.
        reports: What to list, in order.
        titles: The titles of the reviews, by name.
        every: Whether all are wanted.
    """
    language = visit.language
    one, two, three, four = (head.in_(language) for head in HEADS)
    rows = [_report(visit, kept, titles) for kept in (reports if every else reports[:SHOWN])]
    body = report_list(PAST.in_(language), (one, two, three, four), rows)
    if len(rows) < len(reports):
        body += actions(button(ALL.in_(language).format(n=len(reports)), "all"))
    return card(PAST.in_(language), body if rows else some("p", NONE.in_(language)))


def address(visit: Visit, page: Path) -> str:
    """Return where the server shows a report; empty where there is no server."""
    inside = page.relative_to(visit.workspace.reports).as_posix()
    return f"{visit.base_url}reports/{quote(inside)}" if visit.base_url else ""


def _report(visit: Visit, kept: Kept, titles: Mapping[str, Text]) -> Report:
    language, record = visit.language, record_of(kept.page)
    review = titles[kept.review].in_(language) if kept.review in titles else kept.review
    made_on = day(datetime.fromtimestamp(kept.made_at).astimezone(), language)
    return Report(
        f"{kept.whom.name.in_(language)} · {review}",
        address(visit, kept.page),
        str(record["headline"]) if record else "",
        kept.period.name.in_(language),
        escape(made_on) if record else tag(BROKEN.in_(language), "bad", "warn"),
        f"{number(kept.page.stat().st_size / 1000, language)} kB",
    )
