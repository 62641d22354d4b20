"""Who may open what, and what an address may carry."""

from __future__ import annotations

import pytest

from salestrain.apps.registry import APPS, checked_parameters, may_open, menu


@pytest.mark.parametrize(
    ("role", "app", "may"),
    [
        ("learner", "quiz", True),
        ("learner", "manager", False),
        ("trainer", "manager", False),
        ("manager", "manager", True),
        ("learner", "gallery", False),
        ("learner", "our_own_notebook", False),
        ("manager", "our_own_notebook", True),
        ("nobody", "home", False),
    ],
)
def test_a_role_opens_its_apps_and_no_other(role: str, app: str, may: bool) -> None:
    assert may_open(role, app) is may


def test_the_menu_shows_a_learner_no_door_that_is_locked() -> None:
    for role in ("learner", "trainer", "manager", "admin"):
        assert all(may_open(role, listing.name) for listing in menu(role))
    assert [listing.name for listing in menu("learner")] == ["home", "quiz", "roleplay", "playbook"]


@pytest.mark.parametrize(
    ("app", "given", "kept"),
    [
        ("quiz", {"set": "2.2"}, {"set": "2.2"}),
        ("quiz", {"set": "../2.2"}, {}),
        ("quiz", {"set": "2.2\n"}, {}),
        ("quiz", {"person": "M1", "workspace": "/"}, {}),
        ("roleplay", {"scenario": "2.2.s.price_objection"}, {"scenario": "2.2.s.price_objection"}),
        ("roleplay", {"story": "第一天.zh"}, {"story": "第一天.zh"}),
        ("roleplay", {"story": "../door"}, {}),
        ("playbook", {"find": "停滞"}, {"find": "停滞"}),
        ("playbook", {"find": "a\x00b"}, {}),
        ("our_own_notebook", {"anything": "1"}, {}),
    ],
)
def test_an_address_carries_only_what_the_app_knows(
    app: str, given: dict[str, str], kept: dict[str, str]
) -> None:
    assert checked_parameters(app, given) == kept


def test_no_parameter_can_say_who_is_here() -> None:
    for listing in APPS.values():
        assert not {"person", "language", "workspace", "base_url"} & listing.parameters.keys()
