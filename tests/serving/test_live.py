"""Live sessions over real sockets: no kernel, nothing lost, nothing told too early."""

from __future__ import annotations

import asyncio
import json
import random
import re
from dataclasses import replace
from itertools import count
from typing import Any

import psutil
import pytest
from tornado.httpclient import HTTPClientError

from salestrain.apps.desk import Desk
from salestrain.language import Language
from salestrain.playbook.items import Single
from salestrain.records import Person
from salestrain.records.shared import in_order
from salestrain.serving.house import open_house
from salestrain.serving.live.room import Room
from salestrain.serving.live.rooms import Rooms
from salestrain.training.live import LIVE, leaderboard, session_of
from salestrain.views.screen import Action, Drawn
from tests.class_clients import BUZZER, Page, Phone, open_class, run
from tests.sample import sample_playbook
from tests.served import Served

pytestmark = pytest.mark.slow
CODES = count(100_000)
CHANCE = random.Random(7)  # noqa: S311 (no secret)
TEACHER = "TEACHER"


@pytest.fixture(scope="module")
def items() -> list[Single]:
    every = sample_playbook().items.values()
    return [one for one in every if isinstance(one, Single) and one.section == "2.2"][:4]


@pytest.fixture
def code(served: Served, items: list[Single]) -> str:
    """The code of a session that a trainer has just opened."""
    arrive(served)
    code = str(next(CODES))
    open_class(served.records, TEACHER, code, [one.id for one in items])
    return code


def arrive(served: Served) -> None:
    """Let a trainer and learners be there whom no other test knows."""
    served.records.people.add(Person(TEACHER, "陈老师", role="trainer"))
    for number in range(1, 8):
        served.records.people.add(Person(f"L{number}", f"学员{number}"))


async def wall(served: Served, code: str) -> Page:
    page = Page(served.address, f"live/{code}/line?wall=1", served.cookie_for(TEACHER))
    await page.connect()
    return page


async def phone(served: Served, code: str, person: str) -> Phone:
    page = Phone(served.address, f"live/{code}/line", served.cookie_for(person))
    await page.connect()
    return page


def kept(served: Served, code: str, kind: str) -> list[tuple[str, dict[str, Any]]]:
    steps = in_order(served.records, LIVE, code)
    return [(who, dict(step.data)) for who, step in steps if step.kind == kind]


def test_a_class_answers_drops_and_comes_back_and_nothing_is_lost_or_doubled(
    served: Served, code: str, items: list[Single]
) -> None:
    people = ["L1", "L2", "L3", "L4", "L5", "L7"]

    async def hold() -> None:
        stage = await wall(served, code)
        phones = [await phone(served, code, one) for one in people]
        for item in items[:3]:
            assert "done" in await stage.does("ask", item=item.id)
            for each in phones:
                await each.turns_to(stage.shown["at"].rpartition("/")[0])
            await asyncio.gather(*(
                each.answer(CHANCE, drops=number % 2 == 0)
                for number, each in enumerate(phones)
            ))  # fmt: skip
            assert "done" in await stage.does("close")
            assert "done" in await stage.does("show")
        wanted = {(who, one.at) for who, each in zip(people, phones, strict=True)
                  for one in each.answered}  # fmt: skip
        found = kept(served, code, "answered")
        assert len(wanted) == len(found) == 3 * len(people)
        assert len({(who, data["item"]) for who, data in found}) == len(found)

    run(hold())


def processes(served: Served) -> set[int]:
    """Return the ids of what the server has started."""
    assert served.process
    return {one.pid for one in psutil.Process(served.process.pid).children(recursive=True)}


def test_no_kernel_runs_for_a_class(served: Served, code: str) -> None:
    before = processes(served)

    async def hold() -> None:
        await wall(served, code)
        await phone(served, code, "L1")
        assert processes(served) <= before  # those of earlier pages may end meanwhile

    run(hold())


def test_until_the_key_is_shown_neither_phone_nor_wall_is_told_it(
    served: Served, code: str, items: list[Single]
) -> None:
    item = items[0]
    told = [one.feedback.in_("zh")[:12] for one in item.options]

    async def hold() -> None:
        stage, seat = await wall(served, code), await phone(served, code, "L1")
        heard: list[str] = []

        def listen() -> bool:
            heard.append(json.dumps([stage.shown, seat.shown, stage.said, seat.said]))
            return True

        await stage.does("ask", item=item.id)
        await seat.until(lambda: "buzzer" in seat.shown["html"])
        listen()
        await seat.answer(CHANCE)
        listen()
        await stage.does("close")
        await seat.until(lambda: "buzzer" not in seat.shown["html"])
        listen()
        assert not [text for text in told for one in heard if text in one]
        assert not re.findall(r'class=\\?"right|--right|answer--wrong', "".join(heard))
        await stage.does("show")
        await seat.until(lambda: "answer--right" in seat.shown["html"])
        assert "answer--right" in seat.shown["html"]

    run(hold())


def test_an_answer_for_another_vote_or_after_its_end_does_not_count(
    served: Served, code: str, items: list[Single]
) -> None:
    async def hold() -> None:
        stage, seat = await wall(served, code), await phone(served, code, "L1")
        assert "refused" in await seat.does("answer", answer="0" * 8)
        await stage.does("ask", item=items[0].id)
        await seat.until(lambda: "buzzer" in seat.shown["html"])
        early = dict(seat.shown)
        assert "refused" in await seat.does("answer", answer="no such token")
        await stage.does("close")
        seat.shown = early
        said = await seat.does(
            "answer", answer=re.findall(r"quot;([0-9a-f]{6,})", early["html"])[0]
        )
        assert said["say"] == "这一题已经收了，刚才的没有算进去"
        assert kept(served, code, "answered") == []

    run(hold())


def test_a_phone_can_not_conduct_whatever_it_sends(
    served: Served, code: str, items: list[Single]
) -> None:
    async def hold() -> None:
        seat = await phone(served, code, "L1")
        for do in ("ask", "show", "close", "end", "rank", "again"):
            assert "refused" in await seat.does(do, item=items[0].id)
        assert kept(served, code, "asked") == []
        for cookie in (served.cookie_for("L1"), ""):
            with pytest.raises(HTTPClientError, match="403"):
                await Page(served.address, f"live/{code}/line?wall=1", cookie).connect()
        with pytest.raises(HTTPClientError, match="404"):
            await Page(served.address, "live/999999/line", served.cookie_for("L1")).connect()

    run(hold())
    assert served.get(f"live/{code}/wall", served.cookie_for("L1")).status == 403
    assert served.get(f"live/{code}/wall", served.cookie_for(TEACHER)).status == 200


def test_who_no_longer_teaches_can_not_go_on_conducting(
    served: Served, code: str, items: list[Single]
) -> None:
    async def hold() -> None:
        stage = await wall(served, code)
        served.records.people.set_role(TEACHER, "learner")
        try:
            said = await stage.does("ask", item=items[0].id)
        finally:
            served.records.people.set_role(TEACHER, "trainer")
        assert said["say"] == "你现在不能主持课堂"

    run(hold())


def test_garbage_and_floods_change_nothing(served: Served, code: str) -> None:
    async def hold() -> None:
        seat = await phone(served, code, "L1")
        assert seat.line is not None
        for text in ("", "{", "[]", "null", '{"id": 1}', json.dumps({"id": "x" * 70}), "[" * 5000):
            await seat.line.write_message(text)
        for number in range(40):
            await seat.send("answer", f"flood{number}", answer="a")
        await seat.until(lambda: "flood39" in seat.said)
        assert seat.said["flood39"]["say"] == "操作太快了，请等几秒再试"
        await seat.line.write_message("x" * 100_000)
        await asyncio.sleep(0.2)
        assert kept(served, code, "answered") == []

    run(hold())


def test_a_guest_gives_a_name_and_is_known_by_the_cookie_alone(
    served: Served, items: list[Single]
) -> None:
    arrive(served)
    code, closed = str(next(CODES)), str(next(CODES))
    open_class(served.records, TEACHER, code, [items[0].id], guests=True)
    open_class(served.records, TEACHER, closed, [items[0].id])
    assert "sign-in?next=" in served.get(f"live/{closed}").headers["Location"]
    assert "你叫什么" in served.get(f"live/{code}", accept_language="zh").text
    for name in ("", "x" * 31):
        assert served.post(f"live/{code}", body=f"name={name}").status == 400
    answer = served.post(f"live/{code}", body="name=Ann+%3Cb%3E")
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    assert answer.status == 302
    guest = next(one for one in served.records.people.all() if one.name == "Ann <b>")
    assert not guest.active

    async def hold() -> None:
        seat = Page(served.address, f"live/{code}/line", cookie)
        await seat.connect()
        assert "Ann &lt;b&gt;" in seat.shown["html"]
        for path in (f"live/{closed}/line", "app/home", f"live/{code}/line?wall=1"):
            if path.endswith("home"):
                assert served.get(path, cookie).status == 302
                continue
            with pytest.raises(HTTPClientError, match="403"):
                await Page(served.address, path, cookie).connect()

    run(hold())


def test_the_door_knows_codes_and_says_when_a_class_is_over(served: Served, code: str) -> None:
    spaced = f"{code[:3]}%20{code[3:]}"
    assert served.get(f"live?code={spaced}").headers["Location"] == f"/live/{code}"
    assert "没有这个课堂号" in served.get("live?code=000001", accept_language="zh").text

    async def end() -> None:
        stage = await wall(served, code)
        await stage.does("end")

    run(end())
    assert "已经结束" in served.get(f"live?code={code}", accept_language="zh").text


def test_after_the_clock_the_vote_closes_by_itself(served: Served, items: list[Single]) -> None:
    arrive(served)
    code = str(next(CODES))
    open_class(served.records, TEACHER, code, [items[0].id], seconds=1)

    async def hold() -> None:
        stage, seat = await wall(served, code), await phone(served, code, "L2")
        await stage.does("ask", item=items[0].id)
        await seat.until(lambda: "收题了" in seat.shown["html"])

    run(hold())
    assert len(kept(served, code, "closed")) == 1


class Seen:
    """A page of a class without its socket: what it was shown, and what it was told."""

    outside = "sales.example/live"
    spoken: Language = "zh"

    def __init__(self, person: str, *, conducts: bool = False) -> None:
        self.person_id, self.conducts_here = person, conducts
        self.shown: list[Drawn] = []
        self.told: list[dict[str, str]] = []

    def redraw(self, drawn: Drawn) -> None:
        self.shown.append(drawn)

    def tell(self, said: dict[str, str]) -> None:
        self.told.append(said)


def test_a_server_that_comes_back_goes_on_where_the_class_was(
    served: Served, code: str, items: list[Single]
) -> None:
    house = open_house(Desk.laid(served.workspace, "zh"), on_network=False)

    async def entered(person: str, *, conducts: bool = False) -> tuple[Room, Seen]:
        """Enter a room of a server that has just started."""
        room = await Rooms(house).room(code)
        assert room is not None
        page = Seen(person, conducts=conducts)
        if not conducts:
            await room.join(person, "林晓雨")
        room.enter(page)
        return room, page

    async def hold() -> None:
        room, stage = await entered(TEACHER, conducts=True)
        seat = Seen("L1")
        await room.join("L1", "林晓雨")
        room.enter(seat)
        await room.act(stage, Action("ask1", "ask", stage.shown[-1].at, {"item": (items[0].id,)}))
        token = BUZZER.findall(seat.shown[-1].html)[0]
        sent = Action("answer1", "answer", seat.shown[-1].at, {"answer": (token,)})
        await room.act(seat, sent)
        assert seat.told == [{"done": "answer1"}]

        room, seat = await entered("L1")
        assert 'aria-pressed="true"' in seat.shown[-1].html
        stage = Seen(TEACHER, conducts=True)
        room.enter(stage)
        await room.act(stage, Action("close1", "close", stage.shown[-1].at, {}))
        await room.act(seat, sent)
        assert seat.told == [{"done": "answer1"}], "sent again after the vote has closed"
        await room.act(seat, replace(sent, id="answer2"))
        assert seat.told[-1]["say"] == "这一题已经收了，刚才的没有算进去"

    run(hold())
    session = session_of(in_order(served.records, LIVE, code))
    assert session is not None
    assert [one.answered for one in leaderboard(session)] == [1]
