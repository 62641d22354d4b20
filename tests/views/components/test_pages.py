"""Tabs whose panel is drawn when asked for, and the skill map's cells."""

from __future__ import annotations

from salestrain.views.components.pages import Page, paged
from salestrain.views.components.skill_map import Cell, skill_map


def test_the_open_page_is_chosen_and_every_tab_asks_for_its_own() -> None:
    html = paged("Coaching", "open", [Page("a", "A & B"), Page("b", "B")], "a", "<p>body</p>")
    assert html.count('role="tab"') == 2
    assert 'id="page-a" aria-selected="true" aria-controls="page-open">A &amp; B<' in html
    assert 'id="page-b" aria-selected="false"' in html
    assert 'data-do="open" data-with="{&quot;page&quot;: &quot;b&quot;}"' in html
    assert 'role="tabpanel" id="page-open" aria-labelledby="page-a"><p>body</p></div>' in html


def test_a_cell_says_level_and_span_in_words_and_opens_what_is_behind_it() -> None:
    cell = Cell("3", "2–4", "good-2", "look", {"person": 'a"b'})
    html = skill_map("Map", ["Who", "<Selling>"], [("<b>Ann</b>", [cell, Cell("—")])])
    assert "&lt;b&gt;Ann&lt;/b&gt;" in html
    assert "&lt;Selling&gt;" in html
    assert "3 <small>2–4</small></button>" in html
    assert "background:var(--div-good-2)" in html
    assert "color:var(--on-strong)" in html
    assert 'data-do="look"' in html
    assert "a\\&quot;b" in html
    assert html.count("<button") == 1


def test_without_colour_the_ink_is_the_ordinary_one() -> None:
    html = skill_map("Map", ["Who", "Selling"], [("Ann", [Cell("?", "1–4")])])
    assert "background" not in html
    assert "color:var(--ink)" in html
