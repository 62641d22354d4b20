"""Files that name a person: searched as text, in other encodings, escaped, and inside archives."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from salestrain.records.naming import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from salestrain.records.naming import Named

MOST_INFLATED = 200_000_000
WIDE = ("utf-16-le", "utf-16-be")


def files_in(folder: Path, *, without: Iterable[str] = ()) -> Iterator[Path]:
    """Yield the files below a folder, in order, but for what begins with one of some paths."""
    left_out = [folder / one for one in without]
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not any(path.is_relative_to(one) for one in left_out):
                yield path


def is_named(path: Path, named: Named) -> bool:
    """Whether a file names somebody, in what it holds or what it is called."""
    called = path.name.replace("_", " ")
    return named.within(called) or named.within(path.stem) or names_in(path.read_bytes(), named)


def names_in(content: bytes, named: Named, depth: int = 2) -> bool:
    """Whether some bytes name somebody, whatever they are encoded or packed in.

    Args:
        content: Of a file.
        named: What names the person.
        depth: How many archives within another are opened.
    """
    return any(_says(text, named) for text in _texts(content)) or (
        depth > 0 and content.startswith(b"PK") and _in_archive(content, named, depth)
    )


def lines_naming(path: Path, named: Named) -> list[int]:
    """Return the lines of a file that name somebody, from 1; in a table an id alone does."""
    content = path.read_bytes()
    if not names_in(content, named) and named.person_id.encode() not in content:
        return []
    cells = path.suffix in {".csv", ".tsv"}
    text = content.decode("utf-8", "replace").splitlines()
    return [
        number
        for number, line in enumerate(text, 1)
        if _says(line, named) or (cells and named.person_id in line.replace("\t", ",").split(","))
    ]


def _says(text: str, named: Named) -> bool:
    return named.within(text) or (("\\u" in text or "&" in text) and named.within(plain(text)))


def _texts(content: bytes) -> Iterator[str]:
    """Yield what some bytes may say, in the encodings people's programs write."""
    try:
        yield content.decode("utf-8")
    except UnicodeDecodeError:
        yield content.decode("utf-8", "replace")
        yield content.decode("gb18030", "replace")
    if b"\0" in content:
        for start in (0, 1):
            for encoding in WIDE:
                yield content[start:].decode(encoding, "replace")


def _in_archive(content: bytes, named: Named, depth: int) -> bool:
    left = MOST_INFLATED
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for one in archive.infolist():
                left -= one.file_size
                if left < 0:
                    return False
                inside = archive.read(one)
                if named.within(one.filename) or names_in(inside, named, depth - 1):
                    return True
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return False
    return False
