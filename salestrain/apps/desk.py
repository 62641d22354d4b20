"""What work on a workspace needs: its playbook, its CRM data, and the reader's language."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.crm.store import Crm, open_crm
from salestrain.errors import UsageError, did_you_mean
from salestrain.periods import Period
from salestrain.playbook.load import load_playbook
from salestrain.sales.entities import entities_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from salestrain.language import Language
    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.playbook.whole import Playbook
    from salestrain.workspace import Workspace


@dataclass(frozen=True)
class Desk:
    """A workspace laid out for work."""

    workspace: Workspace
    playbook: Playbook
    crm: Crm
    language: Language

    @classmethod
    def laid(cls, place: Workspace, language: Language) -> Desk:
        """Read the playbook and the CRM snapshot, which is made from the data if there is none.

        Raises:
            SalestrainError: If there is nothing to work with, or it has faults.
        """
        return cls(place, load_playbook(place.playbook), open_crm(place), language)

    @property
    def company(self) -> str:
        """The company's name."""
        return self.playbook.company.name.in_(self.language)

    @property
    def entities(self) -> pd.DataFrame:
        """Company, regions, teams and reps."""
        return entities_of(self.crm.connection, self.crm.present)

    @property
    def fingerprint(self) -> str:
        """Changes when the data or the playbook do."""
        files = sorted(path for path in self.workspace.playbook.rglob("*") if path.is_file())
        digest = hashlib.sha256(self.crm.snapshot.digest.encode())
        for path in files:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def period(self, text: str) -> Period:
        """Return the period asked for, else the latest whole quarter.

        Raises:
            UsageError: If it is no period, or the books end before it begins.
        """
        starts = self.playbook.company.fiscal_year_start_month
        as_of = self.crm.as_of
        if not text:
            latest = Period.containing(as_of, "quarter", year_starts=starts)
            return latest if latest.end <= as_of else latest.previous
        period = Period.parse(text, year_starts=starts)
        if period.start > as_of:
            raise UsageError(
                f"{period} begins after the books end on {as_of}; "
                "name an earlier period or import newer data"
            )
        return period

    def kpis(self, wanted: Sequence[str] | None) -> list[Kpi]:
        """Return the KPIs asked for, by default all."""
        known = self.playbook.kpis
        wrong = [
            f"no KPI {one!r}; {did_you_mean(one, known)}"
            for one in wanted or []
            if one not in known
        ]
        if wrong:
            raise UsageError("\n".join(wrong))
        return [known[one] for one in wanted] if wanted else list(known.values())
