"""The sample company's playbook, read once in a process for all tests that only look at it."""

from __future__ import annotations

from functools import cache

from salestrain.playbook.load import load_playbook
from salestrain.playbook.whole import Playbook
from salestrain.workspace import shipped


@cache
def sample_playbook() -> Playbook:
    return load_playbook(shipped() / "playbook")
