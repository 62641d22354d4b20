from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.language import Text
from salestrain.views import screen as room
from salestrain.views.screen import Action, Drawn, Refused, Screen, read_action

WHY = Text("先选一个答案", "Choose an answer first")
SECRET = "the key is B"  # noqa: S105


class Counter:
    """Counts presses; refuses or breaks when it is told to."""

    def __init__(self) -> None:
        self.done: list[Action] = []

    def draw(self) -> Drawn:
        return Drawn(f"<p>{len(self.done)}</p>", f"step-{len(self.done)}", "Counting")

    def act(self, action: Action) -> None:
        if action.name == "refuse":
            raise Refused(WHY)
        if action.name == "break":
            raise RuntimeError(SECRET)
        self.done.append(action)


class Line:
    """The comm of a screen: keeps what the kernel sends, hands over what a client says."""

    comm_id = "line"

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.hear: Callable[[object], None] = print

    def on_msg(self, hear: Callable[[object], None]) -> None:
        self.hear = hear

    def send(self, data: dict[str, Any], buffers: object = None) -> None:  # noqa: ARG002
        self.sent.append(data)

    def close(self) -> None: ...

    def say(self, data: object) -> None:
        """Send a client's message as the kernel's comm hands it over."""
        self.hear({"content": {"data": data}, "buffers": []})

    def act(self, **content: object) -> None:
        self.say({"method": "custom", "content": content})

    @property
    def answers(self) -> list[dict[str, str]]:
        return [sent["content"] for sent in self.sent if sent["method"] == "custom"]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESTRAIN_SERVED", "1")


@pytest.fixture
def parts() -> tuple[Counter, Screen, Line, Clock]:
    actor, clock, line = Counter(), Clock(), Line()
    screen = Screen(actor, "en", log=logging.getLogger("test.screen"), clock=clock)
    screen.comm = line
    return actor, screen, line, clock


Parts = tuple[Counter, Screen, Line, Clock]
PRESS: dict[str, object] = {"id": "a1", "do": "press", "at": "step-0", "fields": {"x": ["1", "2"]}}


def test_an_action_reaches_the_actor_and_is_confirmed_after_the_new_screen(parts: Parts) -> None:
    actor, screen, line, _ = parts
    line.act(**PRESS)
    assert actor.done == [Action("a1", "press", "step-0", {"x": ("1", "2")})]
    assert (screen.html, screen.at) == ("<p>1</p>", "step-1")
    update, done = line.sent
    assert update["state"] == {"html": "<p>1</p>", "at": "step-1"}
    assert done["content"] == {"done": "a1"}


def test_a_refusal_says_why_in_the_readers_language_and_changes_nothing(parts: Parts) -> None:
    _, screen, line, _ = parts
    line.act(**{**PRESS, "do": "refuse"})
    assert line.sent == [
        {"method": "custom", "content": {"refused": "a1", "say": "Choose an answer first"}}
    ]
    assert screen.at == "step-0"


def test_an_unexpected_fault_stays_on_the_server(
    parts: Parts, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    _, _, line, _ = parts
    line.act(**{**PRESS, "do": "break"})
    assert line.answers == [{"refused": "a1", "say": room.FAILED.en}]
    assert SECRET in caplog.text
    assert "Traceback" in caplog.text
    assert SECRET not in json.dumps(line.sent)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("trait", ["html", "at", "title", "language", "_esm", "_css", "layout"])
def test_no_trait_can_be_set_by_a_client(parts: Parts, trait: str) -> None:
    _, screen, line, _ = parts
    before = getattr(screen, trait)
    line.say({"method": "update", "state": {trait: "<script>forged</script>"}, "buffer_paths": []})
    screen.set_state({trait: "forged"})
    assert getattr(screen, trait) == before
    assert line.sent == []


@pytest.mark.parametrize(
    "data",
    [
        None,
        17,
        [],
        "update",
        {},
        {"method": None},
        {"method": ["custom"]},
        {"method": "update"},
        {"method": "update", "state": 3, "buffer_paths": [[["x"]]]},
        {"method": "update", "state": {"html": ""}, "buffer_paths": [["no", "such", "place"]]},
        {"method": "custom"},
        {"method": "custom", "content": None},
        {"method": "custom", "content": {"id": 5, "do": "press", "at": "", "fields": {}}},
        {"method": "custom", "content": ["anywidget-command"]},
    ],
)
def test_a_malformed_message_neither_raises_nor_prints_nor_is_answered(
    parts: Parts, data: object, capfd: pytest.CaptureFixture[str]
) -> None:
    actor, _, line, _ = parts
    line.say(data)
    line.hear({})
    assert (line.sent, actor.done) == ([], [])
    assert capfd.readouterr() == ("", "")


def test_a_page_is_not_sent_again_what_it_holds_until_that_changes(parts: Parts) -> None:
    _, screen, line, _ = parts
    line.say({"method": "request_state"})
    assert line.sent.pop()["state"]["html"] == ""
    screen.redraw()
    line.sent.clear()
    line.say({"method": "request_state"})
    assert line.sent.pop()["state"]["html"] == screen.html == "<p>0</p>"


def edge(**changed: object) -> dict[str, object]:
    return {"id": "i" * 64, "do": "d" * 40, "at": "a" * 80, "fields": {"n": ["v" * 8000]}} | changed


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (edge(), True),
        (edge(fields={}), True),
        (edge(id=""), False),
        (edge(id="i" * 65), False),
        (edge(do="d" * 41), False),
        (edge(at="a" * 81), False),
        (edge(fields={"n": ["v" * 8001]}), False),
        (edge(fields={"n": ["v"] * 200}), True),
        (edge(fields={"n": ["v"] * 201}), False),
        (edge(fields={str(n): ["v"] for n in range(40)}), True),
        (edge(fields={str(n): ["v"] for n in range(41)}), False),
        (edge(fields={"n": ["汉" * 8000]}), True),
        (edge(fields={"n": ["汉" * 8000, "汉" * 3000]}), False),
        (edge(fields={"n": "text"}), False),
        (edge(fields={"n": [1]}), False),
        (edge(fields={"n": [None]}), False),
        (edge(fields=[]), False),
        (edge(fields={"n": ["\ud800"]}), False),
        (edge(more=1), False),
    ],
)
def test_a_message_is_taken_up_to_its_limits(content: object, taken: bool) -> None:
    assert (read_action(content) is not None) is taken


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@settings(max_examples=60)
@given(JSON | st.fixed_dictionaries({"id": JSON, "do": JSON, "at": JSON, "fields": JSON}))
def test_any_message_is_read_or_dropped(content: object) -> None:
    action = read_action(content)
    assert action is None or all(
        isinstance(value, str) for values in action.fields.values() for value in values
    )


def test_what_is_too_long_is_answered_so_that_a_person_can_shorten_it(parts: Parts) -> None:
    actor, _, line, _ = parts
    line.act(**{**PRESS, "fields": {"note": ["x" * 9000]}})
    assert line.answers == [{"refused": "a1", "say": room.UNREADABLE.en}]
    assert actor.done == []


def test_sixty_may_come_at_once_and_twenty_a_second_after_that(parts: Parts) -> None:
    actor, _, line, clock = parts
    for number in range(70):
        line.act(**{**PRESS, "id": str(number)})
    assert len(actor.done) == 60
    assert line.answers[60:] == [
        {"refused": str(number), "say": room.TOO_FAST.en} for number in range(60, 70)
    ]
    clock.now = 0.5
    for number in range(70, 90):
        line.act(**{**PRESS, "id": str(number)})
    assert len(actor.done) == 70


def test_state_requests_are_counted_too(parts: Parts) -> None:
    _, _, line, _ = parts
    for _n in range(1000):
        line.say({"method": "request_state"})
    assert len(line.sent) == 60


def test_a_screen_shows_what_changed_by_itself(parts: Parts) -> None:
    actor, screen, line, _ = parts
    screen.redraw()
    assert line.sent == []
    actor.done.append(Action("", "", "", {}))
    screen.redraw()
    assert line.sent[0]["state"] == {"html": "<p>1</p>", "at": "step-1"}


def test_a_served_screen_brings_no_code_and_draws_itself_for_the_page(parts: Parts) -> None:
    _, screen, _, _ = parts
    assert screen._esm == "salestrain:screen.js"
    assert screen._css == ""
    bundle = screen._repr_mimebundle_()
    assert bundle is not None
    assert bundle[0]["text/html"] == "<p>0</p>"
    assert bundle[0]["application/vnd.jupyter.widget-view+json"]["model_id"] == "line"


def test_a_screen_in_a_notebook_brings_its_code_and_its_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SALESTRAIN_SERVED")
    screen = Screen(Counter(), "zh")
    assert "export" in screen._esm
    assert screen._css.startswith(".app {")
    bundle = screen._repr_mimebundle_()
    assert bundle is not None
    html = bundle[0]["text/html"]
    assert html.startswith("<style>.app {")
    assert screen.html == '<div class="app" lang="zh-CN"><p>0</p></div>'
    assert html.endswith(f"</style>{screen.html}")


def test_a_screen_is_one_widget() -> None:
    import ipywidgets  # type: ignore[import-untyped]  # noqa: PLC0415

    before = set(ipywidgets.widgets.widget._instances)
    screen = Screen(Counter(), "zh")
    assert set(ipywidgets.widgets.widget._instances) - before == {screen.model_id}
