"""Which apps there are, who may open them, and what their addresses may carry."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.stories import NAME as STORY

if TYPE_CHECKING:
    from collections.abc import Mapping

LEARNER, TRAINER, MANAGER, ADMIN = "learner", "trainer", "manager", "admin"
EVERYONE = frozenset({LEARNER, TRAINER, MANAGER, ADMIN})
LEADS = frozenset({MANAGER, ADMIN})
TEACHES = frozenset({TRAINER, ADMIN})
SECTION = r"\d\.\d"
ID = r"\d\.\d(\.[a-z][a-z0-9_]*){1,2}"
PERSON = r"[\w.@+-]{1,100}"
ALONE = rf"today|level|propose(-{ID}|-\d{{1,6}})?|proposals(-[0-9a-f]{{10}})?"


@dataclass(frozen=True, slots=True)
class Listing:
    """An app as menus and the server know it.

    Attributes:
        name: Of its notebook in ``notebooks/apps/`` and its address ``/app/NAME``.
        title: As the menu says it.
        icon: Its drawing, by name.
        roles: Who may open it.
        parameters: What its address may carry, each with the pattern its whole value has.
        in_menu: Whether the main menu shows it to those who may open it.
    """

    name: str
    title: Text
    icon: str
    roles: frozenset[str] = EVERYONE
    parameters: Mapping[str, str] = field(default_factory=dict)
    in_menu: bool = True


APPS = {
    app.name: app
    for app in (
        Listing("home", Text("今天", "Today"), "today"),
        Listing("manager", Text("回顾", "Reviews"), "reviews", LEADS),
        Listing(
            "quiz",
            Text("练习", "Practice"),
            "practice",
            parameters={"set": f"{SECTION}|{ID}|{ALONE}", "certificate": ID},
        ),
        Listing(
            "roleplay",
            Text("对练", "Role-play"),
            "roleplay",
            parameters={
                "scenario": ID,
                "watch": f"{ID}|all|calls|calibration",
                "run": rf"{ID}-{PERSON}-[1-9]\d{{0,5}}",
                "story": STORY,
            },
        ),
        Listing(
            "playbook",
            Text("手册", "Playbook"),
            "playbook",
            parameters={"page": SECTION, "rules": SECTION, "find": r"[^\x00-\x1f]{1,80}"},
        ),
        Listing(
            "trainer",
            Text("带人", "Coaching"),
            "person",
            TEACHES | LEADS,
            parameters={"page": "people|cohorts|map|hour"},
        ),
        Listing(
            "meeting",
            Text("例会", "Meetings"),
            "form",
            LEADS | TEACHES,
            {"meeting": ID},
            in_menu=False,
        ),
        Listing("live", Text("课堂", "Live"), "live", parameters={"code": r"\d{6}"}, in_menu=False),
        Listing("mine", Text("我的资料", "My data"), "person", in_menu=False),
        Listing(
            "onboarding",
            Text("入职", "Onboarding"),
            "path",
            parameters={"path": ID, "view": "self"},
            in_menu=False,
        ),
        Listing(
            "mentor",
            Text("带教", "Mentoring"),
            "person",
            parameters={"newcomer": PERSON},
            in_menu=False,
        ),
        Listing("growth", Text("我的能力", "My competencies"), "reviews", in_menu=False),
        Listing("gallery", Text("组件", "Gallery"), "gallery", TEACHES, in_menu=False),
    )
}


def may_open(role: str, app: str) -> bool:
    """Whether people of this role may open the app; a workspace's own notebooks are for leads."""
    listing = APPS.get(app)
    return role in (listing.roles if listing else LEADS | TEACHES)


def menu(role: str) -> tuple[Listing, ...]:
    """Return what the main menu shows people of this role, in order."""
    return tuple(app for app in APPS.values() if app.in_menu and role in app.roles)


def checked_parameters(app: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of an address that the app knows and that have their pattern."""
    known = APPS[app].parameters if app in APPS else {}
    return {
        name: value
        for name, value in given.items()
        if name in known and re.fullmatch(known[name], value)
    }
