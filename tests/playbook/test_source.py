from __future__ import annotations

import json
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.errors import ContentError, Place
from salestrain.playbook.source import Keyed, Listed, place_at, read_text, read_yaml

UNFIT = "unacceptable character #x0007"
SHOWN = PurePath("playbook/x.yaml")
# A JSON string is YAML; the reader takes no control characters, surrogates or non-characters.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]))
plain = st.sampled_from(
    ["No", "yes", "3:1", "012", "1e3", "0x1F", "null", "~", "2026-09-30", "1_0"]
)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@given(texts)
def test_any_text_survives_reading(text: str) -> None:
    assert read_yaml(f"key: {quoted(text)}", SHOWN) == {"key": text}


@given(plain, plain)
def test_an_unquoted_scalar_stays_what_was_typed(key: str, value: str) -> None:
    assert read_yaml(f"{key}: {value}", SHOWN) == {key: value}


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), texts, min_size=1))
def test_every_key_knows_its_line(written: dict[str, str]) -> None:
    text = "\n".join(f"{key}: {quoted(value)}" for key, value in written.items())
    node = read_yaml(text, SHOWN)
    assert [node.places[key].line for key in written] == list(range(1, len(written) + 1))


def test_a_path_leads_to_its_line_or_the_nearest_above() -> None:
    node = read_yaml("a:\n  - b: 1\n  - b: 2\n", SHOWN, first_line=10)
    assert isinstance(node["a"], Listed)
    assert isinstance(node["a"][1], Keyed)
    assert place_at(node, ("a", 1, "b"), node.place) == Place(SHOWN, 12)
    assert place_at(node, ("a", 1, "zh", 3), node.place) == Place(SHOWN, 12)
    assert place_at(node, ("nowhere",), node.place) == Place(SHOWN, 10)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\nb: 2\na: 3\n", ":3: key 'a' comes twice, first on line 1; keep one of them"),
        ("a: 'x\n", ":2: not YAML: found unexpected end of stream; {mend}"),
        ("a: b: c\n", ":1: not YAML: mapping values are not allowed in this context; {mend}"),
        ("a:\n\t- 1\n", ":2: a tab; indent with spaces"),
        ("a: 1\n---\nb: 2\n", ":2: not YAML: but found another document; {mend}"),
        ("a: \x07\n", ":1: not YAML: {unfit}: control characters are not allowed; remove it"),
        ('a: 1\nb: "\\x01"\n', ":2: a control character, U+0001; remove it"),
        ('a: [x, "\\uFFFE"]\n', ":1: a control character, U+FFFE; remove it"),
        ("a: &x {b: 1}\nc: *x\n", ":1: a YAML anchor is used again; write the part out twice"),
        ("a: &x\n  - *x\n", ":1: a YAML anchor is used again; write the part out twice"),
        ("[a, b]: 1\n", ":1: a key is not a word; write a plain key"),
        ("- a\n", ":1: no keys; write `key: value` lines"),
        ("a: " + "[" * 100_000, ":1: nested too deep; close its brackets"),
        ("", ":1: no keys; write `key: value` lines"),
        ("# only a comment\n", ":1: no keys; write `key: value` lines"),
    ],
)
def test_what_is_no_mapping_is_a_fault_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_yaml(text, SHOWN)
    mend = "mend its indentation, or quote the text"
    assert str(caught.value) == "playbook/x.yaml" + fault.format(
        mend=mend, unfit="unacceptable character #x0007"
    )


def test_a_file_in_another_encoding_is_named_with_line_and_byte(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("name: ok\nzh: 商机\n".encode("gb18030"))
    with pytest.raises(ContentError, match=r"^playbook/x.yaml:2: not UTF-8: byte 0xc9; save it as"):
        read_text(path, SHOWN)


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_yaml(read_text(path, SHOWN), SHOWN) == {"a": "1", "b": "2"}


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_text(tmp_path / "x.yaml", SHOWN)
    said = "playbook/x.yaml: can't be read: No such file or directory; put the file there"
    assert str(caught.value) == said
