"""The bytes of a text table → text: which of the usual encodings was it written in?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from salestrain.errors import ContentError, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import PurePath

BROKEN = "\N{REPLACEMENT CHARACTER}"
CUT = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
SAMPLE = 1 << 16
LIKELY = 0.8
FEW = 0.25
OTHERS = ["cp1252", "cp1250", "cp1251", "cp932", "cp949", "gb18030", "big5"]
UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ARCHIVES = {
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF",
}


def decode(data: bytes, path: PurePath) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    A character cut in half at the very end, or a few broken ones, become U+FFFD.

    Raises:
        ContentError: If the bytes are no text in any encoding known here.
    """
    for start, kind in ARCHIVES.items():
        if data.startswith(start):
            raise _fault(path, f"the file is {kind}, not a text table")
    for encoding in _candidates(data):
        text = _decoded(data, encoding)
        if text is not None and "\0" not in text:
            return text, encoding
    raise _fault(path, "the file is not text in any known encoding")


def _fault(path: PurePath, what: str) -> ContentError:
    return ContentError([Fault(Place(path), what, "export the table again as CSV (UTF-8)")])


def _candidates(data: bytes) -> Iterator[str]:
    """Yield encodings, likeliest first; guessing takes long, and UTF-8 is no guess."""
    if data[:2] in UTF16:
        yield "utf-16"
        return
    sample = data[:SAMPLE]
    if sample.count(0) > len(sample) / 4:
        yield "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        return
    yield "utf-8-sig"
    chinese = {
        name: _likely(sample, name, common)
        for name, common in (("gb18030", _common_gb), ("big5", _common_big5))
    }
    likely = (name for name, share in chinese.items() if share >= LIKELY)
    yield from sorted(likely, key=chinese.__getitem__)[::-1]
    if _slightly_broken(sample):
        yield "utf-8-replace"
    elif best := from_bytes(sample, cp_isolation=OTHERS).best():
        yield best.encoding


def _decoded(data: bytes, encoding: str) -> str | None:
    if encoding == "utf-8-replace":
        return data.decode("utf-8-sig", errors="replace")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        cut = error.reason in CUT and error.end >= len(data)
        return data[: error.start].decode(encoding) + BROKEN if cut else None


def _likely(sample: bytes, encoding: str, common: Callable[[bytes], bool]) -> float:
    """Return which share of the characters is common in the encoding (0 if it can't be it)."""
    text = _decoded(sample, encoding)
    wide = [character for character in text or "" if ord(character) > 0x7F and character != BROKEN]
    pairs = [character.encode(encoding) for character in wide]
    return sum(map(common, pairs)) / len(pairs) if pairs else 0.0


def _common_gb(pair: bytes) -> bool:
    """Punctuation, full-width letters and the 3,755 everyday characters of GB 2312."""
    return len(pair) == 2 and pair[1] >= 0xA1 and (pair[0] <= 0xA3 or 0xB0 <= pair[0] <= 0xD7)


def _common_big5(pair: bytes) -> bool:
    """Punctuation and the 5,401 everyday characters of Big5."""
    return len(pair) == 2 and 0xA1 <= pair[0] <= 0xC6


def _slightly_broken(sample: bytes) -> bool:
    text = sample.decode("utf-8", errors="replace")
    wide = sum(ord(character) > 0x7F for character in text)
    return 0 < text.count(BROKEN) <= wide * FEW
