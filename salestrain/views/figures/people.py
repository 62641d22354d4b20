"""Roles by the name a reader knows them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Language, Text
from salestrain.playbook.standards.team import Roles

if TYPE_CHECKING:
    from salestrain.playbook.content import Role
    from salestrain.playbook.whole import Playbook

NAMES: dict[Role, Text] = {
    "rep": Text("销售", "sales rep"),
    "manager": Text("组长", "team manager"),
    "director": Text("销售总监", "sales director"),
    "marketing": Text("市场", "marketing"),
    "service": Text("客服", "customer service"),
    "trainer": Text("培训师", "trainer"),
}


def role_name(role: Role, playbook: Playbook, language: Language) -> str:
    """Return a role's name: the company's own, if its playbook has one."""
    standard = playbook.standard(Roles)
    for profile in standard.roles if standard else ():
        if profile.role == role:
            name = profile.name.in_(language)
            return name[:1].lower() + name[1:] if language == "en" else name
    return NAMES[role].in_(language)
