"""The cases of ink-proof, which nobody here wrote, are told as inkle's own inklecate tells them.

Their bytecode is told as it is. Their ink is compiled by inkjs, which npm fetches once a run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import pytest

from salestrain.errors import ContentError, Place
from salestrain.training.stories.ink import read_ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.training.stories.story import Story

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
CASES = Path(__file__).parents[4] / "shared" / "data" / "ink_proof"
INKJS = "inkjs@2.4.0"
CHANCE = re.compile(r"\b(LIST_)?RANDOM\b|\bshuffle\b|\{~")
FAILS = "RUNTIME ERROR: "
BEYOND_32_BITS = {"B004"}
Compiled = dict[str, str]


@pytest.fixture(scope="module")
def inkjs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (shutil.which("node") and (npm := shutil.which("npm"))):
        pytest.skip("Ink can't be compiled here: node and npm are not installed")
    folder = tmp_path_factory.mktemp("inkjs")
    got = subprocess.run(
        [npm, "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", INKJS],
        capture_output=True,
        check=False,
        timeout=90,
    )
    if got.returncode:
        pytest.skip(f"Ink can't be compiled here: npm could not fetch {INKJS}")
    return folder / "node_modules" / "inkjs"


def compile_ink(inkjs: Path, files: dict[Path, Path]) -> None:
    pairs = [file for pair in files.items() for file in pair]
    subprocess.run(["node", HERE / "compile.cjs", inkjs, *pairs], check=True, timeout=90)


def cases(kind: str) -> list[Path]:
    if not CASES.is_dir():
        pytest.skip("the cases of ink-proof are not on this machine (../shared/data/ink_proof)")
    return sorted((CASES / kind).iterdir())


def transcript(story: Story, choices: list[int]) -> Iterator[str]:
    """Yield a story as inklecate prints it."""
    for text, tags in story.lines:
        yield f"{text}\n" + (f"# tags: {', '.join(tags)}\n" if tags else "")
    if not story.ended:
        yield "\n" + "".join(f"{number}: {one}\n" for number, one in enumerate(story.choices, 1))
        yield "?> "
        if choices:
            yield from transcript(story.choose(choices[0]), choices[1:])


def told(case: Path, compiled: str, name: str = "story") -> str:
    choices = [int(line) for line in (case / "input.txt").read_text("utf-8").split()]
    source = read_ink(compiled, Place(PurePath(name)))
    return "".join(transcript(source.begin(), choices))


def expected(case: Path) -> str:
    return (case / "transcript.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def compiled(inkjs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """What compiles, by case."""
    folder = tmp_path_factory.mktemp("compiled")
    made = {case: folder / f"{case.name}.json" for case in cases("ink")}
    compile_ink(inkjs, {case / "story.ink": file for case, file in made.items()})
    return {case: file.read_text("utf-8") for case, file in made.items() if file.is_file()}


def test_every_bytecode_is_told_as_expected() -> None:
    supported = [case for case in cases("bytecode") if case.name not in BEYOND_32_BITS]
    found = {
        case.name: told(case, (case / "bytecode.json").read_text("utf-8")) for case in supported
    }
    assert found == {case.name: expected(case) for case in supported}
    assert len(supported) >= 6


def test_every_ink_without_chance_is_told_as_expected(compiled: dict[Path, str]) -> None:
    supported = [
        case
        for case in compiled
        if not CHANCE.search((case / "story.ink").read_text("utf-8"))
        and FAILS not in expected(case)
    ]
    found = {case.name: told(case, compiled[case]) for case in supported}
    assert found == {case.name: expected(case) for case in supported}
    assert len(supported) >= 64


def test_what_fails_in_inklecate_fails_here_by_the_same_words(compiled: dict[Path, str]) -> None:
    failing = [case for case in compiled if FAILS in expected(case)]
    for case in failing:
        words = expected(case).partition(FAILS)[2].strip()
        with pytest.raises(ContentError, match=re.escape(words)):
            told(case, compiled[case])
    assert failing


def test_chance_is_the_same_each_time(compiled: dict[Path, str]) -> None:
    by_chance = [
        case for case in compiled if CHANCE.search((case / "story.ink").read_text("utf-8"))
    ]
    first, again = ([told(case, compiled[case], name) for case in by_chance] for name in "ab")
    assert by_chance
    assert first == again


def test_the_talk_of_the_other_tests_is_its_ink_compiled(inkjs: Path, tmp_path: Path) -> None:
    made = tmp_path / "talk.json"
    compile_ink(inkjs, {HERE / "talk.ink": made})
    assert made.read_text("utf-8") == (HERE / "talk.ink.json").read_text("utf-8")
