# ruff: noqa: DTZ001 (a workbook's days have no zone)
from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sql
from openpyxl import Workbook

from salestrain.crm.importing import import_export
from salestrain.crm.read import list_sheets
from salestrain.errors import ContentError
from tests.crm.exports import DEALS, GOOD, PEOPLE, deals, faults, mapping, real, rows, write

SIMPLIFIED = "商机名称,负责人,金额\n水处理项目,王伟,1200\n"
TRADITIONAL = "商機名稱,負責人,金額\n水處理專案,陳怡君,1200\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        ("name,owner\nDeal,陳怡君\n", "big5"),
        ("name,owner\nDeal,王伟\n", "gbk"),
        ("name,owner\nDeal,Ann\n", "utf-16-le"),
        ("名前,金額\n田中さん,1200\n", "cp932"),
        ("имя,сумма\nИван Петров,5\n", "cp1251"),
    ],
)
def test_a_text_table_reads_the_same_in_every_usual_encoding(
    tmp_path: Path, text: str, encoding: str
) -> None:
    (path,) = write(tmp_path, deals=text.encode(encoding))
    expected = [(at, line.split(",")) for at, line in enumerate(text.splitlines(), 1)]
    assert [
        (at, [c.lstrip("\ufeff") for c in cells]) for at, cells in list_sheets(path)[0].lines
    ] == expected


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_evenly(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (("a", "b", "c"), ("1, 2; 3", "x", "y")))
    (path,) = write(tmp_path, deals=text.replace("1, 2; 3", '"1, 2; 3"'))
    assert list_sheets(path)[0].lines[1] == (2, ["1, 2; 3", "x", "y"])


def test_row_numbers_are_those_of_the_file_whatever_the_cells_hold(tmp_path: Path) -> None:
    (path,) = write(tmp_path, deals='a,b\n1,"two\nlines"\n\n3,4\n')
    assert [number for number, _ in list_sheets(path)[0].lines] == [1, 2, 5]


def test_a_workbook_may_have_a_title_blank_columns_and_a_totals_row(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "opportunities"
    sheet.append(["Deals of the year"])
    sheet.append([])
    sheet.append([None, *DEALS.split(",")])
    sheet.append([None, "d1", "ann", "won", date(2026, 1, 5), datetime(2026, 2, 10, 9, 30), 1200.5])
    sheet.append([None, 1001, "bo", "open", date(2026, 1, 6), None, 7])
    sheet.append([None, "Grand Total", None, None, None, None, 1207.5])
    people = book.create_sheet("people")
    for line in PEOPLE.splitlines():
        people.append(line.split(","))
    book.save(tmp_path / "crm.xlsx")
    report = import_export([tmp_path / "crm.xlsx"], None, tmp_path / "crm")
    assert rows(
        report,
        "SELECT opportunity_id, created_on::VARCHAR, closed_on::VARCHAR, amount FROM opportunities",
    ) == [
        ("1001", "2026-01-06", None, 7.0),
        ("d1", "2026-01-05", "2026-02-10", 1200.5),
    ]
    assert [str(fault) for fault in report.faults] == [
        "crm.xlsx [opportunities]:6: a totals row, not a record; nothing to mend"
    ]


def test_parquet_sqlite_and_a_database_url_read_like_a_csv(tmp_path: Path) -> None:
    table = (
        f"SELECT * FROM read_csv('{write(tmp_path, opportunities=f'{DEALS}{chr(10)}{GOOD}')[0]}')"
    )
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({table}) TO '{tmp_path}/opportunities.parquet' (FORMAT parquet)")
    engine = sql.create_engine(f"sqlite:///{tmp_path}/crm.db")
    with engine.begin() as connection_:
        connection_.execute(sql.text("CREATE TABLE people (person_id TEXT, name TEXT, role TEXT)"))
        connection_.execute(sql.text("INSERT INTO people VALUES ('ann', 'Ann', 'rep')"))
        connection_.execute(sql.text("CREATE TABLE log (line TEXT)"))
    engine.dispose()
    for database in (tmp_path / "crm.db", f"sqlite:///{tmp_path}/crm.db"):
        report = import_export(
            [tmp_path / "opportunities.parquet", database], None, tmp_path / "crm"
        )
        assert rows(report, "SELECT owner_id, closed_on::VARCHAR, amount FROM opportunities") == [
            ("ann", "2026-02-10", 1200.0)
        ]
        assert [note.en for note in report.notes] == ["no table is filled from crm.db [log]"]


def test_a_database_that_is_not_there_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        list_sheets(f"sqlite:///{tmp_path}/gone.db")
    assert faults(tmp_path, error) == [
        "gone.db: there is no such file; check the name and the folder"
    ]
    assert list(tmp_path.iterdir()) == []


def test_decimal_commas_are_read_if_the_mapping_says_so(tmp_path: Path) -> None:
    text = f"{DEALS.replace(',', ';')}\n{GOOD.replace(',', ';').replace('1200', '1.200,50 €')}\n"
    files = write(tmp_path, people=PEOPLE, opportunities=text)
    columns = ", ".join(f"{name}: {name}" for name in DEALS.split(","))
    made = mapping(
        f'decimal: ","\ntables:\n  people: {{columns: {{person_id: person_id, name: name}}}}\n'
        f"  opportunities: {{columns: {{{columns}}}}}\n"
    )
    assert rows(
        import_export(files, made, tmp_path / "crm"), "SELECT amount FROM opportunities"
    ) == [(1200.5,)]


def test_a_table_may_come_in_several_files(tmp_path: Path) -> None:
    files = write(
        tmp_path,
        people=PEOPLE,
        deals_2025=f"{DEALS}\n{GOOD}\n",
        deals_2026=f"amount,{DEALS.removesuffix(',amount')}\n9,d2,bo,won,2026-01-05,2026-02-10\n8,d1,bo,won,2026-01-05,\n",
    )
    columns = ", ".join(f"{name}: {name}" for name in DEALS.split(","))
    made = mapping(
        "tables:\n  people: {columns: {person_id: person_id, name: name}}\n"
        f"  opportunities: {{from: 'deals*.csv', columns: {{{columns}}}}}\n"
    )
    report = import_export(files, made, tmp_path / "crm")
    assert rows(report, "SELECT opportunity_id, amount FROM opportunities") == [
        ("d1", 1200.0),
        ("d2", 9.0),
    ]
    assert [fault.what for fault in report.faults] == [
        "opportunity_id 'd1' is already in row 2 of deals_2025.csv"
    ]


def test_real_chinese_files_have_their_true_columns_and_leading_zeros() -> None:
    folder = real("zh_retail_clean")
    (sheet,) = list_sheets(folder / "产品和数量.csv")
    assert sheet.lines[0][1][:5] == ["客户id", "订单日期", "订单ID", "产品", "数量"]
    assert (len(sheet.lines), sheet.lines[1][1][0]) == (11, "001")
    (large,) = list_sheets(folder / "我学会数据处理啦啦啦.csv")
    assert len(large.lines) == 9998


def test_northwind_reads_table_by_table() -> None:
    sheets = {sheet.name: sheet for sheet in list_sheets(real("northwind") / "northwind.sqlite")}
    assert len(sheets["Orders"].lines) == 831
    assert len(sheets["Order Details"].lines) == 2156
    with pytest.raises(ContentError, match="the table can't be read: no such column"):
        _ = sheets["ProductDetails_V"].lines


def test_tab_separated_files_named_csv_are_cut_at_the_tabs() -> None:
    (sheet,) = list_sheets(real("adventureworks") / "SalesPersonQuotaHistory.csv")
    assert len(sheet.lines) == 163
    assert sheet.lines[0][1][:4] == ["1", "274", "2011-05-31 00:00:00", "28000"]


def test_a_hundred_thousand_deals_keep_their_count(tmp_path: Path) -> None:
    many = (
        f"x{at},{'ann' if at % 2 else 'bo'},won,2026-01-05,2026-02-10,{at}" for at in range(20_000)
    )
    report = deals(tmp_path, *many)
    assert rows(report, "SELECT count(*), sum(amount) FROM opportunities") == [
        (20_000, 199_990_000.0)
    ]
