"""A workspace's notebook made of plain ipywidgets: our own front end shows and moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.served import Served, new_workspace
from tests.serving.conftest import notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CONTROLS = """
import ipywidgets as w
from IPython.display import display

told, out = w.Label("nothing yet"), w.Output()

def tell(change):
    told.value = f"{type(change['owner']).__name__} {change['new']}"

def pressed(_):
    with out:
        print("pressed", flush=True)

def live(control, trait="value"):
    control.observe(tell, trait)
    return control

button = w.Button(description="press")
button.on_click(pressed)
pair = {"children": [w.Label("first inside"), w.Label("second inside")], "titles": ["one", "two"]}
tab, fold = live(w.Tab(**pair), "selected_index"), live(w.Accordion(**pair), "selected_index")
number, text = live(w.BoundedIntText(value=3, max=9)), live(w.Text(continuous_update=False))
tick, pick = live(w.Checkbox(description="agreed")), live(w.Dropdown(options=["red", "blue"]))
chosen, slid = live(w.ToggleButtons(options=["left", "right"])), live(w.IntSlider(value=3, max=9))
display(told, tab, fold, number, text, tick, pick, chosen, slid, button, out)
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    workspace = new_workspace(tmp_path_factory.mktemp("controls") / "workspace")
    notebook(workspace.root / "notebooks" / "apps" / "own_controls.ipynb", CONTROLS)
    running = Served(workspace).start()
    yield running
    running.stop()


def test_controls_move_their_kernel_and_are_moved_by_it(visitor: Opens) -> None:
    visit = visitor("M1", "desktop")
    visit.open("app/own_controls")
    page = visit.page
    page.get_by_role("tab", name="two").click()
    page.get_by_text("Tab 1").wait_for()
    assert page.locator(".widget-tab").get_by_text("second inside").is_visible()
    assert not page.locator(".widget-tab").get_by_text("first inside").is_visible()
    page.locator(".widget-accordion").get_by_text("one").click()
    page.get_by_text("Accordion 0").wait_for()
    page.get_by_role("spinbutton").fill("7")
    page.keyboard.press("Enter")
    page.get_by_text("BoundedIntText 7").wait_for()
    page.locator("input[type=text]").fill("said")
    page.keyboard.press("Enter")
    page.get_by_text("Text said").wait_for()
    page.get_by_text("agreed").click()
    page.get_by_text("Checkbox True").wait_for()
    page.locator("select").select_option("blue")
    page.get_by_text("Dropdown blue").wait_for()
    page.get_by_role("button", name="right").click()
    page.get_by_text("ToggleButtons right").wait_for()
    page.get_by_role("slider").press("ArrowRight")
    page.get_by_text("IntSlider 4").wait_for()
    page.get_by_role("button", name="press").click()
    page.get_by_text("pressed").wait_for()
    assert visit.seen.complaints == []
    assert visit.page.url.endswith("app/own_controls")
