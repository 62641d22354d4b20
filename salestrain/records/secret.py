"""The workspace's secret, which signs cookies, invitations and seals."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from salestrain.errors import SalestrainError

if TYPE_CHECKING:
    from pathlib import Path

SECRET_BYTES = 32


def read_secret(state: Path) -> bytes:
    """Return the secret in ``<state>/secret``; made on the first call, for its owner alone.

    Raises:
        SalestrainError: If the file holds no secret.
        OSError: If it can't be read or made.
    """
    path = state / "secret"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=state) as beside:  # linked into place whole; the first one wins
            beside.write(secrets.token_bytes(SECRET_BYTES))
            beside.flush()
            os.fsync(beside.fileno())
            with suppress(FileExistsError):
                path.hardlink_to(beside.name)
    secret = path.read_bytes()
    if len(secret) < SECRET_BYTES:
        raise SalestrainError(f"{path}: this is no secret; delete it, then all sign in anew")
    return secret
