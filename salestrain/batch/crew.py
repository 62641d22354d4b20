"""The worker processes of a batch, and what is said between them and the batch."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from salestrain.batch.notebook import Value
    from salestrain.language import Language

ENDING_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook to run; ``out`` and ``stem`` say where its results go."""

    notebook: str
    parameters: dict[str, Value]
    title: str
    language: Language
    out: str
    stem: str
    digest: str

    @property
    def page(self) -> Path:
        """The report."""
        return Path(self.out, f"{self.stem}.html")

    @property
    def executed(self) -> Path:
        """The executed notebook."""
        return Path(self.out, "notebooks", f"{self.stem}.ipynb")

    @property
    def record(self) -> Path:
        """What a later run needs to know of it; written last."""
        return Path(self.out, ".batch", f"{self.stem}.json")


@dataclass(frozen=True, slots=True)
class Answer:
    """How it went; ``reason`` is one line, empty where all went well."""

    reason: str
    headline: str = ""
    seconds: float = 0.0


class Worker:
    """A long-lived process that runs tasks one by one; a new one takes the place of a dead one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(self, task: Task) -> Answer:
        """Hand over the task and wait for its answer."""
        process = self._process = self._process or _started()
        line = ""
        with suppress(BrokenPipeError):
            print(json.dumps(asdict(task)), file=process.stdin, flush=True)
            line = cast("IO[str]", process.stdout).readline()
        if line:
            return Answer(**json.loads(line))
        self.stop()
        return Answer(f"the process that ran it ended (exit {process.returncode})")

    def dismiss(self) -> None:
        """Tell the process to end, without waiting for it."""
        if self._process is not None:
            with suppress(BrokenPipeError):
                cast("IO[str]", self._process.stdin).close()

    def stop(self) -> None:
        """End the process; a kernel it runs ends within a second after it."""
        self.dismiss()
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        cast("IO[str]", process.stdout).close()


def run_tasks(
    tasks: Mapping[int, Task], size: int, on_answer: Callable[[int, Answer], None]
) -> None:
    """Run all tasks on ``size`` workers; tell of each answer, in this thread, as it comes."""
    crew = [Worker() for _ in range(min(size, len(tasks)))]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in crew:
        idle.put(worker)

    def attempt(task: Task) -> Answer:
        worker = idle.get()
        try:
            return worker.run(task)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(max(len(crew), 1)) as pool:
        futures = {pool.submit(attempt, task): at for at, task in tasks.items()}
        try:
            for future in as_completed(futures):
                on_answer(futures[future], future.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in crew:  # all at once, or a slow one would hold up the next
                worker.dismiss()
            for worker in crew:
                worker.stop()


def _started() -> subprocess.Popen[str]:
    # A session of its own: Ctrl-C is for the batch, which then stops its workers.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "salestrain.batch.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )
