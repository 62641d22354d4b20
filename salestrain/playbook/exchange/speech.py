"""How a file speaks: one language, or both side by side in a form that Moodle's filter knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salestrain.errors import Fault, Place
from salestrain.language import LANGUAGES, Language, Text
from salestrain.playbook.exchange.markup import SEEMS_MARKUP, as_html, heard
from salestrain.playbook.exchange.question import Question, both
from salestrain.playbook.exchange.tables import TABLE, read_table, table_html, untouched
from salestrain.playbook.items import Extract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from salestrain.playbook.exchange.plain import Plain, Says
    from salestrain.playbook.exchange.tables import Written

SPAN = re.compile(
    r"""<span(?=[^>]*\bclass\s*=\s*["']multilang["'])[^>]*\blang\s*=\s*["']([\w-]+)["'][^>]*>"""
    r"""(.*?)</span>|\{mlang\s+([\w-]+)\}(.*?)\{mlang\}""",
    re.DOTALL | re.IGNORECASE,
)
SAID = re.compile(r"salestrain: (zh|en)\b")
TAGS = re.compile(r"<[^>]*>|^\s*//.*$", re.MULTILINE)
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Pen:
    """Writes texts as HTML.

    Attributes:
        languages: Those of the file.
        written: Writes a cell of a table as people read it.
    """

    languages: tuple[Language, ...]
    written: Written

    @property
    def note(self) -> str:
        """What a file in one language says of it, to be known again."""
        return f"salestrain: {self.languages[0]}" if len(self.languages) == 1 else "salestrain"

    def html(self, said: Says) -> str:
        """Return a text in the file's languages; what is the same in both stands once."""
        texts = dict.fromkeys(said.get(language, "") for language in self.languages)
        if len(texts) == 1:
            return as_html(next(iter(texts)))
        return "".join(
            f'<span lang="{language}" class="multilang">{as_html(said[language])}</span>'
            for language in self.languages
        )

    def stem(self, question: Question) -> str:
        """Return the stem, with its table below it."""
        if not isinstance(question.table, Extract):
            return self.html(question.stem)
        say = lambda text: self.html(both(text))  # noqa: E731 (a table says nothing else)
        table = table_html(question.table, say, self.written, in_cell=untouched)
        return f"{self.html(question.stem)}{table}"


@dataclass
class Ear:
    """Reads texts and remembers what was wrong with them, and what was left out.

    Attributes:
        path: The file.
        language: Of what is in no language's own span; None if that counts for both.
        written: As a pen has it.
    """

    path: PurePath
    language: Language | None
    written: Written
    faults: list[Fault] = field(default_factory=list)
    left_out: dict[Text, int] = field(default_factory=dict)

    def fault(self, line: int, what: str, mend: str) -> None:
        """Remember what is wrong."""
        self.faults.append(Fault(Place(self.path, line), what, mend))

    def leave_out(self, what: Text) -> None:
        """Remember what an item has no place for, and how often it came."""
        self.left_out[what] = self.left_out.get(what, 0) + 1

    def plain(self, text: str, line: int) -> Says:
        """Read a text that is no HTML, or has some in it all the same."""
        if SEEMS_MARKUP.search(text):
            return self.html(text.replace("\n", "<br>"), line)
        return self._in_each(lambda _: text.strip())

    def html(self, markup: str, line: int) -> Says:
        """Read HTML, in one language or in spans for each."""
        if not SPAN.search(markup):
            text = self._heard(markup, line)
            return self._in_each(lambda _: text)
        found: Says = {}
        for language in LANGUAGES:
            own = SPAN.sub(lambda span, la=language: _own(span, la), markup)  # type: ignore[misc]
            if text := self._heard(own, line):
                found[language] = text
        return found

    def stem(self, markup: str, line: int) -> tuple[Says, Plain | None]:
        """Read a stem and the first table in it."""
        table = TABLE.search(markup)
        if table is None:
            return self.html(markup, line), None
        at = line + markup[: table.start()].count("\n")
        read = read_table(table[0], lambda said: self.html(said, at), self.written)
        return self.html(markup.replace(table[0], ""), line), read

    def _in_each(self, text: Callable[[Language], str]) -> Says:
        languages = (self.language,) if self.language else LANGUAGES
        return {language: said for language in languages if (said := text(language))}

    def _heard(self, markup: str, line: int) -> str:
        read = heard(markup, Place(self.path, line))
        self.faults += [each for each in read.faults if each not in self.faults]
        for each in read.dropped:
            self.leave_out(Text(f"<{each}>", f"<{each}>"))
        return read.text


def _own(span: re.Match[str], language: Language) -> str:
    named, text = (span[1], span[2]) if span[1] else (span[3], span[4])
    return text if named.lower().replace("_", "-").partition("-")[0] == language else ""


def language_in(text: str) -> Language | None:
    """Return the language a whole file is in; None if it speaks both, in spans.

    Args:
        text: The file. One that we wrote says it; of another the letters tell.
    """
    if SPAN.search(text):
        return None
    if said := SAID.search(text):
        return "zh" if said[1] == "zh" else "en"
    text = TAGS.sub("", text)
    return "zh" if len(HAN.findall(text)) * 4 > len(LATIN.findall(text)) else "en"
