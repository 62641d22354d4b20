from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from salestrain.crm.importing import import_export
from salestrain.crm.mapping import FILE_KEYS, TABLE_KEYS, find_mapping, shipped_mappings
from salestrain.errors import ContentError, UsageError
from tests.crm.exports import DEALS, GOOD, PEOPLE, faults, mapping, rows, write

SAME = "".join(f"      {name}: {name}\n" for name in DEALS.split(","))
BOTH = (
    "tables:\n  people:\n    columns: {person_id: person_id, name: name}\n"
    "  opportunities:\n    columns:\n" + SAME
)


def wrong(text: str) -> list[str]:
    with pytest.raises(ContentError) as error:
        mapping(text)
    return [str(fault) for fault in error.value.faults]


def test_every_fault_of_a_mapping_is_told_with_its_line() -> None:
    text = """\
currensy: USD
as_of: yesterday
date_formats: [day/month]
decimal: ";"
tables:
  peopel: {}
  people:
    colums: {}
    columns: {person_id: Agent, nam: Agent}
  opportunities:
    columns: {opportunity_id: Id, opportunity_id: Id2, owner_id: Agent}
    constants: {outcome: won}
    values: {outcome: {Won: wonn}}
    scale: {amount: ten, name: 2}
    distinct: maybe
"""
    assert wrong(text) == [
        "map.yaml:1: unknown key 'currensy'; did you mean 'currency'?",
        "map.yaml:2: 'yesterday' is not a date; write it as 2026-09-30",
        (
            "map.yaml:3: 'day/month' is not a date format; "
            "use yyyy or yy, mm or mmm, and dd, e.g. dd/mm/yyyy"
        ),
        "map.yaml:4: ';' is not known here; use one of: ,, .",
        "map.yaml:6: unknown table 'peopel'; did you mean 'people'?",
        (
            "map.yaml:7: table 'people' has no source for 'name', required; "
            "name its column under 'columns', or a constant"
        ),
        "map.yaml:8: unknown table key 'colums'; did you mean 'columns'?",
        "map.yaml:9: unknown column 'nam'; did you mean 'name'?",
        "map.yaml:11: column 'opportunity_id' comes twice; keep one of them",
        "map.yaml:13: 'wonn' is not known here; did you mean 'won'?",
        "map.yaml:14: 'name' holds no numbers; scale amounts and numbers only",
        "map.yaml:14: 'ten' is not a number; write e.g. 10000",
        "map.yaml:15: 'maybe' is not known here; use one of: false, true",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "map.yaml:1: key must be written as 'key: value' lines; see docs/import.md"),
        ("name: x", ("map.yaml:1: no 'tables' are mapped; "
                    "write 'tables:' with people and opportunities")),
        ("tables: [people]", ("map.yaml:1: table must be written as 'key: value' lines; "
                             "see docs/import.md")),
        ("tables: {people: {", ("map.yaml:1: not YAML: expected the node content, "
                               "but found '<stream end>'; quote or indent it")),
    ],
)  # fmt: skip
def test_what_is_no_mapping_at_all_is_told(text: str, fault: str) -> None:
    assert wrong(text)[0] == fault


def test_an_unknown_name_is_answered_with_the_shipped_ones() -> None:
    assert shipped_mappings() == ["hubspot", "maven_crm", "odoo", "salesforce", "zh_crm"]
    with pytest.raises(UsageError) as error:
        find_mapping("saleforce")
    assert str(error.value) == "there is no mapping 'saleforce'; did you mean 'salesforce'?"


def test_a_column_the_export_lacks_is_named_with_the_header_seen(tmp_path: Path) -> None:
    files = write(
        tmp_path, people=PEOPLE, opportunities=f"{DEALS}\n{GOOD}".replace("amount", "Amount (EUR)")
    )
    with pytest.raises(ContentError) as error:
        import_export(files, mapping(BOTH), tmp_path / "crm")
    assert faults(tmp_path, error) == [
        (
            "opportunities.csv:1: no column 'amount', which the mapping reads as 'amount'; "
            "the header has: 'opportunity_id', 'owner_id', 'outcome', 'created_on', 'closed_on', "
            "'Amount (EUR)'; "
            "use one of: Amount (EUR), closed_on, created_on, opportunity_id, outcome, owner_id"
        )
    ]


def test_a_table_no_file_fits_is_a_fault_if_required_and_a_note_if_not(tmp_path: Path) -> None:
    files = write(tmp_path, people=PEOPLE, deals=f"{DEALS}\n{GOOD}")
    with pytest.raises(ContentError) as error:
        import_export(files, mapping(BOTH), tmp_path / "crm")
    assert [str(fault) for fault in error.value.faults] == [
        (
            "map.yaml:4: no file fits 'opportunities', from which 'opportunities', required, "
            "is filled; given: 'people.csv', 'deals.csv'"
        )
    ]
    more = BOTH.replace("opportunities:\n", "opportunities:\n    from: deal*.csv\n")
    more += "  teams: {from: teams.csv, columns: {team_id: x, name: x}}\n"
    report = import_export(
        [*files, *write(tmp_path, rest="a\n1\n")], mapping(more), tmp_path / "crm"
    )
    assert [note.en for note in report.notes] == [
        "no file fits 'teams.csv', so there are no teams",
        "no table is filled from rest.csv",
    ]


def test_alternatives_joined_names_defaults_values_and_scale(tmp_path: Path) -> None:
    text = """\
date_formats: [dd/mm/yyyy, yyyy.mm.dd]
tables:
  people:
    from: deals.csv
    distinct: true
    columns: {person_id: [Owner ID, First + Last], name: First + Last}
    optional: {joined_on: Hired, role: Job}
    values: {role: {Boss: manager, "*": rep}}
    constants: {role: rep}
  opportunities:
    from: deals.csv
    columns: {opportunity_id: no, owner_id: First + Last, outcome: State, amount: sum (k)}
    optional: {closed_on: Closed, source: Source}
    values: {outcome: {Y: won, "n ": lost, "*": open}, source: {WWW: web, "*": "="}}
    scale: {amount: 1000}
"""
    deals = (
        "NO,First,Last,Job,State,Sum_(k),Closed,Source\n"
        "1,Ann,Lee,Boss,y,1.5,03/04/2026,www\n"
        "2,Bo,,Seller,N,2,2026.04.03,fair\n"
        "3,Bo,,Seller,?,3,,\n"
        ",,,,,,,\n"
    )
    report = import_export(write(tmp_path, deals=deals), mapping(text), tmp_path / "crm")
    assert rows(report, "SELECT person_id, name, role FROM people") == [
        ("Ann Lee", "Ann Lee", "manager"), ("Bo", "Bo", "rep"),
    ]  # fmt: skip
    assert rows(
        report, "SELECT owner_id, outcome, amount, closed_on::VARCHAR, source FROM opportunities"
    ) == [
        ("Ann Lee", "won", 1500.0, "2026-04-03", "web"),
        ("Bo", "lost", 2000.0, "2026-04-03", "fair"),
        ("Bo", "open", 3000.0, None, None),
    ]
    assert report.tables["people"].columns == ("person_id", "name", "role")
    assert (report.faults, report.notes) == ((), ())


def test_values_of_a_text_column_that_no_one_mapped_stay_and_are_told(tmp_path: Path) -> None:
    text = BOTH + "      source: Source\n    values: {source: {WWW: web}}\n"
    files = write(tmp_path, people=PEOPLE, opportunities=f"{DEALS},Source\n{GOOD},Fair\n")
    report = import_export(files, mapping(text), tmp_path / "crm")
    assert rows(report, "SELECT source FROM opportunities") == [("Fair",)]
    assert [note.en for note in report.notes] == [
        "opportunities.source: values the mapping doesn't name are kept as they are: 'Fair'"
    ]


def test_a_table_without_its_required_optional_columns_is_left_out_and_told(tmp_path: Path) -> None:
    files = write(tmp_path, people=PEOPLE, opportunities=f"{DEALS}\n{GOOD}\n")
    teams = "  teams: {from: people.csv, distinct: true, optional: {team_id: Team, name: Team}}\n"
    report = import_export(files, mapping(BOTH + teams), tmp_path / "crm")
    assert "teams" not in report.tables
    assert [note.en for note in report.notes] == [
        "the export has no column for team_id, so there are no teams"
    ]
    bare = BOTH.replace("columns: {person_id: person_id, name", "optional: {person_id: Nr, name")
    with pytest.raises(ContentError) as error:
        import_export(files, mapping(bare), tmp_path / "crm")
    assert faults(tmp_path, error) == [
        (
            "people.csv: no column for 'person_id', which is required; "
            "export it, or name it in 'columns'"
        )
    ]


def test_a_mapping_may_be_saved_in_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "我们的.yaml"
    path.write_bytes(f"name: 我们的商机数据\n{BOTH}".encode("gb18030"))
    assert find_mapping(path).name == "我们的商机数据"


def test_the_example_in_the_docs_is_the_heart_of_the_shipped_mapping() -> None:
    page = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")
    example = mapping(page.split("```yaml\n")[1].split("```")[0])
    shipped = find_mapping("maven_crm")
    for name, entry in example.tables.items():
        assert replace(entry, line=0) == replace(shipped.tables[name], line=0)
    keys = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
    assert keys == {*FILE_KEYS, *TABLE_KEYS}
