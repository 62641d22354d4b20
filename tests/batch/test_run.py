"""A batch with real kernels: failures, resuming, and death half way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from salestrain.batch.notebook import Value
from salestrain.batch.run import Job, Outcome, run_batch
from salestrain.errors import UsageError
from salestrain.language import Text

BATCH = """
import signal, sys
from pathlib import Path
from salestrain.batch.run import Job, run_batch

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
names = sys.argv[3].split(",")
jobs = [Job(f"rep-{n}", n, "rep", {"entity": n, "share": float(sys.argv[4])}) for n in names]
run_batch(
    Path(sys.argv[1]), jobs, Path(sys.argv[2]), fingerprint="data", language="en", workers=2,
    resume=True, on_done=lambda it: print(it.job.key, it.status, flush=True),
)
"""


def job(name: str, **parameters: Value) -> Job:
    values: dict[str, Value] = {"entity": name, "share": 0.0, **parameters}
    return Job(f"rep-{name}", Text(f"{name} 的回顾", f"{name}'s review"), "rep", values)


def batch(
    notebook: Path, out: Path, *jobs: Job, resume: bool = True, fingerprint: str = "data"
) -> dict[str, Outcome]:
    told: list[Outcome] = []
    outcomes = run_batch(
        notebook, jobs, out,
        fingerprint=fingerprint, language="en", workers=2, resume=resume, on_done=told.append,
    )  # fmt: skip
    assert [outcome.job for outcome in outcomes] == list(jobs)
    assert {id(outcome) for outcome in told} == {id(outcome) for outcome in outcomes}
    return {outcome.job.key: outcome for outcome in outcomes}


def runs(notebook: Path) -> list[str]:
    """Return who the notebook ran for, one name a run."""
    log = notebook.parent / "runs.txt"
    return [line.split()[0] for line in log.read_text().splitlines()] if log.exists() else []


def processes(notebook: Path) -> set[int]:
    """Return the kernels and workers that the notebook's runs have named."""
    lines = (notebook.parent / "runs.txt").read_text().splitlines()
    return {int(word) for line in lines for word in line.split()[1:]}


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not so after {seconds} s"
        time.sleep(0.05)


def test_nothing_to_do_is_done_at_once(greeting: Path, tmp_path: Path) -> None:
    assert batch(greeting, tmp_path / "out") == {}


def test_wrong_parameters_and_doubled_targets_are_refused_before_anything_runs(
    greeting: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"greeting has no parameter 'tpo'; did you mean 'top'\?"):
        batch(greeting, tmp_path / "out", job("a"), job("b", tpo=1))
    with pytest.raises(UsageError, match=r"^asked for twice: rep-a; name each target once$"):
        batch(greeting, tmp_path / "out", job("a"), job("a"))
    assert runs(greeting) == []
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_one_that_fails_or_loses_its_kernel_does_not_stop_the_others(
    greeting: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out {1}"
    made = batch(greeting, out, *map(job, ("李雷", "broken", "dead", "b")))
    assert {key: one.status for key, one in made.items()} == {
        "rep-李雷": "done", "rep-broken": "failed", "rep-dead": "failed", "rep-b": "done",
    }  # fmt: skip
    assert made["rep-broken"].reason == "KeyError: 'revenue'"
    assert made["rep-dead"].reason == "DeadKernelError: Kernel died"
    assert made["rep-李雷"].headline == "李雷 leads"
    assert {path.name for path in out.iterdir()} == {
        ".batch", "notebooks", *(f"{key}.html" for key in made),
    }  # fmt: skip
    page = made["rep-李雷"].page.read_text("utf-8")
    assert "<p class=greeting>Hello, 李雷</p>" in page
    assert "<title>李雷&#x27;s review</title>" in page
    broken = json.loads(made["rep-broken"].executed.read_text("utf-8"))
    errors = [
        o for c in broken["cells"] for o in c.get("outputs", []) if o["output_type"] == "error"
    ]
    assert "KeyError" in "".join(errors[0]["traceback"])
    assert "This report stopped part-way" in made["rep-dead"].page.read_text("utf-8")
    assert str(tmp_path) not in json.dumps(broken["metadata"])


@pytest.mark.slow
def test_resuming_runs_only_what_failed_or_changed(greeting: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(greeting, out, job("a"), job("b"), job("broken"))
    made = batch(greeting, out, job("a"), job("b", top=4), job("broken"))
    assert [one.status for one in made.values()] == ["unchanged", "done", "failed"]
    assert made["rep-a"].headline == "a leads"
    made["rep-a"].page.unlink()
    again = batch(greeting, out, job("a"), job("b", top=4))
    assert [one.status for one in again.values()] == ["done", "unchanged"]
    assert runs(greeting).count("a") == 2
    newer = batch(greeting, out, job("a"), fingerprint="newer data")
    afresh = batch(greeting, out, job("a"), fingerprint="newer data", resume=False)
    assert [newer["rep-a"].status, afresh["rep-a"].status] == ["done", "done"]


def started(notebook: Path, out: Path, names: str, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BATCH, str(notebook), str(out), names, str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_batch_killed_half_way_leaves_no_process_and_is_completed_by_a_resume(
    greeting: Path, tmp_path: Path, how: signal.Signals
) -> None:
    out, names = tmp_path / "out", "a,b,c,d,e,f"
    with started(greeting, out, names, 0.1) as killed:
        wait_until(lambda: len(list(out.glob(".batch/*.json"))) >= 2, 30)
        hold = greeting.parent / "hold"
        hold.touch()  # from here on no report would end by itself
        wait_until(lambda: len(runs(greeting)) >= len(list(out.glob(".batch/*.json"))) + 2, 30)
        os.kill(killed.pid, how)
        assert killed.wait(10) != 0
    wait_until(lambda: not any(map(alive, processes(greeting))), 5)
    hold.unlink()
    before = {path.stem for path in out.glob(".batch/*.json")}
    assert 2 <= len(before) < 6
    with started(greeting, out, names, 0.1) as again:
        said = dict(line.split() for line in again.communicate(timeout=60)[0].splitlines())
    assert {key for key, status in said.items() if status == "unchanged"} == before
    assert {key for key, status in said.items() if status == "done"} == set(said) - before
    assert len(said) == 6
    assert all(runs(greeting).count(key.removeprefix("rep-")) == 1 for key in before)
    wait_until(lambda: not any(map(alive, processes(greeting))), 5)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_a_worker_that_is_killed_costs_one_report_only(
    greeting: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("long" * 20)  # too long for socket files: the kernels are reached by TCP
    deep.mkdir()
    monkeypatch.setenv("TMPDIR", str(deep))
    with started(greeting, tmp_path / "out", "a,b,c,d", 1.0) as going:
        wait_until(lambda: len(runs(greeting)) >= 1, 30)
        worker = int((greeting.parent / "runs.txt").read_text().split()[2])
        os.kill(worker, signal.SIGKILL)
        said = [line.split()[1] for line in going.communicate(timeout=60)[0].splitlines()]
    assert sorted(said) == ["done", "done", "done", "failed"]
