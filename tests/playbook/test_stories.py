"""The files in `stories/`: each by itself, so that one with faults spoils no other."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from salestrain.playbook.load import load_playbook
from salestrain.playbook.stories import read_stories
from salestrain.workspace import shipped

NO_NAME = (
    "can't stand in an address; name it with letters, figures, - and _, and .zh or .en at the end"
)


def put(root: Path, **files: bytes | str) -> Path:
    folder = root / "playbook" / "stories"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root / "playbook"


def faults(root: Path) -> list[str]:
    return [str(fault) for fault in read_stories(root).faults]


def test_a_story_is_named_by_its_file_and_may_name_its_readers(tmp_path: Path) -> None:
    root = put(tmp_path, door__zh__twee="a", 第一天__ink__json="b", plan__en__ink__json="c")
    files, faults = read_stories(root)
    assert faults == ()
    found = {name: (one.language, one.is_ink, one.text) for name, one in files.items()}
    assert found == {
        "door.zh": ("zh", False, "a"),
        "plan.en": ("en", True, "c"),
        "第一天": (None, True, "b"),
    }
    assert str(files["door.zh"].place) == "playbook/stories/door.zh.twee"


def test_no_folder_holds_no_stories(tmp_path: Path) -> None:
    assert read_stories(tmp_path) == ({}, ())


def test_what_ink_is_compiled_from_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    assert read_stories(put(tmp_path, door__ink="x", __swp="x")) == ({}, ())


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("door.html", "x", "a file no story is read from; end its name in .twee or .ink.json"),
        (
            "to day.twee",
            "x",
            f"'to day' {NO_NAME}",
        ),
        (
            "day.fr.twee",
            "x",
            f"'day.fr' {NO_NAME}",
        ),
        ("good.twee", "x", "a second story 'good'; rename it, or good.ink.json"),
    ],
)
def test_a_file_that_is_no_story_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, content: str, fault: str
) -> None:
    root = put(tmp_path, good__ink__json="{}", **{name: content})
    assert faults(root) == [f"playbook/stories/{name}: {fault}"]
    assert [*read_stories(root).files] == ["good"]


def test_what_cant_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    root = put(tmp_path, big__twee="x" * 1_000_001, gbk__twee=b":: Start\n\xc4\xe3\xba\xc3\n")
    (tmp_path / "secret").write_text("of the house", "utf-8")
    (root / "stories" / "link.twee").symlink_to(tmp_path / "secret")
    (root / "stories" / "sub.twee").mkdir()
    os.mkfifo(root / "stories" / "pipe.twee")
    found = dict(line.split(": ", 1) for line in faults(root))
    assert found == {
        "playbook/stories/big.twee": "has 1.0 MB; split it into files of at most 1 MB",
        "playbook/stories/gbk.twee:2": "not UTF-8: byte 0xc4; save it as UTF-8",
        "playbook/stories/link.twee": "a link out of the playbook; put the file itself there",
        "playbook/stories/pipe.twee": "can't be read: a pipe; put the file there",
        "playbook/stories/sub.twee": "can't be read: Is a directory; put the file there",
    }


def test_a_faulty_story_keeps_nobody_from_the_playbook(tmp_path: Path) -> None:
    unused = shutil.ignore_patterns("items", "scenarios", "exams", "paths", "pages")
    shutil.copytree(shipped() / "playbook", tmp_path / "playbook", ignore=unused)
    root = put(tmp_path, bad__twee="no passage", odd__txt="x")
    assert load_playbook(root, prove=False).standards
