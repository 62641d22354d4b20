from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from salestrain.errors import ContentError
from salestrain.playbook.load import load_playbook
from salestrain.playbook.whole import Playbook
from tests.sample import sample_playbook, without_shown_by

SHIPPED = Path(__file__).parents[2] / "playbook"


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return sample_playbook()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "playbook"))


@pytest.fixture
def bare(root: Path) -> Path:
    """A playbook of pages and standards: items take most of the time of reading one."""
    leave_out(root)
    return root


def leave_out(root: Path, *kept: Path) -> None:
    """Remove items, role-plays, exams and paths, but for some, and what only role-plays need."""
    for folder in ("items", "scenarios", "exams", "paths"):
        for file in set((root / folder).glob("*")) - set(kept):
            file.unlink()
    without_shown_by(root)
    if not any(file.parent.name == "scenarios" for file in kept):
        (root / "moves.yaml").unlink(missing_ok=True)


@pytest.fixture
def faults(root: Path) -> Callable[..., list[str]]:
    """Write ``new`` in place of ``old`` in a file and return what the loader then says."""

    def edited(file: str, old: str, new: str) -> list[str]:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is no longer in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        # what nothing under test needs costs time
        if file.startswith("paths"):
            named = [*root.glob("items/[23].[12]-*"), *root.glob("items/4.3-products.yaml")]
            leave_out(root, path, *named, root / "scenarios/price-objection.yaml")
        elif not file.startswith("exams"):
            leave_out(root, path)
        if file.startswith(("items", "scenarios", "exams")):
            shutil.rmtree(root / "pages")
        with pytest.raises(ContentError) as caught:
            load_playbook(root, prove="SELECT" in old or file.startswith("standards/"))
        return str(caught.value).splitlines()

    return edited


def line_of(file: str, text: str) -> int:
    """Return the line of the shipped file on which a text first stands."""
    before, found, _ = (SHIPPED / file).read_text(encoding="utf-8").partition(text)
    assert found, f"{text!r} is no longer in {file}"
    return before.count("\n") + 1
