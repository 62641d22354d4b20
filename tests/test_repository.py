"""What the repository promises about itself: one list of dependencies, one test command, size."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/nox"
CONDA_NAMES = {"duckdb": "python-duckdb"}
MOST_LINES = 300
MODULES = sorted((ROOT / "salestrain").rglob("*.py"))


def conda_form(requirement: str) -> str:
    name, sign, version = requirement.partition(">=")
    return CONDA_NAMES.get(name, name) + sign + version


def test_environment_yml_lists_what_pyproject_lists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    listed = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    assert environment["name"] == project["name"]
    assert listed == [
        "python" + project["requires-python"],
        "pip",
        *map(conda_form, project["dependencies"]),
    ]


@pytest.mark.parametrize("file", ["README.md", ".ci/run", "CONTRIBUTING.md"])
def test_there_is_one_test_command_and_ci_runs_it(file: str) -> None:
    lines = [line.strip() for line in (ROOT / file).read_text("utf-8").splitlines()]
    assert TEST_COMMAND in lines


def test_no_module_is_longer_than_it_may_be() -> None:
    long = {
        module.relative_to(ROOT).as_posix(): count
        for module in MODULES
        if (count := len(module.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_the_licence_is_the_one_pyproject_names() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
