"""What the repository promises about itself: one list of dependencies, one test command, size."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
INSTALL = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt"
TEST_COMMAND = f"{INSTALL} -e '.[dev]' && .venv/bin/nox"
MAIN_COMMAND = f"{INSTALL} . && .venv/bin/salestrain demo"
CONDA_NAMES = {"duckdb": "python-duckdb"}
PIP_ALONE = {"fsrs"}
"""Not looked for on conda-forge: pip brings them with the package itself."""
MOST_LINES = 300
MODULES = sorted((ROOT / "salestrain").rglob("*.py"))


def conda_form(requirement: str) -> str:
    name, sign, version = requirement.partition(">=")
    return CONDA_NAMES.get(name, name) + sign + version


def test_environment_yml_lists_what_pyproject_lists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    wanted = [one for one in project["dependencies"] if Requirement(one).name not in PIP_ALONE]
    listed = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    assert environment["name"] == project["name"]
    assert listed == [
        "python" + project["requires-python"],
        "pip",
        *map(conda_form, wanted),
    ]


@pytest.mark.parametrize("file", ["README.md", ".ci/run", "CONTRIBUTING.md"])
def test_there_is_one_test_command_and_ci_runs_it(file: str) -> None:
    lines = [line.strip() for line in (ROOT / file).read_text("utf-8").splitlines()]
    assert TEST_COMMAND in lines


def test_readme_says_the_command_for_the_main_job() -> None:
    assert MAIN_COMMAND in (ROOT / "README.md").read_text("utf-8").splitlines()


def test_every_dependency_is_held_at_a_version_that_may_be() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    held = map(Requirement, (ROOT / "constraints.txt").read_text("utf-8").splitlines())
    versions = {canonicalize_name(one.name): next(iter(one.specifier)).version for one in held}
    for one in map(Requirement, asked):
        assert versions[canonicalize_name(one.name)] in one.specifier, str(one)


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
