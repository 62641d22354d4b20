"""A manager and a newcomer, each with a browser: a cohort, a word, a purpose, what comes of it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_a_word_from_the_managers_desk_reaches_the_newcomers_phone(visitor: Opens) -> None:
    boss = visitor("M2", "desktop")
    boss.open("app/trainer?page=cohorts")
    boss.page.get_by_label("名称").fill("九月新人")
    boss.page.get_by_label("第一天").fill("2026-09-21")
    boss.page.get_by_label("林晓雨").check()
    boss.page.get_by_role("button", name="编好").click()
    boss.page.get_by_text("1 人 · 1 人卡住").wait_for()
    boss.page.get_by_role("tab", name="谁卡住了").click()
    boss.page.get_by_role("button", name="林晓雨").click()
    boss.page.get_by_label("说什么").fill("周四对练你和唐晓一组")
    boss.page.get_by_role("button", name="放到首页").click()
    boss.page.get_by_text("说过的").wait_for()
    boss.page.get_by_role("tab", name="下一个小时带谁").click()
    boss.page.get_by_role("button", name="记下，然后看").click()
    boss.page.get_by_role("heading", name="先查华东二组的单子在报价谈判等什么").first.wait_for()

    lin = visitor("R15")
    lin.open("app/home")
    lin.page.get_by_text("周四对练你和唐晓一组").wait_for()
    lin.page.get_by_role("button", name="知道了").click()
    lin.page.get_by_text("周四对练你和唐晓一组").wait_for(state="detached")
    lin.page.get_by_role("link", name="看差在哪").click()
    lin.ready()
    lin.page.get_by_role("heading", name="5 项说不准").wait_for()
    width = lin.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert (boss.seen.off_host, lin.seen.off_host) == ([], [])
    assert (boss.seen.complaints, lin.seen.complaints) == ([], [])
