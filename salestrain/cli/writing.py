"""Commands for who writes the playbook: book."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from salestrain.apps.playbook.printed import printed_book
from salestrain.batch.pdf import find_chromium, print_pdfs
from salestrain.cli.app import Lang, Where, app, language_of, out
from salestrain.language import Text
from salestrain.playbook.load import open_playbook
from salestrain.workspace import find_workspace

BOOK = Text("手册在 {place}", "The book is in {place}")


@app.command()
def book(
    sections: Annotated[
        list[str] | None, typer.Argument(help="Sections such as 2.2; default: the whole book.")
    ] = None,
    target: Annotated[Path | None, typer.Option("--out", help="The HTML file to write.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print it to PDF too.")] = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Write the playbook, or sections of it, as one page to read, to send and to print.

    Example: salestrain book 2.2 5.2 --pdf --lang zh
    """
    if pdf:
        find_chromium()
    place, language = find_workspace(workspace), language_of(lang)
    today = datetime.now(UTC).astimezone().date()
    html = printed_book(open_playbook(place, prove=False), language, today, sections or ())
    name = "-".join(["playbook", *(sections or ()), language])
    file = target or place.state / "books" / f"{name}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf-8")
    made = print_pdfs([file])[0] if pdf else file
    out.print(BOOK.in_(language).format(place=made), markup=False)
