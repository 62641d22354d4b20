"""``/mine.json``: all that is kept about oneself, to take away."""

from __future__ import annotations

import json

from salestrain.serving.base import Base


class MineAsJson(Base):
    """Sends the signed-in person's own, and nobody else's: the address says nothing of whom."""

    def get(self) -> None:
        """Send it as a file."""
        kept = self.house.records.people.export(self.person.id)
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.set_header("Content-Disposition", 'attachment; filename="my-data.json"')
        self.finish(json.dumps(kept, ensure_ascii=False, indent=1))
