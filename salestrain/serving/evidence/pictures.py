"""Which kind of picture some bytes are, and whether it is whole and of a size one can open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.serving.evidence.unfit import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 50_000_000
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
HEIC = {b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis"}
FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
"""The markers of a JPEG that say how large it is."""
SCAN, BARE = 0xDA, {0x01, *range(0xD0, 0xD9)}


def picture_kind(content: bytes) -> str:
    """Return ``png``, ``jpeg``, ``webp`` or ``heic``; empty if it is no such picture.

    Raises:
        Unfit: If it begins as one and isn't whole, or has too many pixels.
    """
    if content.startswith(PNG):
        return _sized("png", _png(content))
    if content.startswith(JPEG):
        return _sized("jpeg", _jpeg(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _sized("webp", _webp(content))
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        return _whole("heic", b"meta" in content[:4096] and b"mdat" in content)
    return ""


def _sized(kind: str, size: tuple[int, int] | None) -> str:
    if size and size[0] * size[1] > MOST_PIXELS:
        raise Unfit("pixels")
    return _whole(kind, bool(size and min(size) > 0))


def _whole(kind: str, whole: bool) -> str:
    if not whole:
        raise Unfit("broken")
    return kind


def _png(content: bytes) -> tuple[int, int] | None:
    """Return width and height; None unless its chunks lead to its end, and nothing follows."""
    at = len(PNG)
    while at + 12 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            size = content[16:20], content[20:24]
            whole = content[12:16] == b"IHDR" and at == len(content) and length == 0
            return (int.from_bytes(size[0]), int.from_bytes(size[1])) if whole else None
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Return width and height; phones append to a JPEG, so its end needn't be the last thing."""
    size = None
    for marker, at in _segments(content):
        if marker in FRAMES:
            size = (
                int.from_bytes(content[at + 5 : at + 7]),
                int.from_bytes(content[at + 3 : at + 5]),
            )
        if marker == SCAN:
            return size if b"\xff\xd9" in content[at:] else None
    return None


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the markers of a JPEG, each with where its length stands."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in BARE:
            at += 1 if marker == 0xFF else 2
            continue
        yield marker, at + 2
        at += 2 + int.from_bytes(content[at + 2 : at + 4])


def _webp(content: bytes) -> tuple[int, int] | None:
    """Return width and height; None if it is shorter than it says, or of no known kind."""
    if int.from_bytes(content[4:8], "little") + 8 not in {len(content), len(content) - 1}:
        return None
    kind = content[12:16]
    if kind == b"VP8X" and len(content) >= 30:
        size = content[24:27], content[27:30]
        return int.from_bytes(size[0], "little") + 1, int.from_bytes(size[1], "little") + 1
    if kind == b"VP8L" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if kind == b"VP8 " and len(content) >= 30:
        size = content[26:28], content[28:30]
        return tuple(int.from_bytes(one, "little") & 0x3FFF for one in size)  # type: ignore[return-value]
    return None
