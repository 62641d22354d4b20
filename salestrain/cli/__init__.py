"""The commands. Exit status: 0 done, 1 faults in content or a report that failed, 2 wrong usage."""

from __future__ import annotations

import sys

from salestrain.cli import content, people, reviews, serve
from salestrain.cli.app import app, err
from salestrain.errors import SalestrainError, UsageError

MEND = "check the folder, its rights and the space left"

__all__ = ["app", "content", "main", "people", "reviews", "serve"]


def main() -> None:
    """Run a command; faults are told without a traceback."""
    try:
        app()
    except SalestrainError as error:
        err.print(str(error), markup=False)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        err.print(f"{error.filename or 'system'}: {error.strerror}; {MEND}", markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
