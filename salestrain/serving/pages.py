"""The pages around the apps, from templates: choosing oneself, PIN, invitation, faults, frame."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from salestrain.apps.registry import menu
from salestrain.language import Text
from salestrain.views.components.ground import icon
from salestrain.views.components.layout import skeleton

if TYPE_CHECKING:
    from salestrain.apps.registry import Listing
    from salestrain.language import Language
    from salestrain.records import Person
    from salestrain.serving.house import House

FOLDER = Path(__file__).parent / "template"
CONTENT = "<!--content-->"
ROLES = {
    "learner": Text("学员", "Learner"),
    "trainer": Text("培训老师", "Trainer"),
    "manager": Text("经理", "Manager"),
    "admin": Text("管理员", "Administrator"),
}
TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals |= {
    "icon": lambda name: Markup(icon(name)),  # noqa: S704 (drawn by us)
    "skeleton": lambda language: Markup(skeleton(language)),  # noqa: S704
}


@dataclass(frozen=True)
class Frame:
    """Where a page stands: in which house, for whom, in which app, at which address."""

    house: House
    base_url: str
    language: Language
    person: Person | None = None
    app: str = ""
    here: str = ""

    def t(self, zh: str, en: str) -> str:
        """Return the reader's one of two texts."""
        return Text(zh, en).in_(self.language)

    def said(self, text: Text) -> str:
        """Return a text in the reader's language."""
        return text.in_(self.language)

    def asset(self, name: str) -> str:
        """Return the address of an asset."""
        return f"{self.base_url}static/{name}?v={self.house.assets.version}"

    @property
    def menu(self) -> tuple[Listing, ...]:
        """What the main menu shows to this reader."""
        return menu(self.person.role) if self.person else ()

    def name(self, person: Person) -> str:
        """Return a person's name as the reader would write it."""
        return person.called.in_(self.language)

    def standing(self, person: Person) -> str:
        """Return team and role in one line."""
        team = self.house.teams.get(person.team or "")
        role = self.said(ROLES[person.role])
        return f"{self.said(team)} · {role}" if team else role


def render(page: str, frame: Frame, **given: object) -> str:
    """Return the page of this name; ``given`` is what its template asks for beside the frame."""
    template = TEMPLATES.get_template(f"{page}.j2")
    return template.render(frame=frame, t=frame.t, base=frame.base_url, **given)


def around(frame: Frame, title: str) -> tuple[str, str]:
    """Return what stands before and after the content of an app's page."""
    before, _, after = render("app.html", frame, title=title).partition(CONTENT)
    return before, after
