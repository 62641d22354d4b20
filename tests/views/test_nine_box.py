from __future__ import annotations

import re

from salestrain.views.markup import Caption
from salestrain.views.nine_box import NAMED_AT_MOST, Axis, Dot, nine_box

ACROSS = Axis("Performance", 1, 5, (2.7, 3.7), ("2.7", "3.7"))
UP = Axis("Potential", 1, 5, (2.5, 3.5), ("2.5", "3.5"))
COUNTS = [[f"{i}{j}" for j in range(3)] for i in range(3)]


def drawn(*dots: Dot) -> str:
    return nine_box(Caption("5 <sure>", "sub", "said"), ACROSS, UP, dots, COUNTS)


def test_every_box_has_its_count_and_the_cuts_are_written() -> None:
    html = drawn()
    assert html.count("<rect") == 9
    assert re.findall(r'class="count"[^>]*>(\d\d)<', html) == [
        f"{i}{j}" for i in range(3) for j in range(3)
    ]
    assert re.findall(r'class="cut"[^>]*>([\d.]+)<', html) == ["2.7", "3.7", "2.5", "3.5"]
    assert "5 &lt;sure&gt;" in html
    assert 'class="for-screen-reader">said<' in html


def test_a_dot_stands_by_both_figures_and_is_open_if_it_crosses_a_cut() -> None:
    html = drawn(Dot("1", 3, 0.5, 3, 0.5, sure=False), Dot("2", 5, 0.5, 1, 0.5, sure=True))
    assert 'class="open" cx="193.0" cy="161.0"' in html  # the middle of 40 to 346 and of 8 to 314
    assert '<circle cx="346.0" cy="314.0"' in html
    assert "M154.8 161.0H231.2M193.0 199.2V122.8" in html
    assert "H346.0M" in html  # a whisker ends at the sheet's edge


def test_numbers_cover_neither_dots_nor_one_another() -> None:
    crowd = [Dot(str(n), 3 + 0.1 * n, 0.1, 3.0, 0.1, sure=True) for n in range(5)]
    places = [
        (float(x), float(y) - 4)
        for x, y in re.findall(r'class="name" x="([\d.]+)" y="([\d.]+)"', drawn(*crowd))
    ]
    dots = [
        (float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn(*crowd))
    ]
    assert len(places) == 5
    for at, (x, y) in enumerate(places):
        others = [*places[:at], *dots]
        assert not any(abs(x - a) < 10.9 and abs(y - b) < 10.9 for a, b in others)


def test_a_whole_company_is_drawn_without_numbers() -> None:
    many = [Dot(str(n), 3, 0.1, 3, 0.1, sure=True) for n in range(NAMED_AT_MOST + 1)]
    assert 'class="name"' not in drawn(*many)
    assert drawn(*many).count("<circle") == NAMED_AT_MOST + 1
