"""Each way an export can be wrong, and the exact words that say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from salestrain.crm.importing import import_export
from salestrain.errors import ContentError
from tests.crm.exports import DEALS, GOOD, PEOPLE, deals, faults, quarantined, rows, said, write


def refused(folder: Path, **texts: str | bytes) -> list[str]:
    with pytest.raises(ContentError) as error:
        import_export(write(folder, **texts), None, folder / "crm")
    assert not (folder / "crm").exists()
    return faults(folder, error)


def counts(report: object) -> tuple[int, int, int]:
    note = report.tables["opportunities"]  # type: ignore[attr-defined]
    return note.read, note.accepted, note.quarantined


def test_an_empty_file(tmp_path: Path) -> None:
    assert refused(tmp_path, people=PEOPLE, opportunities="") == [
        "opportunities.csv: the file is empty; export it again"
    ]


def test_a_file_of_blank_lines(tmp_path: Path) -> None:
    assert refused(tmp_path, people=PEOPLE, opportunities=",,\n , \n") == [
        "opportunities.csv: the sheet is empty; export it again"
    ]


def test_a_header_and_nothing_else(tmp_path: Path) -> None:
    assert refused(tmp_path, people=PEOPLE, opportunities=DEALS) == [
        "opportunities.csv: a header but no rows; opportunities needs at least one row"
    ]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    garbage = bytes(range(256)) * 20
    assert refused(tmp_path, people=PEOPLE, opportunities=garbage) == [
        (
            "opportunities.csv: the file is not text in any known encoding; "
            "export the table again as CSV (UTF-8)"
        )
    ]


def test_an_archive_named_csv(tmp_path: Path) -> None:
    archive = b"PK\x03\x04" + b"\0" * 400
    assert refused(tmp_path, people=PEOPLE, opportunities=archive) == [
        (
            "opportunities.csv: the file is a zip archive or an Excel workbook, not a text table; "
            "export the table again as CSV (UTF-8)"
        )
    ]


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(ContentError) as error:
        import_export([path], None, tmp_path / "crm")
    assert faults(tmp_path, error) == [
        "book.xlsx: not an Excel workbook; export it again as .xlsx or CSV"
    ]


def test_an_encoding_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    text = f"{DEALS},name\n{GOOD},Müller Straße\n{GOOD.replace('d1', 'd2')},Café Zoë\n"
    report = import_export(
        write(tmp_path, people=PEOPLE, opportunities=text.encode("cp1252")), None, tmp_path / "crm"
    )
    assert [note.en for note in report.notes] == [
        "opportunities.csv is read as CP1250",
        "there is no table teams, so people.team_id could not be checked",
    ][:1]
    assert rows(report, "SELECT name FROM opportunities") == [("Müller Straße",), ("Café Zoë",)]


def test_a_file_cut_in_the_middle_of_a_character(tmp_path: Path) -> None:
    whole = f"{DEALS},name\n{GOOD},水处理\n{GOOD.replace('d1', 'd2')},水处理".encode()
    report = import_export(
        write(tmp_path, people=PEOPLE, opportunities=whole[:-1]), None, tmp_path / "crm"
    )
    assert counts(report) == (2, 1, 1)
    assert said(tmp_path, report) == [
        (
            "opportunities.csv:3: a character is broken: the file was cut, or its encoding "
            "damaged; "
            "export it again as UTF-8"
        )
    ]


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    text = f"{DEALS},amount\n{GOOD},5\n"
    assert refused(tmp_path, people=PEOPLE, opportunities=text) == [
        (
            "opportunities.csv:1: two columns are named 'amount' (number 6 and number 7); "
            "rename or remove one of them in the export"
        )
    ]


def test_a_required_column_missing(tmp_path: Path) -> None:
    text = "opportunity_id,outcome,amount\nd1,won,5\n"
    assert refused(tmp_path, people=PEOPLE, opportunities=text) == [
        (
            "opportunities.csv:1: no column 'owner_id' (负责人, owner), which is required; "
            "the header has: 'opportunity_id', 'outcome', 'amount'"
        )
    ]


def test_a_required_table_missing(tmp_path: Path) -> None:
    assert refused(tmp_path, people=PEOPLE) == [
        (
            "people.csv: no file for the table 'opportunities', which is required "
            "(given: 'people.csv'); name it opportunities.csv, or give a mapping"
        )
    ]


def test_a_file_that_is_no_table_of_ours(tmp_path: Path) -> None:
    assert refused(tmp_path, people=PEOPLE, oportunities=f"{DEALS}\n{GOOD}\n") == [
        (
            "oportunities.csv: 'oportunities' is no table of ours; did you mean 'opportunities'? "
            "Or give a mapping: --suggest writes one"
        )
    ]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        import_export([tmp_path / "gone.csv", tmp_path, tmp_path / "a.pdf"], None, tmp_path / "crm")
    (tmp_path / "a.pdf").touch()
    assert [str(fault).replace(str(tmp_path), "DIR") for fault in error.value.faults] == [
        f"DIR: this is a folder; name the files in it, e.g. {tmp_path.name}/*.csv",
        "DIR/a.pdf: there is no such file; check the name and the folder",
        "DIR/gone.csv: there is no such file; check the name and the folder",
    ]
    with pytest.raises(ContentError, match=r"files ending in '.pdf' can't be read; export it as"):
        import_export([tmp_path / "a.pdf"], None, tmp_path / "crm")


ONE_ROW = [
    (
        "d1,bo,open,2026-01-01,,7",
        (
            "opportunities.csv:3: column 'opportunity_id': opportunity_id 'd1' is already in "
            "row 2; "
            "keep one row for each"
        ),
    ),
    (
        "d2,zoe,open,2026-01-01,,7",
        (
            "opportunities.csv:3: column 'owner_id': 'zoe' is not in people; "
            "add it to people, or correct it"
        ),
    ),
    (
        "d2,,open,2026-01-01,,7",
        "opportunities.csv:3: column 'owner_id': owner_id is empty; fill it in the CRM",
    ),
    (
        "d2,bo,won,2026-03-01,2026-02-01,7",
        (
            "opportunities.csv:3: column 'closed_on': closed_on '2026-02-01' is before created_on; "
            "mend one of the two dates in the CRM"
        ),
    ),
    (
        "d2,bo,won,2026-01-01,2026-02-01,-7",
        "opportunities.csv:3: column 'amount': '-7' is below 0; correct it in the CRM",
    ),
    (
        "d2,bo,won,2026-01-01,2026-02-01,a lot",
        (
            "opportunities.csv:3: column 'amount': 'a lot' is not a number; "
            "write it as 1234.50, or say 'decimal' in the mapping"
        ),
    ),
    (
        "d2,bo,won,2026-01-01,2026-02-01,1e308",
        "opportunities.csv:3: column 'amount': '1e308' is beyond 1e12; look for a misplaced point",
    ),
    (
        "d2,bo,won,2026-01-01,soon,7",
        "opportunities.csv:3: column 'closed_on': 'soon' is not a date; write it as 2026-09-30",
    ),
    (
        "d2,bo,wom,2026-01-01,2026-02-01,7",
        (
            "opportunities.csv:3: column 'outcome': 'wom' is not known; "
            "map it to one of: open, won, lost"
        ),
    ),
    (
        "Total,,,,,1207",
        "opportunities.csv:3: a totals row, not a record; nothing to mend",
    ),
    (
        "Grand Totals (2 records),,,,,1207",
        "opportunities.csv:3: a totals row, not a record; nothing to mend",
    ),
    (
        "合计：,,,,,1207",
        "opportunities.csv:3: a totals row, not a record; nothing to mend",
    ),
    (
        "d2,bo,won,2026-01-01,2026-02-01,7,8,9",
        (
            "opportunities.csv:3: the row has more cells than the header; "
            "quote the cell that holds the delimiter"
        ),
    ),
]


@pytest.mark.parametrize(("row", "fault"), ONE_ROW)
def test_one_bad_row_is_set_aside_and_the_good_one_taken(
    tmp_path: Path, row: str, fault: str
) -> None:
    report = deals(tmp_path, GOOD, row)
    assert said(tmp_path, report) == [fault]
    assert counts(report) == (2, 1, 1)
    assert rows(report, "SELECT opportunity_id, amount FROM opportunities") == [("d1", 1200.0)]
    header, kept = quarantined(report)
    assert header.startswith("source,row,reason,opportunity_id,owner_id,outcome")
    assert kept.startswith("opportunities.csv,3,")
    assert kept.endswith(row)


def test_a_company_may_be_called_total_something(tmp_path: Path) -> None:
    report = deals(
        tmp_path, *(f"{name},ann,open,2026-01-05,,7" for name in ("Total Wine", "小计算机"))
    )
    assert (report.faults, counts(report)) == ((), (2, 2, 0))


def test_like_faults_are_told_once_with_their_number(tmp_path: Path) -> None:
    report = deals(tmp_path, GOOD, *(f"x{at},zoe,open,2026-01-01,,7" for at in range(40)))
    assert said(tmp_path, report) == [
        (
            "opportunities.csv:3: column 'owner_id': 'zoe' is not in people "
            "(and 39 more like it); add it to people, or correct it"
        )
    ]
    assert counts(report) == (41, 1, 40)
    assert len(quarantined(report)) == 41


def test_days_and_months_that_contradict_each_other(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        deals(tmp_path, "d1,ann,won,13/02/2026,,7", "d2,ann,won,02/13/2026,,7")
    assert faults(tmp_path, error) == [
        (
            "opportunities.csv:2: column 'created_on': '13/02/2026' puts the day first, but "
            "'02/13/2026' the month; "
            "write date_formats: [dd/mm/yyyy] or [mm/dd/yyyy] in the mapping"
        )
    ]


def test_days_and_months_that_nothing_tells_apart(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        deals(tmp_path, "d1,ann,won,03/03/2026,,7", "d2,ann,won,03/04/2026,,7")
    assert faults(tmp_path, error) == [
        (
            "opportunities.csv:3: column 'created_on': '03/04/2026' may be day 3 of month 4, "
            "or day 4 of month 3; write date_formats: [dd/mm/yyyy] or [mm/dd/yyyy] in the mapping"
        )
    ]


def test_formats_that_can_only_be_read_in_one_way_may_be_mixed(tmp_path: Path) -> None:
    written = (
        "2026-01-05",
        "2026/1/5",
        "2026年1月5日",
        "5 Jan 2026",
        "46027",
        "2026-01-05T09:30:00Z",
    )
    report = deals(tmp_path, *(f"d{at},ann,open,{day},,7" for at, day in enumerate(written)))
    found = rows(
        report,
        "SELECT count(*), min(created_on)::VARCHAR, max(created_on)::VARCHAR FROM opportunities",
    )
    assert found == [(6, "2026-01-05", "2026-01-05")]


def test_no_date_at_all_asks_when_the_books_end(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        deals(tmp_path, "d1,ann,open,,,7")
    assert faults(tmp_path, error) == [
        (
            "people.csv: no deal has a date, so nothing says when the books end; "
            "write as_of: 2026-09-30 in the mapping"
        )
    ]


def test_if_no_row_is_left_the_import_stops(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        deals(tmp_path, "d1,zoe,won,2026-01-05,,7")
    assert faults(tmp_path, error) == [
        "opportunities.csv: no row of it can be taken; opportunities needs at least one row",
        (
            "opportunities.csv:2: column 'owner_id': 'zoe' is not in people; "
            "add it to people, or correct it"
        ),
    ]


def test_a_formula_in_a_name_stays_text_and_cannot_run_in_the_quarantine(tmp_path: Path) -> None:
    header = f"{DEALS},name"
    evil = "=cmd|' /C calc'!A0"
    report = deals(tmp_path, f"{GOOD},{evil}", f"d2,zoe,open,2026-01-01,,7,{evil}", header=header)
    assert rows(report, "SELECT name FROM opportunities") == [(evil,)]
    assert quarantined(report)[1].endswith(f",'{evil}")


def test_a_sheet_of_200_columns(tmp_path: Path) -> None:
    more = ",".join(f"extra {at}" for at in range(194))
    report = deals(tmp_path, f"{GOOD}{',x' * 194}", header=f"{DEALS},{more}")
    assert counts(report) == (1, 1, 0)
    assert report.notes[0].en == (
        "opportunities.csv: these columns are none of ours and stay out: "
        "'extra 0', 'extra 1', 'extra 2', 'extra 3', 'extra 4', …"
    )


def test_an_open_deal_without_account_a_person_without_team_and_a_rep_without_deals_are_kept(
    tmp_path: Path,
) -> None:
    people = "person_id,name,role,team_id\nann,Ann,rep,\nbo,Bo,rep,t1\n"
    teams = "team_id,name\nt1,One\n"
    opportunities = f"{DEALS},account_id\nd1,ann,open,2026-01-05,,1200,\n"
    accounts = "account_id,name\na1,Acme\n"
    files = write(
        tmp_path, people=people, teams=teams, accounts=accounts, opportunities=opportunities
    )
    report = import_export(files, None, tmp_path / "crm")
    assert (report.faults, report.notes) == ((), ())
    assert rows(report, "SELECT account_id FROM opportunities") == [(None,)]
    assert rows(report, "SELECT person_id, team_id FROM people") == [("ann", None), ("bo", "t1")]


def test_an_unknown_account_is_kept_and_told(tmp_path: Path) -> None:
    opportunities = f"{DEALS},account_id\n{GOOD},Nowhere\n"
    files = write(
        tmp_path, people=PEOPLE, accounts="account_id,name\na1,Acme\n", opportunities=opportunities
    )
    report = import_export(files, None, tmp_path / "crm")
    assert [note.en for note in report.notes] == [
        (
            "opportunities.account_id: 1 row with a value that accounts doesn't have, "
            "kept as it is: 'Nowhere'"
        )
    ]
    assert rows(report, "SELECT account_id FROM opportunities") == [("Nowhere",)]


def test_a_reference_that_differs_in_capitals_or_names_one_row_is_read_as_its_key(
    tmp_path: Path,
) -> None:
    report = deals(tmp_path, GOOD.replace("ann", "ANN"), GOOD.replace("d1,ann", "d2,Bo  Chen"))
    assert rows(report, "SELECT owner_id FROM opportunities ORDER BY 1") == [("ann",), ("bo",)]
    assert [note.en for note in report.notes] == [
        "opportunities.owner_id: 'ANN' is read as 'ann' (1 row)",
        "opportunities.owner_id: 'Bo  Chen' is read as 'bo' (1 row)",
    ]


def test_an_open_deals_closing_date_is_the_expected_one(tmp_path: Path) -> None:
    report = deals(tmp_path, GOOD, "d2,bo,open,2026-01-01,2027-02-01,7", "d3,bo,won,2026-01-01,,7")
    found = rows(
        report,
        "SELECT closed_on, expected_close_on::VARCHAR FROM opportunities WHERE outcome = 'open'",
    )
    assert found == [(None, "2027-02-01")]
    assert str(report.snapshot.as_of) == "2026-02-10"
    assert [note.en for note in report.notes] == [
        "1 open deals have a closing date; it is read as the expected one",
        "1 closed deals have no closing date, so they count in no period",
    ]
