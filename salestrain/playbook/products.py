"""Products: what is true of them, version by version, so that a changed fact is changed once."""

from __future__ import annotations

from datetime import date  # noqa: TC003 (pydantic reads the annotations)
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from salestrain.playbook.content import Content, Entry, Standard
from salestrain.playbook.fields import FACT, Both, Value, Words, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

SPECIAL = {"null": None, "true": True, "false": False}


def _read(value: object) -> object:
    return SPECIAL.get(value, typed(value)) if isinstance(value, str) else value


class Fact(Entry):
    """One thing true of a product. ``{{D-20.cap_months}}`` quotes it, ``….text`` its words."""

    id: Annotated[str, Field(pattern=FACT)]
    value: Annotated[bool | Value | tuple[Value, ...] | None, BeforeValidator(_read)]
    """null where there is nothing: no membrane, no months between membranes."""
    unit: Words | None = None
    text: Both | None = None
    since: date | None = None
    """The day of a notice: a recall, a batch that drifts."""


class Version(Content):
    """A version of a product, and from when until when it is sold."""

    version: Annotated[int, Field(ge=1)]
    since: date
    until: date | None = None
    facts: tuple[Fact, ...] = ()


class Product(Content):
    """Something we sell."""

    id: Words
    name: Both
    versions: tuple[Version, ...] = Field(min_length=1)
    notices: tuple[Fact, ...] = ()


class Catalogue(Standard):
    """`standards/products.yaml`: section 4.3."""

    catalogue_date: date
    """The day on which ``facts`` says what is true."""
    products: tuple[Product, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Rules and measures; a fact has one id in several versions and is told by ``facts``."""
        return (*self.rules, *self.measures)

    @property
    def facts(self) -> dict[str, Fact]:
        """By id, what is true on the catalogue's date: facts of the versions sold, and notices."""
        return {fact.id: fact for product in self.products for fact in self._of(product)}

    def _of(self, product: Product) -> Iterator[Fact]:
        today = self.catalogue_date
        for version in sorted(product.versions, key=lambda each: each.since):
            if version.since <= today <= (version.until or today):
                yield from version.facts
        yield from (each for each in product.notices if (each.since or today) <= today)
