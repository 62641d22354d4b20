"""What an author runs: a skeleton to begin with, a book to read, a workbook to edit."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from salestrain.workspace import create_workspace
from tests.cli.conftest import Run


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A workspace with the shipped items too."""
    return create_workspace(tmp_path / "whole").root


@pytest.mark.slow
def test_what_is_begun_passes_the_check_and_is_not_begun_twice(run: Run, whole: Path) -> None:
    asked = "new", "item", "2.2", "late_signature", "--workspace", whole
    file = whole / "playbook/items/2.2-late-signature.yaml"
    begun = run(*asked)
    assert begun.code == 0
    assert begun.out.startswith(f"Written: {file}.")
    assert run("check", whole).code == 0
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    again = run(*asked)
    assert (again.code, again.err) == (
        2,
        "2.2.i.late_signature exists already; choose another name\n",
    )
    assert file.read_text("utf-8").endswith("# mine\n")


@pytest.mark.slow
def test_items_go_to_a_workbook_and_come_back_edited(run: Run, whole: Path) -> None:
    book = whole / "items.xlsx"
    said = run("quiz", "export", book, "--section", "2.2", "--workspace", whole)
    assert said.code == 0
    items = {path: path.read_text("utf-8") for path in (whole / "playbook/items").glob("*")}
    same = run("quiz", "import", book, "--workspace", whole)
    assert same.out.startswith("0 items changed, 0 new, in 0 files.")
    assert {path: path.read_text("utf-8") for path in items} == items
    opened = load_workbook(book)
    cell = next(
        cell
        for row in opened["2.2"].iter_rows()
        for cell in row
        if cell.value == "First contact, the director has yet to appear"
    )
    cell.value = "First contact, as the director is missing"
    opened.save(book)
    assert run("quiz", "import", book, "--workspace", whole).out.startswith("1 items changed")


def test_a_section_as_a_book(run: Run, workspace: Path) -> None:
    file = workspace / "2.2.html"
    said = run("book", "2.2", "--out", file, "--workspace", workspace)
    assert (said.code, said.out) == (0, f"The book is in {file}\n")
    text = file.read_text("utf-8")
    assert "Opportunity stages" in text
    assert "Order loop" not in text
    assert "://" not in text.replace("http://www.w3.org/", "")


def test_a_book_has_an_ending_that_can_be_read(run: Run, workspace: Path) -> None:
    said = run("book", "--out", workspace / "book.doc", "--workspace", workspace)
    assert said.code == 2
    assert said.err.endswith("book.doc is neither .html nor .pdf; end it in one of them\n")
    assert not (workspace / "book.doc").exists()


@pytest.mark.slow
@pytest.mark.browser
def test_a_book_named_pdf_is_one(run: Run, workspace: Path) -> None:
    file = workspace / "book.pdf"
    said = run("book", "2.2", "2.3", "--out", file, "--workspace", workspace)
    assert (said.code, said.out) == (0, f"The book is in {file}\n")
    assert file.read_bytes().startswith(b"%PDF-")
    assert file.read_bytes().count(b"/Type /Page\n") + file.read_bytes().count(b"/Type/Page") > 2
