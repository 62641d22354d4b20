"""people forget: whoever asks for it leaves no trace, and what can't be erased is named."""

from __future__ import annotations

import html
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from salestrain.records import Person, Records, evidence, open_records, read_secret
from salestrain.training.steps import Step
from tests.cli.conftest import Run, Said
from tests.records.conftest import START

ID, NAME, LATIN = "Zq-77/x", "祁连墨", "Qwxert Zyploc"
ASKED = ("people", "forget", ID, "--yes", "--workspace")
WORDS = (ID, NAME, LATIN, LATIN.upper(), "Ｑｗｘｅｒｔ", "qwxertzyploc")

pytestmark = pytest.mark.slow


def forms(word: str) -> list[bytes]:
    """Return how a word may stand in a file."""
    escaped = json.dumps(word)[1:-1], html.escape(word), "".join(f"&#{ord(one)};" for one in word)
    plain = [one.encode() for one in (word, *escaped)]
    return [*plain, *(word.encode(one) for one in ("utf-16-le", "utf-16-be", "gb18030"))]


def contents(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(one) for one in archive.infolist())


def traces(root: Path) -> list[str]:
    """Search each table, and each file's name and bytes, by means of our own."""
    found = []
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).as_posix()
        if path.is_dir() or inside.startswith(("data/", ".salestrain/crm/")):
            continue
        every = [inside.encode(), *contents(path)]
        found += [f"{inside}: {word}" for word in WORDS for form in forms(word) for one in every
                  if form.lower() in one.lower()]  # fmt: skip
    with sqlite3.connect(root / ".salestrain" / "records.db") as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            rows = str(connection.execute(f"SELECT * FROM {table}").fetchall())
            found += [f"{table}: {one}" for one in (ID, NAME, LATIN) if one in rows]
            found += [f"{table}: {one}" for one in (NAME, ID) if json.dumps(one)[1:-1] in rows]
    connection.close()
    return found


def live(records: Records, state: Path) -> None:
    """Let the person and those around them have done all there is to do."""
    people, numbers = records.people, iter(range(100))
    people.add(Person(ID, NAME, LATIN, team="north"))
    people.add(Person("T1", "周文", role="trainer"))

    def did(who: str, app: str, thread: str, kind: str, **data: object) -> None:
        number = next(numbers)
        step = Step(kind, data, START + timedelta(minutes=number))
        records.steps.append(who, app, thread, f"did-{number}", step)

    people.set_pin(ID, "123456")
    people.check_pin(ID, "000000", "192.0.2.7")
    records.invitations.invite(ID, by="T1")
    records.invitations.invite("ann", by=ID)
    did(ID, "quiz", "2.2", "answered", item="2.2.i.a", answer=["b"], earned=1)
    did(ID, "roleplay", "2.2.s.quote", "moved", says=f"我是{NAME}")
    did(ID, "onboarding", "4.1.p.first_week", "noted", step="a", text="my own")
    file, _ = evidence.keep(state, ID, f"by {LATIN}".encode())
    did(ID, "onboarding", "4.1.p.first_week", "evidence", step="a", file=file, name=f"{NAME}.txt")
    did("T1", "onboarding", "4.1.p.first_week", "signed", person=ID, step="a", ok=True, text="good")
    did("T1", "roleplay", "ratings", "rated", person=ID, about=f"2.2.s.quote-{ID}-1", levels={})
    did("T1", "roleplay", "corrections", "corrected", person=ID, scenario="2.2.s.quote",
        text=f"我叫{NAME}", move="ask")  # fmt: skip
    did("T1", "trainer", "mentors", "paired", person="ann", mentor=ID)
    did("T1", "trainer", "cohort", "built", members=[{"who": "ann"}, {"who": ID}], by={ID: 1})
    did("ann", "playbook", "2.2", "note", text=f"Ask {LATIN.upper()} about it; {NAME}知道")
    did("bo", "playbook", "2.2", "note", text="ｑｗｘｅｒｔ　ｚｙｐｌｏｃ")
    did("bo", "roleplay", "ratings", "calibrating", about=f"2.2.s.quote-{ID}-1", on=True)
    did("bo", "playbook", "2.2", "note", text="祁连山以南")
    records.audit.saw("T1", ID, "talk 2.2.s.quote")
    records.audit.saw(ID, "ann", "joined coaching", "for the round")
    records.audit.saw("T1", "ann", "joined coaching", f"as {NAME} asked")


def write(root: Path) -> None:
    """Lay out what else may name them: reports, a book, what readers learned, a log."""
    reports, state = root / "reports" / "2026-Q3" / "kpi_review", root / ".salestrain"
    for folder in (reports / "notebooks", reports / ".batch", state / "books"):
        folder.mkdir(parents=True)
    (reports / "team-north.html").write_text(f"<td>{html.escape(LATIN)}</td>", "utf-8")
    (reports / "team-north.pdf").write_bytes(b"%PDF of the same")
    (reports / "notebooks" / "team-north.ipynb").write_text(json.dumps({"a": NAME}), "utf-8")
    (reports / ".batch" / "team-north.json").write_text("{}")
    (reports / "team-south.html").write_text("<td>Ida Low</td>")
    (reports / "company.html").write_text("".join(f"&#{ord(one)};" for one in NAME))
    (state / "books" / "sales.html").write_text(f"asked by {NAME}", "utf-8")
    learned = [["2.2.s.quote", f"我叫{NAME}", "ask"], ["2.2.s.quote", "what for?", "ask"]]
    (state / "corrections.json").write_text(json.dumps(learned))
    (root / "server.log").write_text(f"404 GET /reports/{ID} ({LATIN})\nstarted\n", "utf-8")


@pytest.fixture
def lived(run: Run, workspace: Path) -> Path:
    """The small company in which the person has lived."""
    run("people", "list", "--workspace", workspace)
    state = workspace / ".salestrain"
    records = open_records(state / "records.db", secret=read_secret(state))
    live(records, state)
    records.close()
    write(workspace)
    return workspace


def test_nothing_is_left_of_them_in_any_table_file_or_log(run: Run, lived: Path) -> None:
    assert len({one.partition(":")[0] for one in traces(lived)}) >= 9
    said: Said = run(*ASKED, lived)
    assert (said.code, said.err) == (0, "")
    assert traces(lived) == []
    lines = said.out.splitlines()
    assert lines[0] == (
        f"Everything about {NAME} is erased. Steps of theirs: 4, of others about them: 3, files: 1."
    )
    assert lines[1] == "Notes by others that named them, replaced by 〔…〕: 5."
    reports = lived / "reports" / "2026-Q3" / "kpi_review"
    gone = {Path(one.removeprefix("deleted ")) for one in lines if one.startswith("deleted ")}
    assert gone == {
        *(reports / one for one in ("company.html", "team-north.html", "team-north.pdf")),
        reports / "notebooks" / "team-north.ipynb",
        reports / ".batch" / "team-north.json",
        lived / ".salestrain" / "books" / "sales.html",
    }
    assert (reports / "team-south.html").exists()
    assert f"name replaced in the log {lived / 'server.log'}" in lines
    assert (lived / "server.log").read_text("utf-8").endswith("(〔…〕)\nstarted\n")
    assert lines[-1].startswith("Looked through 7 tables and ")
    assert run("audit", "verify", "--workspace", lived).code == 0


def test_what_is_about_others_stays(run: Run, lived: Path) -> None:
    run(*ASKED, lived)
    records = open_records(lived / ".salestrain" / "records.db")
    notes = [
        one.data["text"]
        for who in ("ann", "bo")
        for one in records.steps.of(who, "playbook", "2.2")
    ]
    assert notes == ["Ask 〔…〕 about it; 〔…〕知道", "〔…〕", "祁连山以南"]
    (pair,) = records.steps.of("T1", "trainer", "mentors")
    assert pair.data == {"person": "ann", "mentor": "〔…〕"}
    (built,) = records.steps.of("T1", "trainer", "cohort")
    assert built.data == {"members": [{"who": "ann"}, {"who": "〔…〕"}], "by": {"〔…〕": 1}}
    looks = [(one.by, one.whom, one.what, one.why) for one in records.audit.looks()]
    assert looks == [
        ("T1", "", "talk 2.2.s.quote", ""),
        ("", "ann", "joined coaching", ""),
        ("T1", "ann", "joined coaching", ""),
        ("command line", "", "forgot", ""),
    ]
    records.close()


def test_what_it_may_not_change_is_named_and_the_exit_says_so(run: Run, lived: Path) -> None:
    state = lived / ".salestrain"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", f"<t>{NAME}</t>")
    evidence.keep(state, "ann", made.getvalue())
    said = run(*ASKED, lived)
    (kept,) = evidence.folder_of(state, "ann").iterdir()
    assert (said.code, said.err) == (1, f"Places that still name this person: 1\n{kept}\n")
    assert "Looked through" not in said.out


def test_rows_of_the_crm_and_a_namesake_are_told(run: Run, lived: Path) -> None:
    people = lived / "data" / "people.csv"
    people.write_text(people.read_text("utf-8") + f"{ID},{NAME},rep,north\n", "utf-8")
    run("people", "add", "R9", "某某", "--name-en", LATIN, "--workspace", lived)
    said = run(*ASKED, lived, "--lang", "zh")
    assert (said.code, said.err) == (0, "")
    assert f"这里还有人也叫「{LATIN}」，所以没有按这个名字查找；只按编号查了。" in said.out
    assert "data/people.csv:5（1 处）\n.salestrain/crm: people（1 处）" in said.out
