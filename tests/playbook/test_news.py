"""A changed rule makes what rests on it stale, and is what those who passed are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from salestrain.playbook.history import carried_on, hashes
from salestrain.playbook.news import News, news_of
from salestrain.playbook.whole import Playbook

FIRST = date(2026, 11, 1)
RULE = "2.2.stalled"


@pytest.fixture(scope="module")
def changed(playbook: Playbook) -> News:
    """What is new after one rule was changed on the tenth, which no check has seen yet."""
    kept = carried_on({}, {**hashes(playbook), RULE: "before"}, FIRST)
    return news_of(playbook, kept, FIRST + timedelta(days=9))


def test_on_the_first_day_nothing_is_new(playbook: Playbook) -> None:
    for kept in ({}, carried_on({}, hashes(playbook), FIRST)):
        found = news_of(playbook, kept, FIRST)
        assert found.stale == frozenset()
        assert found.items_since(FIRST - timedelta(days=1)) >= found.items_since(FIRST)
        assert found.items_since(FIRST) == frozenset()


def test_items_on_a_changed_rule_are_stale(playbook: Playbook, changed: News) -> None:
    citing = {one.id for one in playbook.items.values() if RULE in one.cites}
    assert citing
    assert changed.stale == citing
    assert [*changed.reasons(playbook.items[min(citing)])] == [RULE]


@pytest.mark.parametrize(("day", "stale"), [(9, True), (10, False), (11, False)])
def test_an_item_reviewed_since_is_sound_again(
    playbook: Playbook, changed: News, day: int, *, stale: bool
) -> None:
    item = next(one for one in playbook.items.values() if RULE in one.cites)
    seen = item.model_copy(update={"reviewed": date(2026, 11, day)})
    assert any(changed.reasons(seen)) is stale
    after = replace(changed, items={item.id: seen})
    assert after.items_since(FIRST) == (frozenset() if stale else {item.id})


def test_what_changed_is_asked_of_those_who_passed_before(
    playbook: Playbook, changed: News
) -> None:
    reviewed = {
        id_: one.model_copy(update={"reviewed": date(2026, 11, 20)})
        for id_, one in playbook.items.items()
    }
    after = replace(changed, items=reviewed)
    citing = {one.id for one in playbook.items.values() if RULE in one.cites}
    assert after.items_since(date(2026, 11, 9)) == citing
    assert after.items_since(date(2026, 11, 10)) == frozenset()
