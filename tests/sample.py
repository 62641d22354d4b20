"""The sample company's playbook, read once in a process for all tests that only look at it."""

from __future__ import annotations

from functools import cache

from salestrain.playbook.load import open_playbook
from salestrain.playbook.whole import Playbook
from salestrain.workspace import Workspace, shipped


@cache
def sample_playbook() -> Playbook:
    return open_playbook(Workspace.at(shipped()))
