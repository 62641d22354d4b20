"""Items to a workbook and back: what was edited changes and all else stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from salestrain.errors import ContentError
from salestrain.playbook.load import load_playbook
from salestrain.playbook.sheets import Changed, changed_files, read_workbook, write_workbook

pytestmark = pytest.mark.slow  # each reads a whole playbook or workspace

ITEM = "2.2.i.which_stage"
NEW = {
    "kind": ("", "", "single"),
    "level": ("", "", "apply"),
    "expected_facility": ("", "", 0.6),
    "tags": ("", "", "stages"),
    "cites": ("", "", "2.2.stalled, 2.2.next_step"),
    "stem": (
        "客户说「下周再说」，这算下一步吗？",
        'The customer says "next week". Is that a step?',
        "",
    ),
    "options.no": ("不算，没有日期", "No, there is no date", ""),
    "options.no.key": ("", "", True),
    "options.no.feedback": ("对。", "Right.", ""),
    "options.maybe": ("看客户口气", "It depends on the tone", ""),
    "options.maybe.feedback": ("口气记不进 CRM。", "The CRM has no field for tone.", ""),
    "options.yes": ("算", "Yes", ""),
    "options.yes.feedback": ("没有哪天、谁、做什么。", "No day, no person, no action.", ""),
}


class Editing:
    """A playbook, its workbook, and what an edit makes of it."""

    def __init__(self, root: Path, book: Path) -> None:
        self.root, self.book = root, book
        paths = sorted((root / "items").glob("2.2-*.yaml"))
        self.files = {path: path.read_text(encoding="utf-8") for path in paths}
        write_workbook(self.files, book)
        self.opened = load_workbook(book)

    @property
    def sheet(self) -> Worksheet:
        return self.opened["2.2"]

    def row(self, field: str, item: str = ITEM) -> int:
        lines = enumerate(self.sheet.iter_rows(values_only=True), 1)
        return next(number for number, line in lines if line[:2] == (item, field))

    def write(self, field: str, column: str, value: object) -> int:
        at = self.row(field)
        self.sheet.cell(at, {"zh": 3, "en": 4, "value": 5}[column], value)
        return at

    def taken(self) -> Changed:
        self.opened.save(self.book)
        return changed_files(self.root, self.files, read_workbook(self.book), self.book, None)

    def faults(self) -> list[str]:
        with pytest.raises(ContentError) as refused:
            self.taken()
        return str(refused.value).splitlines()


@pytest.fixture
def editing(root: Path, tmp_path: Path) -> Editing:
    return Editing(root, tmp_path / "items.xlsx")


def test_nothing_edited_changes_nothing(editing: Editing) -> None:
    assert editing.taken() == Changed({}, 0, 0)


def test_an_edit_changes_its_field_and_no_other_sign(editing: Editing) -> None:
    editing.write("stem", "zh", "换了一句：「{{2.2.stalled.days}} 天」够不够？\n第二行")
    editing.write("level", "value", "recall")
    editing.write("cites", "value", "2.2.stalled, 2.2.next_step")
    found = editing.taken()
    ((path, text),) = found.files.items()
    assert (found.changed, found.new) == (1, 0)
    old, new = editing.files[path].splitlines(), text.splitlines()
    assert [line for line in old if line.lstrip().startswith("#")] == [
        line for line in new if line.lstrip().startswith("#")
    ]
    path.write_text(text, encoding="utf-8")
    before, after = editing.files[path], load_playbook(editing.root).items[ITEM]
    assert after.stem.zh.splitlines()[1] == "第二行"
    assert after.level == "recall"
    assert after.cites == ("2.2.stalled", "2.2.next_step")
    assert len(before.splitlines()) - len(new) <= 6  # a block became a line, and nothing went


def test_a_new_item_joins_the_others_of_its_section(editing: Editing) -> None:
    for field, (zh, en, value) in NEW.items():
        editing.sheet.append(["2.2.i.next_week", field, zh, en, value])
    found = editing.taken()
    assert (found.changed, found.new) == (0, 1)
    assert [path.name for path in found.files] == ["2.2-opportunity-stages.yaml"]
    for path, text in found.files.items():
        path.write_text(text, encoding="utf-8")
    item = load_playbook(editing.root).items["2.2.i.next_week"]
    assert item.solution("zh") == ("no",)
    assert item.cites == ("2.2.stalled", "2.2.next_step")


def test_faults_are_told_by_sheet_and_row_all_at_once(editing: Editing) -> None:
    level = editing.write("level", "value", "hard")
    stem = editing.write("stem", "en", "As in {{2.2.stalled.dais}}")
    found = editing.faults()
    assert any(f"items.xlsx [2.2]:{level}: 'level' is 'hard'" in line for line in found)
    assert any(
        f"items.xlsx [2.2]:{stem}: reference {{{{2.2.stalled.dais}}}}" in line for line in found
    )
    assert all("[2.2]:" in line for line in found)


def test_nothing_that_was_typed_is_passed_over(editing: Editing) -> None:
    stray = editing.write("level", "zh", "难")
    editing.sheet.append(["", "stem", "题", "A stem", ""])
    editing.sheet.append([ITEM, "level", "", "", "recall"])
    editing.sheet.append(["", "", "", "", ""])
    last = editing.sheet.max_row
    book = "items.xlsx [2.2]:"
    said = [each[each.index(book) + len(book) :] for each in editing.faults()]
    assert said == [
        f"{stray}: 'level' has no zh; write it under value",
        f"{last - 2}: the row names no item or no field; fill in both, or empty the row",
        f"{last - 1}: {ITEM} has 'level' in a row above already; keep one of them",
    ]


def test_what_is_not_there_and_what_lacks_its_kind_is_named(editing: Editing) -> None:
    editing.sheet.append([ITEM, "options.forth", "四", "four", ""])
    editing.sheet.append(["2.2.i.no_kind", "stem", "题", "A stem", ""])
    last = editing.sheet.max_row
    found = editing.faults()
    assert f"[2.2]:{last - 1}: {ITEM} has no field 'options.forth'" in found[0]
    assert f"[2.2]:{last}: item '2.2.i.no_kind' is new and has no kind" in found[1]


def test_a_sheet_without_its_columns_and_a_file_that_is_none(
    editing: Editing, tmp_path: Path
) -> None:
    editing.sheet["B1"] = "feld"
    assert "sheet '2.2' has no column 'field'" in editing.faults()[0]
    (tmp_path / "no.xlsx").write_text("not a workbook")
    with pytest.raises(ContentError, match="this is no workbook; save it as"):
        read_workbook(tmp_path / "no.xlsx")


def test_text_that_looks_like_a_formula_stays_text(editing: Editing) -> None:
    at = editing.write("stem", "en", "=1+1")
    editing.sheet.cell(at, 4).data_type = "s"
    ((_, text),) = editing.taken().files.items()
    assert '"=1+1"' in text
