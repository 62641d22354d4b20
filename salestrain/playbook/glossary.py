"""The glossary: the trade's words, said in both languages, and what else people call them."""

from __future__ import annotations

from pydantic import Field

from salestrain.language import LANGUAGES, Language
from salestrain.playbook.content import Content, Placed
from salestrain.playbook.fields import Both, Words  # noqa: TC001 (pydantic reads the annotations)


class Names(Content):
    """Other names of a term, in each language."""

    zh: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()

    def in_(self, language: Language) -> tuple[str, ...]:
        """Return the names in a language."""
        return self.zh if language == "zh" else self.en


class Term(Placed):
    """A word of the trade."""

    name: Both
    text: Both
    also: Names = Names()


class Glossary(Content):
    """`glossary.yaml`."""

    terms: tuple[Term, ...] = Field(min_length=1)

    def synonyms(self) -> dict[Language, dict[str, tuple[str, ...]]]:
        """Return, by language, what a word that people use stands for in the playbook."""
        found: dict[Language, dict[str, tuple[str, ...]]] = {}
        for language in LANGUAGES:
            for term in self.terms:
                for other in term.also.in_(language):
                    here = found.setdefault(language, {})
                    name = term.name.in_(language)
                    here[other.casefold()] = (*here.get(other.casefold(), ()), name)
        return found
