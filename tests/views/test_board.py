from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from salestrain.views import Absent, BoardLayer, BoardRow, Change, Hidden, board, sparkline

POINTS = st.lists(st.none() | st.floats(), max_size=12)


def one_row(row: BoardRow, language: str = "en") -> str:
    layer = BoardLayer("Team", (row,))
    return board([layer], "2026 Q3", "quarter", "zh" if language == "zh" else "en")


def test_a_row_shows_value_interval_target_and_what_was_reached() -> None:
    html = one_row(BoardRow("Win rate", "27%", "3.1.win_rate", "17–40%", "40%", "67%"))
    assert '<span class="value">27%</span><small>range 17–40%</small>' in html
    assert '<td class="aim-cell" data-label="Target">40%<small>67% reached</small></td>' in html


def test_a_change_has_arrow_and_verdict() -> None:
    html = one_row(BoardRow("Revenue", "6", before=Change("down", "¥680k", "bad")))
    assert '<span class="bad">▼ ¥680k</span></td>' in html


def test_a_change_within_chance_is_plain_and_says_so() -> None:
    change = Change("down", "3 点", "bad", within_chance=True)
    html = one_row(BoardRow("赢单率", "27%", before=change), "zh")
    assert "<span>▼ 3 点</span><small>误差之内</small>" in html


def test_no_change_is_said_in_words() -> None:
    assert "<span>no change</span>" in one_row(BoardRow("Visits", "43", before=Change("same")))


def test_hidden_and_absent_values_say_why() -> None:
    layers = [
        BoardLayer(
            "L",
            (
                BoardRow("a", Hidden(3, 10)),
                BoardRow("b", Absent("no_table", "surveys")),
                BoardRow("c", Absent("not_out", "due 20 Oct")),
                BoardRow("d", Absent("no_cases")),
            ),
        )
    ]
    english = board(layers, "2026 Q3", "quarter", "en")
    words = re.findall(r'<td class="now"><span class="missing">([^<]*)', english)
    assert words == ["n=3, hidden below 10", "no surveys table", "not out yet", "no cases"]
    assert "<small>due 20 Oct</small>" in english
    chinese = board(layers, "2026 年三季度", "quarter", "zh")
    words = re.findall(r'<td class="now"><span class="missing">([^<]*)', chinese)
    assert words == ["n=3，少于 10 不显示", "缺 surveys 表", "未公布", "没有记录"]


def test_the_year_ago_column_is_there_only_where_it_says_something() -> None:
    row = BoardRow("a", "1", before=Change("same"), year_ago=Change("up", "2"))
    layers = [BoardLayer("L", (row,))]
    assert "vs a year ago" in board(layers, "2026 Q3", "quarter", "en")
    assert "vs a year ago" not in board(layers, "2026", "year", "en")
    assert "vs a year ago" not in one_row(BoardRow("a", "1"))


def test_a_focus_row_is_tinted_by_its_tone_and_an_empty_layer_is_left_out() -> None:
    layers = [BoardLayer("Team", (BoardRow("a", "1", focus="bad"),)), BoardLayer("Gone", ())]
    html = board(layers, "2026", "year", "en")
    assert '<tr class="focus focus--bad">' in html
    assert "Gone" not in html


def test_a_sparkline_is_drawn_to_scale() -> None:
    # 0 lies on the lower edge (26), 10 on the upper (4), 5 half way (15)
    assert sparkline([0, 10, 5], 10) == (
        '<svg class="spark" viewBox="0 0 116 30" aria-hidden="true">'
        '<path class="aim" d="M2 4H112"/><path d="M2 26L56 4L110 15"/>'
        '<circle cx="110" cy="15" r="3"/></svg>'
    )


def test_a_missing_point_stays_a_gap_and_a_lone_point_a_dot() -> None:
    html = sparkline([1, 2, None, 3, float("nan"), 2, 1])
    assert html.count("<path d=") == 2
    assert html.count('class="alone"') == 1


def test_the_dot_is_open_when_the_latest_is_missing() -> None:
    assert '<circle class="gap-end" cx="110" cy="4" r="3"/>' in sparkline([1, 2, None])
    assert sparkline([None, None]) == ""


@given(POINTS, st.none() | st.floats(allow_nan=False, allow_infinity=False))
def test_any_sparkline_stays_in_its_box(points: list[float | None], target: float | None) -> None:
    html = sparkline(points, target)
    assert "nan" not in html
    assert "inf" not in html
    numbers = [float(n) for n in re.findall(r'c[xy]="([^"]+)"', html)]
    assert all(0 <= number <= 116 for number in numbers)


@given(st.lists(st.integers(0, 5), max_size=5), st.sampled_from(["zh", "en"]))
def test_a_board_shows_every_row_once_with_as_many_cells_as_heads(
    sizes: list[int], language: str
) -> None:
    layers = [
        BoardLayer("L", tuple(BoardRow("m", "1", year_ago=Change("same")) for _ in range(size)))
        for size in sizes
    ]
    html = board(layers, "P", "month", "zh" if language == "zh" else "en")
    assert html.count('<th scope="row">') == sum(sizes)
    assert html.count("<td") == sum(sizes) * (html.count('<th scope="col">') - 1)
