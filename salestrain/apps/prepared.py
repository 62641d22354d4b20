"""What every app needs, loaded ahead: in a kernel that waits for whoever comes next."""

from __future__ import annotations

from importlib import import_module

from salestrain.apps.registry import APPS
from salestrain.apps.visit import playbook_of
from salestrain.workspace import find_workspace


def prepare(workspace: str = "") -> None:
    """Import the apps and read the playbook; who comes is known only later."""
    for name in APPS:
        import_module(f"salestrain.apps.{name}")
    playbook_of(find_workspace(workspace))
