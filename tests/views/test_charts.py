from __future__ import annotations

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.views import (
    BridgePart,
    BridgeTotal,
    BulletBar,
    Caption,
    Event,
    FunnelStage,
    HeatCell,
    RankedBar,
    RankGroup,
    Series,
    Tick,
    bridge,
    bridge_cut,
    bullet,
    funnel,
    heat_map,
    ranked_bars,
    trend,
)
from salestrain.views.drawing import spread

CAPTION = Caption("Finding", "Measure, unit", "One sentence.")
TICKS = (Tick(0, "0"), Tick(50, "50"), Tick(100, "100"))
FINITE = st.floats(allow_nan=False, allow_infinity=False)
MAYBE = st.none() | FINITE


def assert_drawable(html: str) -> None:
    """Every position is a percentage between 0 and 100."""
    positions = re.findall(r"--[a-z]+:([^;%\"]*)%", html)
    assert positions
    assert all(0 <= float(position) <= 100 for position in positions)


def test_a_chart_says_finding_measure_and_sentence() -> None:
    html = funnel(CAPTION, [FunnelStage("a", 1, "1")], "en")
    assert '<h3 class="chart-title">Finding</h3><p class="chart-sub">Measure, unit</p>' in html
    assert '<p class="for-screen-reader">One sentence.</p>' in html


def test_ranked_bars_start_at_zero_and_carry_whiskers() -> None:
    bar = RankedBar("East", 25, "25%", "13/52", 10, 40, 52, focus=True, tone="bad")
    html = ranked_bars(CAPTION, [RankGroup((bar,))], "en", ticks=TICKS, target=40)
    assert '<li class="focus tone--bad">' in html
    assert '<i class="bar" style="--from:0%;--to:75%"></i>' in html
    assert '<i class="whisker" style="--lo:10%;--hi:60%"></i>' in html
    assert '<i class="aim" style="--at:40%"></i>' in html


def test_a_negative_bar_runs_left_from_zero() -> None:
    ticks = (Tick(-50, "−50"), Tick(0, "0"), Tick(50, "50"))
    html = ranked_bars(CAPTION, [RankGroup((RankedBar("a", -25),))], "en", ticks=ticks)
    assert '<i class="bar" style="--from:25%;--to:50%"></i>' in html


def test_few_cases_are_hatched_fewer_hidden_and_zero_is_shown_as_zero() -> None:
    bars = tuple(RankedBar(f"n{n}", 0, "0%", n=n) for n in (4, 5, 9, 10))
    html = ranked_bars(CAPTION, [RankGroup(bars)], "en", ticks=TICKS, minimum_n=5)
    assert html.count('<li class="few">') == 2
    assert "<em>n=4, hidden below 5</em>" in html
    assert html.count("<b>0%</b>") == 3
    assert html.count('class="bar"') == 3


def test_a_tied_group_forbids_ranking_and_is_no_ordered_list() -> None:
    group = RankGroup((RankedBar("a", 1), RankedBar("b", 2)), tied=True)
    html = ranked_bars(CAPTION, [group], "zh", ticks=TICKS)
    assert "<p>这 2 个分不出高下，不排名次</p><ul>" in html
    assert "<ol>" not in html


@given(st.lists(st.tuples(MAYBE, MAYBE, MAYBE, st.none() | st.integers(0, 30)), max_size=8), MAYBE)
def test_any_ranked_bars_are_drawable_and_none_is_lost(
    rows: list[tuple[float | None, float | None, float | None, int | None]], target: float | None
) -> None:
    bars = tuple(RankedBar("a", v, "v", "", low, high, n) for v, low, high, n in rows)
    html = ranked_bars(CAPTION, [RankGroup(bars)], "en", ticks=TICKS, target=target, minimum_n=5)
    assert html.count("<li") == len(rows)
    assert_drawable(html)


def test_a_bullet_ends_where_its_share_of_the_target_is() -> None:
    html = bullet(CAPTION, [BulletBar("Revenue", 75, "75%"), BulletBar("Share", None)], "en")
    # the lane reaches to 125 % of the target
    assert '<i class="bar" style="--from:0%;--to:40%"></i>' in html
    assert '<i class="ground" style="--zero:0%;--near:64%;--full:80%"></i>' in html
    assert "<em>no cases</em>" in html


@given(st.lists(MAYBE, min_size=1, max_size=8))
def test_any_bullets_are_drawable_and_none_is_lost(reached: list[float | None]) -> None:
    html = bullet(CAPTION, [BulletBar("a", one, "x") for one in reached], "zh")
    assert html.count("<li") == len(reached)
    assert_drawable(html)


def test_a_funnel_shows_conversion_and_tints_the_step_and_the_bar_after_it() -> None:
    stages = [
        FunnelStage("Quote", 50, "50", "30%", "others 44%", "bad"),
        FunnelStage("Signing", 15, "15"),
    ]
    html = funnel(CAPTION, stages, "en")
    assert '<span class="lane" style="--v:30%">' in html
    assert '<li class="step focus focus--bad"><span><b>30%</b> went on</span>' in html
    assert '<small>others 44%</small></li><li class="stage tone--bad">' in html


@given(st.lists(FINITE, min_size=1, max_size=8))
def test_any_funnel_is_drawable_and_no_stage_is_lost(counts: list[float]) -> None:
    html = funnel(CAPTION, [FunnelStage("a", count, "x") for count in counts], "en")
    assert html.count('class="stage') == len(counts)
    assert html.count('class="step') == len(counts) - 1
    assert_drawable(html)


def test_a_bridge_walks_from_start_to_end() -> None:
    parts = [BridgePart("Wins", -40, "−40", "fewer", "bad"), BridgePart("Price", 20, "+20")]
    html = bridge(CAPTION, BridgeTotal("Q2", 100, "100"), parts, BridgeTotal("Q3", 80, "80"), "en")
    assert re.findall(r"--from:([\d.]+)%;--to:([\d.]+)%;--end:([\d.]+)%", html) == [
        ("0", "0", "100"),
        ("60", "0", "60"),
        ("60", "20", "80"),
        ("0", "20", "80"),
    ]
    assert "Wins<small>fewer</small>" in html
    assert "axis starts" not in html


def test_a_cut_axis_is_named_and_the_totals_fade() -> None:
    start, end = BridgeTotal("Q2", 752, "752"), BridgeTotal("Q3", 658, "658")
    parts = [BridgePart("赢单率", -94, "−94")]
    cut = bridge_cut(752, parts)
    assert cut == 630
    html = bridge(CAPTION, start, parts, end, "zh", Tick(cut, "630 万"))
    assert "Measure, unit（横轴起点：630 万）" in html
    assert html.count('class="total cut"') == 2


def test_an_axis_is_not_cut_when_totals_are_near_zero_or_nothing_changed() -> None:
    assert bridge_cut(100, [BridgePart("a", -60, "")]) == 0
    assert bridge_cut(100, [BridgePart("a", -160, "")]) == 0
    assert bridge_cut(100, []) == 0


def test_a_bridge_that_does_not_add_up_is_refused() -> None:
    start, end = BridgeTotal("a", 100, ""), BridgeTotal("b", 90, "")
    with pytest.raises(ValueError, match="from 100 to 105, not to 90; add the part that is miss"):
        bridge(CAPTION, start, [BridgePart("x", 5, "")], end, "en")


@given(st.floats(-1e12, 1e12), st.lists(st.floats(-1e12, 1e12), max_size=6))
def test_any_bridge_is_drawable_and_no_part_is_lost(start: float, changes: list[float]) -> None:
    parts = [BridgePart("a", change, "x") for change in changes]
    end = list(accumulate(changes, initial=start))[-1]
    cut = Tick(bridge_cut(start, parts), "c")
    html = bridge(CAPTION, BridgeTotal("s", start, ""), parts, BridgeTotal("e", end, ""), "en", cut)
    assert html.count("<li") == len(changes) + 2
    assert 0 <= cut.value <= max(start, 0.0)
    assert_drawable(html)


def test_a_heat_map_shades_by_value_and_writes_it() -> None:
    cells = [HeatCell(value, label) for value, label in ((0, "0"), (5, "5"), (10, "10"))]
    html = heat_map(CAPTION, ["a", "b", "c"], [("row", cells)])
    assert '<td class="seq-1">0</td><td class="seq-3">5</td><td class="seq-5">10</td>' in html


def test_a_diverging_heat_map_parts_at_the_norm() -> None:
    cells = [HeatCell(value, "x") for value in (0.2, 0.35, 0.4, 0.45, 0.6)]
    html = heat_map(CAPTION, list("abcde"), [("row", cells)], palette="div", middle=0.4)
    shades = re.findall(r'<td class="([^"]+)"', html)
    assert shades == ["div-bad-2", "div-bad-1", "div-mid", "div-good-1", "div-good-2"]


@given(st.lists(MAYBE, min_size=1, max_size=9), st.sampled_from(["seq", "div"]), FINITE)
def test_any_heat_map_shades_every_cell(
    values: list[float | None], palette: str, middle: float
) -> None:
    cells = [HeatCell(value, "x") for value in values]
    html = heat_map(
        CAPTION,
        ["c"] * len(values),
        [("row", cells)],
        palette="seq" if palette == "seq" else "div",
        middle=middle,
    )
    shades = re.findall(r'<td class="([^"]+)">x', html)
    assert len(shades) == len(values)
    assert set(shades) <= {"missing", *(f"seq-{i}" for i in range(1, 6))} | {
        f"div-{step}" for step in ("bad-2", "bad-1", "mid", "good-1", "good-2")
    }


def a_trend(points: tuple[float | None, ...], **more: object) -> str:
    periods = [f"2026 Q{i}" for i in range(len(points))]
    main = Series("East", "27%", points)
    return trend(CAPTION, periods, main, "en", ticks=TICKS, **more)  # type: ignore[arg-type]  # (keywords of the test)


@pytest.mark.slow
def test_a_trend_is_three_lean_drawings_with_text_and_tokens() -> None:
    html = a_trend(
        (10, None, 30), target=Tick(40, "Target 40%"), events=(Event(1.5, "Approval moved"),)
    )
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert [re.findall(r"drawing--(\w+)", d)[0] for d in drawings] == ["wide", "middle", "phone"]
    for drawing in drawings:
        assert len(drawing.encode()) < 25_000
        assert 'stroke="var(--data-1)"' in drawing
        assert "font-family" not in drawing
        assert not re.findall(r'(?:fill|stroke)="(?!var\(|none)[^"]*"', drawing)
        for words in ("East 27%", "Target 40%", "Approval moved", "2026 Q2"):
            assert words in drawing
    assert 'role="img" aria-label="One sentence."' in html


@pytest.mark.slow
def test_a_gap_in_a_trend_is_not_joined_and_the_last_missing_is_an_open_dot() -> None:
    whole = a_trend((10, 20, 30, 40, 50))
    broken = a_trend((10, 20, None, 40, None))
    assert len(re.findall(r'd="(M[^"Z]*)Z?[^"]*" stroke="var\(--data-1\)"', whole)) == 3
    path = re.findall(r'd="([^"]*)" stroke="var\(--data-1\)"', broken)[0]
    assert path.count("M") == 2
    assert 'fill="var(--data-1)"' in whole.split("East")[0]
    assert 'fill="var(--paper)" stroke="var(--ink-3)"' in broken


@pytest.mark.slow
def test_a_band_names_itself_in_the_subtitle() -> None:
    main = Series("East", "27%", (1, 2), (0, 1), (3, 4))
    html = trend(CAPTION, ["a", "b"], main, "zh", ticks=TICKS)
    assert "Measure, unit；浅色带：95% 区间" in html
    assert 'fill="var(--chart-band)"' in html


def test_a_series_of_the_wrong_length_is_refused_by_name() -> None:
    short = Series("North", "3", (1,))
    with pytest.raises(ValueError, match="'North' has 1 points for 2 periods; give None where"):
        trend(CAPTION, ["a", "b"], short, "en", ticks=TICKS)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.none() | st.floats(), min_size=1, max_size=8))
def test_any_trend_is_drawn_with_numbers_only(points: list[float | None]) -> None:
    html = a_trend(tuple(points), target=Tick(5, "T"))
    assert html.count("<svg") == 3
    assert "NaN" not in html
    assert "Infinity" not in html


def test_labels_that_would_touch_are_pushed_apart_evenly() -> None:
    assert spread([10, 20, 100], [18, 18, 18]) == [6.0, 24.0, 96.0]
    assert spread([10, 50], [18, 18]) == [10, 50]


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(1, 40)), min_size=1, max_size=6))
def test_no_two_labels_ever_touch(boxes: list[tuple[float, float]]) -> None:
    boxes.sort()
    places = spread([middle for middle, _ in boxes], [height for _, height in boxes])
    for (above, a), (below, b) in pairwise(zip(places, (h for _, h in boxes), strict=True)):
        assert below - above >= (a + b) / 2 - 1e-6
