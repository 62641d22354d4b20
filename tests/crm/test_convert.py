# ruff: noqa: DTZ001 (exports give local days)
from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.crm.convert import amount, choice, flag
from salestrain.crm.dates import read_dates
from salestrain.crm.export import escape_formula
from salestrain.crm.mapping import plain


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("¥1,234.50", 1234.5), ("￥１，２３４", 1234.0), ("1.2万", 12_000.0),
        ("3 百万", 3_000_000.0),
        ("2亿元", 200_000_000.0), ("(1,234)", -1234.0), ("1234-", -1234.0), ("−7", -7.0),
        ("USD 300", 300.0), ("1 234", 1234.0), ("1'234", 1234.0), ("1.5k", 1500.0), ("2M", 2e6),
        ("12%", 0.12), (".5", 0.5), ("1e3", 1000.0),
        ("twelve", None), ("12,34", None), ("1.2.3", None), ("=1+1", None), ("inf", None),
        ("-", None),
        ("1,234,5", None), ("5 pcs", None),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(cell: str, value: float | None) -> None:
    assert amount(cell) == value


def test_a_decimal_comma_is_read_only_when_told() -> None:
    assert (amount("1.234,56", ","), amount("12,5", ","), amount("12,5")) == (1234.56, 12.5, None)


@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from(["{:,.2f}", "¥{:.2f}", "{!r}"]))
def test_a_written_number_reads_back(value: float, form: str) -> None:
    assert amount(form.format(value)) == pytest.approx(value, abs=0.0051)


@pytest.mark.parametrize(
    "written",
    ["2026-03-05 16:30", "2026-03-05T16:30:00.000Z", "2026/3/5 4:30 PM", "2026年3月5日 下午 4:30",
     "5 Mar 2026 16:30", "Mar 5, 2026 16:30:59", "20260305 16:30", "46086.6875", "13/5/2026 16:30"],
)  # fmt: skip
def test_moments_as_exports_write_them(written: str) -> None:
    found = read_dates([written])[written]
    assert (found.hour, found.minute, found.year) == (16, 30, 2026)
    assert (found.month, found.day) == ((5, 13) if "13/5" in written else (3, 5))


@pytest.mark.parametrize(
    "written", ["soon", "2026-02-30", "0026-01-01", "12345678901", "1", "31/31/2026"]
)
def test_what_is_no_date_is_left_out(written: str) -> None:
    assert read_dates([written]) == {}


def test_one_clear_value_decides_the_order_for_its_column() -> None:
    assert read_dates(["03/04/26", "25/12/99"])["03/04/26"] == datetime(2026, 4, 3)
    assert read_dates(["03/04/26", "12/25/99"])["03/04/26"] == datetime(2026, 3, 4)
    assert read_dates(["03/04/26"], ["%m/%d/%y"])["03/04/26"] == datetime(2026, 3, 4)


@given(
    st.lists(
        st.dates(datetime(1950, 1, 1).date(), datetime(2068, 1, 1).date()), min_size=1, max_size=9
    ),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%d %b %Y", "%b %d, %Y"]),
)
def test_a_date_written_in_a_clear_format_reads_back(days: list[datetime], form: str) -> None:
    written = {day.strftime(form): day for day in days}
    found = read_dates(written)
    assert {text: moment.date() for text, moment in found.items()} == written
    serial = str((datetime(days[0].year, 1, 1) - datetime(1899, 12, 30)) // timedelta(days=1))
    assert read_dates([serial])[serial].year == days[0].year


def test_choices_and_flags_know_everyday_words() -> None:
    choices = ("open", "won", "lost")
    words = ("Closed Won", "赢单", "LOST", "进行中", "perhaps", "")
    assert [choice(word, choices) for word in words] == ["won", "won", "lost", "open", None, None]
    assert choice("赢单", ("rep", "manager")) is None
    assert [flag(word) for word in ("Yes", "是", "０", "FALSE", "maybe")] == [
        True,
        True,
        False,
        False,
        None,
    ]


def test_names_are_compared_without_case_spaces_and_punctuation() -> None:
    assert (
        plain("Opportunity_ID") == plain("opportunity id") == plain("ＯＰＰＯＲＴＵＮＩＴＹ－ＩＤ")
    )
    assert plain("GTX Pro") == plain("GTXPro") != plain("GTX Plus Pro")


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("-12.5", "-12.5"), ("+49 30 1234", "'+49 30 1234"), ("@me", "'@me"),
     ("\tx", "'\tx"), ("-1e5", "-1e5"), ("-", "'-"), ("a=b", "a=b"), ("", ""), ("+5%", "+5%")],
)  # fmt: skip
def test_cells_a_spreadsheet_would_run_get_an_apostrophe(cell: str, written: str) -> None:
    assert escape_formula(cell) == written
