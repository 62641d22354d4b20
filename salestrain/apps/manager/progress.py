"""A batch of reports while it is made, in a thread of its own so that the screen stays alive."""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from salestrain.apps.desk import Desk
from salestrain.apps.making import Order, make
from salestrain.apps.manager.showing import address
from salestrain.errors import SalestrainError
from salestrain.language import Language, Text, number
from salestrain.views.components.desk import Job, making
from salestrain.views.components.layout import notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from salestrain.apps.roster import Whom
    from salestrain.apps.visit import Visit
    from salestrain.batch.run import Outcome

WORKERS = max(2, (os.cpu_count() or 1) // 2)  # the other half is for those who practise meanwhile
LOG = logging.getLogger(__name__)
MAKING = Text("正在生成", "Making reports")
MADE = Text("生成好了", "Reports made")
TO_GO = Text("还要约 {seconds} 秒", "about {seconds} s to go")
SECONDS = Text("{seconds} 秒", "{seconds} s")
WAITS = Text("等待", "waiting")
WORKS = Text("正在做", "working")
SAME = Text("没有变化", "unchanged")
CLOSE = Text("可以关掉这一页，做好的不会丢。", "You can close this page; what is made stays.")
JOIN = Text("、", ", ")
FAILED = Text("没做成", "not made")
NOT_MADE = Text("有 {n} 份没能做出来", "Not made: {n}")
MEND = Text(
    "做好的不受影响。改好后再点一次「生成」，只补没做好的。",
    "What is made is not affected. Mend this and make them again; only what is missing is made.",
)
UNEXPECTED = Text(
    "出了意料之外的错，已记在服务器上。请管理员看过再试。",
    "Something unexpected went wrong and is on record. Ask your administrator, then try again.",
)


@dataclass
class Progress:
    """How far a batch is: what is done by level and id, and what kept all of it from being made."""

    order: Order
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    fault: str = ""
    ended: bool = False

    def start(self, visit: Visit, changed: Callable[[], None]) -> None:
        """Begin; ``changed`` is told whenever there is something new to see."""
        threading.Thread(target=self._run, args=(visit, changed), daemon=True).start()

    def _run(self, visit: Visit, changed: Callable[[], None]) -> None:
        def tell(outcome: Outcome) -> None:
            given = outcome.job.parameters
            self.outcomes[str(given["level"]), str(given["entity"])] = outcome
            changed()

        try:
            make(Desk.laid(visit.workspace, visit.language), self.order, tell)
        except SalestrainError as error:
            self.fault = str(error)
        except Exception:
            LOG.exception("making reports failed")
            self.fault = UNEXPECTED.in_(visit.language)
        self.ended = True
        changed()

    def card(self, visit: Visit, scope: Iterable[Whom]) -> str:
        """Return how far it is, or what went wrong."""
        language = visit.language
        names = {(one.level, one.entity): one.name.in_(language) for one in scope}
        title, end = (MADE, "") if self.ended else (MAKING, CLOSE.in_(language))
        jobs = list(self._jobs(visit, names))
        shown = "" if self.fault else making(title.in_(language), self._note(language), jobs, end)
        failed = [one.reason for one in self.outcomes.values() if one.status == "failed"]
        if not (failed or self.fault):
            return shown
        trouble = NOT_MADE.in_(language).format(n=len(failed) or len(self.order.pairs))
        why = faults(dict.fromkeys(self.fault.splitlines() or failed))
        return shown + notice(trouble, f"{why}<p>{MEND.in_(language)}</p>", "warn")

    def _note(self, language: Language) -> str:
        """Return how many are done and about how long the rest will take."""
        made = [one.seconds for one in self.outcomes.values() if one.status == "done"]
        left = len(self.order.pairs) - len(self.outcomes)
        said = f"{len(self.outcomes)} / {len(self.order.pairs)}"
        if not (made and left):
            return said
        seconds = max(round(sum(made) / len(made) * left / self.order.workers), 1)
        return f"{said} · {TO_GO.in_(language).format(seconds=seconds)}"

    def _jobs(self, visit: Visit, names: dict[tuple[str, str], str]) -> Iterator[Job]:
        """Yield what is done and worked on one by one, and what waits in one row."""
        for pair, outcome in self.outcomes.items():
            yield _finished(visit, names[pair], outcome)
        left = [names[pair] for pair in self.order.pairs if pair not in self.outcomes]
        at_once = 0 if self.ended else self.order.workers
        for name in left[:at_once]:
            yield Job(name, WORKS.in_(visit.language), "working")
        if left[at_once:]:
            waiting = JOIN.in_(visit.language).join(left[at_once:])
            yield Job(waiting, WAITS.in_(visit.language))


def _finished(visit: Visit, name: str, outcome: Outcome) -> Job:
    language, href = visit.language, address(visit, outcome.page) if outcome.page.exists() else ""
    if outcome.status == "failed":
        return Job(name, FAILED.in_(language), "fault", href)
    seconds = number(outcome.seconds, language, 1)
    took = SECONDS.in_(language).format(seconds=seconds)
    return Job(name, SAME.in_(language) if outcome.status == "unchanged" else took, "done", href)


def faults(lines: Iterable[str]) -> str:
    """Return what is wrong, where, and how to mend it, each as it was reported."""
    return "".join(f'<code class="fault-place">{escape(line)}</code>' for line in lines)
