"""A worker process: runs one notebook after another, each in a kernel of its own.

Tasks come as JSON lines on standard input, answers leave as JSON lines on standard output. The end
of standard input means that whoever gave the tasks is gone: the worker ends at once, and its
kernel within a second, because a kernel watches its parent.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any
from uuid import uuid4

import papermill
from papermill.iorw import load_notebook_node
from traitlets.config import Config

from salestrain.batch.crew import Answer, Task
from salestrain.batch.export import report_from
from salestrain.batch.record import write_record, write_whole

CELL_SECONDS = 600
LONGEST_REASON = 200
LONGEST_SOCKET_PATH = 90


def run_task(task: Task, scratch: Path) -> Answer:
    """Run the notebook and write page, executed notebook and, if all went well, the record."""
    started = time.monotonic()
    notebook, reason = _executed(task, scratch)
    names = {"input_path": Path(task.notebook).name, "output_path": task.executed.name}
    notebook["metadata"].setdefault("papermill", {}).update(names)  # no machine's paths
    report = report_from(notebook, task.title, task.language)
    write_whole(task.executed, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")
    write_whole(task.page, report.page)
    seconds = round(time.monotonic() - started, 2)
    if not reason:
        write_record(task.record, task.digest, headline=report.headline, seconds=seconds)
    return Answer(reason, report.headline, seconds)


def one_line(name: str, message: str) -> str:
    """Return an error as one short line."""
    first = next(iter(message.strip().splitlines()), "")
    return f"{name}: {first}"[:LONGEST_REASON] if first else name


def _executed(task: Task, scratch: Path) -> tuple[dict[str, Any], str]:
    target = scratch / "executed.ipynb"
    try:
        _execute(task, target)
        reason = ""
    except papermill.PapermillExecutionError as error:
        reason = one_line(error.ename, error.evalue)
    except (TimeoutError, RuntimeError) as error:  # the cell hung, or its kernel died
        name, message = type(error).__name__, str(error)
        output = {"output_type": "error", "ename": name, "evalue": message, "traceback": [message]}
        cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [output]}
        notebook = json.loads(Path(task.notebook).read_text(encoding="utf-8"))
        notebook["cells"].insert(0, cell | {"id": "stopped", "execution_count": None})
        return notebook, one_line(name, message)
    return json.loads(target.read_text(encoding="utf-8")), reason


def _execute(task: Task, target: Path) -> None:
    papermill.execute_notebook(
        load_notebook_node(task.notebook),  # a path would have its {braces} filled in
        str(target),
        parameters=task.parameters,
        kernel_name="python3",
        language="python",
        cwd=str(Path(task.notebook).parent),
        progress_bar=False,
        request_save_on_cell_execute=False,  # else it writes the file twice for each cell
        execution_timeout=CELL_SECONDS,
        shutdown_kernel="immediate",
        config=_transport(target.parent),
    )


def _transport(scratch: Path) -> Config:
    """Talk to the kernel through socket files of its own, where their path is short enough."""
    sockets = str(scratch / uuid4().hex[:8])
    if os.name != "posix" or len(sockets) > LONGEST_SOCKET_PATH:
        return Config()
    return Config({"ConnectionFileMixin": {"transport": "ipc", "ip": sockets}})


def _listen(tasks: SimpleQueue[str], scratch: Path) -> None:
    for line in sys.stdin:
        tasks.put(line)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)


def _private_stdout() -> IO[str]:
    """Keep the answers apart from what a library or kernel prints."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def main() -> None:
    """Serve tasks until standard input ends."""
    scratch = Path(tempfile.mkdtemp(prefix="salestrain-"))
    tempfile.tempdir = str(scratch)  # connection files too go when the worker does
    tasks: SimpleQueue[str] = SimpleQueue()
    answers = _private_stdout()
    threading.Thread(target=_listen, args=(tasks, scratch), daemon=True).start()
    while True:
        task = Task(**json.loads(tasks.get()))
        try:
            answer = run_task(task, scratch)
        except Exception as error:  # noqa: BLE001 (one report must not stop the others)
            answer = Answer(one_line(type(error).__name__, str(error)))
        print(json.dumps(asdict(answer)), file=answers, flush=True)


if __name__ == "__main__":
    main()
