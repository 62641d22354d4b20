"""QTI 2.1 and 3.0: what is written keeps their rules and marks as we do."""

from __future__ import annotations

import random
from functools import cache
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.exchange.files import unpacked
from salestrain.playbook.exchange.formats import Format
from salestrain.playbook.exchange.qti_names import as_2_1, id_of, identifier
from salestrain.playbook.exchange.xml import Node, read_xml
from salestrain.playbook.items import Item, Numeric, ShortAnswer, TrueFalse
from salestrain.playbook.items.asked import cell_id
from salestrain.training.marking import mark
from tests.playbook.exchange.qti_manifest_rules import broken_manifest
from tests.playbook.exchange.qti_rules import broken_rules, unwrapped
from tests.playbook.exchange.qti_running import outcomes_of
from tests.playbook.exchange.trips import bank, sent, some

pytestmark = pytest.mark.slow  # the whole bank goes through

VERSIONS: tuple[Format, ...] = ("qti2.1", "qti3.0")
MARKED = [item for item in some() if not isinstance(item, ShortAnswer)]


def files(form: Format, items: list[Item]) -> dict[str, bytes]:
    return unpacked(sent(form, items).files[""], PurePath("bank.zip"))


def read(form: Format, root: Node) -> Node:
    return as_2_1(root) if form == "qti2.1" else unwrapped(as_2_1(root))


def trees(form: Format, items: list[Item]) -> dict[str, Node]:
    return {
        name: read(form, read_xml(data, PurePath(name)))
        for name, data in files(form, items).items()
        if name != "imsmanifest.xml"
    }


def manifest_of(form: Format) -> Node:
    name = "imsmanifest.xml"
    return read_xml(files(form, some())[name], PurePath(name))


@cache
def written() -> dict[str, Node]:
    """Return some items by id, as written in English."""
    named = trees("qti2.1", some()).items()
    return {id_of(PurePath(name).stem): tree for name, tree in named if name.startswith("en/")}


@pytest.mark.parametrize("form", VERSIONS)
def test_every_item_keeps_the_rules_of_its_version(form: Format) -> None:
    broken = {
        name: found for name, tree in trees(form, some()).items() if (found := broken_rules(tree))
    }
    assert broken == {}


@pytest.mark.slow
@pytest.mark.parametrize("form", VERSIONS)
def test_the_whole_bank_keeps_the_rules_of_its_version(form: Format) -> None:
    broken = {
        name: found for name, tree in trees(form, bank()).items() if (found := broken_rules(tree))
    }
    assert broken == {}


def test_the_rules_find_what_they_are_for() -> None:
    (tree, *_) = written().values()
    tree = as_2_1(tree)
    (body,) = tree.all("itemBody")
    body.children[1].attributes["responseIdentifier"] = "OTHER"
    body.inside.append("loose words")
    tree.inside.append(Node("hint", 9))
    told = broken_rules(tree)
    assert len(told) == 3
    assert "answers no fitting declaration" in "".join(told)


@pytest.mark.parametrize(
    ("name", "key", "said", "told"),
    [
        ("assessmentItem", "adaptive", "no", "adaptive 'no'"),
        ("assessmentItem", "identifier", "1 item", "identifier '1 item'"),
        ("assessmentItem", "xmlns", "urn:other", "no version has the namespace"),
        ("responseDeclaration", "cardinality", "many", "cardinality 'many'"),
        ("responseDeclaration", "baseType", "number", "baseType 'number'"),
        ("responseDeclaration", "identifier", "SCORE", "SCORE is declared twice"),
        ("outcomeDeclaration", "normalMaximum", "-1", "normalMaximum '-1'"),
        ("mapping", "lowerBound", "-inf", "lowerBound '-inf'"),
        ("mapEntry", "mappedValue", "nan", "mappedValue 'nan'"),
        ("choiceInteraction", "maxChoices", "all", "maxChoices 'all'"),
        ("choiceInteraction", "maxChoices", "0", "one answer, but more choices"),
        ("choiceInteraction", "minimum", "1", "choiceInteraction has"),
        ("modalFeedback", "showHide", "shown", "showHide 'shown'"),
    ],
)
def test_a_value_that_the_schema_has_no_word_for_is_found(
    name: str, key: str, said: str, told: str
) -> None:
    single = next(item for item in some() if item.kind == "single")
    tree = as_2_1(written()[single.id])
    next(tree.within(name)).attributes[key] = said
    assert told in "".join(broken_rules(tree))


@pytest.mark.parametrize("form", VERSIONS)
def test_the_manifest_keeps_the_rules_of_its_version(form: Format) -> None:
    assert broken_manifest(manifest_of(form)) == []


def test_the_rules_of_a_manifest_find_what_they_are_for() -> None:
    manifest = manifest_of("qti2.1")
    first, second, *_ = manifest.within("resource")
    first.attributes |= {"identifier": "1", "type": "webcontent"}
    second.attributes["identifier"] = manifest.attributes["identifier"]
    del next(first.within("file")).attributes["href"]
    manifest.inside.reverse()
    manifest.attributes.pop("xsi:schemaLocation")
    told = "".join(broken_manifest(manifest))
    assert "manifest holds resources organizations metadata" in told
    for each in (
        "'1' is no identifier",
        "type webcontent",
        "comes twice",
        "file has []",
        "schemas",
    ):
        assert each in told


def test_the_two_versions_are_one_tree_with_other_names() -> None:
    def plain(node: Node) -> object:
        own = {"xmlns", "xmlns:xsi", "xsi:schemaLocation", "use"}  # use, of a rubric, is new in 3.0
        about = {key: said for key, said in node.attributes.items() if key not in own}
        kept = (each for each in node.inside if not isinstance(each, str) or each.strip())
        return node.name, about, [plain(one) if isinstance(one, Node) else one for one in kept]

    older, newer = (trees(form, some()) for form in VERSIONS)
    assert {name: plain(tree) for name, tree in older.items()} == {
        name: plain(tree) for name, tree in newer.items()
    }


def test_every_name_in_3_0_is_small_with_hyphens() -> None:
    def names(node: Node) -> set[str]:
        return {node.name, *node.attributes}.union(*map(names, node.children))

    made = files("qti3.0", some())
    roots = [read_xml(data, PurePath(name)) for name, data in made.items() if "/" in name]
    odd = {name for name in set[str]().union(*map(names, roots)) if name != name.lower()}
    assert odd == {"xsi:schemaLocation"}


def test_3_0_has_its_own_names() -> None:
    data = files("qti3.0", some()[:1])
    text = next(text.decode() for name, text in data.items() if name.startswith("en/"))
    assert '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"' in text
    assert "<qti-modal-feedback outcome-identifier=" in text
    assert "<qti-content-body><p>" in text
    for name in ("assessmentItem", "simpleChoice", "maxChoices", "<qti-p>"):
        assert name not in text


def test_the_package_lists_each_file_with_its_language_and_labels() -> None:
    made = files("qti2.1", some())
    manifest = read_xml(made.pop("imsmanifest.xml"), PurePath("imsmanifest.xml"))
    listed = {node.attributes["href"]: node for node in manifest.within("resource")}
    assert listed.keys() == made.keys()
    for name, node in listed.items():
        assert [each.text for each in node.within("language")] == [name[:2]]
        assert any(each.text.startswith("level:") for each in node.within("string"))
    names = [node.attributes["identifier"] for node in manifest.within("resource")]
    assert len({*names}) == len(names)


def as_response(item: Item, answer: tuple[str, ...]) -> dict[str, Any]:
    """Return an answer as another system would hold it."""
    if isinstance(item, Numeric):
        return {"RESPONSE": float(answer[0])}
    if isinstance(item, TrueFalse):
        verdict, reason = answer
        return {"RESPONSE": identifier(verdict), "REASON": identifier(reason)}
    said = [" ".join(map(identifier, each.split("="))) for each in answer]
    return {"RESPONSE": said[0] if item.kind == "single" else said}


def some_answer(item: Item, chance: random.Random) -> tuple[str, ...]:
    """Return an answer that marking takes, right or wrong."""
    ids = [each.id for each in item.chosen_from]
    if isinstance(item, Numeric):
        near = [item.answer, *(value for value, _ in item.mistakes)]
        margin = item.key.tolerance.margin(item.answer)
        return (f"{chance.choice(near) + chance.choice([0, margin / 2, -margin * 1.01, 7.5]):.4f}",)
    if item.kind == "find_mistake":
        assert item.extract is not None
        rows = range(1, len(item.extract.rows) + 1)
        ids = [cell_id((row, name)) for row in rows for name in item.extract.columns]
    if item.given_to:
        return tuple(f"{line.id}={chance.choice(ids)}" for line in item.given_to)
    if isinstance(item, TrueFalse):
        return chance.choice(["true", "false"]), chance.choice(ids)
    count = len(ids) if item.kind == "ordering" else 1
    if item.kind in {"multiple", "find_mistake"}:
        count = chance.randint(1, len(ids))
    return tuple(chance.sample(ids, count))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(MARKED), st.randoms(use_true_random=False))
def test_another_system_gives_the_marks_that_we_give(item: Item, chance: random.Random) -> None:
    answer = some_answer(item, chance)
    score, _ = outcomes_of(written()[item.id], as_response(item, answer))
    assert score == pytest.approx(mark(item, answer).earned)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(MARKED), st.randoms(use_true_random=False))
def test_another_system_tells_what_we_tell_of_a_wrong_answer(
    item: Item, chance: random.Random
) -> None:
    tree, answer = written()[item.id], some_answer(item, chance)
    _, told = outcomes_of(tree, as_response(item, answer))
    says = {node.attributes["identifier"]: node.text for node in tree.all("modalFeedback")}
    heard = {" ".join(says[one].split()) for one in told if one in says}
    ours = {" ".join(each.en.split()) for each in mark(item, answer).feedback}
    assert ours <= heard


@settings(max_examples=25)
@given(st.text(max_size=20))
def test_an_id_of_any_signs_comes_back(text: str) -> None:
    assert id_of(identifier(text)) == text
