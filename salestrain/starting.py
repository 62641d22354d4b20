"""What every start would pay for and nothing here needs."""

from __future__ import annotations

import sys

GRAMMARS = "rfc3987_syntax"


def leave_out_grammars() -> None:
    """Keep jsonschema from building grammars of web addresses: a second and more of each start.

    It checks the format ``iri`` with them where they are installed, and does without where they
    are not; the schemas of notebooks and of a server's events have no such format. To be called
    before anything imports ``nbformat``, ``papermill`` or ``jupyter_server``.
    """
    sys.modules.setdefault(GRAMMARS, None)  # type: ignore[arg-type]  # None: as if not installed
