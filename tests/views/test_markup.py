from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.views import axis
from salestrain.views.markup import Scale, Tick, link, rule_link, scale_of

HOSTILE = '<img src=x onerror="alert(1)">'
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def test_a_place_on_a_scale_is_a_percentage_held_inside_it() -> None:
    scale = Scale(0, 80)
    assert [scale.at(value) for value in (0, 20, 80, 100, -5)] == [0, 25, 100, 100, 0]
    assert Scale(3, 3).at(3) == 0


def test_a_bar_scale_always_holds_zero() -> None:
    assert scale_of([Tick(20, "20"), Tick(40, "40")], [55]) == Scale(0, 55)
    assert scale_of([Tick(0, "0")], [-3, 2]) == Scale(-3, 2)


def test_an_axis_has_round_ticks_and_at_most_four_lines_above_zero() -> None:
    ticks = axis([0.1, 0.62], lambda value: f"{value:.0%}")
    assert [tick.label for tick in ticks] == ["0%", "20%", "40%", "60%", "80%"]
    assert [tick.value for tick in axis([-30, 70], str)] == [-50, 0, 50, 100]
    assert [tick.value for tick in axis([], str)] == [0, 0.25, 0.5, 0.75, 1.0]


@given(st.lists(FINITE, max_size=6))
def test_an_axis_holds_all_values_unless_they_are_beyond_floats(values: list[float]) -> None:
    ticks = axis(values, str)
    assert all(math.isfinite(tick.value) for tick in ticks)
    if len(ticks) > 1:
        slack = 1e-9 * max(abs(tick.value) for tick in ticks)
        assert len(ticks) <= 5
        assert ticks[0].value - slack <= min([0.0, *values])
        assert ticks[-1].value + slack >= max([0.0, *values])


@given(FINITE, FINITE, FINITE)
def test_every_place_lies_between_0_and_100(low: float, high: float, value: float) -> None:
    assert 0 <= Scale(min(low, high), max(low, high)).at(value) <= 100


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "https://a.example/",
        "//a.example",
        " //a.example",
        "\\\\a",
        "",
    ],
)
def test_a_link_with_a_scheme_or_a_host_is_plain_text(href: str) -> None:
    assert link("Team", href) == "Team"


def test_a_link_inside_the_report_or_beside_it_is_kept() -> None:
    assert link("Team", "#3.1.win_rate") == '<a href="#3.1.win_rate">Team</a>'
    assert link("Team", "team/east-1.html?a=1&b=2") == (
        '<a href="team/east-1.html?a=1&amp;b=2">Team</a>'
    )
    assert rule_link("2.2.stalled") == '<span class="rule-link">2.2.stalled</span>'
    assert rule_link("2.2.stalled", "#r") == '<a class="rule-link" href="#r">2.2.stalled</a>'


def test_link_text_and_address_are_escaped() -> None:
    assert "<img" not in link(HOSTILE, HOSTILE)
    assert '"alert' not in link(HOSTILE, HOSTILE)
