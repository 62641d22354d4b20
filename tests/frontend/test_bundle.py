"""The committed bundles: small, offline, without eval, and what the sources build."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
from ipywidgets import _version as spoken  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "frontend"
STATIC = ROOT / "salestrain" / "serving" / "static"
SCREEN = ROOT / "salestrain" / "views" / "screen.js"
NOTICE = STATIC / "NOTICE"
CORE = ("kernel", "protocol", "manager", "outputs", "page")
MOST_LINES = 600
HASHED = re.compile(r"[a-z]+-[A-Z0-9]{8}\.js")
NAMESPACES = ("http://www.w3.org/",)
SCREEN_PAGE_KB = 120
NPM = shutil.which("npm") or ""


def built() -> dict[str, Path]:
    ours = [path for path in STATIC.glob("*.js") if HASHED.fullmatch(path.name)]
    return {path.name: path for path in (*ours, STATIC / "live.js", STATIC / "page.js", SCREEN)}


def locked(package: str) -> str:
    lock = json.loads((SOURCES / "package-lock.json").read_text("utf-8"))
    found: str = lock["packages"][f"node_modules/{package}"]["version"]
    return found


def test_the_lean_front_end_stays_within_its_lines() -> None:
    lines = {
        name: len((SOURCES / "src" / f"{name}.ts").read_text("utf-8").splitlines()) for name in CORE
    }
    assert sum(lines.values()) <= MOST_LINES, lines


def test_each_behaviour_stays_small() -> None:
    long = {
        path.name: count
        for path in (SOURCES / "src" / "screen" / "behaviours").glob("*.ts")
        if (count := len(path.read_text("utf-8").splitlines())) > 120
    }
    assert long == {}


@pytest.mark.parametrize("name", sorted(built()))
def test_a_bundle_needs_no_eval_and_names_no_host(name: str) -> None:
    code = built()[name].read_text("utf-8")
    assert re.findall(r"\beval\(|\bnew Function\b|\bFunction\(", code) == []
    addresses = re.findall(r"(?:https?|wss?)://[a-z0-9][^\s\"'`)]*", code)
    assert [one for one in addresses if not one.startswith(NAMESPACES)] == []


def test_every_chunk_that_a_bundle_imports_is_there_and_none_is_left_over() -> None:
    named = {
        chunk for path in built().values() for chunk in HASHED.findall(path.read_text("utf-8"))
    }
    assert named == {name for name in built() if HASHED.fullmatch(name)}


def test_a_page_that_shows_only_screens_loads_little() -> None:
    lazy = ("controls", "outputs", "live")
    sizes = {
        name: len(gzip.compress(path.read_bytes(), mtime=0))
        for name, path in built().items()
        if not name.startswith(lazy)
    }
    assert sum(sizes.values()) <= SCREEN_PAGE_KB * 1000, sizes


def test_anywidget_is_the_version_that_python_has() -> None:
    assert locked("anywidget").split(".")[:2] == version("anywidget").split(".")[:2]


def test_the_notice_names_every_library_with_its_licence() -> None:
    notice = NOTICE.read_text("utf-8")
    for package in ("@jupyter-widgets/base", "@lumino/widgets", "anywidget", "backbone"):
        assert re.search(
            rf"^{package} {locked(package)} \((MIT|BSD-3-Clause)\)$", notice, re.MULTILINE
        )
    assert "idiomorph" in notice


def test_the_lock_file_names_no_host() -> None:
    lock = (SOURCES / "package-lock.json").read_text("utf-8")
    assert "://" not in lock
    assert '"resolved"' not in lock


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with what they need, installed from the lock file."""
    if not NPM:
        pytest.skip("npm is not installed (nodejs.org, version 20 or later)")
    folder = tmp_path_factory.mktemp("frontend") / "frontend"
    shutil.copytree(SOURCES, folder, ignore=shutil.ignore_patterns("node_modules"))
    done = subprocess.run(
        [NPM, "ci"], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode and "network" in done.stderr:
        pytest.skip("no package registry can be reached")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_the_committed_bundles_are_what_the_sources_build(installed: Path) -> None:
    out = installed.parent / "salestrain"
    env = {**os.environ, "OUT": str(out)}
    subprocess.run([NPM, "run", "build"], cwd=installed, env=env, check=True, timeout=120)
    made = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    committed = [*built().values(), NOTICE]
    assert made == {path.relative_to(ROOT / "salestrain"): path.read_bytes() for path in committed}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "attribute", "wanted"),
    [
        ("base", "JUPYTER_WIDGETS_VERSION", spoken.__jupyter_widgets_base_version__),
        ("base", "PROTOCOL_VERSION", spoken.__protocol_version__),
        ("controls", "JUPYTER_CONTROLS_VERSION", spoken.__jupyter_widgets_controls_version__),
        ("output", "OUTPUT_WIDGET_VERSION", spoken.__jupyter_widgets_output_version__),
    ],
)
def test_widgets_speak_the_version_that_python_speaks(
    installed: Path, package: str, attribute: str, wanted: str
) -> None:
    folder = installed / "node_modules" / "@jupyter-widgets" / package / "lib"
    texts = " ".join(path.read_text("utf-8") for path in folder.glob("*.js"))
    assert re.findall(rf"{attribute} = '([^']+)'", texts) == [wanted]


@pytest.mark.slow
def test_the_sources_are_typed_formatted_and_pass_their_own_tests(installed: Path) -> None:
    done = subprocess.run(
        [NPM, "run", "check"], cwd=installed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
