"""A workspace's notebook with somebody else's widget: Voila's own front end shows it by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import READY_MS
from tests.served import Served, new_workspace
from tests.serving.conftest import notebook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WHY_IT_WENT = "Error: clicker ClickerModel is not in this front end"
# a widget package as others install it: registered with the widget manager, in no bundle of ours
CLICKER = """
import ipywidgets, traitlets

class Clicker(ipywidgets.DOMWidget):
    _model_module = _view_module = traitlets.Unicode("clicker").tag(sync=True)
    _model_module_version = _view_module_version = traitlets.Unicode("1.0.0").tag(sync=True)
    _model_name = traitlets.Unicode("ClickerModel").tag(sync=True)
    _view_name = traitlets.Unicode("ClickerView").tag(sync=True)
    clicks = traitlets.Int(0).tag(sync=True)

clicker, told = Clicker(), ipywidgets.Label("not yet")
clicker.observe(lambda change: setattr(told, "value", f"heard {change['new']}"), "clicks")
ipywidgets.VBox([clicker, told])
"""
PLAIN = """
import ipywidgets
button, told = ipywidgets.Button(description="still here"), ipywidgets.Label("not yet")
button.on_click(lambda _: setattr(told, "value", "pressed"))
ipywidgets.VBox([button, told])
"""
REGISTERS = """
globalThis._JUPYTERLAB ??= {};
globalThis._JUPYTERLAB.clicker = (() => {
  let shared;
  // several versions may be offered; a shared singleton is the latest, as real packages have it
  const latest = async (name) => {
    const versions = Object.keys(shared[name]);
    versions.sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    return (await shared[name][versions.at(-1)].get())();
  };
  const extension = async () => {
    const base = await latest("@jupyter-widgets/base");
    class ClickerModel extends base.DOMWidgetModel {}
    class ClickerView extends base.DOMWidgetView {
      render() {
        const button = document.createElement("button");
        button.textContent = "click me";
        button.onclick = () => {
          this.model.set("clicks", this.model.get("clicks") + 1);
          this.touch();
        };
        this.el.append(button);
      }
    }
    const widgets = { name: "clicker", version: "1.0.0", exports: { ClickerModel, ClickerView } };
    const activate = (_, registry) => registry.registerWidget(widgets);
    const requires = [base.IJupyterWidgetRegistry];
    const plugin = { id: "clicker:plugin", autoStart: true, requires, activate };
    return () => ({ __esModule: true, default: plugin });
  };
  return { init: (scope) => { shared = scope; }, get: extension };
})();
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that has the widget installed, and notebooks that use it."""
    workspace = new_workspace(tmp_path_factory.mktemp("fallback") / "workspace")
    apps = workspace.root / "notebooks" / "apps"
    notebook(apps / "own_clicker.ipynb", CLICKER)
    notebook(apps / "own_asks.ipynb", CLICKER, salestrain={"frontend": "stock"})
    notebook(apps / "own_nowhere.ipynb", CLICKER.replace('"clicker"', '"nowhere"'), PLAIN)
    notebook(apps / "own_plain.ipynb", PLAIN)
    installed = tmp_path_factory.mktemp("data")
    install(installed / "labextensions" / "clicker")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(installed))
        running = Served(workspace).start()
        yield running
        running.stop()


def install(package: Path) -> None:
    """Put the widget's package where pip would."""
    (package / "static").mkdir(parents=True)
    (package / "static" / "remoteEntry.1.js").write_text(REGISTERS)
    build = {"load": "static/remoteEntry.1.js", "extension": "./extension"}
    told = {"name": "clicker", "version": "1.0.0", "jupyterlab": {"_build": build}}
    (package / "package.json").write_text(json.dumps(told))


def test_a_third_party_widget_is_shown_and_usable_by_itself(visitor: Opens) -> None:
    visit = visitor("M1", "desktop")
    visit.page.goto(f"{visit.address}app/own_clicker")
    visit.page.wait_for_url("**/app/own_clicker?frontend=stock")
    for clicks in (1, 2):
        visit.page.get_by_role("button", name="click me").click(timeout=READY_MS)
        visit.page.get_by_text(f"heard {clicks}").wait_for()
    assert visit.seen.off_host == []
    elsewhere = [text for text in visit.seen.complaints if not text.startswith(WHY_IT_WENT)]
    assert elsewhere == []


def test_a_widget_that_nobody_has_leaves_the_rest_usable_and_no_loop(visitor: Opens) -> None:
    visit = visitor("M1", "desktop")
    opened: list[str] = []
    visit.page.on("framenavigated", lambda frame: opened.append(frame.url))
    visit.page.goto(f"{visit.address}app/own_nowhere")
    visit.page.wait_for_url("**/app/own_nowhere?frontend=stock")
    visit.page.get_by_role("button", name="still here").click(timeout=READY_MS)
    visit.page.get_by_text("pressed").wait_for()
    assert len(opened) == 2
    assert visit.seen.off_host == []


def test_a_notebook_may_ask_for_it_at_once(visitor: Opens) -> None:
    visit = visitor("M1", "desktop")
    visit.page.goto(f"{visit.address}app/own_asks")
    visit.page.get_by_role("button", name="click me").click(timeout=READY_MS)
    visit.page.get_by_text("heard 1").wait_for()
    assert visit.page.url.endswith("app/own_asks")
    assert visit.seen.off_host == []
    assert visit.seen.complaints == []


def test_what_our_front_end_can_show_stays_there(visitor: Opens) -> None:
    visit = visitor("M1", "desktop")
    visit.open("app/own_plain")
    visit.page.get_by_role("button", name="still here").click()
    visit.page.get_by_text("pressed").wait_for()
    assert visit.page.url.endswith("app/own_plain")
    assert visit.seen.complaints == []
