"""Evidence: sent over a real socket, kept whole or not at all, read back by whom it concerns."""

from __future__ import annotations

import http.client
import json
import stat
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from urllib.parse import unquote

import pytest

from salestrain.records import Person
from salestrain.records.evidence import folder_of
from salestrain.serving.evidence.pages import may_see, uploaded
from salestrain.serving.evidence.unfit import Unfit
from salestrain.training.steps import Step
from tests.records.conftest import START
from tests.served import Answer, Served
from tests.serving.evidence.test_kinds import BOMB, PDF, SCRIPT, png

OWNER, REP = Person("R01", "", team="E1"), Person("R02", "", team="E1")
PATH, STEP = "4.1.p.first_week", "note_deal"
PLACE = f"evidence/{PATH}/{STEP}"
LINE = "line"


@pytest.mark.parametrize(
    ("reader", "mentor", "may"),
    [
        (OWNER, "", True),
        (REP, "", False),
        (REP, "R02", True),
        (Person("M1", "", role="manager", team="E1"), "", True),
        (Person("M2", "", role="manager", team="E2"), "", False),
        (Person("M3", "", role="manager"), "", False),
        (Person("T1", "", role="trainer"), "", True),
        (Person("D1", "", role="admin"), "", True),
    ],
)
def test_who_may_see_somebodys_evidence(reader: Person, mentor: str, may: bool) -> None:
    assert may_see(reader, OWNER, mentor) is may


def test_a_manager_without_a_team_sees_nobody_without_one() -> None:
    alone, nobodys = Person("M3", "", role="manager"), Person("R05", "")
    assert not may_see(alone, nobodys, "")


def form(content: bytes, name: str = "visit.pdf", field: str = "file") -> bytes:
    head = f'--{LINE}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    return f"{head}\r\n".encode() + content + f"\r\n--{LINE}--\r\n".encode()


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        (f"multipart/form-data; boundary={LINE}", form(b"a", field="other"), "none"),
        (f"multipart/form-data; boundary={LINE}", form(b"", name=""), "none"),
        ("application/x-www-form-urlencoded", b"file=a", "none"),
        ("", b"", "none"),
        ("multipart/form-data", form(b"a"), "form"),
        (f"multipart/form-data; boundary={LINE}", form(b"a")[:-12], "form"),
    ],
)
def test_a_form_without_a_file(content_type: str, body: bytes, reason: str) -> None:
    with pytest.raises(Unfit) as unfit:
        uploaded(content_type, body)
    assert unfit.value.reason == reason


def send(
    served: Served,
    content: bytes,
    name: str = "visit.pdf",
    *,
    place: str = PLACE,
    who: str = "R01",
    **headers: str,
) -> Answer:
    kind = {"content_type": f"multipart/form-data; boundary={LINE}", "accept_language": "en"}
    cookie = served.cookie_for(who) if who else ""
    return served.post(place, cookie, form(content, name), **{**kind, **headers})  # type: ignore[arg-type]


def send_gigabyte(served: Served) -> tuple[int, str]:
    """Say that a gigabyte comes, send a little of it, and return what is answered."""
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    link.putrequest("POST", f"/{PLACE}")
    for name, value in (
        ("Content-Length", "1000000000"),
        ("Content-Type", f"multipart/form-data; boundary={LINE}"),
        ("Origin", served.address[:-1]),
        ("Cookie", served.cookie_for("R01")),
    ):
        link.putheader(name, value)
    link.endheaders()
    answer = link.getresponse()
    told = answer.status, answer.read().decode()
    link.close()
    return told


@pytest.fixture
def taught(serve: Callable[..., Served]) -> Served:
    """A server of its own, with a trainer; R01 reads English and has a mentor."""
    served = serve()
    with closing(served.records) as records:
        records.people.set_language("R01", "en")
        records.people.add(Person("T9", "周文", role="trainer"))
        pair = {"person": "R01", "mentor": "R05"}
        records.steps.append("T9", "trainer", "mentors", "pair", Step("paired", pair, START))
    return served


@pytest.mark.slow
def test_evidence_is_kept_whole_refused_in_words_and_read_by_whom_it_concerns(
    taught: Served,
) -> None:
    served, records, state = taught, taught.records, taught.workspace.state
    took = send(served, PDF, "../../客户 拜访.exe")
    assert (took.status, took.headers["Location"]) == (303, "/app/onboarding")
    assert send(served, PDF, "again.pdf").status == 303  # the same: kept once
    (step,) = records.steps.of("R01", "onboarding", PATH)
    digest = sha256(PDF).hexdigest()
    assert step.kind == "evidence"
    assert step.data == {
        "step": STEP,
        "file": digest,
        "name": "客户 拜访.exe.pdf",
        "bytes": len(PDF),
        "type": "application/pdf",
    }
    folder = folder_of(state, "R01")
    assert [file.name for file in folder.iterdir()] == [digest]
    assert stat.S_IMODE((folder / digest).stat().st_mode) == 0o600

    for content, status, words in (
        (b"MZ\x90\0" + bytes(99), 415, "This is a program"),
        (SCRIPT, 415, "This is a web page"),
        (BOMB, 415, "grows too large"),
        (b"", 415, "This file is empty"),
        (png() + b"x" * 10_100_000, 413, "This file is over 10 MB"),
        (b"x" * 40_000_000, 413, "crop to what matters"),
    ):
        no = send(served, content, "proof.pdf")
        assert (no.status, words in no.text, "Back to the path" in no.text) == (status, True, True)
    status, text = send_gigabyte(served)
    assert (status, "This file is over 10 MB" in text) == (413, True)
    assert send(served, PDF, who="").status == 403
    assert send(served, PDF, origin="http://elsewhere.example").status == 403
    for place in (f"evidence/{PATH}/nothing", "evidence/4.1.p.none/note_deal"):
        assert send(served, PDF, place=place).status == 404
    assert len(records.steps.of("R01", "onboarding", PATH)) == 1
    assert [file.name for file in folder.iterdir()] == [digest]

    def status_for(who: str, owner: str = "R01", file: str = digest) -> int:
        return served.get(f"evidence/{owner}/{file}", served.cookie_for(who)).status

    readers = {one.id: status_for(one.id) for one in records.people.all()}
    team = records.people.get("R01").team
    may = {"R01", "R05", "T9"} | {
        one.id
        for one in records.people.all()
        if one.role == "admin" or (one.role == "manager" and one.team == team)
    }
    assert {one for one, status in readers.items() if status == 200} == may
    assert set(readers.values()) == {200, 404}
    assert [status_for("D1", *odd) for odd in (("R02",), ("nobody",), ("R01", "0" * 64))] == [
        404
    ] * 3
    back = served.get(f"evidence/R01/{digest}", served.cookie_for("R05"))
    assert back.text == PDF.decode()
    assert back.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    given = back.headers["Content-Disposition"]
    assert unquote(given) == "attachment; filename*=UTF-8''客户 拜访.exe.pdf"
    looks = [one for one in records.audit.looks(whom="R01") if one.what == "evidence"]
    assert {one.by for one in looks} == may - {"R01"}

    mine = served.get("mine.json", served.cookie_for("R01"))
    assert mine.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    told = json.loads(mine.text)
    assert (told["person"]["id"], len(told["steps"]), len(told["about"])) == ("R01", 1, 1)
    assert {one["by"] for one in told["looks"]} == may - {"R01"}
    assert served.get("mine.json").status == 302

    for number in range(19):
        assert send(served, f"note {number}".encode()).status == 303
    full = send(served, b"one more")
    assert (full.status, "There are 20 files for this step already" in full.text) == (409, True)
    assert len(list(folder.iterdir())) == 20
    records.close()
