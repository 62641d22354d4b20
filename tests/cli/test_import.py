"""import on exports good and bad, as a sales manager meets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from salestrain.crm.mapping import find_mapping
from tests.cli.conftest import DEALS, PEOPLE, SMALL, TEAMS, WON, Run, maven, pipe, put

pytestmark = pytest.mark.slow

COUNTS = re.compile(r"(\w+): (\d+) rows read, (\d+) accepted, (\d+) quarantined")
GOOD = WON.format(1, 1)
NO_ACCOUNT = "d2,bo,open,2026-07-02,,70,2.2.needs\n"


def export(folder: Path, opportunities: str, people: str = PEOPLE) -> list[Path]:
    return put(folder / "export", people=people, teams=TEAMS, opportunities=opportunities)


def counts(out: str) -> dict[str, tuple[int, int, int]]:
    return {name: (int(a), int(b), int(c)) for name, a, b, c in COUNTS.findall(out)}


def test_the_same_export_twice_changes_nothing(run: Run, workspace: Path, tmp_path: Path) -> None:
    files = put(tmp_path / "export", **SMALL)
    first = run("import", *files, "--workspace", workspace)
    again = run("import", *files, "--workspace", workspace)
    lines = [
        "people: 3 rows read, 3 accepted, 0 quarantined",
        "teams: 2 rows read, 2 accepted, 0 quarantined",
        "opportunities: 13 rows read, 13 accepted, 0 quarantined",
        "The books end on 2026-09-30",
    ]
    same = "Same as the last import; nothing changed."
    assert (first.code, first.out.splitlines()) == (0, lines)
    assert (again.code, again.out.splitlines()) == (0, [*lines, same])
    chinese = run("import", *files, "--workspace", workspace, "--lang", "zh").out.splitlines()
    assert chinese[0] == "people：读入 3 行，采用 3，隔离 0"
    assert chinese[-2:] == ["账目截至 2026-09-30", "和上次导入的一样，没有改动。"]


BAD_ROWS = {
    "d1,bo,open,2026-07-01,,1,": "'opportunity_id': opportunity_id 'd1' is already in row 2; keep",
    "e2,zoe,open,2026-07-01,,1,": "'owner_id': 'zoe' is not in people; add it to people, or",
    "e3,bo,won,2026-07-09,2026-07-01,1,": "'closed_on': closed_on '2026-07-01' is before created",
    "e4,bo,won,2026-07-01,2026-07-02,-1,": "'amount': '-1' is below 0; correct it in the CRM",
    "e5,bo,won,2026-07-01,2026-07-02,lots,": "'amount': 'lots' is not a number; write it as 1234",
    "e6,bo,won,2026-07-01,2026-07-02,1e308,": "'amount': '1e308' is beyond 1e12; look for a",
    "e7,bo,won,2026-07-01,2026-02-31,1,": "'closed_on': '2026-02-31' is not a date; write it as",
    "e8,bo,wonn,2026-07-01,,1,": "'outcome': 'wonn' is not known; map it to one of: open, won",
    "e9,bo": "'outcome': outcome is empty; fill it in the CRM",
    "Total,,,,,1000,": "a totals row, not a record; nothing to mend",
    "e11,bo,open,2026-07-01,,1,000,2.2.needs": "the row has more cells than the header; quote the",
    'e12,bo,open,2026-07-01,,1,"2.2': "a quote in the row is never closed, or stands inside a",
}


def test_bad_rows_wait_in_quarantine_each_with_its_place(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    rows = "\n".join(BAD_ROWS)
    files = export(tmp_path, f"{DEALS}{GOOD}{rows}\n{WON.format(7, 7)}")
    said = run("import", *files, "--workspace", workspace)
    assert said.code == 1
    assert counts(said.out)["opportunities"] == (14, 2, 12)
    place = f"{files[0].parent}/opportunities.csv"
    told = [line.removeprefix(place).replace("column ", "") for line in said.err.splitlines()]
    wanted = [f":{line}: {fault}" for line, fault in enumerate(BAD_ROWS.values(), 3)]
    assert [line[: len(want)] for line, want in zip(told, wanted, strict=True)] == wanted
    kept = workspace / ".salestrain" / "crm" / "quarantine"
    assert said.out.splitlines()[-1] == f"Quarantined rows are in {kept}"
    set_aside = (kept / "opportunities.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in set_aside[1:]] == [str(row) for row in range(3, 15)]


def test_a_stray_quote_swallows_no_other_row(run: Run, workspace: Path, tmp_path: Path) -> None:
    note = 'n1,bo,open,2026-07-01,,1,"two\nlines"\n'
    stray = 'n2,bo,open,2026-07-01,,1,"3" pump"\nn3,bo,open,2026-07-01,,1,"never closed\n'
    header = DEALS.replace("stage", "name")
    files = export(tmp_path, f"{header}{note}{stray}{GOOD}")
    said = run("import", *files, "--workspace", workspace)
    assert counts(said.out)["opportunities"] == (4, 2, 2)
    assert said.err.endswith(
        "opportunities.csv:4: a quote in the row is never closed, or stands inside a quoted cell "
        "(and 1 more like it); write a quote inside a cell twice\n"
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "opportunities.csv: the file is empty; export it again"),
        (
            DEALS.encode(),
            "opportunities.csv: a header but no rows; opportunities needs at least one row",
        ),
        (
            bytes(range(256)) * 20,
            (
                "opportunities.csv: the file is not text in any known encoding; "
                "export the table again as CSV (UTF-8)"
            ),
        ),
        (
            (DEALS.replace("stage", "amount") + GOOD).encode(),
            (
                "opportunities.csv:1: two columns are named 'amount' (number 6 and number 7); "
                "rename or remove one of them in the export"
            ),
        ),
        (
            (DEALS.replace("owner_id", "seller") + GOOD).encode(),
            (
                "opportunities.csv:1: no column 'owner_id' (负责人, owner), which is required; "
                "the header has: 'opportunity_id', 'seller', 'outcome', 'created_on', 'closed_on', "
                "'amount', 'stage'"
            ),
        ),
        (
            (DEALS + "d1,bo,won,01/02/2026,03/04/2026,1,\n").encode(),
            (
                "opportunities.csv:2: column 'created_on': '01/02/2026' may be day 1 of month 2, "
                "or day 2 of month 1; "
                "write date_formats: [dd/mm/yyyy] or [mm/dd/yyyy] in the mapping"
            ),
        ),
        (
            (DEALS + "d1,bo,won,13/02/2026,,1,\nd2,bo,won,02/13/2026,,1,\n").encode(),
            (
                "opportunities.csv:2: column 'created_on': '13/02/2026' puts the day first, but "
                "'02/13/2026' the month; write date_formats: [dd/mm/yyyy] or [mm/dd/yyyy] in the "
                "mapping"
            ),
        ),
    ],
)
def test_an_export_that_cannot_be_taken_at_all(
    run: Run, workspace: Path, tmp_path: Path, content: bytes, fault: str
) -> None:
    files = export(tmp_path, "")
    files[0].write_bytes(content)
    said = run("import", *files, "--workspace", workspace)
    assert (said.code, said.out) == (1, "")
    assert fault in [line.removeprefix(f"{files[0].parent}/") for line in said.err.splitlines()]
    assert not (workspace / ".salestrain").exists()


def test_a_failed_import_leaves_the_old_data(run: Run, workspace: Path, tmp_path: Path) -> None:
    before = run("kpi", "--workspace", workspace).out
    assert run("import", *export(tmp_path, DEALS), "--workspace", workspace).code == 1
    assert run("kpi", "--workspace", workspace).out == before


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (DEALS + GOOD + NO_ACCOUNT, ""),
        (
            f"{DEALS.strip()},{','.join(f'x{n}' for n in range(200))}\n{GOOD.strip()}{',' * 200}\n",
            "these columns are none of ours and stay out: 'x0', 'x1', 'x2', 'x3', 'x4', …",
        ),
        (DEALS + GOOD, "people.team_id: 1 row with a value that teams doesn't have, kept as it is"),
    ],
)
def test_odd_but_sound_exports_are_taken_whole(
    run: Run, workspace: Path, tmp_path: Path, content: str, note: str
) -> None:
    people = PEOPLE if "teams" not in note else f"{PEOPLE}new,Ned New,rep,west\n"
    said = run("import", *export(tmp_path, content, people), "--workspace", workspace)
    assert (said.code, said.err) == (0, "")
    assert note in said.out
    assert {quarantined for *_, quarantined in counts(said.out).values()} == {0}


def test_chinese_in_the_encoding_of_an_old_spreadsheet(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    files = export(tmp_path, DEALS.replace("stage", "name") + GOOD.replace("2.2.signing", "水处理"))
    files[0].write_bytes(files[0].read_text(encoding="utf-8").encode("gb18030"))
    said = run("import", *files, "--workspace", workspace)
    assert (said.code, said.err) == (0, "")
    assert "· opportunities.csv is read as GB18030" in said.out


def test_a_file_cut_inside_a_character(run: Run, workspace: Path, tmp_path: Path) -> None:
    files = export(tmp_path, DEALS + GOOD + "d2,bo,open,2026-07-02,,70,水")
    files[0].write_bytes(files[0].read_bytes()[:-1])
    said = run("import", *files, "--workspace", workspace)
    assert counts(said.out)["opportunities"] == (2, 1, 1)
    assert said.err.endswith(
        "opportunities.csv:3: a character is broken: the file was cut, or its encoding damaged; "
        "export it again as UTF-8\n"
    )


def test_a_stage_unknown_to_the_playbook_is_told_and_the_deal_kept(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    files = export(tmp_path, DEALS + GOOD.replace("2.2.signing", "2.2.singing"))
    said = run("import", *files, "--workspace", workspace)
    assert said.code == 1
    assert counts(said.out)["opportunities"] == (1, 1, 0)
    assert "Quarantined" not in said.out
    assert said.err.endswith(
        "opportunities.csv:2: column 'stage': '2.2.singing' is no stage of the playbook, "
        "so the row counts in none; did you mean '2.2.signing'?\n"
    )


def test_a_broken_playbook_does_not_stop_an_import(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    (workspace / "playbook" / "company.yaml").unlink()
    files = put(tmp_path / "export", **SMALL)
    assert run("import", *files, "--workspace", workspace).code == 0


def test_sources_that_are_no_files(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "deals.pdf").touch()
    (tmp_path / "garbage.xlsx").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "garbage.parquet").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "garbage.db").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "empty.db").touch()
    pipe(tmp_path / "pipe.csv")
    names = ("gone.csv", "deals.pdf", "ours", "pipe.csv", "garbage.xlsx", "garbage.db", "empty.db",
             "https://crm.example/deals", "://")  # fmt: skip
    said = run("import", *names, "--workspace", workspace)
    driver = "pip install 'salestrain[postgres]' for PostgreSQL; export other databases as CSV"
    assert (said.code, said.err.splitlines()) == (
        1,
        [
            "crm.example/deals: the driver for 'https' addresses is not installed; " + driver,
            (
                "database: the address can't be read; "
                "write it as postgresql://user:password@host/database"
            ),
            "deals.pdf: files ending in '.pdf' can't be read; export it as CSV, Excel or Parquet",
            "empty.db: the database holds no tables; check its name and the user's rights",
            (
                "garbage.db: the database can't be read: file is not a database; "
                "export it again, or as CSV"
            ),
            "garbage.xlsx: not an Excel workbook; export it again as .xlsx or CSV",
            "gone.csv: there is no such file; check the name and the folder",
            "ours: this is a folder; name the files in it, e.g. ours/*.csv",
            "pipe.csv: this is a pipe or a device; save what it gives to a file first",
        ],
    )


def test_mappings_that_are_none(run: Run, workspace: Path, tmp_path: Path) -> None:
    files = put(tmp_path / "export", **SMALL)
    (tmp_path / "map.yaml").write_text("tables:\n  people: {form: x}\n", encoding="utf-8")

    def said(mapping: str) -> tuple[int, list[str]]:
        answer = run("import", *files, "--workspace", workspace, "--mapping", mapping)
        return answer.code, answer.err.splitlines()

    assert said("salesforc") == (
        2, ["there is no mapping 'salesforc'; did you mean 'salesforce'?"]
    )  # fmt: skip
    required = "name its column under 'columns', or a constant"
    assert said("map.yaml") == (
        1,
        [
            f"map.yaml:2: table 'people' has no source for 'name', required; {required}",
            f"map.yaml:2: table 'people' has no source for 'person_id', required; {required}",
            "map.yaml:2: unknown table key 'form'; did you mean 'from'?",
        ],
    )


def test_the_suggested_mapping_is_one(run: Run, workspace: Path, tmp_path: Path) -> None:
    files = put(tmp_path / "export", **SMALL)
    suggested = run("import", *files, "--suggest")
    assert (suggested.code, suggested.err) == (0, "")
    (tmp_path / "map.yaml").write_text(suggested.out, encoding="utf-8")
    assert set(find_mapping(tmp_path / "map.yaml").tables) == {"people", "teams", "opportunities"}
    said = run("import", *files, "--mapping", "map.yaml", "--workspace", workspace)
    assert (said.code, counts(said.out)["opportunities"]) == (0, (13, 13, 0))


@pytest.mark.slow
def test_the_public_export(run: Run, workspace: Path) -> None:
    files = sorted(maven().glob("*.csv"))
    said = run("import", *files, "--mapping", "maven_crm", "--workspace", workspace)
    assert (said.code, said.err) == (0, "")
    assert counts(said.out)["opportunities"] == (8800, 8800, 0)
    assert "'GTXPro' is read as 'GTX Pro' (1480 rows)" in said.out
    board = run("kpi", "--workspace", workspace, "--period", "2017", "--kpi", "3.1.win_rate")
    assert "63% (62 to 64%) 6711" in board.out
