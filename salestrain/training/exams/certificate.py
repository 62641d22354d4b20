"""The code on a certificate: it proves that these records hold the pass it speaks of."""

from __future__ import annotations

import hmac
from base64 import b32encode
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.training.exams.exam import Attempt

LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
LOOK_ALIKES = str.maketrans("OIL", "011", "- ")
SIGNS, GROUP = 12, 4
"""60 bits in groups of four: nobody guesses one, and it can be read out over the phone."""


def code(secret: bytes, person_id: str, attempt: Attempt) -> str:
    """Return a certificate's code, like ``7K2M-Q4ZT-09XA``.

    Args:
        secret: The records' own; without it no code can be made.
        person_id: Who passed.
        attempt: The attempt they passed with.

    Source: HMAC (RFC 2104) with SHA-256, in Crockford's base 32, which has no I, L, O, U.
    """
    of = (person_id, attempt.exam.id, attempt.began_at.isoformat(), f"{attempt.share:.6f}")
    digest = hmac.digest(secret, "\0".join(of).encode(), sha256)
    signs = b32encode(digest).decode().translate(LETTERS)[:SIGNS]
    return "-".join(signs[at : at + GROUP] for at in range(0, SIGNS, GROUP))


def found(
    typed: str, secret: bytes, passes: Iterable[tuple[str, Attempt]]
) -> tuple[str, Attempt] | None:
    """Return whose pass a code is, with the attempt; None if the records hold no such pass.

    Args:
        typed: The code as somebody typed it: case, spaces and look-alikes (O for 0) don't matter.
        secret: The records' own.
        passes: Every passed attempt, with whose it is.
    """
    wanted = plain(typed)
    made = ((one, plain(code(secret, *one))) for one in passes)
    return next((one for one, each in made if hmac.compare_digest(each, wanted)), None)


def plain(typed: str) -> str:
    """Return a code in capitals, without its dashes, with look-alikes as they are meant.

    >>> plain("7k2m-q4zt 09xa"), plain("O1l")
    ('7K2MQ4ZT09XA', '011')
    """
    return typed.upper().translate(LOOK_ALIKES).encode("ascii", "replace").decode()
