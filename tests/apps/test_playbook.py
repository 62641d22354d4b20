"""The playbook to read: contents, rules one can link to, search, and what was read is kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.apps.playbook import Reader
from salestrain.apps.playbook.text import with_links
from salestrain.language import Language
from salestrain.playbook.sections import SECTIONS
from salestrain.playbook.whole import Playbook
from salestrain.records import Person
from salestrain.views.screen import Refused
from tests.apps.learners import (
    BOSS,
    TANG,
    TEACHER,
    Did,
    Open,
    act,
    buttons,
    words,
)
from tests.sample import sample_playbook
from tests.training.first_week import READ


def ids(html: str) -> list[str]:
    return re.findall(r'<li[^>]* id="(\d\.\d\.[\w.]+)"', html)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_is_in_the_readers_language(open_for: Open, language: Language) -> None:
    visit = open_for(language=language)
    drawn = Reader(visit, "2.2").draw()
    title = f"2.2 {visit.playbook.pages['2.2', language].head.title}"
    assert title.replace(" ", "") in words(drawn.html).replace(" ", "")
    assert drawn.title == f"2.2 {SECTIONS['2.2'].in_(language)}"
    assert ("规则" if language == "zh" else "Rules") in words(drawn.html)


def test_the_contents_name_all_eighteen_and_link_only_what_is_written(open_for: Open) -> None:
    html = Reader(open_for(), "2.2").draw().html
    contents = html[html.index("<nav") : html.index("</nav>")]
    assert re.findall(r'class="number">(\d\.\d)', contents) == list(SECTIONS)
    assert re.findall(r'href="([^"]*)"', contents) == [
        "/app/playbook?page=2.2",
        "/app/playbook?page=3.1",
    ]
    assert "The order loop (unwritten)" in contents
    assert contents.count('aria-current="page"') == 1


def test_a_section_not_yet_written_says_so(open_for: Open) -> None:
    app = Reader(open_for(), "2.3")
    assert "“The order loop” isn’t written yet" in words(app.draw().html)
    assert 'data-do="read"' not in app.draw().html
    with pytest.raises(Refused, match="no page here"):
        act(app, "read")
    assert open_for().thread("playbook", "2.3").steps == []


@pytest.mark.parametrize("page", ["", "9.9", "../secret", "2.2.stalled"])
def test_an_unknown_page_opens_the_first_that_is_written(open_for: Open, page: str) -> None:
    assert Reader(open_for(), page).draw().title == "2.2 Opportunity stages"


@pytest.mark.parametrize("section", ["2.2", "3.1"])
@pytest.mark.parametrize("base_url", ["/", ""])
def test_every_citable_id_of_a_section_is_a_target_among_its_rules(
    open_for: Open, playbook: Playbook, section: str, base_url: str
) -> None:
    where = {"rules" if base_url else "page": section}  # without a server they are on the page
    html = Reader(open_for(base_url=base_url), **where).draw().html
    rules = {**playbook.rules, **playbook.kpis}
    stages = {stage.id for stage in playbook.stages}
    criteria = {point.id for stage in playbook.stages for point in stage.exit}
    wanted = {one for one in {*rules, *stages, *criteria} if one.startswith(f"{section}.")}
    assert wanted <= set(ids(html))
    assert len(ids(html)) == len(set(ids(html)))


def test_a_stage_is_followed_by_its_own_criteria(open_for: Open) -> None:
    found = ids(Reader(open_for(), rules="2.2").draw().html)
    start = found.index("2.2.needs")
    assert all(one.startswith("2.2.needs.") for one in found[start + 1 : start + 5])


def test_every_mention_of_a_rule_in_the_text_leads_to_it(open_for: Open) -> None:
    chip = '<a class="rule-link" href="{}#2.2.over_limit">2.2.over_limit</a>'
    html = Reader(open_for(), "2.2").draw().html
    assert chip.format("/app/playbook?rules=2.2") in html
    assert 'class="rules"' not in html
    assert 'href="/app/playbook?rules=2.2" class="button">Rules of this section<' in html
    without = Reader(open_for(base_url=""), "2.2").draw().html
    assert chip.format("") in without[: without.index('class="rules"')]
    elsewhere = Reader(open_for(), "3.1").draw().html
    assert 'href="/app/playbook?rules=2.2#2.2.' in elsewhere


def test_the_rules_have_a_way_back_to_their_page(open_for: Open) -> None:
    drawn = Reader(open_for(), rules="2.2").draw()
    assert (drawn.at, drawn.title) == ("rules-2.2", "2.2 Opportunity stages: rules")
    assert 'href="/app/playbook?page=2.2" class="button">Read this section<' in drawn.html


@pytest.mark.parametrize("asked", ["2.3", "9.9", "x"])
def test_rules_of_a_section_that_is_not_written_show_the_first_page(
    open_for: Open, asked: str
) -> None:
    assert Reader(open_for(), rules=asked).draw().at == "page-2.2"


@pytest.mark.parametrize(("reader", "told"), [(TEACHER, True), (BOSS, True), (TANG, False)])
def test_a_rule_tells_who_leads_how_much_rests_on_it(
    open_for: Open, playbook: Playbook, reader: Person, told: bool
) -> None:
    html = Reader(open_for(reader), rules="2.2").draw().html
    count = sum("2.2.stalled" in item.cites for item in playbook.items.values())
    rule = html[html.index('id="2.2.stalled"') :].partition("</li>")[0]
    assert count > 0
    assert (f"questions: {count}" in words(rule)) == told


TERMS = re.compile(r'<button type="button" class="term" popovertarget="([^"]*)">([^<]*)</button>')


@pytest.mark.parametrize(
    ("language", "word", "other"), [("zh", "停滞", "Stalled"), ("en", "Stalled", "停滞")]
)
def test_the_first_mention_of_a_word_opens_what_it_means_in_both_languages(
    open_for: Open, playbook: Playbook, language: Language, word: str, other: str
) -> None:
    html = Reader(open_for(language=language), "2.2").draw().html
    opened = TERMS.findall(html)
    names = [name for name, _ in opened]
    assert len(names) == len(set(names)) > 4
    (name,) = [name for name, text in opened if text.casefold() == word.casefold()]
    assert playbook.glossary
    (term,) = [each for each in playbook.glossary.terms if each.name.in_(language) == word]
    said = words(html[html.index(f'id="{name}"') :].partition("</span>")[0])
    assert f"{word} · {other}" in said
    assert term.text.in_(language) in said


def test_no_word_opens_within_a_heading_a_link_or_code(open_for: Open) -> None:
    html = Reader(open_for(language="zh"), "2.2").draw().html
    inside = re.findall(r"<(h\d|a|code|th)\b[^>]*>(.*?)</\1>", html, re.DOTALL)
    assert inside
    assert not [text for _, text in inside if 'class="term"' in text]


def test_a_note_is_ones_own_and_the_last_counts(open_for: Open) -> None:
    act(Reader(open_for(TANG), "2.2"), "note", "one", text="first")
    act(Reader(open_for(TANG), "2.2"), "note", "two", text="  <b>ask</b> Han Song \n")
    assert "&lt;b&gt;ask&lt;/b&gt; Han Song</textarea>" in Reader(open_for(TANG), "2.2").draw().html
    assert "Han Song</textarea>" not in Reader(open_for(BOSS), "2.2").draw().html
    assert "Han Song</textarea>" not in Reader(open_for(TANG), "3.1").draw().html
    act(Reader(open_for(TANG), "2.2"), "note", "three", text="")
    assert "></textarea>" in Reader(open_for(TANG), "2.2").draw().html
    assert 'class="tag' not in Reader(open_for(TANG), "2.2").draw().html  # a note is no reading


def test_the_contents_mark_what_was_read(open_for: Open) -> None:
    act(Reader(open_for(TANG), "2.2"), "read")
    html = Reader(open_for(TANG), "3.1").draw().html
    contents = html[html.index("<nav") : html.index("</nav>")]
    assert contents.count('class="read"') == 1
    assert 'class="read"' in contents[contents.index(">2.2<") : contents.index(">2.3<")]


KNOWN = ("2.2.stalled", "3.1.win_rate")


@given(
    st.lists(
        st.sampled_from(
            ["2.2.stalled", "2.2.unknown", "<b>", "</b>", "<a href='x'>", "</a>", " & "]
        )
    )
)
def test_linking_adds_links_to_known_ids_and_changes_nothing_else(parts: list[str]) -> None:
    html = "".join(parts)
    linked = with_links(html, KNOWN, lambda rule: f"#{rule}")
    assert re.sub(r'<a class="rule-link" href="[^"]*">([\w.]+)</a>', r"\1", linked) == html


@pytest.mark.parametrize("text", ["停滞（2.2.stalled）。", "Stalled (2.2.stalled). Then"])
def test_an_id_alone_in_brackets_needs_none_as_a_link(text: str) -> None:
    chip = '<a class="rule-link" href="#2.2.stalled">2.2.stalled</a>'
    bare = text.translate(str.maketrans("", "", "()（）"))
    assert with_links(text, KNOWN, lambda rule: f"#{rule}") == bare.replace("2.2.stalled", chip)
    unknown = text.replace("stalled", "stlled")
    assert with_links(unknown, KNOWN, lambda rule: f"#{rule}") == unknown
    together = "(2.2.stalled, 3.1.win_rate)"
    assert with_links(together, KNOWN, lambda _: "").count("(") == 1


def test_an_id_in_a_link_or_an_attribute_stays_as_it_is() -> None:
    html = '<a href="/x">2.2.stalled</a><img alt="a > 2.2.stalled" src="y">'
    assert with_links(html, KNOWN, lambda rule: f"#{rule}") == html


@pytest.mark.parametrize(
    ("language", "sought"), [("zh", "停滞"), ("zh", "折扣"), ("en", "stalled")]
)
def test_search_finds_short_words_and_marks_them(
    open_for: Open, language: Language, sought: str
) -> None:
    html = Reader(open_for(language=language), find=f" {sought} ").draw().html
    assert f"<mark>{sought}" in html.lower()
    assert re.search(r'<h2><a href="/app/playbook\?rules=2\.2#2\.2\.\w+">', html)


def test_what_has_no_page_of_its_own_is_found_without_a_link(open_for: Open) -> None:
    html = Reader(open_for(), find="D-20").draw().html
    results = html[html.index("search-results") :]
    assert re.search(r"<p class=\"note\">D-20\.\w+", results)
    linked = re.findall(r'href="/app/playbook\?(?:page|rules)=([^"#]*)', results)
    assert set(linked) <= {"2.2", "3.1"}


def test_a_fact_is_found_on_the_sheet_of_its_product(open_for: Open) -> None:
    visit = open_for()
    visit.__dict__["playbook"] = sample_playbook()
    found = Reader(visit, find="D-20 price").draw().html
    assert 'href="/app/playbook?rules=4.3#D-20.price"' in found
    assert "D-20.price Product knowledge" in words(found)
    html = Reader(visit, rules="4.3").draw().html
    sheet = html[html.index("<h2>D-20") :]
    sheet = sheet[: sheet.index("</ol>")]
    assert "List price (CNY 9,800)" in words(sheet)
    assert 'id="D-20.cap_months"' in sheet
    assert "D-20.membrane_kit_price" not in sheet  # there is no membrane
    assert "7,600" not in sheet  # what version 1 cost is no longer true
    assert "(from 19 Jan 2026)" in words(html[html.index('id="P-20.batch_P20-2511"') :])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fact_that_an_item_cites_has_its_place(open_for: Open, language: Language) -> None:
    visit = open_for(language=language)
    visit.__dict__["playbook"] = playbook = sample_playbook()
    cited = {cite for item in playbook.items.values() for cite in item.cites}
    html = Reader(visit, rules="4.3").draw().html
    there = set(re.findall(r'<li[^>]* id="([^"]*)"', html))
    without = {"D-20.membrane_kit_price", "D-20.membrane_months"}
    assert {cite for cite in cited if not cite[0].isdigit()} - there <= without


def test_a_search_has_an_address_of_its_own(open_for: Open) -> None:
    """Else a rule found on the page one came from would have the very address one is at."""
    html = Reader(open_for(), "2.2").draw().html
    assert '<form class="search" role="search" method="get" action="/app/playbook">' in html
    assert 'name="find"' in html


def test_without_a_server_the_search_is_an_action_and_clearing_it_shows_the_page(
    open_for: Open,
) -> None:
    app = Reader(open_for(base_url=""), "3.1")
    before = app.draw()
    assert 'data-do="find"' in before.html
    act(app, "find", find=" stalled ")
    assert "<mark>stalled" in app.draw().html.lower()
    act(app, "find", find="")
    assert app.draw() == before


def test_what_is_nowhere_says_so_and_markup_sought_is_text(open_for: Open) -> None:
    html = Reader(open_for(), find="<script>zebra</script>").draw().html
    assert "<script" not in html
    assert "“&lt;script&gt;zebra&lt;/script&gt;”: 0 found" in words(html)
    assert "Try another word" in html


def test_reading_is_kept_and_then_practice_is_the_next_step(open_for: Open) -> None:
    app = Reader(open_for(), "2.2")
    assert buttons(app.draw().html) == ["I have read it"]
    act(app, "read")
    html = app.draw().html
    assert buttons(html) == ["Practise this section"]
    assert 'href="/app/quiz?set=2.2"' in html
    assert "Read on 9 Oct 2026" in words(html)
    assert Reader(open_for(), "2.2").draw().html == html
    assert [step.kind for step in open_for().thread("playbook", "2.2").steps] == ["read"]


def test_what_another_read_is_not_read_by_me(open_for: Open, did: Did) -> None:
    did(TANG, READ)
    assert buttons(Reader(open_for(), "2.2").draw().html) == ["I have read it"]


def test_pages_are_turned_at_their_end(open_for: Open) -> None:
    first, last = (Reader(open_for(), page).draw().html for page in ("2.2", "3.1"))
    assert "Next: Layered KPIs" in words(first)
    assert "Previous:" not in words(first)
    assert "Previous: Opportunity stages" in words(last)


def test_without_a_server_only_the_page_itself_is_linked(open_for: Open) -> None:
    html = Reader(open_for(base_url=""), "2.2").draw().html
    assert all(href.startswith("#") for href in re.findall(r'href="([^"]*)"', html))


@pytest.mark.parametrize(
    ("language", "sought"), [("zh", "when is a deal stalled"), ("en", "什么时候算停滞")]
)
def test_who_asks_in_the_other_language_is_answered_too(
    open_for: Open, language: Language, sought: str
) -> None:
    html = Reader(open_for(language=language), find=sought).draw().html
    first = html[html.index('<ol class="search-results">') :].partition("</li>")[0]
    assert re.search(r'href="/app/playbook\?(page|rules)=2\.2', first)
