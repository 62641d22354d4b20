"""A class of phones answers at once: nothing lost, nothing doubled, how soon acknowledged?

    python -m benchmarks.live [--phones 200] [--questions 20] [--drops 20] [--within 4]
    python -m benchmarks.live --records postgresql://user:password@host/database

A real server, a wall and a websocket for each phone. Of each question everybody answers within so
many seconds of its being shown; one time in ``--drops`` the line breaks off right after an answer
was sent, the phone comes back and sends it again under the same id. Acknowledged is an answer when
the server has said that it is done: committed, and the next screen sent. What was acknowledged is
looked for in the records afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.answering import line
from salestrain.apps.visit import playbook_of
from salestrain.playbook.items import Single
from salestrain.records import Person, open_records, records_place
from salestrain.records.shared import in_order
from salestrain.training.live import ANSWERED, LIVE
from tests.class_clients import Page, Phone, open_class, run
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE, HOST = "478206", "TEACHER"
JOINING_AT_ONCE = 20


async def all_join(phones: Sequence[Phone]) -> float:
    """Let everybody come in, some at a time; return how many seconds that took."""
    turns, began = asyncio.Semaphore(JOINING_AT_ONCE), time.monotonic()

    async def one(phone: Phone) -> None:
        async with turns:
            await phone.connect()

    await asyncio.gather(*(one(phone) for phone in phones))
    return time.monotonic() - began


async def question(
    wall: Page, phones: Sequence[Phone], item: str, within: float, drops: int
) -> float:
    """Ask a question, let everybody answer; return after how many seconds the last one saw it."""
    began = time.monotonic()
    await wall.does("ask", item=item)
    at = wall.shown["at"].rpartition("/")[0]
    await asyncio.gather(*(phone.turns_to(at) for phone in phones))
    seen = time.monotonic() - began

    async def one(phone: Phone) -> None:
        chance = random.Random(f"{phone.cookie}{at}")  # noqa: S311 (no secret)
        await asyncio.sleep(chance.uniform(0, within))
        await phone.answer(chance, drops=bool(drops) and not chance.randrange(drops))

    await asyncio.gather(*(one(phone) for phone in phones))
    await wall.does("close")
    await wall.does("show")
    return seen


async def session(
    served: Served, phones: Sequence[Phone], items: Sequence[str], within: float, drops: int
) -> None:
    """Run a whole session; print how it went."""
    process = psutil.Process(served.process.pid if served.process else None)
    before = process.memory_full_info().pss
    wall = Page(served.address, f"live/{CODE}/line?wall=1", served.cookie_for(HOST))
    await wall.connect()
    ready = process.memory_full_info().pss
    print(f"{len(phones)} phones joined in {await all_join(phones):.1f} s")
    process.cpu_percent()
    seen = [await question(wall, phones, item, within, drops) for item in items]
    busy = process.cpu_percent() / 100
    full = process.memory_full_info().pss
    print(f"{len(items)} questions; the server kept {busy:.2f} of a processor busy")
    print(
        f"memory of the server (PSS): {before / 1e6:.0f} MB idle, {ready / 1e6:.0f} MB with the "
        f"playbook read, {full / 1e6:.0f} MB at the end"
    )
    line("question seen by all", seen)


def held(served: Served, phones: Sequence[Phone], people: Sequence[str]) -> None:
    """Hold what was acknowledged against what is kept."""
    wanted = {
        (who, one.id) for who, phone in zip(people, phones, strict=True) for one in phone.answered
    }
    with closing(open_records(records_place(served.workspace.state))) as records:
        steps = in_order(records, LIVE, CODE)
    answers = Counter(
        (who, step.data["item"], step.data["vote"]) for who, step in steps if step.kind == ANSWERED
    )
    kept, doubled = sum(answers.values()), sum(number - 1 for number in answers.values())
    resent = sum(one.resent for phone in phones for one in phone.answered)
    print(
        f"acknowledged {len(wanted)}, kept {kept}, sent again {resent}; "
        f"lost {max(0, len(wanted) - len(answers))}, doubled {doubled}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--drops", type=int, default=20, help="0: no line breaks")
    parser.add_argument("--within", type=float, default=4, help="seconds in which all answer")
    parser.add_argument("--records", help="address of a PostgreSQL; default: a file")
    asked = parser.parse_args()
    if asked.records:
        os.environ["SALESTRAIN_RECORDS"] = asked.records
    people = [f"L{number:03}" for number in range(asked.phones)]
    with tempfile.TemporaryDirectory() as folder:
        served = Served(new_workspace(Path(folder) / "ours"))
        items = [
            one.id
            for one in playbook_of(served.workspace).items.values()
            if isinstance(one, Single)
        ][: asked.questions]
        with closing(open_records(records_place(served.workspace.state))) as records:
            for person in people:
                records.people.add(Person(person, f"学员{person}"))
            records.people.add(Person(HOST, "老师", role="trainer"))
            open_class(records, HOST, CODE, items)
        served.start()
        try:
            phones = [
                Phone(served.address, f"live/{CODE}/line", served.cookie_for(one)) for one in people
            ]
            run(session(served, phones, items, asked.within, asked.drops))
            held(served, phones, people)
        finally:
            served.stop()
    print("milliseconds                n    p50    p95    p99    max")
    every = [one for phone in phones for one in phone.answered]
    line("acknowledged", [one.seconds for one in every])
    line("  never broken", [one.seconds for one in every if not one.resent])


if __name__ == "__main__":
    main()
