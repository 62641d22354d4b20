"""What a start doesn't pay for."""

from __future__ import annotations

import subprocess
import sys

import pytest

BUILT = "import {}, sys; print(getattr(sys.modules.get('rfc3987_syntax'), '__file__', None))"


@pytest.mark.slow
@pytest.mark.parametrize("room", ["batch.worker", "serving.server"])
def test_no_grammars_of_web_addresses_are_built(room: str) -> None:
    asked = [sys.executable, "-c", BUILT.format(f"salestrain.{room}")]
    found = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout == "None\n"
