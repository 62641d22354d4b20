"""The commands. Exit status: 0 done, 1 faults in content or a report that failed, 2 wrong usage."""

from __future__ import annotations

import sys
from importlib import import_module

from salestrain.cli.app import app, err
from salestrain.errors import SalestrainError, UsageError

MEND = "check the folder, its rights and the space left"
ROOMS = {
    "check": "checking",
    "book": "writing",
    "quiz": "quiz",
    "exam": "exams",
    "proposals": "proposals",
    "scenario": "importing",
    "new": "writing",
    "init": "content",
    "import": "content",
    "kpi": "reviews",
    "review": "reviews",
    "people": "people",
    "audit": "audit",
    "calendar": "calendar",
    "serve": "serve",
    "demo": "reviews",
}
"""Command → the module it is in, so that a command loads no more than it needs."""

__all__ = ["app", "load", "main"]


def load(command: str = "") -> None:
    """Load the module of a command, or of all for help and whatever isn't one."""
    rooms = [ROOMS[command]] if command in ROOMS else dict.fromkeys(ROOMS.values())
    for room in rooms:
        import_module(f"salestrain.cli.{room}")


def main() -> None:
    """Run a command; faults are told without a traceback."""
    try:
        load(next(iter(sys.argv[1:]), ""))
        app()
    except SalestrainError as error:
        err.print(str(error), markup=False)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        err.print(f"{error.filename or 'system'}: {error.strerror}; {MEND}", markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
