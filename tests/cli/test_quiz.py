"""The item bank to other systems and back, and what people did as statements."""
# ruff: noqa: E501 (what is printed stands on one line)

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from salestrain.records import Person, open_records, records_place
from salestrain.training.steps import Step
from salestrain.workspace import Workspace, create_workspace, shipped
from tests.cli.conftest import Run

FILE = "1.1-roles-and-competencies.yaml"
FOREIGN = Path(__file__).parents[3] / "shared" / "data" / "jupyterquiz" / "questions.json"


@pytest.fixture
def small(workspace: Path) -> Path:
    """A workspace with the items of one section."""
    items = workspace / "playbook" / "items"
    items.mkdir()
    shutil.copy(shipped() / "playbook" / "items" / FILE, items)
    shutil.rmtree(workspace / "playbook" / "exams", ignore_errors=True)
    return workspace


def bank(place: Path) -> dict[str, str]:
    files = sorted((place / "playbook").rglob("*.yaml"))
    return {file.name: file.read_text("utf-8") for file in files}


@pytest.mark.slow
def test_an_export_says_what_its_format_cannot(run: Run, small: Path) -> None:
    said = run("quiz", "export", "b.gift", "--losses", "lost.tsv", "--workspace", small)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == lines[1].replace("b.en.gift", "b.zh.gift")
    assert lines[0].endswith("items are in b.zh.gift")
    assert lines[2] == "What this format can't say:"
    assert "· GIFT has no place for a rubric: 1 items (1.1.i.rewrite_review)" in lines
    listed = Path("lost.tsv").read_text("utf-8").splitlines()
    assert "1.1.i.rewrite_review\trubric.*\tGIFT has no place for a rubric" in listed


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["gift", "xml", "zip", "json"])
def test_what_goes_out_comes_back_and_changes_nothing(run: Run, small: Path, ending: str) -> None:
    before = bank(small)
    assert run("quiz", "export", f"b.{ending}", "--workspace", small).code == 0
    files = sorted(Path().glob(f"b*.{ending}"))
    said = run("quiz", "import", *files, "--workspace", small)
    assert (said.code, said.out) == (0, "0 items changed, 0 new, in 0 files.\n")
    assert bank(small) == before


@pytest.mark.slow
def test_an_edit_made_elsewhere_comes_in_and_asks_for_the_other_language(
    run: Run, tmp_path: Path
) -> None:
    whole = create_workspace(tmp_path / "whole").root
    asked = "--section", "1.1", "--in", "en", "--workspace", whole
    assert run("quiz", "export", "b.gift", *asked).code == 0
    file = Path("b.gift")
    file.write_text(
        file.read_text("utf-8").replace("rings Wu Hai today", "rings him today"), "utf-8"
    )
    said = run("quiz", "import", file, "--workspace", whole)
    assert said.out == (
        "· changed in one language only; look at the other: 1.1.i.late_probe_call\n"
        "1 items changed, 0 new, in 1 files.\n"
    )
    assert "rings him today" in bank(whole)[FILE]


def test_a_broken_file_changes_nothing_and_every_fault_is_told(run: Run, small: Path) -> None:
    before = bank(small)
    Path("bad.gift").write_text("One?{=a ~b\n\nTwo?{~a ~b}\n\nThree?{=a#x ~b#y ~c#z}\n", "utf-8")
    said = run("quiz", "import", "bad.gift", "--workspace", small)
    assert said.code == 1
    assert [line.partition("; ")[0] for line in said.err.splitlines()] == [
        "bad.gift:1: the answers' { is never closed",
        "bad.gift:3: no answer is right",
        "bad.gift:5: a question without an id",
    ]
    assert bank(small) == before


@pytest.mark.slow
def test_foreign_questions_become_a_draft_once_it_is_asked_for(run: Run, small: Path) -> None:
    if not FOREIGN.is_file():
        pytest.skip("jupyterquiz's questions are not on this machine (../shared/data)")
    before = bank(small)
    refused = run("quiz", "import", FOREIGN, "--section", "4.3", "--workspace", small)
    assert refused.code == 1
    assert "4.3.i.choose_all_following_that: no 'zh' of stem, options.p1" in refused.err
    assert f"{FOREIGN}:160: 'code', which items have no place for" in refused.err
    assert bank(small) == before
    asked = "quiz", "import", FOREIGN, "--section", "4.3", "--draft", "--workspace", small
    said = run(*asked)
    assert said.code == 1  # two of them hold code
    draft = small / "playbook" / "drafts" / "questions.yaml"
    assert f"A draft is in {draft}; its head says what is still wanted." in said.out
    assert "· left out, no place for it: a range of wrong numbers (2×)" in said.out
    assert draft.read_text("utf-8").count("\n  - id: 4.3.i.") == 6
    again = run(*asked)
    assert (again.code, again.err) == (2, f"{draft} exists already; name another with --to\n")
    other = small / "mine.yaml"
    assert run(*asked, "--to", other).code == 1
    assert other.read_text("utf-8") == draft.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (("export", "b.doc"), "b.doc ends in none of .gift, .xml, .zip, .json, .apkg, .xlsx; or say --format\n"),
        (("import", "b.doc"), "b.doc ends in none of .gift, .txt, .xml, .zip, .json, .xlsx\n"),
        (("export", "b.gift", "--section", "9.9"), "no items there; see playbook/items for the sections that have some\n"),
        (("import", "a.xlsx", "b.xml"), "import a workbook by itself, and without --draft\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(
    run: Run, small: Path, asked: tuple[str, ...], what: str
) -> None:
    said = run("quiz", *asked, "--workspace", small)
    assert (said.code, said.err) == (2, what)


@pytest.fixture
def answered(small: Path) -> Path:
    """The same workspace with two people who have practised."""
    records = open_records(records_place(Workspace.at(small).state))
    data = {"item": "1.1.i.late_probe_call", "answer": ["rep"], "earned": 1.0}
    for id_ in ("R01", "R02"):
        records.people.add(Person(id_, f"name of {id_}"))
        at = datetime(2026, 10, 9, 8, 0, tzinfo=UTC)
        records.steps.append(id_, "quiz", "1.1", f"step {id_}", Step("answered", data, at))
    records.close()
    return small


@pytest.mark.slow
def test_statements_of_those_asked_for_go_to_a_file(
    run: Run, answered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESTRAIN_XAPI_BASE", "https://acme.example/train/")
    said = run("quiz", "statements", "R01", "--out", "s.jsonl", "--workspace", answered)
    assert (said.code, said.out) == (0, "1 statements are in s.jsonl\n")
    (line,) = Path("s.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["object"]["id"] == (
        "https://acme.example/train/items/1.1.i.late_probe_call"
    )
    assert "R02" not in line
    assert "name of" not in line
    every = run("quiz", "statements", "--everybody", "--out", "s.jsonl", "--workspace", answered)
    assert every.out == "2 statements are in s.jsonl\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (("R01",), "say --out FILE or --to ADDRESS, one of them\n"),
        (("--out", "s.jsonl"), "name people, or say --everybody\n"),
        (("R01", "--everybody", "--out", "s.jsonl"), "name people, or say --everybody\n"),
        (("R01", "--out", "s.jsonl"), "say --base, an address of your company that begins every id, as https://acme.example/train\n"),
        (("R01", "--out", "s.jsonl", "--base", "acme"), "'acme' is no address; say --base, an address of your company that begins every id, as https://acme.example/train\n"),
        (("R9", "--out", "s.jsonl", "--base", "https://a.example"), "there is no person 'R9'; see `salestrain people list`\n"),
        (("R01", "--to", "http://lrs.example", "--base", "https://a.example"), "'http://lrs.example' sends people's results unencrypted; write https://\n"),
    ],
)  # fmt: skip
def test_statements_ask_for_what_they_need(
    run: Run, answered: Path, asked: tuple[str, ...], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SALESTRAIN_XAPI_BASE", raising=False)
    said = run("quiz", "statements", *asked, "--workspace", answered)
    assert (said.code, said.err) == (2, what)
    assert not Path("s.jsonl").exists()
