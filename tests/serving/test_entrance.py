"""Coming in: on one's own machine by a tap, on a network by invitation or PIN; and going out."""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from tornado.web import create_signed_value

from salestrain.records import open_records, read_secret
from salestrain.training.steps import Step
from tests.served import Answer, Served
from tests.serving.conftest import Serve

pytestmark = pytest.mark.slow


def cookie_of(answer: Answer) -> str:
    """Return the sign-in cookie an answer sets, empty if it sets none."""
    found = re.search(r"(salestrain-\d+=[^;]+)", answer.headers.get("Set-Cookie", ""))
    return found[1] if found else ""


def may_enter(served: Served, cookie: str) -> bool:
    return served.get("", cookie).headers["Location"] == "/app/home"


def test_on_ones_own_machine_a_tap_signs_in(served: Served) -> None:
    listed = served.get("sign-in")
    assert 'value="R01"' in listed.text
    found = served.get(f"sign-in?find={quote('gsq')}&next=/app/quiz").text
    assert 'value="R01"' in found
    assert 'value="R02"' not in found
    tapped = served.post("sign-in", body="person=R01&next=/app/quiz")
    assert tapped.headers["Location"] == "/app/quiz"
    flags = tapped.headers["Set-Cookie"]
    assert "HttpOnly" in flags
    assert "SameSite=Lax" in flags
    assert may_enter(served, cookie_of(tapped))


def test_people_stand_under_who_was_here_who_leads_and_who_learns(serve: Serve) -> None:
    house = serve()
    with closing(house.records) as records:
        step = Step("read", {}, datetime.now(UTC))
        records.steps.append("R40", "playbook", "2.2", "here", step)
    page = house.get("sign-in", accept_language="en").text
    parts = re.split(r'<h2 class="people-head">', page)[1:]
    assert [one.partition("<")[0] for one in parts] == [
        "Lately here", "Managers, trainers, administrators", "Learners",
    ]  # fmt: skip
    ids = [re.findall(r'name="person" value="(\w+)"', one) for one in parts]
    assert ids[0] == ["R40"]
    assert {"M2", "D1"} <= set(ids[1])
    assert "R01" in ids[2]
    assert len({one for group in ids for one in group}) == sum(map(len, ids))
    assert "people-head" not in house.get("sign-in?find=gsq").text


def test_nobody_of_that_name_is_said_in_words(served: Served) -> None:
    assert "没有找到这个名字" in served.get("sign-in?find=zzzz").text
    assert served.post("sign-in", body="person=nobody").status == 404
    hostile = served.get(f"sign-in?find={quote('<script>alert(1)</script>')}").text
    assert "<script>alert" not in hostile


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil"],
)
def test_signing_in_never_leads_elsewhere(served: Served, elsewhere: str) -> None:
    tapped = served.post("sign-in", body=f"person=R01&next={quote(elsewhere, safe='')}")
    assert tapped.headers["Location"] == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["sign-in", "sign-out", "language", "pin", "join/x"])
def test_a_post_from_elsewhere_changes_nothing(
    served: Served, path: str, headers: dict[str, str]
) -> None:
    cookie = served.cookie_for("R01")
    body = "person=R01&language=en&pin=123456"
    answer = served.post(path, cookie, body, **headers)
    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers
    assert may_enter(served, cookie)


def test_a_forged_or_old_cookie_lets_nobody_in(served: Served) -> None:
    good = served.cookie_for("R01")
    name = good.partition("=")[0]
    key = read_secret(served.workspace.state)
    epoch = served.records.people.get("R01").session_epoch
    said = {"person": "R01", "epoch": epoch, "session": "s"}
    old = create_signed_value(key, name, json.dumps(said), clock=lambda: 1_000_000_000).decode()
    other_key = create_signed_value("guessed", name, json.dumps(said)).decode()
    other_epoch = create_signed_value(key, name, json.dumps({**said, "epoch": epoch + 1})).decode()
    nonsense = create_signed_value(key, name, "no json").decode()
    assert may_enter(served, good)
    assert not may_enter(served, served.forged_cookie_for("R01"))
    for wrong in (old, other_key, other_epoch, nonsense, "R01", ""):
        assert not may_enter(served, f"{name}={wrong}"), wrong


def test_signing_out_everywhere_voids_every_cookie(served: Served) -> None:
    cookie = served.cookie_for("R17")
    assert may_enter(served, cookie)
    served.records.people.sign_out_everywhere("R17")
    assert not may_enter(served, cookie)


def test_on_a_network_a_name_alone_lets_nobody_in(on_network: Served) -> None:
    assert 'value="R01"' not in on_network.get("sign-in").text
    assert on_network.get("sign-in?find=gsq").text.count('name="person"') == 1
    assert on_network.get("sign-in?find=a").text.count('name="person"') <= 8
    tapped = on_network.post("sign-in", body="person=R01")
    assert tapped.status == 403
    assert not cookie_of(tapped)
    assert "你还没有口令" in on_network.get("sign-in?person=R01").text


def test_a_pin_lets_in_and_guessing_it_does_not(on_network: Served) -> None:
    on_network.records.people.set_pin("R18", "204918")
    asked = on_network.get("sign-in?person=R18&next=/app/quiz").text
    assert "六位口令" in asked
    right = on_network.post("sign-in", body="person=R18&pin=204918&next=/app/quiz")
    assert right.headers["Location"] == "/app/quiz"
    assert may_enter(on_network, cookie_of(right))
    tried = [on_network.post("sign-in", body=f"person=R18&pin=00000{n}").text for n in range(6)]
    assert "还可试 4 次" in tried[0]
    assert "试的次数太多了" in tried[5]
    locked = on_network.post("sign-in", body="person=R18&pin=204918")
    assert locked.status == 403
    assert not cookie_of(locked)


def test_looking_at_an_invitation_does_not_accept_it(on_network: Served) -> None:
    invited = on_network.records.invitations.invite("R19", by="D1")
    looked = on_network.get(f"join/{invited.token}")
    assert "欢迎" in looked.text
    assert not cookie_of(looked)
    assert on_network.records.invitations.of("R19")[0].uses == 0
    joined = on_network.post(f"join/{invited.token}")
    assert joined.headers["Location"] == "/pin"
    cookie = cookie_of(joined)
    assert may_enter(on_network, cookie)
    assert "六位数字" in on_network.post("pin", cookie, "pin=12").text
    assert on_network.post("pin", cookie, "pin=314159").headers["Location"] == "/"
    assert cookie_of(on_network.post("sign-in", body="person=R19&pin=314159"))


def test_an_invitation_that_is_over_says_so_and_lets_nobody_in(on_network: Served) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=30)
    state = on_network.workspace.state
    then = open_records(state / "records.db", clock=lambda: long_ago, secret=read_secret(state))
    expired = then.invitations.invite("R20", by="D1").token
    taken_back = on_network.records.invitations.invite("R20", by="D1")
    on_network.records.invitations.revoke(taken_back.id)
    good = on_network.records.invitations.invite("R20", by="D1").token
    forged = good.replace(good[-9], "A" if good[-9] != "A" else "B")
    for token in (expired, taken_back.token, forged, "nothing", "R20", "%00", "..%2f..%2fsecret"):
        for answer in (on_network.get(f"join/{token}"), on_network.post(f"join/{token}")):
            assert answer.status == 410, token
            assert "这条邀请链接用不了了" in answer.text
            assert not cookie_of(answer)


def test_hostile_names_are_shown_as_they_are(on_network: Served) -> None:
    people = on_network.records.people
    people.update(replace(people.get("R21"), name="<img src=x onerror=alert(1)>"))
    invited = on_network.records.invitations.invite("R21", by="D1")
    for page in (
        on_network.get(f"join/{invited.token}"),
        on_network.get("sign-in?person=R21"),
        on_network.get("sign-in?find=R21"),
        on_network.get("app/home", on_network.cookie_for("R21")),
    ):
        assert "<img" not in page.text
        assert "&lt;img" in page.text


def test_a_stranger_reads_in_the_language_of_the_browser_or_the_one_chosen(served: Served) -> None:
    assert "Who are you?" in served.get("sign-in", accept_language="en-GB,zh;q=0.5").text
    assert "你是哪一位" in served.get("sign-in", accept_language="zh-CN,en;q=0.5").text
    chosen = served.post("language", body="language=en&next=/sign-in")
    cookie = chosen.headers["Set-Cookie"].partition(";")[0]
    assert "Who are you?" in served.get("sign-in", cookie, accept_language="zh-CN").text
    assert served.post("language", body="language=xx").status == 400
