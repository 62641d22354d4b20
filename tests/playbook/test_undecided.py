"""What drafts leave to their authors is found by its marks."""

from __future__ import annotations

from pathlib import Path, PurePath

from salestrain.language import Text
from salestrain.playbook.undecided import TO_TRANSLATE, left_in, marked, undecided

FILE = PurePath("playbook/scenarios/talk.yaml")
MEND = "decide it and take the mark out, or take the draft out of the playbook"


def test_every_mark_is_found_and_translations_come_as_one() -> None:
    text = f"a: 1{marked(Text('甲', 'the first'))}\nb: {TO_TRANSLATE}x, {TO_TRANSLATE}y\nc: 3\n"
    one, other = left_in(text, FILE)
    assert (str(one.place), one.what) == ("playbook/scenarios/talk.yaml:1", Text("甲", "the first"))
    assert str(other.place) == "playbook/scenarios/talk.yaml:2"
    assert other.what.zh.startswith("2 处文字还没翻译")
    assert [*left_in("a: 1  # 待定\n", FILE)] == []


def test_role_plays_with_marks_are_faults_and_the_others_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "playbook" / "scenarios"
    folder.mkdir(parents=True)
    (folder / "done.yaml").write_text("a: 1\n", "utf-8")
    (folder / "broken.yaml").write_bytes(b"\xff")
    (folder / "talk.yaml").write_text(f"\na: 1{marked(Text('甲', 'the first'))}\n", "utf-8")
    found = [str(fault) for fault in undecided(tmp_path / "playbook")]
    assert found == [f"playbook/scenarios/talk.yaml:2: not decided yet: the first; {MEND}"]
