"""Imported items in the playbook: found again, changed, new, drafted; nothing half imported."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from salestrain.errors import ContentError
from salestrain.language import LANGUAGES, Language
from salestrain.playbook.exchange.formats import Format, export, read_files
from salestrain.playbook.exchange.known import with_keys, with_references
from salestrain.playbook.exchange.plain import fields_of, plain_of
from salestrain.playbook.exchange.taking import Taken, draft, new_faults, take, with_ids
from salestrain.playbook.load import load_playbook
from salestrain.playbook.whole import Playbook
from tests.playbook.conftest import SHIPPED, leave_out
from tests.playbook.exchange.trips import ENDS

pytestmark = pytest.mark.slow  # the whole bank goes through

FILE = "1.1-roles-and-competencies.yaml"
LATE = "1.1.i.late_probe_call"


@dataclass(frozen=True)
class Trip:
    """A playbook with one file of items, on its way through another system."""

    root: Path
    playbook: Playbook

    @property
    def texts(self) -> dict[Path, str]:
        return {path: path.read_text("utf-8") for path in (self.root / "items").glob("*.yaml")}

    def exported(self, form: Format, *ids: str, languages: tuple[Language, ...] = LANGUAGES) -> str:
        """Return items as text in a format of one file."""
        items = [self.playbook.items[id_] for id_ in ids]
        made = export(form, items, languages, self.playbook.written)
        (data,) = made.files.values()
        return data.decode("utf-8")

    def imported(self, form: Format, *texts: str, section: str | None = None) -> Taken:
        files = [self.root.parent / f"in{number}{ENDS[form]}" for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, "utf-8")
        heard = read_files(files, None, self.playbook.written)
        items = with_ids(heard.items, section, self.playbook.items)
        return take(self.playbook, self.texts, items, heard.faults, None)

    def faults(self, form: Format, *texts: str, section: str | None = None) -> list[str]:
        with pytest.raises(ContentError) as caught:
            self.imported(form, *texts, section=section)
        return [f"{each.place.line}: {each.what}; {each.mend}" for each in caught.value.faults]


@pytest.fixture(scope="module")
def trip(tmp_path_factory: pytest.TempPathFactory) -> Trip:
    root = Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp("taking") / "playbook"))
    leave_out(root, root / "items" / FILE)
    return Trip(root, load_playbook(root, prove=False))


def loaded(trip: Trip, taken: Taken, folder: Path) -> Playbook:
    """Return the playbook as it is once the files are written."""
    root = Path(shutil.copytree(trip.root, folder / "playbook"))
    for path, text in taken.files.items():
        (root / path.relative_to(trip.root)).write_text(text, "utf-8")
    return load_playbook(root, prove=False)


def only(taken: Taken) -> str:
    (text,) = taken.files.values()
    return text


def differing(before: str, after: str) -> list[tuple[str, str]]:
    lines = zip(before.splitlines(), after.splitlines(), strict=True)
    return [(one.strip(), other.strip()) for one, other in lines if one != other]


@pytest.mark.slow
def test_a_changed_text_changes_its_line_and_no_other(trip: Trip) -> None:
    text = trip.exported("moodle", LATE)
    taken = trip.imported("moodle", text.replace("who rings Wu Hai today", "who rings him today"))
    assert (taken.changed, taken.one_sided, taken.new) == ([LATE], [LATE], [])
    assert differing(trip.texts[trip.root / "items" / FILE], only(taken)) == [
        (
            "en: Wang Zhiyuan tells Zhou Min, who rings Wu Hai today",
            'en: "Wang Zhiyuan tells Zhou Min, who rings him today"',
        )
    ]


@pytest.mark.slow
def test_a_file_in_one_language_changes_that_one(trip: Trip) -> None:
    text = trip.exported("gift", LATE, languages=("zh",))
    taken = trip.imported("gift", text.replace("周敏今天打给吴海", "周敏马上打给吴海"))
    assert taken.changed == taken.one_sided == [LATE]
    assert [new for _, new in differing(trip.texts[trip.root / "items" / FILE], only(taken))] == [
        'zh: "汪志远告诉周敏，周敏马上打给吴海"'
    ]


def test_options_in_another_order_are_the_same_options(trip: Trip) -> None:
    lines = trip.exported("gift", LATE, languages=("en",)).split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("\t"))
    lines[first], lines[first + 2] = lines[first + 2], lines[first]
    assert trip.imported("gift", "\n".join(lines)).changed == []


@pytest.mark.slow
def test_another_key_is_written_into_the_item(trip: Trip, tmp_path: Path) -> None:
    text = trip.exported("gift", LATE, languages=("en",))
    swapped = text.replace("\t=", "\t!").replace("\t~", "\t=", 1).replace("\t!", "\t~")
    taken = trip.imported("gift", swapped)
    assert taken.changed == [LATE]
    after = loaded(trip, taken, tmp_path).items
    assert after[LATE].solution("en") == ("service",)
    for id_, known in trip.playbook.items.items():
        plain = plain_of(after[id_])
        if id_ == LATE:
            plain["options"] = [{**one, "key": one["id"] == "rep"} for one in plain["options"]]
            assert with_keys(plain) == with_keys(plain_of(known))
        else:
            assert plain == plain_of(known)


@pytest.mark.slow
def test_an_option_more_joins_the_others(trip: Trip, tmp_path: Path) -> None:
    text = trip.exported("moodle", LATE)
    more = (
        '<answer fraction="0" format="html"><text><![CDATA[<span lang="zh" class="multilang">'
        '群里说一声</span><span lang="en" class="multilang">Post it in the group</span>]]></text>'
        '<feedback format="html"><text><![CDATA[<span lang="zh" class="multilang">没人接</span>'
        '<span lang="en" class="multilang">Nobody takes it up.</span>]]></text></feedback></answer>'
    )
    taken = trip.imported("moodle", text.replace("<tags>", more + "<tags>", 1))
    after = loaded(trip, taken, tmp_path).items[LATE]
    assert [each.id for each in after.chosen_from] == ["service", "rep", "manager", "visit", "p1"]
    assert after.chosen_from[-1].en == "Post it in the group"


@pytest.mark.slow
def test_a_changed_text_keeps_the_figure_it_quotes(trip: Trip) -> None:
    id_ = "1.1.i.level_from_note"
    text = trip.exported("moodle", id_)
    taken = trip.imported("moodle", text.replace("things seen carry level 2", "things make a 2"))
    assert "Right. {{1.1.seen_behaviour.examples}} things make a 2. Level 3" in only(taken)


def test_a_figure_changed_where_it_was_quoted_is_a_fault(trip: Trip) -> None:
    id_ = "1.1.i.level_from_note"
    text = trip.exported("moodle", id_)
    told = trip.faults("moodle", text.replace("Right. 2 things", "Right. Three things"))
    assert told == [
        (
            f"5: {id_}: the text options.two.feedback.en quotes a figure by reference and was "
            f"changed around it; change it in {FILE}, where the reference stays"
        )
    ]


def test_a_number_that_a_query_gives_is_not_typed_over(trip: Trip) -> None:
    id_ = "1.1.i.gap_total"
    text = trip.exported("gift", id_, languages=("en",))
    assert trip.imported("gift", text).changed == []
    assert trip.faults("gift", text.replace("\t=4:0", "\t=5:0")) == [
        (
            f"6: {id_}: key.value is computed by a query; "
            "change the query in the items file, or the number back"
        )
    ]


@pytest.mark.slow
def test_a_cell_of_a_table_is_changed_by_itself(trip: Trip, tmp_path: Path) -> None:
    id_ = "1.1.i.gap_total"
    text = trip.exported("gift", id_, languages=("en",))
    row = '<td abbr\\="4">4</td><td abbr\\="2">2</td></tr>'
    assert text.count(row) == 1
    taken = trip.imported("gift", text.replace(row, row.replace('"2">2', '"2">3')))
    assert taken.changed == [id_]
    before, after = (
        book.items[id_].extract for book in (trip.playbook, loaded(trip, taken, tmp_path))
    )
    assert before is not None
    assert after is not None
    rows = [list(row) for row in before.rows]
    rows[1][3] = 3
    assert [list(row) for row in after.rows] == rows


def test_another_kind_under_the_same_id_is_a_fault(trip: Trip) -> None:
    text = trip.exported("gift", LATE, languages=("en",)).replace("\t=", "\t~%100%")
    assert trip.faults("gift", text) == [
        (
            f"6: {LATE} is 'multiple' here and 'single' in the playbook; "
            "give it an id of its own, or change it back"
        )
    ]


def renamed(trip: Trip, form: Format, language: Language) -> str:
    return trip.exported(form, LATE, languages=(language,)).replace(LATE, "1.1.i.bad_news")


@pytest.mark.slow
def test_a_pair_of_files_brings_a_new_item_in_both_languages(trip: Trip, tmp_path: Path) -> None:
    taken = trip.imported("gift", renamed(trip, "gift", "zh"), renamed(trip, "gift", "en"))
    assert (taken.new, taken.changed) == (["1.1.i.bad_news"], [])
    new = fields_of(plain_of(loaded(trip, taken, tmp_path).items["1.1.i.bad_news"]))
    known = fields_of(plain_of(trip.playbook.items[LATE]))
    assert new.keys() == known.keys()
    differ = {name for name in new if new[name] != known[name]}
    assert differ == {"id", *(f"options.{number}.id" for number in range(1, 5))}


def test_a_new_item_in_one_language_says_which_texts_are_wanted(trip: Trip) -> None:
    assert trip.faults("gift", renamed(trip, "gift", "en")) == [
        (
            "6: 1.1.i.bad_news: no 'zh' of stem, options.p1, options.p1.feedback, options.p2, "
            "options.p2.feedback, options.p3 and 3 more; "
            "import the file in 'zh' beside it, or --draft to translate it here"
        )
    ]


def test_whatever_the_check_asks_of_an_item_is_asked_of_a_new_one(trip: Trip) -> None:
    text = "// [id:1.1.i.short]\nWhy?{=yes ~no}\n"
    assert trip.faults("gift", text) == [
        "2: 1.1.i.short: key 'cites' is missing; add `cites:`",
        "2: 1.1.i.short: key 'expected_facility' is missing; add `expected_facility:`",
        "2: 1.1.i.short: key 'feedback' is missing; add `feedback:`",
        "2: 1.1.i.short: key 'level' is missing; add `level:`",
        (
            "2: 1.1.i.short: no 'zh' of stem, options.p1, options.p2; "
            "import the file in 'zh' beside it, or --draft to translate it here"
        ),
    ]


@pytest.mark.slow
def test_what_cites_nothing_there_is_told_at_its_place_in_the_file(trip: Trip) -> None:
    texts = (renamed(trip, "gift", language) for language in LANGUAGES)
    texts = (text.replace("cite:1.1.rep]", "cite:1.1.reps]") for text in texts)
    assert trip.faults("gift", *texts) == [
        "6: 1.1.i.bad_news: unknown id '1.1.reps'; did you mean '1.1.rep'?"
    ]


def test_one_bad_question_keeps_the_good_ones_out_too(trip: Trip) -> None:
    good = trip.exported("gift", LATE, languages=("en",)).replace("rings Wu Hai", "rings him")
    before = trip.texts
    assert len(trip.faults("gift", good + "\nBad?{=yes\n")) == 1
    assert trip.texts == before


def test_a_question_without_an_id_asks_for_its_section(trip: Trip) -> None:
    text = "Which of these?{=a#x ~b#y ~c#z}\n"
    assert trip.faults("gift", text) == [
        "1: a question without an id; say where it belongs, as in --section 2.2, and it is named"
    ]
    (named, *_) = trip.faults("gift", text, section="1.1")
    assert named.startswith("1: 1.1.i.these: ")


def test_a_draft_holds_what_is_there_and_lists_what_is_wanted(trip: Trip, tmp_path: Path) -> None:
    file = tmp_path / "in.gift"
    file.write_text("Is it late?{=yes#so it is ~no#look again ~maybe#be sure}\n", "utf-8")
    heard = read_files([file], None, trip.playbook.written)
    items = with_ids(heard.items, "1.1", trip.playbook.items)
    text = draft(items, [fault for item in items for fault in new_faults(item)])
    assert text.startswith("# Still wanted;")
    assert "# - 1.1.i.it_late: no 'zh' of stem, options.p1, options.p1.feedback" in text
    assert (
        "en: 'yes'\n      key: true\n      feedback:\n        en: so it is\n        zh: ''\n"
        in text
    )
    with pytest.raises(ContentError) as caught:
        loaded(trip, Taken({trip.root / "items" / "1.1-draft.yaml": text}), tmp_path)
    assert "missing translation: 'zh' is empty" in str(caught.value)


@pytest.mark.parametrize(
    ("new", "filled", "written", "expected"),
    [
        ("Use 3 now", "Use 3", "Use {{1.1.a.b}}", "Use {{1.1.a.b}} now"),
        ("no figure", "plain", "plain", "no figure"),
        ("Use four", "Use 3", "Use {{1.1.a.b}}", None),
        ("3 of 3", "Use 3", "Use {{1.1.a.b}}", None),
        ("or 5%, 2", "5%, 2 d", "{{1.1.a:lower}}, {{1.1.b}} d", "or {{1.1.a:lower}}, {{1.1.b}}"),
    ],
)  # fmt: skip
def test_references_are_put_back_or_it_is_said_that_they_cannot(
    new: str, filled: str, written: str, expected: str | None
) -> None:
    assert with_references(new, filled, written) == expected
