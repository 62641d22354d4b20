"""A small company with learners on a path, and its apps opened for any of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from salestrain.apps.app import App
from salestrain.apps.visit import Visit
from salestrain.records import Person
from salestrain.training.paths.path import Deed
from salestrain.training.steps import Step
from salestrain.views.screen import Action
from tests.training.first_week import NOON

LIN = Person("lin", "林晓雨", "Lin Xiaoyu", team="E2")
TANG = Person("tang", "唐<b>晓</b>", "Tang <b>Xiao</b>", team="E2")
OTHER = Person("other", "欧阳文静", "", team="S1")
BOSS = Person("boss", "周建国", "Zhou Jianguo", role="manager", team="E2")
TEACHER = Person("teacher", "沈明", "Shen Ming", role="trainer")
HEAD = Person("head", "何总", "He Zong", role="admin")
TABLES = {
    "people": "person_id,name,name_en,role,team_id,joined_on,left_on\n"
    "ann,安,Ann,rep,E2,2020-01-01,\nzoe,佐,Zoe,rep,S1,2020-01-01,\n",
    "teams": "team_id,name,name_en,region,region_en\nE2,华东二组,East-2,华东,East\n"
    "S1,华南一组,South-1,华南,South\n",
    "opportunities": "opportunity_id,owner_id,outcome,created_on,closed_on,amount,stage\n"
    "d1,ann,won,2026-07-01,2026-09-30,1000,2.2.signing\n",
}
Open = Callable[..., Visit]
Did = Callable[..., None]


def act(app: App, name: str, action_id: str = "", at: str = "", **fields: str) -> None:
    """Send an action as the page would from what is shown now."""
    sent = {key: (value,) for key, value in fields.items()}
    app.act(Action(action_id or f"{name}-{app.at}", name, at or app.at, sent))


def words(html: str) -> str:
    """Return a page's text, its markup left out."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def buttons(html: str) -> list[str]:
    """Return the words on the filled buttons."""
    found = re.findall(r'class="[^"]*button--main[^"]*"[^>]*>(.*?)</(?:a|button)>', html)
    return [words(one) for one in found]


def call(number: int, person: str, **levels: int) -> Deed:
    """Return what a rater does who has heard a real talk of somebody's."""
    data = {
        "about": "call",
        "person": person,
        "levels": {f"4.2.{name}": level for name, level in levels.items()},
        "comment": "not for the page",
        "day": "2026-10-01",
        "customer": f"C{number}",
        "kind": "visit",
    }
    return "roleplay", "ratings", Step("rated", data, NOON + timedelta(minutes=number))
