from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from salestrain.views import (
    Absent,
    BoardLayer,
    BoardRow,
    BridgePart,
    BridgeTotal,
    BulletBar,
    Caption,
    Cell,
    Change,
    Column,
    Definition,
    Event,
    FunnelStage,
    HeatCell,
    Question,
    RankedBar,
    RankGroup,
    ReportHead,
    Row,
    Series,
    Tag,
    Tick,
    board,
    bridge,
    bullet,
    data_notes,
    data_table,
    definitions,
    funnel,
    heat_map,
    notebook_styles,
    questions,
    ranked_bars,
    report_head,
    report_page,
    report_styles,
    section,
    trend,
)

BAD = '<img src=x onerror="alert(1)">&'
VOID = {"meta", "br", "img", "path", "circle", "line", "rect"}


class Reader(HTMLParser):
    """Collects the tags of a document, and those left open or closed out of turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_a_chinese_headline_keeps_its_phrases_whole() -> None:
    html = report_head(ReportHead("k", "单子卡在报价：赢单率降到 27%，收入少 176 万元"), "zh")
    assert re.findall(r'<span class="phrase">([^<]*)</span>', html) == [
        "单子卡在报价：",
        "赢单率降到 27%，",
        "收入少 176 万元",
    ]


def test_an_english_headline_keeps_its_spaces() -> None:
    html = report_head(ReportHead("k", "Deals stall: ¥1,760 short, again"), "en")
    words = re.sub(r"<[^>]+>", "", html.split("<h1>")[1].split("</h1>")[0])
    assert words == "Deals stall: ¥1,760 short, again"
    assert html.count('class="phrase"') == 3


def test_tags_and_sections_carry_their_tone_and_anchor() -> None:
    html = report_head(ReportHead("k", "t", tags=(Tag("80%", "bad"), Tag("118"))), "en")
    assert '<li class="tag tag--bad">80%</li><li class="tag">118</li>' in html
    assert section("T", "<p>b</p>", sub="s", anchor="a") == (
        '<section class="part" id="a"><h2>T</h2><p class="chart-sub">s</p><p>b</p></section>'
    )


def test_a_table_marks_numbers_and_row_heads_and_refuses_a_short_row() -> None:
    columns = (Column("Deal"), Column("Days", numeric=True))
    html = data_table(columns, [Row((Cell("O-1", "#o"), Cell("61", tone="bad")))], caption="Old")
    assert '<th scope="row"><a href="#o">O-1</a></th>' in html
    assert '<td class="number bad" data-label="Days">61</td>' in html
    assert 'role="region" tabindex="0" aria-label="Old"' in html
    with pytest.raises(ValueError, match="zip"):
        data_table(columns, [Row(("O-1",))])


def hostile_pieces() -> list[str]:
    """Return every piece (but the trend) with hostile text wherever text goes."""
    caption = Caption(BAD, BAD, BAD)
    row = BoardRow(BAD, BAD, BAD, BAD, BAD, BAD, Change("up", BAD), Change("up", BAD), href=BAD)
    absent = BoardRow(BAD, Absent("no_table", BAD))
    bar = RankedBar(BAD, 1, BAD, BAD, href=BAD)
    columns = [Column(BAD), Column(BAD)]
    return [
        report_head(ReportHead(BAD, BAD, BAD, BAD, (Tag(BAD),)), "zh"),
        section(BAD, "", sub=BAD, anchor=BAD),
        board([BoardLayer(BAD, (row, absent))], BAD, "month", "en"),
        ranked_bars(caption, [RankGroup((bar,), True, BAD)], "en", ticks=[Tick(1, BAD)]),
        bullet(caption, [BulletBar(BAD, 1, BAD, BAD)], "en"),
        funnel(caption, [FunnelStage(BAD, 1, BAD, BAD, BAD), FunnelStage(BAD, 1, BAD)], "en"),
        bridge(
            caption,
            BridgeTotal(BAD, 5, BAD),
            [BridgePart(BAD, 1, BAD, BAD)],
            BridgeTotal(BAD, 6, BAD),
            "en",
            Tick(1, BAD),
        ),
        heat_map(caption, [BAD], [(BAD, [HeatCell(1, BAD)])], corner=BAD),
        questions([Question(BAD, BAD, BAD, BAD)]),
        definitions([Definition(BAD, BAD, BAD, BAD, (BAD,))]),
        data_notes([BAD]),
        data_table(columns, [Row((BAD, Cell(BAD, BAD, BAD)))], caption=BAD, stacked=True),
        report_page(BAD, "en", ""),
    ]


def test_hostile_text_stays_text_everywhere() -> None:
    for html in hostile_pieces():
        read = Reader(html)
        assert "img" not in read.seen, html
        assert not read.wrong, html
        assert "onerror" not in re.sub(r"&lt;img[^<]*?&quot;&gt;|&lt;img.*?&gt;", "", html), html


@pytest.mark.slow
def test_hostile_text_stays_text_in_a_drawing() -> None:
    main = Series(BAD, BAD, (1, 2))
    html = trend(
        Caption(BAD, BAD, BAD),
        [BAD, BAD],
        main,
        "en",
        ticks=[Tick(1, BAD)],
        target=Tick(1, BAD),
        events=[Event(1, BAD)],
    )
    assert "img" not in Reader(html).seen


@pytest.mark.slow
def test_a_page_is_well_formed_asks_no_host_and_stays_small(pages: dict[str, str]) -> None:
    for html in pages.values():
        read = Reader(html)
        assert not read.wrong
        assert not read.open
        assert len(read.ids) == len(set(read.ids))
        assert "http://" not in html
        assert "https://" not in html
        assert "<script" not in html
        assert len(html.encode()) < 100_000
    assert '<html lang="zh-CN">' in pages["zh"]
    assert '<html lang="en">' in pages["en"]


def test_a_page_states_its_policy_and_can_fix_the_theme() -> None:
    html = report_page("t", "en", "", theme="dark")
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:;" in html
    assert '<html lang="en" data-theme="dark">' in html


def test_notebook_styles_touch_nothing_outside_a_report() -> None:
    rules = re.sub(r"@(media|container)[^{]*\{", "", notebook_styles())
    selectors = [rule.strip("} ") for rule in re.findall(r"([^{};]+)\{", rules)]
    assert len(selectors) > 100
    for selector in selectors:
        for one in re.split(r",(?![^(]*\))", selector):
            assert ".report" in one, one


def tokens(dark: bool) -> dict[str, str]:
    """Return the colours that hold by day, or by night."""
    light, _, night = report_styles().partition(':root[data-theme="dark"]')
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", light))
    if dark:
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", night.split("}")[0]))
    return found


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio (1–21)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_words_are_told_from_every_ground(dark: bool) -> None:
    found = tokens(dark)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    pairs = [(ink, g) for ink in ("ink", "ink-2", "ink-3") for g in ("paper", "surface", "sunken")]
    pairs += [(tone, f"{tone}-tint") for tone in ("good", "bad", "warn", "brand")]
    pairs += [("ink-2", "bad-tint"), ("ink-3", "bad-tint"), ("ink-3", "brand-tint")]
    pairs += [(tone, "paper") for tone in ("good", "bad", "brand", "data-1")]
    pairs += [("ink", f"seq-{i}") for i in (1, 2, 3)]
    pairs += [("ink", f"div-{step}") for step in ("bad-1", "mid", "good-1")]
    pairs += [("on-strong", g) for g in ("seq-4", "seq-5", "div-bad-2", "div-good-2")]
    low = {
        pair: round(contrast(found[pair[0]], found[pair[1]]), 2)
        for pair in pairs
        if contrast(found[pair[0]], found[pair[1]]) < 4.5
    }
    assert low == {}
