"""Reading a number as people type it: 87,216 · ８７２１６ · 8.72 万 · 12k · 5% · −3."""

from __future__ import annotations

import re
import unicodedata

TIMES = {"": 1, "k": 1e3, "K": 1e3, "千": 1e3, "万": 1e4, "M": 1e6, "亿": 1e8}
MINUSES = str.maketrans("‐‑‒–—−", "------")
BEFORE, BEHIND = "¥$€£", ("元", "块", "天", "单", "个", "支", "CNY", "RMB", "yuan", "days", "day")
WRITTEN = re.compile(
    r"""(?P<sign>[+-]?)
        (?P<whole>\d{1,15}|[1-9]\d{0,2}(?:,\d{3}){1,4})
        (?P<part>\.\d{1,9})?
        (?P<times>[kKM千万亿]?)
        (?P<percent>%?)""",
    re.VERBOSE | re.ASCII,
)


def read_number(text: str, unit: str = "") -> float | None:
    """Return the number in a text, None if there is none that could mean one thing only.

    Full-width digits, thousands separators, a currency sign or unit around it are fine. A percent
    sign divides by 100, unless the answer is asked for in percent.

    >>> read_number("８７２１６元"), read_number("−1.2万"), read_number("5%"), read_number("1,23")
    (87216.0, -12000.0, 0.05, None)
    """
    found = WRITTEN.fullmatch(_bare(text))
    if found is None:
        return None
    whole = found["whole"].replace(",", "")
    value = float(f"{found['sign']}{whole}{found['part'] or ''}") * TIMES[found["times"]]
    return value / 100 if found["percent"] and unit != "%" else value


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(MINUSES).strip()
    plain = re.sub(r"(?<=\d)[ '_](?=\d{3}(?!\d))", ",", plain)  # 87 216 and 87'216
    plain = re.sub(rf"^([+-]?)\s*[{re.escape(BEFORE)}]\s*", r"\1", plain)
    plain = re.sub(rf"\s*(?:{'|'.join(BEHIND)})$", "", plain, flags=re.IGNORECASE)
    return re.sub(r"\s+(?=[kKM千万亿%]+$)|(?<=^[+-])\s+", "", plain)
