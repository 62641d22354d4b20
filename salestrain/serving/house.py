"""The house: one workspace as the server knows it; on the first start the CRM's people move in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from salestrain import views
from salestrain.apps.roleplay.customer import the_customer
from salestrain.language import Text
from salestrain.records import MYSELF, Person, open_records, read_secret, records_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.apps.desk import Desk
    from salestrain.crm.store import Crm
    from salestrain.language import Language
    from salestrain.records import Records
    from salestrain.workspace import Workspace

STATIC = Path(__file__).parent / "static"
SCREEN = Path(views.__file__).parent / "screen.js"
TYPES = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}


@dataclass(frozen=True)
class Assets:
    """The files that pages load, by name; ``version`` changes when any of them does."""

    files: Mapping[str, bytes]
    version: str

    @classmethod
    def read(cls) -> Assets:
        """Read the built bundles, the icons and the design system's styles."""
        paths = [SCREEN, *(path for path in STATIC.iterdir() if path.suffix in TYPES)]
        files = {path.name: path.read_bytes() for path in paths}
        files["app.css"] = views.app_styles().encode()
        files["live.css"] = views.live_styles().encode()
        digest = hashlib.sha256()
        for name, content in sorted(files.items()):
            digest.update(f"{name}:{len(content)}:".encode() + content)
        return cls(files, digest.hexdigest()[:12])


@dataclass(frozen=True)
class House:
    """What is served, and to whom; ``on_network`` if others than this machine can reach it."""

    workspace: Workspace
    records: Records
    company: Text
    language: Language
    assets: Assets
    teams: Mapping[str, Text] = field(default_factory=dict)
    on_network: bool = False


def open_house(desk: Desk, *, on_network: bool) -> House:
    """Return a workspace's house; if the records know nobody, the CRM's people are added."""
    the_customer()  # a setting that can't be meant is told before anybody comes
    state = desk.workspace.state
    records = open_records(records_place(state), secret=read_secret(state), state=state)
    admit(records, desk.crm, desk.language)
    teams = {
        row["team_id"]: Text(row["name"], row["name_en"] or row["name"])
        for row in _rows(desk.crm, "teams")
    }
    name = desk.playbook.company.name
    return House(desk.workspace, records, name, desk.language, Assets.read(), teams, on_network)


def admit(records: Records, crm: Crm, language: Language) -> None:
    """Add the CRM's people, unless somebody but oneself is known already."""
    if all(person.id == MYSELF.id for person in records.people.all()):
        for person in people_of(crm, language):
            records.people.add(person)


def people_of(crm: Crm, language: Language) -> list[Person]:
    """Return the people of a CRM who haven't left; managers are of the team they manage."""
    manages = {row["manager_id"]: row["team_id"] for row in _rows(crm, "teams")}
    return [
        Person(
            id=row["person_id"],
            name=row["name"],
            name_en=row["name_en"] or "",
            role={"director": "admin", "manager": "manager"}.get(row["role"], "learner"),  # type: ignore[arg-type]
            team=manages.get(row["person_id"]) or row["team_id"],
            language=language,
        )
        for row in _rows(crm, "people")
        if not row["left_on"]
    ]


def _rows(crm: Crm, table: str) -> list[dict[str, str]]:
    """Return a table's rows; a cell the export didn't bring is None."""
    if table not in crm.present:
        return []
    found = crm.connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
