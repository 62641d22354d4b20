"""Traditional characters, made from the simplified ones by OpenCC and never written by hand."""

from __future__ import annotations

from salestrain.errors import UsageError

SIMPLIFIED_TO_TAIWAN = "s2twp"
NEEDS = "traditional characters need OpenCC; install it with pip install 'salestrain[hant]'"


def in_traditional(html: str) -> str:
    """Return a Chinese document in traditional characters, with Taiwan's words for things.

    Raises:
        UsageError: If OpenCC is missing.
    """
    try:
        from opencc import OpenCC  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise UsageError(NEEDS) from error
    converted: str = OpenCC(SIMPLIFIED_TO_TAIWAN).convert(html)
    return converted.replace('lang="zh-CN"', 'lang="zh-Hant"')
