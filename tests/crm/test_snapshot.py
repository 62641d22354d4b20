from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from salestrain.crm.snapshot import connect, read_snapshot
from salestrain.errors import UsageError
from tests.crm.exports import DEALS, GOOD, PEOPLE, deals, rows

SECOND = GOOD.replace("d1", "d2")
FOREVER = f"""
import itertools, sys
from pathlib import Path
from salestrain.crm.importing import import_export
folder = Path(sys.argv[1])
for turn in itertools.count():
    (folder / "people.csv").write_text({PEOPLE!r})
    rows = [f"x{{at}},ann,won,2026-01-05,2026-02-10,{{turn % 2}}" for at in range(3000)]
    (folder / "opportunities.csv").write_text("\\n".join([{DEALS!r}, *rows]))
    import_export([folder / "people.csv", folder / "opportunities.csv"], None, folder / "crm")
    print("done", flush=True)
"""

KILLED_AT_EACH_STEP = f"""
import itertools, os, signal, sys
from pathlib import Path
from salestrain.crm.importing import import_export
from salestrain.crm.snapshot import read_snapshot
folder = Path(sys.argv[1])
def bring(amount):
    (folder / "people.csv").write_text({PEOPLE!r})
    (folder / "opportunities.csv").write_text({DEALS!r} + "\\nd1,ann,won,2026-01-05,," + amount)
    import_export([folder / "people.csv", folder / "opportunities.csv"], None, folder / "crm")
def forked(work):
    if not (child := os.fork()):
        work()
        sys.stdout.flush()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
def killed_at(step):
    steps = itertools.count(1)
    def watch(event, args):
        if "crm.duckdb" in str(args) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    bring("2")
def digest():
    try:
        return read_snapshot(folder / "crm").digest
    except Exception as error:
        return type(error).__name__
forked(lambda: bring("1"))
for step in itertools.count(1):
    killed = forked(lambda: killed_at(step))
    forked(lambda: print(killed, digest()))
    if not killed:
        break
"""


def test_the_same_rows_in_another_order_have_the_same_digest(tmp_path: Path) -> None:
    first = deals(tmp_path, GOOD, SECOND).snapshot.digest
    assert deals(tmp_path, SECOND, GOOD).snapshot.digest == first
    assert deals(tmp_path, GOOD, SECOND.replace("1200", "1201")).snapshot.digest != first
    assert deals(tmp_path, GOOD).snapshot.digest != first


def test_importing_again_leaves_the_file_untouched(tmp_path: Path) -> None:
    first = deals(tmp_path, GOOD, "d2,zoe,open,,,1")
    before = [
        (p, p.stat().st_mtime_ns, p.stat().st_ino) for p in sorted((tmp_path / "crm").rglob("*"))
    ]
    again = deals(tmp_path, GOOD, "d2,zoe,open,,,1")
    assert (first.changed, again.changed) == (True, False)
    assert [
        (p, p.stat().st_mtime_ns, p.stat().st_ino) for p in sorted((tmp_path / "crm").rglob("*"))
    ] == before


def test_a_mended_export_takes_its_rows_out_of_quarantine(tmp_path: Path) -> None:
    assert (deals(tmp_path, GOOD, "d2,zoe,open,,,1").quarantine / "opportunities.csv").exists()
    assert not (deals(tmp_path, GOOD, "d2,bo,open,,,1").quarantine / "opportunities.csv").exists()


def test_every_column_of_a_table_is_there_and_those_the_export_brought_are_named(
    tmp_path: Path,
) -> None:
    report = deals(tmp_path, GOOD)
    assert read_snapshot(tmp_path / "crm").tables["opportunities"].columns == (
        "opportunity_id", "owner_id", "created_on", "closed_on", "outcome", "amount",
    )  # fmt: skip
    assert rows(
        report, "SELECT is_tender, typeof(is_tender), typeof(list_amount) FROM opportunities"
    ) == [(None, "BOOLEAN", "DOUBLE")]


def test_formulas_reach_no_file_and_cannot_unlock_themselves(tmp_path: Path) -> None:
    with connect(deals(tmp_path, GOOD).snapshot) as connection:
        for query in (
            f"SELECT * FROM read_csv('{tmp_path}/people.csv')",
            f"ATTACH '{tmp_path}/other.db'",
            f"COPY people TO '{tmp_path}/out.csv'",
            "SET enable_external_access = true",
            "DELETE FROM people",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(query)


def test_a_reader_keeps_the_snapshot_it_opened(tmp_path: Path) -> None:
    first = deals(tmp_path, GOOD)
    with connect(first.snapshot) as connection:
        deals(tmp_path, GOOD, SECOND)
        assert connection.execute("SELECT count(*) FROM opportunities").fetchall() == [(1,)]


def test_a_folder_without_a_snapshot_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        read_snapshot(tmp_path)
    assert str(error.value).endswith("crm.duckdb: no snapshot here; run 'salestrain import' first")


@pytest.mark.slow
def test_an_import_killed_at_any_moment_leaves_a_whole_snapshot(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FOREVER, str(tmp_path)]
    for attempt in range(3):
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"done\n"
            before = read_snapshot(tmp_path / "crm")
            while not list((tmp_path / "crm").glob("*.part")):
                time.sleep(0.001)
            time.sleep(0.01 * attempt)
            child.send_signal(signal.SIGKILL)
            child.wait()
        after = read_snapshot(tmp_path / "crm")
        assert after.tables == before.tables
        with connect(after) as connection:
            counted = "SELECT count(*), count(DISTINCT amount) FROM opportunities"
            assert connection.execute(counted).fetchall() == [(3000, 1)]


@pytest.mark.slow
def test_an_import_killed_before_any_step_on_its_files_leaves_the_old_or_the_new(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", KILLED_AT_EACH_STEP, str(tmp_path)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2], check=True
    )
    steps = [line.split() for line in done.stdout.splitlines()]
    old, new = steps[0][1], steps[-1][1]
    assert len(steps) > 5
    assert [killed for killed, _ in steps] == ["True"] * (len(steps) - 1) + ["False"]
    digests = [digest for _, digest in steps]
    assert old != new
    assert digests == [old] * digests.count(old) + [new] * digests.count(new)
