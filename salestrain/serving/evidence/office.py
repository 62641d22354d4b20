"""Whether a zip file is a Word, Excel or PowerPoint file, and one that is safe to keep.

It is inflated once, piece by piece and never as a whole, because what it says of its own size may
be a lie.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from zlib import error as ZlibError  # noqa: N812 (a class)

from salestrain.serving.evidence.unfit import Unfit

if TYPE_CHECKING:
    from typing import BinaryIO

MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
CONTENTS = "[Content_Types].xml"
MACROS = ("vbaproject", "vbadata", "activex", "oleobject", "macrosheets")
MOST_ENTRIES, MOST_BYTES, MOST_TIMES = 3_000, 100_000_000, 200
UNREADABLE = (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, OSError, ValueError)
PIECE = 65_536
SMALL = 1_000_000
"""Up to here an entry may shrink as far as it likes: empty tables do."""


def office_kind(file: BinaryIO) -> str:
    """Return ``docx``, ``xlsx`` or ``pptx``.

    Raises:
        Unfit: If it is another archive, holds programs, grows too large, or can't be read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_names(entries)
            _inflate(archive, entries)
    except (
        zipfile.BadZipFile,
        ZlibError,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
    ) as error:
        raise Unfit("broken") from error
    names = {one.filename for one in entries}
    found = [kind for name, kind in MAIN.items() if name in names]
    if CONTENTS not in names or len(found) != 1:
        raise Unfit("archive")
    return found[0]


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Unfit("bomb")
    for one in entries:
        parts = one.filename.replace("\\", "/").split("/")
        if ".." in parts or not parts[0] or ":" in parts[0] or one.flag_bits & 0x1:
            raise Unfit("archive")
        if any(word in one.filename.lower() for word in MACROS):
            raise Unfit("macros")


def _inflate(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read all of it, as far as the limits allow."""
    total = 0
    for one in entries:
        size = 0
        with archive.open(one) as piece:
            while read := len(piece.read(PIECE)):
                size, total = size + read, total + read
                if total > MOST_BYTES or size > max(SMALL, MOST_TIMES * one.compress_size):
                    raise Unfit("bomb")
