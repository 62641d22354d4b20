"""Exports as other systems write them, through the shipped mappings."""
# ruff: noqa: E501 (exports stand here as they are written)

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from salestrain.crm.importing import ImportReport, import_export
from salestrain.crm.mapping import find_mapping
from tests.crm.exports import rows, said, write

DEAL = (
    "SELECT opportunity_id, owner_id, account_id, outcome, stage, created_on::VARCHAR, "
    "closed_on::VARCHAR, expected_close_on::VARCHAR, amount FROM opportunities ORDER BY 1"
)
SELLERS = "SELECT person_id, role, team_id FROM people ORDER BY 1"


def imported(folder: Path, name: str, *files: Path) -> ImportReport:
    return import_export(files, find_mapping(name), folder / "crm")


def test_salesforce_reports(tmp_path: Path) -> None:
    files = write(
        tmp_path,
        opportunity_report=(
            '"Opportunity Owner","Account Name","Opportunity Name","Stage","Fiscal Period","Amount",'
            '"Probability (%)","Close Date","Created Date","Next Step","Lead Source","Type","Opportunity ID"\n'
            '"Dana Ruiz","Edge Communications","Edge Emergency Generator","Closed Won","Q1-2026",'
            '"75,000.00","100","2/14/2026","11/3/2025","","Web","New Customer","0065g00000ABCD1"\n'
            '"Dana Ruiz","Dickenson plc","Dickenson Mobile Generators","Negotiation/Review","Q3-2026",'
            '"15,000.00","90","9/30/2026","1/8/2026","Send contract","Partner","","0065g00000ABCD2"\n'
            '"Lee Wong","Pyramid Construction","Pyramid Emergency","Closed Lost","Q1-2026",'
            '"","0","3/2/2026","12/1/2025","","","","0065g00000ABCD3"\n'
            '"Grand Total","","","","","90,000.00","","","","","","",""\n'
            '"Confidential Information - Do Not Distribute"\n'
        ),
        user_report=(
            "First Name,Last Name,Username,Role,Profile,Title\n"
            "Dana,Ruiz,dana@example.com,West,Standard User,Account Executive\n"
            "Lee,Wong,lee@example.com,West,Standard User,Sales Manager\n"
        ),
    )
    report = imported(tmp_path, "salesforce", *files)
    assert rows(report, DEAL) == [
        ("0065g00000ABCD1", "Dana Ruiz", "Edge Communications", "won", "2.2.signing",
         "2025-11-03", "2026-02-14", None, 75_000.0),
        ("0065g00000ABCD2", "Dana Ruiz", "Dickenson plc", "open", "2.2.signing",
         "2026-01-08", None, "2026-09-30", 15_000.0),
        ("0065g00000ABCD3", "Lee Wong", "Pyramid Construction", "lost", None,
         "2025-12-01", "2026-03-02", None, None),
    ]  # fmt: skip
    assert rows(report, SELLERS) == [("Dana Ruiz", "rep", "West"), ("Lee Wong", "manager", "West")]
    note = report.tables["opportunities"]
    assert (note.read, note.accepted, note.quarantined) == (5, 3, 2)
    assert said(tmp_path, report)[0] == (
        "opportunity_report.csv:5: a totals row, not a record; nothing to mend"
    )


def test_hubspot_exports(tmp_path: Path) -> None:
    files = write(
        tmp_path,
        hubspot_deals=(
            "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Pipeline,"
            "Associated Company,Closed Lost Reason,Next step\n"
            "9001,Acme - plan,Closed Won,2026-02-14 16:30,Dana Ruiz,1200.50,2025-11-03 09:41,"
            "Sales Pipeline,Acme,,\n"
            "9002,Beta - plan,Decision Maker Bought-In,2026-10-31 00:00,Lee Wong,800,"
            "2026-01-08 10:00,Sales Pipeline,Beta Inc,,Call CFO\n"
            "9003,Gamma,Closed Lost,2026-03-02 11:00,Lee Wong,,2025-12-01 08:00,"
            "Sales Pipeline,Gamma,Price,\n"
        ),
        hubspot_users=(
            "First name,Last name,Email,Main team\nDana,Ruiz,dana@example.com,East\n"
            "Lee,Wong,lee@example.com,\n"
        ),
        hubspot_companies="Record ID,Company name,Company owner,Industry,City\n1,Acme,Dana Ruiz,Retail,Bonn\n2,Beta Inc.,,,\n3,Gamma,,,\n",
    )
    report = imported(tmp_path, "hubspot", *files)
    assert rows(report, DEAL) == [
        (
            "9001",
            "Dana Ruiz",
            "Acme",
            "won",
            "2.2.signing",
            "2025-11-03",
            "2026-02-14",
            None,
            1200.5,
        ),
        (
            "9002",
            "Lee Wong",
            "Beta Inc.",
            "open",
            "2.2.quote",
            "2026-01-08",
            None,
            "2026-10-31",
            800.0,
        ),
        ("9003", "Lee Wong", "Gamma", "lost", None, "2025-12-01", "2026-03-02", None, None),
    ]
    assert rows(report, SELLERS) == [("Dana Ruiz", "rep", "East"), ("Lee Wong", "rep", None)]
    assert rows(report, "SELECT loss_reason FROM opportunities WHERE outcome = 'lost'") == [
        ("Price",)
    ]
    assert report.faults == ()


def test_odoo_lists(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("External ID", "Opportunity", "Customer", "Salesperson", "Sales Team", "Stage", "Is Won",
         "Expected Revenue", "Created on", "Closed Date", "Expected Closing", "Lost Reason"),
        ("__export__.crm_lead_1", "Desks", "Azure Interior", "Mitchell Admin", "Europe", "Won", "Won",
         5000, "2025-11-03 09:41:10", "2026-02-14 16:30:00", "2026-02-20", None),
        ("__export__.crm_lead_2", "Chairs", "Deco Addict", "Marc Demo", "Europe", "Proposition",
         "Pending", 750.5, "2026-01-08 10:00:00", None, "2026-09-30", None),
        ("__export__.crm_lead_3", "Lamps", "Gemini", "Marc Demo", "Europe", "Qualified", "Lost",
         300, "2025-12-01 08:00:00", "2026-03-02 11:00:00", None, "Too expensive"),
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "crm.lead.xlsx")
    (users,) = write(
        tmp_path,
        **{
            "res.users": "Name,Login,Sales Team\nMitchell Admin,admin,Europe\nMarc Demo,demo,Europe\n"
        },
    )
    report = imported(tmp_path, "odoo", tmp_path / "crm.lead.xlsx", users)
    assert [row[3:] for row in rows(report, DEAL)] == [
        ("won", "2.2.signing", "2025-11-03", "2026-02-14", "2026-02-20", 5000.0),
        ("open", "2.2.quote", "2026-01-08", None, "2026-09-30", 750.5),
        ("lost", "2.2.needs", "2025-12-01", "2026-03-02", None, 300.0),
    ]
    assert rows(report, SELLERS) == [
        ("Marc Demo", "rep", "Europe"),
        ("Mitchell Admin", "rep", "Europe"),
    ]
    assert (report.faults, report.snapshot.currency) == ((), "EUR")


def test_a_chinese_crm(tmp_path: Path) -> None:
    files = write(
        tmp_path,
        商机=(
            "商机编号,商机名称,客户名称,负责人,销售阶段,商机金额（元）,预计成交日期,实际成交日期,创建时间,商机状态,输单原因\n"
            "SJ001,进水监测改造,东湖水务,王伟,赢单,¥12.8万,2026年2月20日,2026年2月14日,2025-11-03 09:41,赢单,\n"
            'SJ002,溶解氧探头,江南食品,李娜,方案报价,"36,000",2026/9/30,,2026-01-08 10:00,进行中,\n'
            "SJ003,云服务,江南食品,李娜,输单,9800,,2026/3/2,2025-12-01 08:00,输单,价格\n"
            '合计,,,,,"173,800",,,,,\n'
        ).encode("gb18030"),
        员工="工号,姓名,主属部门,职位,入职日期\n0007,王伟,华东一组,销售经理,2020/5/6\n0012,李娜,华东一组,客户经理,2021/6/7\n".encode(
            "gb18030"
        ),
        客户="客户名称,负责人,行业\n东湖水务,王伟,市政\n江南食品,李娜,食品\n".encode("utf-16"),
    )
    report = imported(tmp_path, "zh_crm", *files)
    assert rows(report, DEAL) == [
        (
            "SJ001",
            "0007",
            "东湖水务",
            "won",
            "2.2.signing",
            "2025-11-03",
            "2026-02-14",
            "2026-02-20",
            128_000.0,
        ),
        (
            "SJ002",
            "0012",
            "江南食品",
            "open",
            "2.2.quote",
            "2026-01-08",
            None,
            "2026-09-30",
            36_000.0,
        ),
        ("SJ003", "0012", "江南食品", "lost", None, "2025-12-01", "2026-03-02", None, 9800.0),
    ]
    assert rows(report, SELLERS) == [("0007", "manager", "华东一组"), ("0012", "rep", "华东一组")]
    assert "opportunities.owner_id：「李娜」按「0012」读入（2 行）" in [
        note.zh for note in report.notes
    ]
    assert said(tmp_path, report) == ["商机.csv:5: a totals row, not a record; nothing to mend"]
