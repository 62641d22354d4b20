"""The house has floors: a module imports only from its own room or from floors below."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = (
    ("errors", "language", "normal", "periods", "starting", "workspace"),
    ("crm",),
    ("playbook",),
    ("sales", "training"),
    ("coaching",),
    ("records",),
    ("views",),
    ("batch", "kernel"),
    ("apps",),
    ("serving",),
    ("cli",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
FOUNDATION = set(FLOORS[0])
PURE = {"coaching", "sales", "training"}
NOT_IN_PURE = {"io", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "time"}
MODULES = sorted((ROOT / "salestrain").rglob("*.py"))


def room_of(dotted: str) -> str:
    """Return the room of ``salestrain.ROOM.…``, or an empty text for anything else."""
    package, _, rest = dotted.partition(".")
    return rest.partition(".")[0] if package == "salestrain" else ""


def imports(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import, those for type checkers and relative ones too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def faults(source: str, path: str) -> list[str]:
    """Return what is wrong with a module's imports, each with file and line.

    Args:
        source: The module's text.
        path: Where it is, from the repository's root: ``salestrain/ROOM/NAME.py``.
    """
    parts = Path(path).with_suffix("").parts
    here = room_of(".".join(parts))
    found = []
    for line, name in imports(source, ".".join(parts[:-1])):
        there = room_of(name)
        if there in FLOOR and not allowed(here, there):
            found.append(
                f"{path}:{line}: {here} imports {name} from a floor above or beside; "
                "move what both need down"
            )
        if here in PURE and name.partition(".")[0] in NOT_IN_PURE:
            found.append(
                f"{path}:{line}: {here} is pure and imports {name}; take it as an argument"
            )
    return found


def allowed(here: str, there: str) -> bool:
    if here == there or {here, there} <= FOUNDATION:
        return True
    return here not in FLOOR or FLOOR[there] < FLOOR[here]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_only_go_down(path: Path) -> None:
    assert faults(path.read_text("utf-8"), path.relative_to(ROOT).as_posix()) == []


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(".".join(path.relative_to(ROOT).with_suffix("").parts)) for path in MODULES}
    assert rooms - {"__init__"} <= FLOOR.keys()


UP = "{here} imports {name} from a floor above or beside; move what both need down"
IMPURE = "{here} is pure and imports {name}; take it as an argument"


@pytest.mark.parametrize(
    ("here", "source", "fault"),
    [
        ("crm", "from salestrain.views.theme import report_page", UP),
        ("crm", "if TYPE_CHECKING:\n    from salestrain.sales.metrics import compute", UP),
        ("sales", "import salestrain.training.marks", UP),
        ("training", "from salestrain.coaching import advice", UP),
        ("coaching", "from salestrain.records import Records", UP),
        ("coaching", "import time", IMPURE),
        ("coaching", "from salestrain.training.proficiency import Standing", ""),
        ("batch", "from salestrain import serving", UP),
        ("views", "from ..cli import app", UP),
        ("views", "def late():\n    from salestrain.cli.app import app", UP),
        ("sales", "import random", IMPURE),
        ("training", "if TYPE_CHECKING:\n    from pathlib import Path", IMPURE),
        ("sales", "import os.path", IMPURE),
        ("sales", "from salestrain.errors import UsageError", ""),
        ("sales", "from .figures import Figure", ""),
        ("views", "import time", ""),
        ("cli", "from salestrain import __version__", ""),
    ],
)
def test_the_check_finds_what_it_is_for(here: str, source: str, fault: str) -> None:
    path = f"salestrain/{here}/room.py"
    line, name = list(imports(source, f"salestrain.{here}"))[-1]
    expected = [f"{path}:{line}: {fault.format(here=here, name=name)}"] if fault else []
    assert faults(source, path) == expected


def test_the_foundation_imports_no_room() -> None:
    wrong = "salestrain/errors.py:1: " + UP.format(here="errors", name="salestrain.crm.tables")
    assert faults("from salestrain.crm import tables", "salestrain/errors.py") == [wrong]
    assert faults("from salestrain.errors import Fault", "salestrain/periods.py") == []
