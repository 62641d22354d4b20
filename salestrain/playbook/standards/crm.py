"""Chapter 6: the quality of CRM data, care, privacy and charts, work away from the desk."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 (pydantic reads the annotations)
from typing import Annotated, Literal

from pydantic import Field

from salestrain.errors import Fault  # noqa: TC001
from salestrain.playbook.content import Role, Rule, Standard, Stated
from salestrain.playbook.fields import Both, Id, Words  # noqa: TC001
from salestrain.playbook.standards.checks import unknown


class QualityCheck(Rule):
    """A fault in CRM data: rows of ``table`` that meet ``when`` have it."""

    table: Words
    when: Words
    owner: Words
    """The column with the person who mends it."""
    weight: Annotated[int, Field(ge=1, le=10)]
    """How much one such row counts in a scorecard."""


class CrmQuality(Standard):
    """`standards/crm_quality.yaml`: section 6.1."""

    checks: tuple[QualityCheck, ...] = Field(min_length=1)


class Occasion(Stated):
    """A day on which a customer hears from us, and what for."""

    column: Words | None = None
    """The CRM column with the day; none for a day of the calendar."""
    days_before: Annotated[int, Field(ge=0, le=120)]
    by: Role
    do: Both
    never: Both


class Care(Standard):
    """`standards/care.yaml`: section 6.1."""

    occasions: tuple[Occasion, ...] = Field(min_length=1)


class PrivacyClass(Stated):
    """A kind of data: who sees it whole, who may take it out, what others see instead."""

    seen_by: tuple[Role, ...]
    exported_by: tuple[Role, ...] = ()
    shown_as: Literal["whole", "masked", "hidden"]
    """What everyone else sees."""
    keep_months: Annotated[int, Field(ge=1, le=240)] | None = None


class Privacy(Standard):
    """`standards/privacy.yaml`: section 6.2."""

    classes: tuple[PrivacyClass, ...] = Field(min_length=1)
    columns: dict[Words, Id]
    """`table.column` → class; what isn't named is of the first class."""

    def faults(self) -> Iterator[Fault]:
        """Yield columns of no class, and exports by those who don't see."""
        known = [each.id for each in self.classes]
        for column, class_ in self.columns.items():
            yield from unknown(self, class_, known, "columns", column)
        for each in self.classes:
            if blind := set(each.exported_by) - set(each.seen_by):
                what = f"{min(blind)} may take out what they don't see"
                yield each.fault(what, "add them to `seen_by`", "exported_by")


class Chart(Stated):
    """A question, and the picture that answers it."""

    kind: Literal["line", "bar", "bridge", "funnel", "heat_map", "scatter", "table", "dot"]
    kpis: tuple[Id, ...] = Field(min_length=1)
    never: Both
    """How the same figures are drawn to mislead."""


class Charts(Standard):
    """`standards/charts.yaml`: section 6.2."""

    charts: tuple[Chart, ...] = Field(min_length=1)


class Mobile(Standard):
    """`standards/mobile.yaml`: section 6.3, rules alone."""
