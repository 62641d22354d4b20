# ruff: noqa: E501 (a fault is one line, and reads best as one)
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from salestrain.errors import ContentError
from salestrain.playbook.load import load_playbook
from tests.playbook.conftest import leave_out, line_of

KPIS, STAGES, COMPANY = "standards/kpis.yaml", "standards/stages.yaml", "company.yaml"
PAGE = "pages/3.1-layered-kpis.en.md"
PRODUCTS, PATH = "standards/products.yaml", "paths/first-week.yaml"
ITEMS, TALK = "items/2.2-opportunity-stages.yaml", "scenarios/price-objection.yaml"
STAGES_PAGE = "pages/2.2-opportunity-stages.zh.md"
STALLED_AT = f"{STAGES_PAGE}:{line_of(STAGES_PAGE, '{{2.2.stalled.text}}')}"
FIGURE = "add, subtract, multiply or divide numbers and figures above it"
Faults = Callable[..., list[str]]
AGGREGATES = (
    "write one of count, sum, avg, median, min, max around an expression, as in sum(amount)"
)
BARE = "write one expression over the table's columns"

WON = "where: \"outcome = 'won'\""
WRONG = [
    # unknown and missing keys
    (KPIS, "    better: neither", "    beter: neither", [
        "{at}: unknown key 'beter'; did you mean 'better'?",
        "{id}: key 'better' is missing; add `better:`"]),
    (STAGES, "    limit_days: 21", "    limit_day: 21", [
        "{at}: unknown key 'limit_day'; did you mean 'limit_days'?",
        "{id}: key 'limit_days' is missing; add `limit_days:`",
        *["…reference {{2.2.first_contact.limit_days}} is unknown"] * 5]),
    # types
    (KPIS, "minimum_n: 10", "minimum_n: ten", ["{at}: 'minimum_n' is 'ten'; write a whole number"]),
    (KPIS, "minimum_n: 10", "minimum_n: 0", ["{at}: 'minimum_n' is '0'; write at least 1"]),
    (KPIS, "unit: money", "unit: cash", [
        "{at}: 'unit' is 'cash'; use one of: count, days, money, rate, score, times"]),
    (KPIS, "layer: process", "layer: proces", [
        "{at}: 'layer' is 'proces'; did you mean 'process'?"]),
    (STAGES, "    probability: 0.25", "    probability: 25%", [
        "{at}: 'probability' is '25%'; write a number"]),
    (STAGES, "    probability: 0.25", "    probability: 25", [
        "{at}: 'probability' is '25'; write at most 1.0"]),
    (STAGES, "    probability: 0.25", "    probability: nan", [
        "{at}: 'probability' is 'nan'; write a number"]),
    (STAGES, "in_force_since: 2026-07-01", "in_force_since: July", [
        "{at}: 'in_force_since' is 'July'; write a date like 2026-10-09"]),
    (KPIS, "levels: [rep]", "levels: rep", ["{at}: 'levels' is 'rep'; write a list"]),
    (KPIS, "levels: [rep]", "levels: []", ["{at}: 'levels' is a list; write at least one"]),
    (COMPANY, "currency: CNY", "currency: ¥", [
        "{at}: 'currency' is '¥'; write a currency like CNY"]),
    (COMPANY, "name: {zh: 澄湖仪表, en: Chenghu Instruments}", "name: Chenghu", [
        "{at}: 'name' is 'Chenghu'; write a mapping of keys"]),
    # both languages
    (KPIS, "name: {zh: 销售额, en: Revenue}", "name: {zh: 销售额}", [
        "{at}: missing translation: 'name' has no 'en'; write 'en' beside the other"]),
    (KPIS, "name: {zh: 销售额, en: Revenue}", "name: {zh: 销售额, en: }", [
        "{at}: missing translation: 'en' is empty; write the text"]),
    (KPIS, "name: {zh: 销售额, en: Revenue}", "name: {zh: 销售额, en: Fine, thanks}", [
        "{at}: unknown key 'thanks'; quote the text: its comma ended it here"]),
    # ids
    (KPIS, "- id: 3.1.won_value", "- id: 3.1.revenue", [
        "{at}: id '3.1.revenue' is taken by playbook/standards/kpis.yaml:12; choose another id",
        *["…reference {{3.1.won_value.name"] * 3]),
    (KPIS, "- id: 3.1.own_pipeline", "- id: 3.2.own_pipeline", [
        "{at}: id '3.2.own_pipeline' is outside its section; begin it with '3.1.'"]),
    (KPIS, "- id: 3.1.own_pipeline", "- id: 3.1.Own", [
        "{at}: 'id' is '3.1.Own'; write an id like 2.2.stalled"]),
    (KPIS, "cites: [3.1.rank, 2.2.lost]", "cites: [3.1.rank, 2.2.lots]", [
        "{at}: unknown id '2.2.lots'; did you mean '2.2.lost'?"]),
    (KPIS, "看有没有客户的回复。", "看 2.2.next_steps。", [
        "{at}: unknown id '2.2.next_steps'; did you mean '2.2.next_step'?"]),
    # references
    (KPIS, "{{3.1.response_limit.hours}} * 60", "{{3.1.response_limit.hour}} * 60", [
        "{at}: reference {{3.1.response_limit.hour}} is unknown; did you mean 'hours'?"]),
    (PAGE, "{{3.1.rank.text}}", "{{3.1.rnk.text}}", [
        "{at}: reference {{3.1.rnk.text}} is unknown; did you mean '3.1.rank'?"]),
    (PAGE, "{{3.1.rank.text}}", "{{3.1.rank.values}}", [
        "{at}: reference {{3.1.rank.values}} is no single text or figure; use one of: interval"]),
    (PAGE, "{{3.1.rank.text}}", "{{3.1.rank.text:upper}}", [
        ("{at}: reference {{3.1.rank.text:upper}} has an unknown form 'upper'; "
        "use one of: list, lower, percent")]),
    (PAGE, "(2.2.trade)", "(2.2.trades)", [
        "{at}: unknown id '2.2.trades'; did you mean '2.2.trade'?"]),
    (STAGES, "我们单方面的动作不算。", "{{2.2.stalled.text}}", [
        "{at}: reference {{2.2.stalled.text}} leads back to itself; break the circle",
        f"…{STALLED_AT}: reference {{{{2.2.stalled.text}}}} leads back to itself"]),
    # measures
    (KPIS, "table: opportunities, expr: sum(amount)", "table: oportunities, expr: sum(amount)", [
        "{at}: unknown table 'oportunities'; did you mean 'opportunities'?"]),
    (KPIS, "expr: sum(amount),", "expr: sum(amont),", [
        "{at}: unknown column 'amont'; did you mean 'amount'?"]),
    (KPIS, "expr: sum(amount),", "expr: total(amount),", [
        f"{{at}}: 'total(amount)' is no aggregate; {AGGREGATES}"]),
    (KPIS, "expr: sum(amount),", "expr: amount,", [
        f"{{at}}: 'amount' is no aggregate; {AGGREGATES}"]),
    (KPIS, "expr: sum(amount),", "expr: sum(amount) / sum(list_amount),", ["…is not SQL"]),
    (KPIS, "expr: sum(amount),", "expr: \"sum(amount) FILTER (WHERE outcome = 'won')\",", [
        "…a condition goes into `where`"]),
    (KPIS, "expr: sum(amount),", "expr: sum(name),", ["…DuckDB refuses it: Binder Error"]),
    (KPIS, "expr: sum(amount),", "expr: sum(sum(amount)),", ["…DuckDB refuses it: Binder Error"]),
    (KPIS, "expr: sum(amount),", "expr: sum(row_number() OVER ()),", [
        f"{{at}}: a window in an expression; {BARE}"]),
    (KPIS, WON, 'where: "account_id IN (SELECT account_id FROM orders)"', [
        f"{{at}}: a subquery in an expression; {BARE}"]),
    (KPIS, WON, "where: \"amount > 0 FROM read_csv('/etc/passwd')\"", [
        "…is more than an expression"]),
    (KPIS, WON, 'where: "true; SELECT 1"', ["…is more than an expression"]),
    (KPIS, WON, 'where: "true; DROP TABLE orders"', ["…is not SQL: Only SELECT statements"]),
    (KPIS, WON, 'where: "true) OR (true"', ["…is not SQL"]),
    (KPIS, WON, "where: closed_on < today()", [
        ("{at}: today() gives another answer each time; "
        "use a column, or period_end with open_from and open_until")]),
    (KPIS, WON, "where: age(closed_on) < INTERVAL 9 DAYS", ["…age() gives another answer each time"]),
    (KPIS, WON, "where: random() < 0.5", ["…random() gives another answer each time"]),
    (KPIS, WON, "where: closed_on < period_end", [
        "…unknown column 'period_end'"]),
    (KPIS, "date: closed_on}", "date: amount}", [
        ("{at}: 'date' is 'amount', no date column of opportunities; "
        "use one of: closed_on, created_on, expected_close_on, next_step_confirmed_on, "
        "next_step_on, quoted_on, stage_entered_on")]),
    (KPIS, "expr: count(*), open_from: entered_on, open_until: left_on", "expr: count(*)", [
        ("{at}: a measure has no clear date; "
        "give it either date, or open_from together with open_until")]),
    (KPIS, "    denominator: {table: market,", "    value: {table: market,", [
        ("{id}: KPI 3.1.market_share has no clear figure; "
        "give it either value, or numerator together with denominator")]),
    (KPIS, "target: {metric: revenue}", "target: {metric: revenue, value: 3}", [
        "{at}: a target is one thing; give it either metric or value"]),
    # rules
    (STAGES, "column: contacts.post", "column: contacts.pst", [
        "{at}: unknown column 'contacts.pst'; did you mean 'post'?"]),
    (STAGES, "columns: [opportunities.amount]", "columns: [oportunities.amount]", [
        "{at}: unknown table 'oportunities'; did you mean 'opportunities'?"]),
    (STAGES, "    table: opportunities\n    # A next", "    # A next", [
        "…a condition over no table; add `table:`"]),
    # pages
    (PAGE, "lang: en", "lang: fr", [
        "{at}: 'lang' is 'fr'; use one of: en, zh", "…no page in 'en'"]),
    (PAGE, 'section: "3.1"', 'section: "3.2"', ["…is misnamed; name the file 3.2-….en.md", "…"]),
    (PAGE, "---\nsection", "section", [
        ("playbook/pages/3.1-layered-kpis.en.md:1: a page without a head; "
        "begin with a line ---, then keys, then a line ---"), "…no page in 'en'"]),
    # products
    (PRODUCTS, "id: P-10.output, value: analogue", "id: P-10.Output, value: analogue", [
        "{at}: 'id' is 'P-10.Output'; write an id like D-20.price"]),
    (PRODUCTS, "{id: P-10.price, value: 2400,", "{id: P-10.price,", [
        "{at}: key 'value' is missing; add `value:`"]),
    (PRODUCTS, "text: {zh: 膜电极, en: membrane electrode}", "text: {zh: 膜电极}", [
        "{at}: missing translation: 'text' has no 'en'; write 'en' beside the other"]),
    (PRODUCTS, "until: 2025-08-31", "until: August", [
        "{at}: 'until' is 'August'; write a date like 2026-10-09"]),
    # items
    (ITEMS, "cites: [2.2.discount, 2.2.trade]", "cites: [2.2.discount, 2.2.trad]", [
        "{at}: unknown id '2.2.trad'; did you mean '2.2.trade'?"]),
    (ITEMS, "cites: [2.2.discount, D-20.price,", "cites: [2.2.discount, D-20.prise,", [
        "{at}: unknown id 'D-20.prise'; did you mean 'D-20.price'?"]),
    (ITEMS, "Heting Wastewater}, 2.2.quote, 96300]", "Heting Wastewater}, 2.2.qote, 96300]", [
        "{at}: unknown id '2.2.qote'; did you mean '2.2.quote'?"]),
    (ITEMS, "{{D-20.price}}", "{{D-20.membrane_kit_price}}", [
        "{at}: reference {{D-20.membrane_kit_price}} has no value; name another fact"]),
    (ITEMS, "  - id: 2.2.i.find_faults", "  - id: 2.3.i.find_faults", [
        "{at}: id '2.3.i.find_faults' is outside its section; begin it with '2.2.'"]),
    (ITEMS, "  - id: 2.2.i.find_faults", "  - id: 2.2.i.which_stage", [
        "…id '2.2.i.which_stage' is taken by playbook/items/2.2-opportunity-stages.yaml:28;"]),
    (ITEMS, "- [D-20, 4, ", "- [D-20, ", [
        "…a table is uneven; give each column a label and a cell in each row"]),
    (ITEMS, "SELECT sum(amount) FROM extract", "SELECT sum(amout) FROM extract", [
        "…query 'q.whole_pipeline' gives no number: Binder Error"]),
    (ITEMS, "SELECT sum(amount) FROM extract", "SELECT amount FROM extract", [
        "…query 'q.whole_pipeline' gives no number: too many values to unpack"]),
    (ITEMS, "SELECT sum(amount) FROM extract", "SELECT count(*) FROM read_csv('/etc/passwd')", [
        "…query 'q.whole_pipeline' gives no number: Permission Error"]),
    # role-plays
    (TALK, "points_left: points_asked - points", "points_left: points_asked - point", [
        f"{{at}}: figure 'points_left' can't be computed: 'point' is no number; {FIGURE}"]),
    (TALK, "rival_total: 82000", "rival_total: __import__('os').getpid()", [
        f"…figure 'rival_total' can't be computed: \"__import__('os').getpid()\" is no number; {FIGURE}"]),
    (TALK, "rival_total: 82000", "rival_total: 82000 / 0", [
        f"{{at}}: figure 'rival_total' can't be computed: division by zero; {FIGURE}"]),
    (TALK, "6 * {{D-20.price}}", "6 * {{D-20.prize}}", [
        "{at}: reference {{D-20.prize}} is unknown; did you mean 'D-20.price'?"]),
    (TALK, "Like for like the gap is {like_for_like_gap}.", "The gap is {gap_like_for_like}.", [
        "…unknown figure {gap_like_for_like}; did you mean 'like_for_like_gap'?"]),
    (TALK, "rule: 2.2.discount, zh", "rule: 2.2.discounts, zh", [
        "{at}: unknown id '2.2.discounts'; did you mean '2.2.discount'?"]),
    (TALK, "    stonewall:\n      - {to: cold, trust: -1, says: {zh: 那您", "    stonwall:\n      - {to: cold, trust: -1, says: {zh: 那您", [
        "…unknown move 'stonwall'; did you mean 'stonewall'?"]),
    # paths
    (PATH, 'section: "3.1"', 'section: "3.9"', ["{at}: unknown page '3.9'; did you mean '3.3'?"]),
    (PATH, "kind: note", "kind: nite", [
        "{at}: 'kind' is 'nite'; did you mean 'note'?"]),
    (PATH, "for: [rep]", "for: [reps]", ["{at}: 'for' is 'reps'; did you mean 'rep'?"]),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG, ids=[w[2].strip() for w in WRONG])
def test_a_fault_names_its_line_and_how_to_mend_it(
    faults: Faults, file: str, old: str, new: str, said: list[str]
) -> None:
    found = faults(file, old, new)
    at = f"playbook/{file}:{line_of(file, old)}"
    assert len(found) == len(said), found
    for text in said:
        if text.startswith("…"):
            assert any(text[1:] in line for line in found), (text, found)
        elif text.startswith("{id}"):
            assert any(line.endswith(text[4:]) for line in found), (text, found)
        else:
            assert text.replace("{at}", at) in found


def test_faults_of_all_files_come_at_once(bare: Path) -> None:
    for file, old, new in [
        (COMPANY, "currency", "curency"),
        (KPIS, "expr: sum(amount),", "expr: sum(amont),"),
        (PAGE, "{{3.1.rank.text}}", "{{3.1.rank.txt}}"),
    ]:
        path = bare / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_playbook(bare)
    said = [f"{fault.what}; {fault.mend}" for fault in caught.value.faults]
    assert said == [
        "key 'currency' is missing; add `currency:`",
        "unknown key 'curency'; did you mean 'currency'?",
        "reference {{3.1.rank.txt}} is unknown; did you mean 'text'?",
        "unknown column 'amont'; did you mean 'amount'?",
    ]


@pytest.mark.slow
def test_what_an_unreadable_file_would_explain_is_not_blamed_on_others(faults: Faults) -> None:
    (only,) = faults(STAGES, 'section: "2.2"', 'section: "2.2')
    assert only.startswith("playbook/standards/stages.yaml:")
    assert "not YAML" in only


def test_a_page_in_one_language_only_is_a_missing_translation(bare: Path) -> None:
    (bare / "pages/3.1-layered-kpis.zh.md").unlink()
    with pytest.raises(ContentError) as caught:
        load_playbook(bare)
    assert str(caught.value) == (
        "playbook/pages/3.1-layered-kpis.en.md:1: missing translation: no page in 'zh'; "
        "write 3.1-layered-kpis.zh.md"
    )


def test_a_second_page_of_a_section_is_not_passed_over(bare: Path) -> None:
    shown, again = (bare / f"pages/3.1-{name}.en.md" for name in ("layered-kpis", "more-kpis"))
    again.write_bytes(shown.read_bytes())
    with pytest.raises(ContentError) as caught:
        load_playbook(bare)
    assert str(caught.value) == (
        "playbook/pages/3.1-more-kpis.en.md:1: a second page of 3.1 in 'en'; "
        "put it into 3.1-layered-kpis.en.md, or remove one"
    )


def test_a_misspelt_standard_is_not_passed_over(bare: Path) -> None:
    (bare / "standards/kpi.yaml").write_text("kpis: []\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_playbook(bare)
    said = "playbook/standards/kpi.yaml: a file no section reads; did you mean 'kpis.yaml'?"
    assert str(caught.value) == said


def test_a_folder_without_a_playbook_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"company.yaml: can't be read: No such file"):
        load_playbook(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["items/4.3.yml", "scenarios/notes.txt"])
def test_a_file_that_would_be_passed_over_is_a_fault(root: Path, name: str) -> None:
    (root / name).write_text("", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_playbook(root, prove=False)
    said = f"playbook/{name}: a file no section reads; end its name in .yaml"
    assert str(caught.value) == said


def test_a_playbook_without_items_role_plays_or_paths_is_one(root: Path) -> None:
    leave_out(root)
    playbook = load_playbook(root, prove=False)
    assert (playbook.item_sets(), playbook.scenarios, playbook.paths) == ({}, {}, {})
