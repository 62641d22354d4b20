"""Learns to read typed talk ahead of whoever comes: a server starts it beside itself.

Run as ``python -m salestrain.apps.roleplay.ahead WORKSPACE``; it gives way to all other work.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from salestrain.apps.roleplay.readers import learn, learned_last
from salestrain.errors import SalestrainError
from salestrain.playbook.load import load_playbook
from salestrain.workspace import find_workspace


def main(root: str) -> None:
    """Make the readers a workspace lacks; a playbook with faults is left to `check`."""
    os.nice(10)
    place = find_workspace(root)
    with suppress(SalestrainError):
        playbook = load_playbook(place.playbook, prove=False)
        learn(playbook, place.state, learned_last(place.state))


if __name__ == "__main__":
    main(sys.argv[1])
