"""What an uploaded file is: by its bytes alone, whatever it is called."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from salestrain.serving.evidence import office
from salestrain.serving.evidence.kinds import KINDS, LARGEST, LONGEST_NAME, cleaned_name, kind_of
from salestrain.serving.evidence.unfit import REASONS, Unfit

TYPES_XML, WORD = "[Content_Types].xml", "word/document.xml"


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2, after: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 14))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND") + after


def jpeg(width: int = 4, height: int = 3, end: bytes = b"\xff\xd9") -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    about = b"\xff\xe0" + struct.pack(">H", 7) + b"JFIF\0"
    return b"\xff\xd8" + about + frame + b"\xff\xda" + struct.pack(">H", 2) + b"scan" + end


def webp(short: int = 0) -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + b"\3\0\0" + b"\2\0\0" + bytes(2)
    return b"RIFF" + struct.pack("<I", len(body) + short) + body


def zipped(files: dict[str, bytes], **given: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, **given)
    return made.getvalue()


def docx(**more: bytes) -> bytes:
    return zipped({TYPES_XML: b"<Types/>", WORD: b"<w:document/>", **more})


def xlsx() -> bytes:
    made, book = io.BytesIO(), Workbook()
    book.active["A1"] = "客户"
    book.save(made)
    return made.getvalue()


PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer\n%%EOF\n"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x08meta" + b"\0\0\0\x08mdat"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("pdf", PDF),
        ("png", png()),
        ("jpeg", jpeg()),
        ("jpeg", jpeg(end=b"\xff\xd9 what a phone appends")),
        ("webp", webp()),
        ("heic", HEIC),
        ("text", b"a,b\r\n1,2\r\n"),
        ("text", "# 拜访纪要\n\n客户 < 10 人，a <b> c".encode()),
        ("text", "客户,金额\n清水,12".encode("gb18030")),
        ("text", "客户,金额".encode("utf-16")),
        ("docx", docx()),
        ("xlsx", xlsx()),
        ("pptx", zipped({TYPES_XML: b"", "ppt/presentation.xml": b""})),
    ],
)
def test_what_is_taken_is_known_by_its_bytes(kind: str, content: bytes) -> None:
    assert kind_of(content) == KINDS[kind]


BOMB = docx(**{"word/media/a.png": b"\0" * 30_000_000})
MANY = zipped({f"word/{number}": b"" for number in range(office.MOST_ENTRIES + 1)})
SCRIPT = b"<html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("why", "content"),
    [
        ("empty", b""),
        ("large", b"a" * (LARGEST + 1)),
        ("program", b"MZ\x90\0" + bytes(60)),
        ("program", b"\x7fELF" + bytes(60)),
        ("program", b"\xcf\xfa\xed\xfe" + bytes(60)),
        ("program", b"#!/bin/sh\nrm -rf /\n"),
        ("page", b"  <!DOCTYPE html><p>hello"),
        ("page", b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page", b"notes\n\n<ScRiPt>alert(1)</script>"),
        ("page", "<html>".encode("utf-16")),
        ("archive", zipped({"a.txt": b"a"})),
        ("archive", zipped({TYPES_XML: b"", WORD: b"", "../../etc/passwd": b"x"})),
        ("archive", zipped({TYPES_XML: b"", WORD: b"", "/etc/passwd": b"x"})),
        ("archive", zipped({TYPES_XML: b"", WORD: b"", "xl/workbook.xml": b""})),
        ("archive", b"Rar!\x1a\x07\1\0"),
        ("archive", bytes(257) + b"ustar\0" + bytes(250)),
        ("archive", b"\x1f\x8b\x08" + bytes(30)),
        ("macros", docx(**{"word/vbaProject.bin": b"x"})),
        ("macros", docx(**{"word/embeddings/oleObject1.bin": b"x"})),
        ("bomb", BOMB),
        ("bomb", MANY),
        ("broken", docx()[:-30]),
        ("broken", PDF[:-8]),
        ("active", PDF.replace(b"/Type", b"/JavaScript")),
        ("old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
        ("broken", png()[:-5]),
        ("broken", png(after=b"more")),
        ("broken", png(after=SCRIPT)),
        ("broken", png(0, 5)),
        ("pixels", png(30_000, 30_000)),
        ("pixels", jpeg(60_000, 60_000)),
        ("broken", jpeg(end=b"")),
        ("broken", webp(short=5)),
        ("two", jpeg(end=b"\xff\xd9" + zipped({"a": b"b"}))),
        ("two", b"note %PDF-1.7 hidden"),
        ("unknown", b"\0\1\2\3 neither text nor picture"),
        ("unknown", b"GIF89a\1\0\1\0"),
    ],
)
def test_what_is_not_taken_and_why(why: str, content: bytes) -> None:
    assert reason(content) == why


def test_a_zip_that_lies_about_its_size_is_not_inflated_past_the_limit() -> None:
    honest = docx(**{"word/media/a": b"\0" * 30_000_000})
    size = struct.pack("<I", 30_000_000)
    assert honest.count(size) >= 1
    assert reason(honest.replace(size, struct.pack("<I", 100))) in {"bomb", "broken"}


def reason(content: bytes) -> str:
    try:
        kind_of(content)
    except Unfit as unfit:
        return unfit.reason
    return ""


@given(st.binary(max_size=400), st.sampled_from([b"", PDF, png(), jpeg(), docx(), HEIC, webp()]))
def test_any_bytes_are_a_kind_or_unfit_and_nothing_else(more: bytes, before: bytes) -> None:
    for content in (before + more, before[: len(more)], more + before):
        assert reason(content) in {"", *REASONS}


@pytest.mark.parametrize(
    ("name", "kind", "cleaned"),
    [
        ("visit.pdf", "pdf", "visit.pdf"),
        ("../../etc/passwd", "text", "passwd.txt"),
        ("..\\..\\boot.ini", "text", "boot.ini.txt"),
        ("C:\\照片\\客户 拜访.JPEG", "jpeg", "客户 拜访.JPEG"),
        ("a\x00b\r\n\u202ecod.exe", "docx", "abcod.exe.docx"),
        ("..", "png", "file.png"),
        ("", "png", "file.png"),
        (".png", "png", "file.png"),
        ('<b>"x".csv', "text", "bx.csv"),
        ("x" * 300 + ".pdf", "pdf", "x" * 76 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_their_kind_does(name: str, kind: str, cleaned: str) -> None:
    assert cleaned_name(name, KINDS[kind]) == cleaned


@given(st.text(max_size=200), st.sampled_from(sorted(KINDS)))
def test_any_name_becomes_one_that_is_safe(name: str, kind: str) -> None:
    made = cleaned_name(name, KINDS[kind])
    assert 0 < len(made) <= LONGEST_NAME
    assert made.isprintable()
    assert not set(made) & set('/\\<>:"|?*')
    assert made.lower().endswith(KINDS[kind].endings)
    assert not made.startswith(".")
    assert cleaned_name(made, KINDS[kind]) == made
