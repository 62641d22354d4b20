"""Learners type at once in talks with customers: nothing lost, nothing doubled, how soon answered?

    python -m benchmarks.talking [--learners 30] [--minutes 1] [--messages 100]
    python -m benchmarks.talking --records postgresql://user:password@host/database

A real server on a workspace of its own, a kernel and a websocket for each learner, six scenarios.
Everybody types a message of their scenario's own examples every 3 to 6 seconds, in turns of
Chinese and English, and begins anew when a talk is over. One time in ``--drops`` the connection
breaks off right after a message was sent, and the page sends it again under the same id.

The first thing said in a kernel stands in a line of its own: what reads it may still be loading.
Acknowledged is an action when the kernel has said that it is done: saved, and the next screen
sent. What was acknowledged is looked for in the records afterwards. Then one learner in a browser
types ``--messages`` messages: from Enter until the answer stands in the page.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import psutil
import sqlalchemy as sql

from benchmarks.answering import Spent, line
from benchmarks.learners import OPENING_AT_ONCE, Done, Learner
from benchmarks.servers import Server, cookie_of
from salestrain.apps.roleplay.readers import learn
from salestrain.apps.visit import playbook_of
from salestrain.language import LANGUAGES
from salestrain.records import Person, open_records, records_place
from salestrain.records.schema import steps
from tests.chromium import ALONE, running
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from playwright.sync_api import Page

    from salestrain.language import Language
    from salestrain.playbook.scenarios import Scenario
    from salestrain.playbook.whole import Playbook
    from salestrain.records import Records

SCENARIOS = (
    "5.2.s.angry_complaint",
    "2.1.s.cold_call",
    "2.2.s.price_objection",
    "2.2.s.procurement",
    "2.3.s.late_order",
    "2.2.s.needs",
)
THINKS_SECONDS = (3.0, 6.0)
FIELD = "main textarea[name=says]"
MINE, OVER = "main .bubble--mine", "main .turns"
KINDS: Mapping[str, str] = {"begin": "began", "first say": "moved", "say": "moved"}
Act = Literal["begin", "say"]


@dataclass
class Talker(Learner):
    """A learner's page with a talk, and what they will say in it."""

    scenario: str = ""
    says: Iterator[str] = field(default_factory=lambda: iter(()))

    def next(self) -> tuple[Act, dict[str, list[str]]]:
        """Return what is done next: begin, or say something."""
        if 'data-do="say"' in self.shows:
            return "say", {"says": [next(self.says)]}
        return "begin", {"mode": ["practise"], "way": ["text"]}


class Kept(NamedTuple):
    """How many actions were acknowledged and are kept; what is wrong with that."""

    acknowledged: int
    kept: int
    lost: int
    doubled: int


def kept(records: Records, done: Iterable[Done]) -> Kept:
    """Hold what was acknowledged against what is kept."""
    wanted = {one.id: KINDS[one.name] for one in done if one.answer == "done"}
    asked = sql.select(steps.c.step_id, steps.c.kind).where(steps.c.app == "roleplay")
    with records.database.reading() as connection:
        rows = connection.execute(asked).all()
    # of several steps of one action the others have a number after its id
    there = Counter((row.step_id.partition(".")[0], row.kind) for row in rows)
    lost = [pair for pair in wanted.items() if not there[pair]]
    doubled = sum(number - 1 for number in there.values())
    return Kept(len(wanted), sum(kind in KINDS.values() for _, kind in there), len(lost), doubled)


def messages(scenario: Scenario, language: Language, seed: str) -> Iterator[str]:
    """Return a scenario's examples of every move, shuffled, over and over."""
    every = [
        text
        for move in scenario.moves
        for says in filter(None, (move.says, move.also))
        for text in says.in_(language)
    ]
    random.Random(seed).shuffle(every)  # noqa: S311 (no secret)
    return cycle(every)


def talkers(server: Server, playbook: Playbook, people: Sequence[str]) -> list[Talker]:
    """Let everybody open a talk, a few at a time."""

    def opened(number: int) -> Talker:
        person, id_ = people[number], SCENARIOS[number % len(SCENARIOS)]
        language = LANGUAGES[number // len(SCENARIOS) % len(LANGUAGES)]
        says = messages(playbook.scenarios[id_], language, person)
        address = f"http://127.0.0.1:{server.port}/"
        page = Talker(address, cookie_of(server, person), scenario=id_, says=says)
        page.open(f"app/roleplay?scenario={id_}")
        page.shows = page.html
        page.catch_up()
        return page

    with ThreadPoolExecutor(OPENING_AT_ONCE) as pool:
        return list(pool.map(opened, range(len(people))))


def talks(page: Talker, until: float, drops: int) -> list[Done]:
    """Let one learner talk until the time is over; what was begun is still waited for."""
    chance, done = random.Random(page.cookie), list[Done]()  # noqa: S311 (no secret)
    time.sleep(chance.uniform(0, THINKS_SECONDS[1]))  # nobody begins at the same moment
    while time.monotonic() < until:
        name, fields = page.next()
        act = page.does(name, fields, breaks=bool(drops) and not chance.randrange(drops))
        is_first = name == "say" and not any(one.name == "first say" for one in done)
        done.append(act._replace(name="first say") if is_first else act)
        if act.answer != "done":
            break
        time.sleep(chance.uniform(*THINKS_SECONDS))
    return done


def all_talk(pages: Sequence[Talker], seconds: float, drops: int) -> list[Done]:
    """Let everybody talk at once."""
    for page in pages:  # while the others opened theirs, nobody read this one's pings
        page.mend()
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(pages)) as pool:
        lists = pool.map(lambda page: talks(page, until, drops), pages)
        return [one for done in lists for one in done]


@contextmanager
def serving(folder: Path, people: Sequence[str]) -> Iterator[tuple[Served, Playbook]]:
    """Run a server with so many learners on it, which has learned to read what they type."""
    limits: dict[str, float] = {"in_all": len(people) + 10, "idle_left": 600}
    served = Served(new_workspace(folder / "ours"), limits=limits)
    playbook = playbook_of(served.workspace)
    learn(playbook, served.workspace.state, (), lambda: print("learning to read typed talk"))
    served.start()
    try:
        with closing(open_records(records_place(served.workspace.state))) as records:
            for number, person in enumerate(people):
                language = LANGUAGES[number // len(SCENARIOS) % len(LANGUAGES)]
                records.people.add(Person(person, f"学员{number}", language=language))
        yield served, playbook
    finally:
        served.stop()


def at_a_browser(
    served: Served, scenario: Scenario, person: str, number: int
) -> dict[str, list[float]]:
    """Return seconds from Enter until the answer, or the debrief, stands in the page."""
    says = messages(scenario, "zh", person)
    spent: dict[str, list[float]] = {"answer": [], "debrief": []}
    name, _, value = served.cookie_for(person).partition("=")
    with running(ALONE) as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": name, "value": value, "url": served.address}])
        page = context.new_page()
        page.goto(f"{served.address}app/roleplay?scenario={scenario.id}")
        page.wait_for_selector("html[data-ready]")
        page.check("main input[name=way][value=text]", force=True)
        for _ in range(number):
            if not page.locator(FIELD).count():
                page.locator("main :is(form, button)[data-do=begin]").last.evaluate(PRESSES)
                page.wait_for_selector(FIELD)
            seconds = _answered(page, next(says))
            spent["debrief" if page.locator(OVER).count() else "answer"].append(seconds)
    return spent


PRESSES = "it => it.matches('form') ? it.requestSubmit() : it.click()"


def _answered(page: Page, text: str) -> float:
    said = page.locator(f"{MINE} >> nth={page.locator(MINE).count()}")
    page.fill(FIELD, text)
    began = time.monotonic()
    page.press(FIELD, "Enter")
    said.or_(page.locator(OVER)).first.wait_for(state="attached")
    seconds = time.monotonic() - began
    page.wait_for_function("() => !document.querySelector('main [aria-busy=true]')")
    page.wait_for_timeout(200)  # a person reads first; what is on its way arrives
    return seconds


def report(done: Sequence[Done]) -> None:
    """Print how soon."""
    good = [one for one in done if one.answer == "done"]
    print("milliseconds                n    p50    p95    p99    max")
    for name in KINDS:
        line(name, [one.seconds for one in good if one.name == name])
    line("all", [one.seconds for one in good])
    whole = [one for one in good if one.sent == 1]
    line("  of these never broken", [one.seconds for one in whole])
    line("    kernel at work", [one.work for one in whole])


def memory(served: Served) -> None:
    """Print what the kernels take."""
    process = psutil.Process(served.process.pid if served.process else None)
    sizes = [one.memory_full_info().pss for one in process.children(recursive=True)]
    most = max(sizes, default=0) / 1e6
    print(
        f"{len(sizes)} kernels, {sum(sizes) / 1e9:.1f} GB (PSS) in all, the largest {most:.0f} MB"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--drops", type=int, default=20, help="0: no connection breaks")
    parser.add_argument("--messages", type=int, default=100, help="typed in a browser")
    parser.add_argument("--records", help="address of a PostgreSQL; default: a file")
    asked = parser.parse_args()
    if asked.records:
        os.environ["SALESTRAIN_RECORDS"] = asked.records
    people = [f"L{number:03}" for number in range(asked.learners)]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), [*people, "ALONE"]) as (served, playbook),
    ):
        measured(served, playbook, people, asked)
        spent = at_a_browser(served, playbook.scenarios[SCENARIOS[0]], "ALONE", asked.messages)
    print("alone, in a browser         n    p50    p95    p99    max")
    for what, seconds in spent.items():
        line(f"Enter to {what} shown", seconds)


def measured(
    served: Served, playbook: Playbook, people: Sequence[str], asked: argparse.Namespace
) -> None:
    """Let everybody talk, and print how it went."""
    pages = talkers(Server("salestrain", served.port, "", ""), playbook, people)
    process = psutil.Process(served.process.pid if served.process else None)
    print(f"{len(people)} learners in {len(SCENARIOS)} scenarios")
    before = Spent.so_far(process)
    done = all_talk(pages, 60 * asked.minutes, asked.drops)
    after = Spent.so_far(process)
    memory(served)
    before.tell("meanwhile", after)
    print(f"{len(done) / (after.at - before.at):.1f} actions a second")
    report(done)
    with closing(open_records(records_place(served.workspace.state))) as records:
        found = kept(records, done)
    for page in pages:
        page.close()
    resent = sum(one.sent > 1 for one in done)
    refused, silent = (sum(one.answer == how for one in done) for how in ("refused", ""))
    print(
        f"acknowledged {found.acknowledged} ({found.kept} kept), resent {resent}, "
        f"refused {refused}, never answered {silent}; lost {found.lost}, doubled {found.doubled}"
    )


if __name__ == "__main__":
    main()
