# ruff: noqa: E501 (the text compared stands as it is written)

from __future__ import annotations

from pathlib import Path

from salestrain.crm.importing import import_export
from salestrain.crm.suggest import suggest_mapping
from tests.crm.exports import mapping, rows, write


def test_a_first_mapping_is_guessed_from_names_and_contents(tmp_path: Path) -> None:
    files = write(
        tmp_path,
        导出=(
            "商机ID,商机标题,业务员,客户,阶段,结果,创建时间,预计金额,备注\n"
            "1,甲,王伟,东湖,报价,赢单,03/04/2026,100,x\n2,乙,李娜,江南,报价,谈判中,05/04/2026,200,y\n"
        ),
        firms="Customer ID,Company_Name,Sector\n东湖,东湖水务,水务\n江南,江南食品,食品\n",
    )
    assert (
        suggest_mapping(files)
        == """\
# A first mapping, guessed from names and contents: read it through and correct it.
# ours: theirs; what starts with '#' is left for you to decide. docs/import.md explains.
name: My CRM
currency: CNY  # guessed
# date_formats: [dd/mm/yyyy]  # or mm/dd/yyyy: 创建时间: '03/04/2026' may be day 3 of month 4, or day 4 of month 3
tables:
  people:
    from: "导出.csv"
    distinct: true  # one row for each different value
    columns:
      person_id: 业务员
      name: 业务员
    constants: {role: rep}
  accounts:
    from: "firms.csv"
    columns:
      account_id: "Customer ID"
      name: Company_Name
      industry: Sector
  opportunities:
    from: "导出.csv"
    columns:
      opportunity_id: 商机ID
      name: 商机标题
      owner_id: 业务员
      account_id: 客户
      created_on: 创建时间
      outcome: 结果
      stage: 阶段
      amount: 预计金额
    # not used: '备注'
    values:
      outcome:  # each one is open, won, lost; '~' is none
        谈判中: open  # decide
        赢单: won
      stage:  # each one is 2.2.first_contact, 2.2.needs, 2.2.quote or 2.2.signing; '~' is none
        报价: "="  # decide
"""
    )


def test_with_its_one_question_answered_it_imports(tmp_path: Path) -> None:
    files = write(
        tmp_path,
        deals=(
            "Deal Nr,Opprtunity Name,Who,Stage,Close Date,Value\n"
            "7,a,E1,Won,03/04/2026,$100\n8,b,E2,Talking,05/04/2026,$200\n"
        ),
        staff="Employee ID,Full Name,Hired\nE1,Ann,2020-01-02\nE2,Bo,2021-01-02\n",
    )
    text = suggest_mapping(files)
    assert "      owner_id: Who\n" in text
    assert '      name: "Opprtunity Name"\n' in text
    text = text.replace("# date_formats", "date_formats").replace('"?"', '"Deal Nr"')
    text = text.replace("      owner_id", "      amount: Value\n      owner_id")
    assert "# date_formats" not in text
    report = import_export(files, mapping(text), tmp_path / "crm")
    assert rows(report, "SELECT opportunity_id, owner_id, outcome, amount FROM opportunities ORDER BY 1") == [
        ("7", "E1", "won", 100.0), ("8", "E2", "open", 200.0),
    ]  # fmt: skip
