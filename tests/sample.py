"""The sample company's playbook, read once in a process for all tests that only look at it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from salestrain.playbook.load import open_playbook
from salestrain.playbook.whole import Playbook
from salestrain.workspace import Workspace, shipped


@cache
def sample_playbook() -> Playbook:
    return open_playbook(Workspace.at(shipped()))


def without_shown_by(root: Path) -> None:
    """Leave out where competencies show themselves, for a playbook with some scenarios left out."""
    roles = root / "standards" / "roles.yaml"
    text = roles.read_text(encoding="utf-8")
    roles.write_text(re.sub(r"(?ms)^shown_by:.*?(?=^rules:)", "", text), encoding="utf-8")
