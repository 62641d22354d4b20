"""What a person says in a talk, as against what a machine writes: characters, language, role."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.language import Language

_WRITTEN = re.compile(r"[<>{}\[\]*_#|~^`=\\@]|://|&\w+;|\w\(\S*\)|;\s*$")
"""Signs of Markdown, HTML, JSON, code and addresses; nobody says them."""
_BEGINS = re.compile(
    r"[-–—•·>+]\s|\d{1,2}[.)、]\s?\D|[（(【]|"
    r"(?:[A-Z]\w+ ?){1,3}:|(?:客户|顾客|对方|用户|销售|助手|回答|回复)[:：]"
)
"""What begins a list, a gesture, or has a name in front."""
_ROLE = re.compile(
    r"\ba\.?i\.?\b|人工智能|\blanguage\s+model|语言模型|大模型|\bllms?\b|\bchat\s?(?:gpt|bot)|"
    r"聊天机器人|机器人|\bopenai\b|\bassistant\b|助手|助理|\bprompts?\b|提示词|\binstructions?\b|指令|"
    r"\bsystem\s+message|系统(?:提示|消息|设定)|\brole-?\s?play|角色扮演|扮演|\bin\s+character\b|"
    r"\b(?:this|the)\s+(?:scenario|script|simulation|exercise)\b|剧本|脚本|模拟|"
    r"\bscor(?:e[sd]?|ing)\b|\b(?:bonus|earn(?:ed)?|lose|lost|gain(?:ed)?)\s+\w*\s*points?\b|"
    r"\d\s+points\b|评分|得分|打分|加分|扣分|满分|分数|\d+\s*分(?![钟之别批成])|"
    r"\b(?:html|json|markdown|python|javascript)\b|\bhidden\s+facts?\b|隐藏"
)
"""Words with which a model falls out of its part, or tells what works behind it."""
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:[-'’][A-Za-zÀ-ɏ]+)*")
_ENDS = re.compile(r"[。！？]+|[.!?]+(?=[\s\"”’')）]|$)")
_FULL_WIDTH = re.compile(r"[\u3000-\u303f\uff00-\uffef]")
_SAID = {"Lu", "Ll", "Lt", "Lo", "Lm", "Nd", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sc", "Sm"}
"""Kinds of characters one says: letters, digits, punctuation, currencies, arithmetic."""
LEAST_HAN = 0.6
"""Share of Chinese characters in a Chinese sentence, a foreign word counting as one character."""


def alike(text: str) -> str:
    """Return a text in one form, to compare it: compatible characters and small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def not_said(text: str, script: str = "") -> str:
    """Return the first thing in a text that nobody says aloud, empty if there is none.

    Args:
        text: What is to be said.
        script: What the script says; what that begins with may begin the text too.
    """
    odd = (c for c in text if c != " " and unicodedata.category(c) not in _SAID)
    begins = _BEGINS.match(text)
    if begins and not script.startswith(begins[0]):
        return begins[0]
    written = _WRITTEN.search(unicodedata.normalize("NFKC", text))
    return next(odd, "") or (written[0] if written else "")


def out_of_role(text: str, own: Iterable[str]) -> str:
    """Return the first word that breaks the role, empty if there is none.

    Args:
        text: What is to be said.
        own: What this person may speak of; words that stand in it break nothing.
    """
    may = "\n".join(map(alike, own))
    words = (found[0] for found in _ROLE.finditer(alike(text)))
    return next((word for word in words if word not in may), "")


def in_language(text: str, language: Language) -> bool:
    """Return whether a text is in a language: mostly Chinese characters, or none but Latin ones."""
    foreign = [c for c in text if c.isalpha() and not _HAN.match(c) and not _LATIN_WORD.match(c)]
    han, words = len(_HAN.findall(text)), len(_LATIN_WORD.findall(text))
    if foreign or not han + words:
        return False
    if language == "en":
        return not han and not _FULL_WIDTH.search(text)
    return han / (han + words) >= LEAST_HAN


def sentences(text: str) -> int:
    """Return how many sentences a text has; a last one needs no full stop.

    >>> sentences("Hm... 3.5 is fine. Why? Well"), sentences("嗯……行。")
    (3, 1)
    """
    return sum(any(c.isalnum() for c in one) for one in _ENDS.split(text.replace("...", "…")))
