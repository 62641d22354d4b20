"""What an uploaded file is, by its bytes and never by its name; without any file or network.

Taken are pictures, PDF, plain text and Office files without macros. A file that is two things at
once is refused as far as that can be told: whoever opens it elsewhere must not get another one.
"""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from salestrain.serving.evidence.office import office_kind
from salestrain.serving.evidence.pictures import picture_kind
from salestrain.serving.evidence.unfit import Unfit

if TYPE_CHECKING:
    from collections.abc import Mapping

MB = 1_000_000
LARGEST = 10 * MB
LONGEST_NAME = 80
PROGRAMS = (
    *(b"MZ", b"\x7fELF", b"#!", b"\0asm", b"dex\n", b"L\0\0\0\x01\x14\x02\0"),
    *(b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf"),
    *(b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
"""Windows, Linux, scripts, WebAssembly, Android, shortcuts; macOS and Java."""
ARCHIVES = (
    *(b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"),
    *(b"\x28\xb5\x2f\xfd", b"MSCF"),
)
OLD_OFFICE, ZIP, ZIP_END = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"PK\x05\x06"
MARKUP = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)\b", re.IGNORECASE
)
ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
PDF_HEAD, PDF_TAIL, END_BYTES = 1024, 2048, 66_000


class Kind(NamedTuple):
    """A kind of file: its media type, and the endings its name may have, the usual one first."""

    type: str
    endings: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", (".pdf",)),
    "png": Kind("image/png", (".png",)),
    "jpeg": Kind("image/jpeg", (".jpg", ".jpeg")),
    "webp": Kind("image/webp", (".webp",)),
    "heic": Kind("image/heic", (".heic", ".heif")),
    "text": Kind("text/plain", (".txt", ".csv", ".md", ".tsv", ".log")),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)
    ),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "pptx": Kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", (".pptx",)
    ),
}
TYPES = frozenset(kind.type for kind in KINDS.values())


def kind_of(content: bytes) -> Kind:
    """Return what a file is.

    Raises:
        Unfit: If it is none of the kinds taken, or not sound, or more than one thing at once.
    """
    if not content:
        raise Unfit("empty")
    if len(content) > LARGEST:
        raise Unfit("large")
    if content.startswith(PROGRAMS):
        raise Unfit("program")
    if content.startswith(OLD_OFFICE):
        raise Unfit("old")
    if content.startswith(ARCHIVES) or content[257:262] == b"ustar":
        raise Unfit("archive")
    if content.startswith(ZIP):
        return KINDS[office_kind(BytesIO(content))]
    found = picture_kind(content) or _pdf(content) or _text(content)
    _refuse_two_at_once(content, found)
    return KINDS[found]


def cleaned_name(name: str, kind: Kind) -> str:
    r"""Return a file's name without folders and odd signs, and with an ending of its kind.

    >>> cleaned_name("..\\..\\客户 清单.bat", KINDS["text"])
    '客户 清单.bat.txt'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(one for one in last if one.isprintable() and one not in '<>:"|?*')
    kept = " ".join(kept.split()).rstrip(". ")
    ending = next((one for one in kind.endings if kept.lower().endswith(one)), "")
    stem = kept[: len(kept) - len(ending)].strip(". ") or "file"
    ending = kept[len(kept) - len(ending) :] if ending else kind.endings[0]
    return stem[: LONGEST_NAME - len(ending)].rstrip(". ") + ending


def _pdf(content: bytes) -> str:
    if not content.startswith(b"%PDF-"):
        return ""
    if b"%%EOF" not in content[-PDF_TAIL:]:
        raise Unfit("broken")
    if ACTIVE_PDF.search(content):
        raise Unfit("active")
    return "pdf"


def _text(content: bytes) -> str:
    """Return that it is text, which has no control signs and no markup that a browser would run."""
    text = _decoded(content)
    if text is None or CONTROL.search(text):
        raise Unfit("unknown")
    if MARKUP.search(text):
        raise Unfit("page")
    return "text"


def _decoded(content: bytes) -> str | None:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _refuse_two_at_once(content: bytes, found: str) -> None:
    other_pdf = found != "pdf" and b"%PDF-" in content[:PDF_HEAD]
    other_zip = found != "text" and ZIP_END in content[-END_BYTES:]
    if other_pdf or other_zip:
        raise Unfit("two")
