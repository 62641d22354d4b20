"""`salestrain check` on playbooks of growing size: is it linear, cold and warm?

    python benchmarks/checks.py                        # 1, 3, 9 and 27 times the shipped items
    python benchmarks/checks.py --times 1 3 --rounds 3

The larger playbooks hold every shipped item again under ids of its own. Every round checks each
size once, in turn: fresh (nothing kept; the rows of the data are read too), cold (the data are
known, the playbook is read), warm (nothing changed since). Prints seconds (median), peak memory,
and the milliseconds that one more item costs.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from salestrain.workspace import create_workspace

ITEM = re.compile(r"^(  - id: (?!q\.)\S+)$", re.MULTILINE)
STATES = {"fresh": ".", "cold": "checked.json", "warm": ""}
"""What of an earlier check is forgotten."""
COUNTED = re.compile(r"(\d+) items")


def generated(folder: Path, times: int) -> Path:
    """Make a workspace with each of its files of items so many times."""
    workspace = create_workspace(folder)
    for file in sorted((workspace.playbook / "items").glob("*.yaml")):
        text = file.read_text("utf-8")
        for copy in range(1, times):
            again = ITEM.sub(rf"\g<1>_{copy}", text)
            file.with_stem(f"{file.stem}-{copy}").write_text(again, "utf-8")
    return folder


def forget(kept: Path, name: str) -> None:
    """Remove one of the files a check keeps, ``.`` for all, or none."""
    if name == ".":
        shutil.rmtree(kept, ignore_errors=True)
    elif name:
        (kept / name).unlink()


def checked(workspace: Path) -> tuple[float, float, int]:
    """Return the seconds of one check, its peak memory in MB, and how many items it read."""
    code = f"import benchmarks.checks as own; own.one_check({str(workspace)!r})"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    seconds, peak, items = json.loads(told.stdout)
    return seconds, peak, items


def one_check(workspace: str) -> None:
    """Check a workspace as the command does, as a child, and print what it took."""
    start = time.perf_counter()
    command = [str(Path(sys.executable).with_name("salestrain")), "check", workspace]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - start
    found = COUNTED.search(told)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps([seconds, peak, int(found[1]) if found else 0]))


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, nargs="+", default=[1, 3, 9, 27])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    taken: dict[tuple[int, str], list[tuple[float, float, int]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        made = {times: generated(Path(folder, str(times)), times) for times in given.times}
        for _ in range(given.rounds):
            for times, workspace in made.items():
                for state, forgotten in STATES.items():
                    forget(workspace / ".salestrain", forgotten)
                    taken.setdefault((times, state), []).append(checked(workspace))
    for state in STATES:
        before: tuple[float, int] | None = None
        for times in given.times:
            runs = taken[times, state]
            seconds, peak, items = median(r[0] for r in runs), max(r[1] for r in runs), runs[0][2]
            more = ""
            if before:
                more = f"  {1000 * (seconds - before[0]) / (items - before[1]):.2f} ms an item more"
            print(f"{state}  {items:6,} items  {seconds:6.2f} s  {peak:5.0f} MB{more}")
            before = seconds, items


if __name__ == "__main__":
    main()
