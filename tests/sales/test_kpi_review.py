from __future__ import annotations

import math
from datetime import date

import pytest

from salestrain.language import Text
from salestrain.periods import Period
from salestrain.sales.bridge import Bridge, Part
from salestrain.sales.entities import entities_of
from salestrain.sales.figures import Book, Cell, Figure, against, change, pooled, without
from salestrain.sales.kpi_review import (
    Finding,
    People,
    Row,
    board,
    lead_of,
    leading,
    middle,
)
from salestrain.sales.kpi_words import (
    Voice,
    alike,
    bridge_sentence,
    finding_clause,
    headline,
    people_sentence,
)
from salestrain.sales.metrics import compute
from tests.sales.crm_tables import PEOPLE, TEAMS, in_memory
from tests.sample import sample_playbook

KPIS = sample_playbook().kpis
Q3 = Period.parse("2026-Q3")
EAST = Cell("team", "E", Q3)
ZH, EN = Voice("zh", "CNY"), Voice("en", "CNY")


def share(won: int, tried: int) -> Figure:
    return pooled([Figure(numerator=won, denominator=tried)])


def row(kpi: str, now: Figure, then: Figure, cell: Cell = EAST) -> Row:
    found = change(now, then)
    return Row(KPIS[kpi], cell, now, (then, now), previous=found, last_year=None)


def test_a_change_is_sure_only_when_its_interval_leaves_out_zero() -> None:
    sure = change(share(14, 52), share(83, 201))
    unsure = change(share(14, 52), share(16, 53))
    assert sure
    assert unsure
    assert (sure.sure, unsure.sure) == (False, False)
    clear = change(share(30, 105), share(230, 501))
    assert clear
    assert clear.sure
    assert clear.good("higher") is False
    assert clear.good("neither") is None


def test_what_is_not_shown_is_not_compared() -> None:
    assert change(share(1, 2), Figure()) is None
    assert against(Figure(), 0.4) is None


def test_the_rest_is_the_whole_less_the_part() -> None:
    rest = without(share(50, 100), share(10, 40))
    assert (rest.numerator, rest.denominator) == (40, 60)
    assert not without(share(10, 40), share(10, 40)).shown


def test_a_median_of_reps_leaves_out_those_without_cases() -> None:
    figures = [Figure(v, target=10, shown=True) for v in (1.0, 9.0, 4.0)]
    found = middle([*figures, Figure()])
    assert (found.value, found.n, found.target) == (4.0, 3, 10)
    assert not middle([*figures, *[Figure()] * 4]).shown


def test_the_strongest_process_finding_leads() -> None:
    rows = [
        row("3.1.win_rate", share(30, 105), share(230, 501)),
        row("3.1.conversion_needs", share(10, 100), share(260, 501)),
        row("3.1.lead_conversion", share(10, 30), share(11, 30)),
    ]
    assert [f.row.kpi.id for f in leading(rows)] == ["3.1.conversion_needs", "3.1.win_rate"]


def test_the_headline_names_the_change_and_the_money() -> None:
    money = Figure(6_840_000, 6e6, 7.6e6, n=40, target=8_600_000, shown=True)
    revenue = Row(KPIS["3.1.revenue"], EAST, money, (money,), None, None)
    rows = [row("3.1.win_rate", share(30, 105), share(230, 501)), revenue]
    assert headline(rows, leading(rows), EN) == (
        "Win rate is down to 29%; revenue ¥1.76M short of target"
    )
    assert headline(rows, leading(rows), ZH) == "赢单率降到 29%，销售额比目标少 176 万元"


def test_without_a_sure_change_the_headline_says_so() -> None:
    money = Figure(900.0, 1, 2000, n=4, target=800.0, shown=True)
    revenue = Row(KPIS["3.1.revenue"], EAST, money, (money,), None, None)
    assert headline([revenue], [], EN) == (
        "Revenue ¥100 above target; nothing else moved beyond chance"
    )
    assert headline([], [], ZH) == "数据不够，下不了结论"


def test_a_period_without_any_record_says_so() -> None:
    nobody = row("3.1.revenue", Figure(0.0, 0, 0, shown=True), Figure())
    assert headline([nobody], [], EN) == "Nothing on record in 2026 Q3"


def test_a_distance_from_the_others_is_said_with_theirs() -> None:
    found = change(share(30, 105), share(230, 501))
    assert found
    subject = row("3.1.win_rate", share(30, 105), share(230, 501))
    assert finding_clause(Finding(subject, "peers", found), EN) == (
        "Win rate is 29%, the other teams 46%"
    )
    assert finding_clause(Finding(subject, "peers", found), ZH) == "赢单率 29%，其他组 46%"


def test_the_bridge_names_the_largest_cause_of_the_way_it_went() -> None:
    parts = (Part("win_rate", -940_000, 0.3, 0.27), Part("repeat", 260_000, 0, 0))
    found = Bridge(7_520_000, 6_840_000, parts)
    assert bridge_sentence(found, "quarter", EN) == (
        "Revenue is ¥680k less than last quarter; the largest part is win rate (−¥940k)."
    )


@pytest.mark.parametrize(
    ("worse", "reps", "says"),
    [(7, 7, "all 7 reps"), (6, 7, "6 of 7"), (2, 7, "see who"), (1, 2, "")],
)
def test_whether_it_is_one_person_or_all(worse: int, reps: int, says: str) -> None:
    assert says in people_sentence(worse, reps, EN)


def test_those_that_cannot_be_told_apart_are_said_to_be_alike() -> None:
    teams = Text("个组", "teams")
    assert alike(dict.fromkeys("abc"), teams, EN) == "3 teams: all within chance"
    assert alike({"a": False, "b": None, "c": None}, teams, ZH) == "1 个组偏低，2 个组分不出高下"


def test_a_team_is_compared_with_the_rest_and_a_rep_with_the_team() -> None:
    deals = [
        {"opportunity_id": f"{who}{n}", "owner_id": who, "amount": 1.0,
         "outcome": "won" if n < won else "lost", "closed_on": date(2026, 8, 1)}
        for who, won in (("a", 2), ("b", 18), ("c", 20))
        for n in range(40)
    ]  # fmt: skip
    connection, present = in_memory(people=PEOPLE, teams=TEAMS, opportunities=deals)
    metrics = compute(
        connection, [KPIS["3.1.win_rate"]], list(Q3.run(10)), present=present, as_of=Q3.end
    )
    named = entities_of(connection, present)
    people = People(
        {(r.level, r.entity): r.parent for r in named.itertuples()}  # type: ignore[misc] # columns of a frame
    )
    book = Book(metrics.frame)
    (team,) = board(book, [KPIS["3.1.win_rate"]], EAST, people)
    (rep,) = board(book, [KPIS["3.1.win_rate"]], Cell("rep", "a", Q3), people)
    assert team.peers
    assert (team.peers.now, team.peers.then) == (20 / 80, 20 / 40)
    assert rep.peers
    assert (rep.peers.now, rep.peers.then) == (2 / 40, 18 / 40)
    assert [f.comparison for f in leading([rep])] == ["peers"]
    assert math.isnan(team.history[0].value)
    assert [cell.entity for cell in people.reps(Cell("region", "华东", Q3))] == ["a", "b"]


def test_a_finding_that_barely_leaves_out_zero_does_not_lead() -> None:
    barely = row("3.1.win_rate", share(36, 100), share(250, 501))
    assert [f.change.sure for f in barely.findings()] == [True]
    assert leading([barely]) == []


def test_a_quarter_like_the_last_says_so() -> None:
    nothing = Figure(0.0, 0, 0, n=1, shown=True)
    revenue = row("3.1.revenue", nothing, nothing)
    assert headline([revenue], [], EN) == (
        "Revenue ¥0, as last quarter; nothing else moved beyond chance"
    )


def test_what_needs_mending_leads_before_what_went_well() -> None:
    good = row("3.1.win_rate", share(400, 501), share(30, 105))
    bad = row("3.1.conversion_needs", share(30, 105), share(230, 501))
    result = row("3.1.won_value", Figure(1.0, 1, 1, shown=True), Figure(9.0, 9, 9, shown=True))
    assert lead_of(leading([good])) == next(iter(leading([good])))
    found = lead_of(leading([result, good, bad]))
    assert found
    assert found.row.kpi.id == "3.1.conversion_needs"
    assert lead_of(leading([result])) is None
