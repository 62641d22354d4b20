"""Figures drawn from the standards: every name a page may use, in both languages."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from salestrain.language import LANGUAGES, Language
from salestrain.playbook.pages import FIGURES as NAMES
from salestrain.playbook.pages import Picture
from salestrain.views.figures import FIGURES, figure
from salestrain.views.figures.flow import Box, Way, flow, wrapped
from tests.sample import sample_playbook


def test_what_a_page_may_name_is_what_can_be_drawn() -> None:
    assert set(NAMES) == FIGURES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_sound_markup_with_its_caption(name: str, language: Language) -> None:
    html = figure(name, "a <caption>", sample_playbook(), language)
    ET.fromstring(html)  # noqa: S314 (drawn here)
    assert html.endswith("<figcaption>a &lt;caption&gt;</figcaption></figure>")
    assert "None" not in html


def test_without_its_standard_there_is_no_figure() -> None:
    bare = replace(sample_playbook(), standards=sample_playbook().standards[:0])
    assert figure("raci", "who", bare, "en") == ""


def test_every_figure_is_shown_on_some_page() -> None:
    for language in LANGUAGES:
        shown = {
            part.figure
            for (_, spoken), page in sample_playbook().pages.items()
            if spoken == language
            for part in page.parts
            if isinstance(part, Picture)
        }
        assert set(NAMES) <= shown, language


def test_figures_follow_the_standards() -> None:
    stages = figure("stages", "", sample_playbook(), "en")
    assert "limit 21 days · forecast at 10%" in stages
    assert stages.count("<rect") == 4
    raci = figure("raci", "", sample_playbook(), "en")
    assert raci.count("<tr>") == 11
    cells = "".join(f"<td>{letter}</td>" for letter in ("R", "C", "", "", "A"))
    assert f"Approve a discount</th>{cells}" in raci
    tiers = figure("tiers", "", sample_playbook(), "en")
    assert "below 60%" in tiers
    assert "130% and more" in tiers


def test_ways_back_run_beside_the_boxes() -> None:
    drawn = flow([Box("a"), Box("b"), Box("c")], [Way(0, 1), Way(1, 2), Way(2, 0)], "x")
    assert drawn.count('class="around back"') == 1
    assert drawn.count("<path") == 3


def test_long_notes_break_between_words_or_signs() -> None:
    assert wrapped("one two three", 40, 12) == ["one", "two", "three"]
    assert wrapped("一二三四五六", 40, 12) == ["一二三", "四五六"]
    assert wrapped("", 40, 12) == [""]
