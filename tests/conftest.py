"""What holds none of the tests that are asked for is not even imported."""

from __future__ import annotations

import gc
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ALL_SLOW = re.compile(r"^pytestmark = .*\bslow\b", re.MULTILINE)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Pass over files of slow tests alone, or of none, where only the others run."""
    asked = config.getoption("-m")
    if asked not in {"slow", "not slow"} or not collection_path.match("test_*.py"):
        return None
    text = collection_path.read_text("utf-8")
    unwanted = "mark.slow" not in text if asked == "slow" else ALL_SLOW.search(text)
    return True if unwanted else None


def pytest_collection_finish() -> None:
    """Leave alone what stays to the end: to look through it for garbage again and again costs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
