"""Commands for who writes the playbook: new, book."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from salestrain.apps.playbook.hant import in_traditional
from salestrain.apps.playbook.printed import printed_book
from salestrain.batch.pdf import find_chromium, print_pdfs
from salestrain.cli.app import Lang, Where, app, language_of, out
from salestrain.errors import UsageError
from salestrain.language import Text
from salestrain.playbook.load import open_playbook
from salestrain.playbook.skeletons import KPIS, Kind, begin
from salestrain.workspace import find_workspace

BEGUN = Text(
    "写好了：{file}。改完看 salestrain check。",
    "Written: {file}. Change it, then run salestrain check.",
)
ENDINGS = (".html", ".pdf")
BOOK = Text("手册在 {place}", "The book is in {place}")


@app.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="page, item, scenario or kpi.")],
    section: Annotated[str, typer.Argument(help="The section it belongs to, such as 2.2.")],
    name: Annotated[str, typer.Argument(help="Lowercase words joined by _, such as price_talk.")],
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Begin a page, item, role-play or KPI: a commented skeleton that passes the check.

    Example: salestrain new item 2.2 late_signature
    """
    place, language = find_workspace(workspace), language_of(lang)
    files = begin(open_playbook(place, prove=False), kind, section, name)
    for path, _ in files:
        if path != KPIS and (place.playbook / path).exists():
            raise UsageError(f"playbook/{path} exists already; choose another name")
    for path, text in files:
        file = place.playbook / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        out.print(BEGUN.in_(language).format(file=file), markup=False)


@app.command()
def book(
    sections: Annotated[
        list[str] | None, typer.Argument(help="Sections such as 2.2; default: the whole book.")
    ] = None,
    target: Annotated[
        Path | None, typer.Option("--out", help="The .html or .pdf to write.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print it to PDF too.")] = False,
    hant: Annotated[
        bool, typer.Option("--hant", help="Chinese in traditional characters.")
    ] = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Write the playbook, or sections of it, as one page to read, to send and to print.

    Example: salestrain book 2.2 5.2 --pdf --lang zh
    """
    ending = target.suffix.lower() if target else ".html"
    if ending not in ENDINGS:
        raise UsageError(f"{target} is neither {' nor '.join(ENDINGS)}; end it in one of them")
    if pdf := pdf or ending == ".pdf":
        find_chromium()
    place, language = find_workspace(workspace), "zh" if hant else language_of(lang)
    today = datetime.now(UTC).astimezone().date()
    html = printed_book(open_playbook(place, prove=False), language, today, sections or ())
    html = in_traditional(html) if hant else html
    name = "-".join(["playbook", *(sections or ()), "zh-hant" if hant else language])
    file = target.with_suffix(".html") if target else place.state / "books" / f"{name}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf-8")
    made = print_pdfs([file])[0] if pdf else file
    out.print(BOOK.in_(language).format(place=made), markup=False)
