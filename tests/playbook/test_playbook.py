from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from salestrain.errors import ContentError
from salestrain.language import LANGUAGES, Language, Text
from salestrain.playbook.fields import typed
from salestrain.playbook.load import FILES, FOLDERS, load_playbook
from salestrain.playbook.schema import editor_files, write_editor_files
from salestrain.playbook.standards.kpis import Kpi, Measure
from salestrain.playbook.whole import Playbook
from tests.playbook.conftest import SHIPPED, line_of

WORKSPACE = SHIPPED.parent
LAYERS = {"team", "process", "individual"}


def test_the_shipped_playbook_has_no_fault(playbook: Playbook) -> None:
    assert playbook.company.name == Text("澄湖仪表", "Chenghu Instruments")
    assert [stage.id for stage in playbook.stages] == [
        "2.2.first_contact",
        "2.2.needs",
        "2.2.quote",
        "2.2.signing",
    ]
    assert len(playbook.kpis) >= 18
    assert {kpi.layer for kpi in playbook.kpis.values()} == LAYERS


def test_probabilities_rise_from_stage_to_stage(playbook: Playbook) -> None:
    chances = [stage.probability for stage in playbook.stages]
    assert chances == sorted(set(chances))


def test_every_kpi_is_read_in_both_languages_and_quotes_no_raw_reference(
    playbook: Playbook,
) -> None:
    for kpi in playbook.kpis.values():
        for text in (kpi.name, kpi.formula, kpi.read, kpi.ask, kpi.gaming):
            assert re.search(r"[一-鿿]", text.zh), kpi.id
            assert not re.search(r"[一-鿿]", text.en), kpi.id
            assert "{{" not in text.zh + text.en, kpi.id
        assert len(kpi.read.en.split()) >= 12, kpi.id
        assert len(kpi.gaming.en.split()) >= 12, kpi.id


def test_chinese_speaks_to_you_and_leaves_a_space_before_latin_letters(playbook: Playbook) -> None:
    kpis = playbook.kpis.values()
    texts = [text.zh for kpi in kpis for text in (kpi.formula, kpi.read, kpi.ask, kpi.gaming)]
    texts += [rule.text.zh for rule in playbook.rules.values()]
    for text in texts:
        assert "您" not in re.sub(r"「[^」]*」", "", text), text
        undated = re.sub(r"\d+年\d+月\d+日", "", text)
        assert not re.search(r"[一-鿿][A-Za-z0-9]|[A-Za-z0-9%][一-鿿]", undated), text


def test_a_figure_is_taken_over_from_the_rule_that_owns_it(playbook: Playbook) -> None:
    over = playbook.kpis["3.1.over_limit_share"].numerator
    assert over is not None
    assert over.where is not None
    assert "WHEN '2.2.quote' THEN 30" in over.where
    assert playbook.rules["2.2.stalled"].text == Text(
        "连续 14 天没有客户确认过的下一步，商机即为停滞。我们单方面的动作不算。",
        "A deal is stalled when it has had no next step confirmed by the customer for 14 days. "
        "What we do on our own doesn't count.",
    )
    assert playbook.rules["3.1.ramp_quota"].text.en.endswith("0%, 20%, 40%, 60%, 80%, 100%.")
    assert playbook.rules["2.2.discount"].values["manager_suspended_since"] == date(2026, 3, 1)


def test_an_entry_knows_where_it_is_written(playbook: Playbook) -> None:
    win_rate = playbook.kpis["3.1.win_rate"]
    line = line_of("standards/kpis.yaml", "- id: 3.1.win_rate")
    assert str(win_rate.place) == f"playbook/standards/kpis.yaml:{line}"
    assert str(win_rate.place_of("denominator", "where")).endswith(f"kpis.yaml:{line + 4}")
    assert set(playbook.index) >= {"2.2.needs.cost", "2.2.won", "3.1.rank", "3.1.win_rate"}


def test_a_measure_splits_into_function_and_argument() -> None:
    pairs = Measure(table="activities", expr="count(DISTINCT (account_id, kind))", date="day")
    assert (pairs.fn, pairs.arg) == ("count", "DISTINCT (account_id, kind)")
    rows = Measure(table="orders", expr="COUNT( * )", date="ordered_on")
    assert (rows.fn, rows.arg) == ("count", "*")


def test_equal_measures_of_two_kpis_are_one(playbook: Playbook) -> None:
    revenue, attainment = playbook.kpis["3.1.revenue"], playbook.kpis["3.1.quota_attainment"]
    assert revenue.measures[0] == attainment.measures[0]
    assert len({*revenue.measures, *attainment.measures}) == 2


def test_a_kpi_can_be_made_in_code() -> None:
    said = Text("数", "Number")
    kpi = Kpi(
        id="3.1.rows",
        name=said,
        layer="team",
        value=Measure(table="orders", expr="count(*)", date="ordered_on"),
        unit="count",
        better="higher",
        minimum_n=1,
        formula=said,
        read=said,
        ask=said,
        gaming=said,
    )
    assert kpi.levels == ("company", "region", "team", "rep")
    assert kpi.name.in_("en") == "Number"
    assert str(kpi.place) == "."


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_is_read_as_one(number: int) -> None:
    assert typed(str(number)) == number


@pytest.mark.parametrize("text", ["012", "3:1", "No", "1e3", "2026-02-30", "1_000", "", "nan"])
def test_what_only_looks_like_a_number_or_date_stays_text(text: str) -> None:
    assert typed(text) == text


# Pages


@pytest.mark.parametrize("section", ["2.2", "3.1"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_can_be_read_in_five_minutes(
    playbook: Playbook, section: str, language: Language
) -> None:
    text = playbook.pages[section, language].markdown
    length = len(re.findall(r"[一-鿿]" if language == "zh" else r"[\w'’%-]+", text))
    low, high = (900, 2200) if language == "zh" else (600, 1400)
    assert low <= length <= high


def test_both_languages_have_the_same_parts(playbook: Playbook) -> None:
    for section in ("2.2", "3.1"):
        shapes = [
            re.findall(
                r"^(#+|\d+\.|- \[ \])", playbook.pages[section, language].markdown, re.MULTILINE
            )
            for language in LANGUAGES
        ]
        assert shapes[0] == shapes[1]


def test_chinese_pages_say_nin_only_in_words_to_a_customer(playbook: Playbook) -> None:
    for section in ("2.2", "3.1"):
        outside = re.sub(r"「[^」]*」", "", playbook.pages[section, "zh"].markdown)
        assert "您" not in outside


def test_a_page_is_html_with_its_references_filled_in(playbook: Playbook) -> None:
    html = playbook.pages["2.2", "en"].html
    assert "<td>30 days (60 in a tender)</td>" in html
    assert "<li>The contract, stamped by both sides, is on file. <code>" in html
    assert '<input disabled="disabled" type="checkbox">' in html
    assert "{{" not in html
    assert "{{" not in playbook.pages["3.1", "zh"].html


def test_a_page_cannot_run_anything(bare: Path, playbook: Playbook) -> None:
    page = bare / "pages/3.1-layered-kpis.en.md"
    hostile = (
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n\n"
        '[y](https://example.org "t")\n\n| a |\n|:-:|\n| b |\n'
    )
    page.write_text(page.read_text(encoding="utf-8") + hostile, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_playbook(bare, prove=False)
    assert re.findall(r"HTML: (<\w+)", str(caught.value)) == ["<script", "<img"]
    shown = playbook.pages["3.1", "en"]
    html = replace(shown, markdown=hostile).html
    assert not re.search(r"<script|<img|href=\"javascript", html)
    assert '<a href="https://example.org" title="t" rel="noopener noreferrer">y</a>' in html
    assert '<td style="text-align:center">b</td>' in html


# Editors


def test_the_committed_schemas_are_those_of_the_models() -> None:
    for name, text in editor_files().items():
        assert (WORKSPACE / name).read_text(encoding="utf-8") == text, (
            f"{name} is out of date; run write_editor_files"
        )


WRITTEN = [*FILES, *(path for folder in FOLDERS for path in SHIPPED.glob(f"{folder}/*.yaml"))]


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITTEN, ids=lambda name: Path(name).name)
def test_an_editor_accepts_what_is_shipped_and_marks_a_slip(name: str) -> None:
    import jsonschema  # type: ignore[import-untyped]  # noqa: PLC0415 (2 s: it builds grammars)

    kind = Path(name).stem if name in FILES else Path(name).parent.name
    schema = json.loads(editor_files()[f"playbook/.schemas/{kind}.schema.json"])
    written = yaml.load((SHIPPED / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    content = json.loads(json.dumps(written, default=str))
    kind_of_schema = jsonschema.validators.validator_for(schema)
    kind_of_schema.check_schema(schema)
    editor = kind_of_schema(schema)
    editor.validate(content)
    with pytest.raises(jsonschema.ValidationError, match="stge"):
        editor.validate({**content, "stge": 1})


def test_settings_a_company_has_already_are_left_alone(tmp_path: Path) -> None:
    settings = tmp_path / ".vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text("{}", encoding="utf-8")
    write_editor_files(tmp_path)
    assert settings.read_text(encoding="utf-8") == "{}"
    assert (tmp_path / "playbook/.schemas/kpis.schema.json").exists()
