from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.language import Language
from salestrain.views.components import book, debrief, desk, forms, ground, layout, quiz, today
from salestrain.views.components.buttons import button, link_button
from salestrain.views.theme import app_notebook_styles, app_styles
from tests.views.components.gallery_html import Reader, gallery_html

HOSTILE = """"><script>alert(1)</script><img src=x onerror='alert(1)'>{0}{}%s"""
SIGNS = st.text(st.sampled_from("<>&\"'`=/\\ {}%-x\n汉"), min_size=1, max_size=40)
ROOT = Path(__file__).parents[3]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gallery_is_well_formed_with_unique_ids_that_resolve(language: Language) -> None:
    read = Reader(gallery_html(language))
    ids = read.values("id")
    assert not read.open
    assert len(ids) == len(set(ids))
    pointed = read.values("for", "popovertarget", "aria-controls", "data-opens", "aria-labelledby")
    pointed += [one for value in read.values("aria-describedby") for one in value.split()]
    pointed += [value[1:] for value in read.values("data-filter")]
    assert len(pointed) > 10
    assert set(pointed) <= set(ids)


@settings(max_examples=25, deadline=None)
@given(SIGNS, st.sampled_from(LANGUAGES))
def test_no_words_change_what_a_piece_is_made_of(words: str, language: Language) -> None:
    plain = Reader(gallery_html(language, "x"))
    assert Reader(gallery_html(language, words)).shape == plain.shape


def test_hostile_words_are_shown_as_they_are() -> None:
    html = gallery_html("en", HOSTILE)
    assert "<script" not in html
    assert "<img" not in html
    assert escape(HOSTILE) in html


@given(SIGNS)
def test_ids_values_and_addresses_are_escaped_too(words: str) -> None:
    pieces = (
        button(words, words, {words: words}, name=words, value=words, data_needs=words),
        link_button("a", f"/{words}"),
        layout.tabs([layout.Tab(words, "a", "b")], words),
        layout.dialog(words, "a", "b", "en") + layout.definition("a", "b", words),
        quiz.answers([quiz.Choice(words, "a")], "b", "en", name=words),
        quiz.order_list([(words, "a")], words, "en", words),
        quiz.records([words, words], [[words, words]]),
        quiz.quiz_frame("", "", "", words) + quiz.number_answer("a", name=words),
        book.rules([book.Rule(words, "a")]) + book.search_form(words, "en", words, words),
        book.search_results("a", [book.Found("a", f"/{words}", "b", ((words, True),))]),
        forms.form(words, forms.field(words, words, fault=words, note=words, value=words)),
        forms.select(words, words, [forms.Option(words, words)]),
        forms.text_area(words, words, text=words),
        desk.sortable_table(words, words, [desk.Heading(words)], [[words]], words),
        desk.making(words, words, [desk.Job(words, href=f"/{words}", fault=words)]),
        today.rhythm([today.Day(5, words)], words),
        today.path_progress(1, 2, [words], 0, words),
    )
    for piece in pieces:
        read = Reader(piece)
        assert not read.open
        assert not {tag for tag, *_ in read.shape} & {"script", "img", "x"}
        assert not [name for _, *names in read.shape for name in names if name.startswith("on")]


@pytest.mark.parametrize(
    ("href", "followed"),
    [
        ("/app/quiz?set=2.2", True),
        ("app/quiz", True),
        ("#2.2.stalled", True),
        ("?at=10:30", True),
        ("/hub/user:me/", True),
        ("", False),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://elsewhere", False),
        ("//elsewhere", False),
        ("/\\elsewhere", False),
        ("\\\\elsewhere", False),
        ("/\t/elsewhere", False),
    ],
)
def test_a_link_leads_nowhere_but_into_the_app(href: str, followed: bool) -> None:
    assert ground.inside(href) is followed
    assert ("<a" in ground.link("text", href)) is followed
    assert ("<a" in link_button("text", href)) is followed
    assert "text" in ground.link("text", href)


def test_a_button_carries_its_fields_as_json() -> None:
    html = button("下一题", "next", {"set": '2.2"'}, look="main icon", symbol="arrow")
    ((_, attrs), *_) = Reader(html).seen
    assert attrs["type"] == "button"
    assert attrs["data-do"] == "next"
    assert json.loads(attrs["data-with"]) == {"set": '2.2"'}
    assert attrs["class"] == "button button--main button--icon"
    assert attrs["aria-label"] == "下一题"


def test_a_button_without_an_action_sends_its_form_unless_the_client_acts() -> None:
    assert 'type="submit"' in button("Submit")
    assert 'type="button"' in button("Open", data_opens="dialog")
    assert 'type="button"' in button("Up", data_move="up")


def test_judged_answers_say_which_is_right_in_words_and_signs() -> None:
    judged = [quiz.Choice("a", "One", "wrong", "Your choice"), quiz.Choice("b", "Two", "right")]
    html = quiz.judged_answers(judged)
    assert "answer--wrong" in html
    assert "Your choice" in html
    assert html.count("<svg") == 2
    assert quiz.judged_answers(judged, numbered=True).count("<svg") == 0


def test_only_the_first_answers_have_keys_and_several_are_checkboxes() -> None:
    choices = [quiz.Choice(str(n), str(n)) for n in range(12)]
    one = Reader(quiz.answers(choices, "Choose", "en"))
    assert one.values("data-shortcut") == [str(n) for n in range(1, 10)]
    assert set(one.values("type")) == {"radio"}
    assert set(Reader(quiz.answers(choices, "a", "en", several=True)).values("type")) == {
        "checkbox"
    }


def test_the_ends_of_an_order_cannot_move_further() -> None:
    html = quiz.order_list([("a", "A"), ("b", "B")], "Order", "en")
    moves = [(attrs["aria-label"], "disabled" in attrs) for tag, attrs in Reader(html).seen
             if tag == "button"]  # fmt: skip
    assert moves == [
        ("Move up: A", True),
        ("Move down: A", False),
        ("Move up: B", False),
        ("Move down: B", True),
    ]
    assert Reader(html).values("value") == ["a", "b"]


@pytest.mark.parametrize(("done", "of", "share"), [(3, 8, 38), (0, 0, 0), (9, 8, 100), (-1, 8, 0)])
def test_progress_stays_within_its_line(done: int, of: int, share: int) -> None:
    assert f'style="--done:{share}%"' in ground.progress_line(done, of, "x")


def test_points_have_a_real_sign_and_a_tone() -> None:
    turns = [debrief.Turn(n, "m", "s", "b", points) for n, points in enumerate((6, -8, 0))]
    found = re.findall(r'<span class="points ?(\w*)">(.*?)</span>', debrief.turns(turns))
    assert found == [("good", "+6"), ("bad", "−8"), ("", "0")]


def test_a_locked_stop_is_no_link_and_the_one_that_is_on_is_marked() -> None:
    stops = [
        today.Stop("Read", state="now", href="/a"),
        today.Stop("Sign", state="locked", href="/b"),
    ]
    html = today.stepper(stops, "en")
    assert Reader(html).values("href") == ["/a"]
    assert html.count('aria-current="step"') == 1
    assert "not open yet" in html


def test_the_next_task_alone_holds_a_button() -> None:
    tasks = [
        today.Task("a", "", "4 min", "/a", "practice", "next", "Start"),
        today.Task("b", "", "", "/b", "roleplay"),
        today.Task("c", "", "", "", "roleplay", start="Start"),
    ]
    assert today.today_list("Today", "", tasks).count("button--main") == 1


def test_a_fault_is_tied_to_its_field() -> None:
    read = Reader(forms.field("PIN", "pin", fault="One digit is missing", note="Six digits"))
    ((_, attrs),) = [one for one in read.seen if one[0] == "input"]
    assert attrs["aria-invalid"] == "true"
    assert attrs["aria-describedby"].split() == ["pin-field-fault", "pin-note"]


# ---------- the sheet ----------
def selectors(sheet: str) -> list[str]:
    plain = re.sub(r"@keyframes[^{]*\{.*?\}\s*\}", "", sheet)
    rules = re.sub(r"@(media|container|page|supports)[^{]*\{", "", plain)
    return [rule.strip("} ") for rule in re.findall(r"([^{};]+)\{", rules)]


def test_the_notebook_sheet_touches_nothing_outside_a_screen() -> None:
    found = selectors(app_notebook_styles())
    assert len(found) > 250
    for selector in found:
        for one in re.split(r",(?![^(]*\))", selector):
            assert ".app" in one, one


def test_the_page_sheet_is_balanced_and_asks_no_host() -> None:
    sheet = app_styles()
    assert sheet.count("{") == sheet.count("}")
    assert ".app" not in sheet
    assert "url(" not in sheet
    assert len(sheet.encode()) < 60_000


def test_every_token_is_defined_and_every_class_is_used() -> None:
    sheet = app_styles()
    own = {"done", "share", "v", "target-at", "reports"}  # set by a piece, in its style attribute
    defined = set(re.findall(r"--([\w-]+):", sheet)) | own
    assert set(re.findall(r"var\(--([\w-]+)", sheet)) <= defined
    sources = [*ROOT.glob("salestrain/**/*.py"), *ROOT.glob("salestrain/**/*.j2")]
    sources += ROOT.glob("frontend/src/**/*.ts")
    written = " ".join(path.read_text("utf-8") for path in sources)
    names = set(re.findall(r"[\w-]+", written))
    made = {"answer", "cell", "tag", "button", "turn", "stop", "today-task", "notice", "example"}
    unused = {
        name
        for selector in selectors(sheet)
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
        if name not in names and name.partition("--")[0] not in made
    }
    assert unused == set()


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    straight = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), straight, strict=True))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "pair",
    [
        ("on-brand", "brand"),
        ("on-brand", "brand-strong"),
        ("on-voice", "voice"),
        ("brand", "raised"),
        ("surface", "good"),
        ("surface", "bad"),
        ("ink-2", "brand-tint"),
    ],
)
def test_words_on_buttons_and_bubbles_are_told_from_their_ground(
    pair: tuple[str, str], dark: bool
) -> None:
    rules = re.findall(r"(:root[^{]*)\{([^{}]*)\}", app_styles())
    found: dict[str, str] = {}
    for selector, body in rules:
        by_device = selector.startswith(":root:not")  # it repeats the night by choice
        if not by_device and (dark or "dark" not in selector):
            found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", body))
    low, high = sorted(luminance(found[name]) + 0.05 for name in pair)
    assert high / low >= 4.5


def test_records_stand_under_their_heads_and_figures_to_the_right() -> None:
    heads = ["Account", "Stage", "Amount", "Discount", "By"]
    rows = [["Heting", "Quote", "96,300", "5%", "–"], ["Lancha", "Needs", "8 or 9", "0%", "M2"]]
    cells = [found for tag, found in Reader(quiz.records(heads, rows)).seen if tag == "td"]
    assert [cell["data-label"] for cell in cells] == heads[1:] * 2
    assert [cell["class"] for cell in cells] == ["words", "words", "figure", "words"] * 2
    assert "records--wide" in quiz.records(heads, rows)
    assert "records--wide" not in quiz.records(heads[:3], [row[:3] for row in rows])
