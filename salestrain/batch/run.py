"""Many runs of one review notebook, in parallel; one that fails does not stop the others."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from salestrain import __version__
from salestrain.batch.crew import Answer, Task, run_tasks
from salestrain.batch.notebook import Value, check_parameters
from salestrain.batch.record import digest_of, read_record
from salestrain.errors import UsageError
from salestrain.language import Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Status = Literal["done", "unchanged", "failed", "earlier"]


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make: ``key`` names its files, ``group`` is its part of the index."""

    key: str
    title: Text | str
    group: str
    parameters: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job; ``reason`` is one line, empty unless it failed.

    ``earlier`` is a report that an earlier run made and this one was not asked for.
    """

    job: Job
    status: Status
    page: Path
    executed: Path
    headline: str
    reason: str
    seconds: float


def run_batch(  # noqa: PLR0913 (what a batch is made of)
    notebook: Path,
    jobs: Sequence[Job],
    out: Path,
    *,
    fingerprint: str,
    language: Language,
    workers: int,
    resume: bool,
    on_done: Callable[[Outcome], None],
) -> list[Outcome]:
    """Run the notebook once per job; write ``KEY.html`` and ``notebooks/KEY.ipynb`` into ``out``.

    Args:
        notebook: The review notebook.
        jobs: What to run it for; each key once.
        out: Folder for the results; made if need be.
        fingerprint: Stands for the data and playbook the notebook reads.
        language: The reader's.
        workers: How many run at once (1 or more).
        resume: Leave out what an earlier run finished from the same notebook, parameters, inputs
            and package version.
        on_done: Told of each outcome as it comes, in the calling thread.

    Returns:
        One outcome per job, in the order of the jobs.

    Raises:
        UsageError: If a key comes twice or parameters don't fit the notebook; nothing has run then.
    """
    tasks = _tasks(notebook, jobs, out.resolve(), fingerprint, language)
    outcomes: dict[int, Outcome] = {}

    def tell(at: int, status: Status, answer: Answer) -> None:
        outcomes[at] = _outcome(jobs[at], tasks[at], status, answer)
        on_done(outcomes[at])

    waiting: dict[int, Task] = {}
    for at, task in enumerate(tasks):
        finished = _finished(task) if resume else None
        if finished:
            tell(at, "unchanged", finished)
        else:
            task.record.unlink(missing_ok=True)
            waiting[at] = task
    run_tasks(waiting, workers, lambda at, it: tell(at, "failed" if it.reason else "done", it))
    return [outcomes[at] for at in range(len(jobs))]


def _tasks(
    notebook: Path, jobs: Sequence[Job], out: Path, fingerprint: str, language: Language
) -> list[Task]:
    twice = [key for key, count in Counter(job.key for job in jobs).items() if count > 1]
    if twice:
        raise UsageError(f"asked for twice: {', '.join(sorted(twice))}; name each target once")
    content = hashlib.sha256(notebook.read_bytes()).hexdigest()
    tasks = []
    for job in jobs:
        parameters = check_parameters(notebook, job.parameters)
        title = job.title.in_(language) if isinstance(job.title, Text) else job.title
        digest = digest_of(content, parameters, fingerprint, __version__, language, title)
        place = str(notebook.resolve()), parameters, title, language, str(out), job.key
        tasks.append(Task(*place, digest))
    return tasks


def _finished(task: Task) -> Answer | None:
    facts = read_record(task.record, task.digest)
    if facts is None or not (task.page.exists() and task.executed.exists()):
        return None
    return Answer("", str(facts["headline"]), float(facts["seconds"]))


def _outcome(job: Job, task: Task, status: Status, answer: Answer) -> Outcome:
    page, executed = task.page, task.executed
    return Outcome(job, status, page, executed, answer.headline, answer.reason, answer.seconds)
