"""Files from elsewhere, read within bounds: their size, and what a package may hold."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from salestrain.errors import ContentError, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path, PurePath

LARGEST = 16_000_000  # bytes; the sample company's whole bank in both languages has a tenth of it
MOST_MEMBERS = 5_000
LARGEST_UNPACKED = 64_000_000
DAY = (2000, 1, 1, 0, 0, 0)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        ContentError: If it can't be read, or is too large.
    """
    if path.is_fifo():  # reading would wait forever
        raise _refused(path, "can't be read: a pipe", "name a file")
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise _refused(path, f"has {size / 1e6:.1f} MB", "split it into files of at most 16 MB")
        return path.read_bytes()
    except OSError as error:
        raise _refused(path, f"can't be read: {error.strerror}", "name a file") from error


def as_text(data: bytes, path: PurePath) -> str:
    """Return what UTF-8 says, with the line ends of Unix.

    Raises:
        ContentError: If it is something else.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = f"not UTF-8: byte 0x{data[error.start]:02x}"
        raise ContentError([Fault(Place(path, line), what, "save it as UTF-8")]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unpacked(data: bytes, path: PurePath) -> dict[str, bytes]:
    """Return the XML files of a zip by name; pictures and the like are left in it.

    Raises:
        ContentError: If it is damaged, leads out of itself, or is larger than it says or may be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if faults := [_member_fault(path, each) for each in members if _leads_out(each)]:
                raise ContentError(faults)
            _check_sizes(members, path)
            return {
                each.filename: archive.read(each)
                for each in members
                if each.filename.lower().endswith(".xml")
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        mend = "export it again as a zip without a password"
        raise _refused(path, f"this is no package: {error}", mend) from error


def _check_sizes(members: list[zipfile.ZipInfo], path: PurePath) -> None:
    # Reading a member stops at the size its entry states, so that these sums hold.
    total = sum(each.file_size for each in members)
    if len(members) > MOST_MEMBERS or total > LARGEST_UNPACKED:
        what = f"the package unpacks to {len(members)} files of {total / 1e6:.0f} MB"
        mend = f"split it; at most {MOST_MEMBERS} files of {LARGEST_UNPACKED // 1_000_000} MB"
        raise _refused(path, what, mend)


def _leads_out(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    return name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts


def _member_fault(path: PurePath, member: zipfile.ZipInfo) -> Fault:
    what = f"the package holds {member.filename!r}, outside itself"
    return Fault(Place(path), what, "export it again, from a system you trust")


def packed(members: Mapping[str, str]) -> bytes:
    """Return a zip of texts; the same texts give the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return file.getvalue()


def _refused(path: PurePath, what: str, mend: str) -> ContentError:
    return ContentError([Fault(Place(path), what, mend)])
