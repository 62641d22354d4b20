"""An app answers an action once, and changes nothing but by a saved step."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from salestrain.apps.app import App, Fields, action
from salestrain.apps.visit import Visit
from salestrain.language import Text
from salestrain.records import Person, open_records
from salestrain.views.screen import Action, Drawn, Refused
from salestrain.workspace import Workspace, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
UNREADABLE = "That input could not be read; try once more"
LIN = Person(id="R1", name="林晓雨", name_en="Lin Xiaoyu", role="learner")


class Noted(Fields):
    text: str
    tags: tuple[str, ...] = ()


class Notebook(App):
    """A pad of notes: the smallest app there is."""

    name = "pad"

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.thread = visit.thread("pad", "one")

    @property
    def at(self) -> str:
        return f"note-{len(self.thread.steps)}"

    def draw(self) -> Drawn:
        return Drawn(f"<p>{len(self.thread.steps)}</p>", self.at, "Pad")

    @action("note", Noted)
    def note(self, fields: Noted) -> None:
        if fields.text == "nothing":
            raise Refused(Text("没有内容", "There is nothing in it"))
        self.thread.save("noted", {"text": fields.text, "tags": list(fields.tags)})

    @action("twice", anytime=True)
    def twice(self, _: Fields) -> None:
        self.thread.save_all(("noted", {"text": "a"}), ("noted", {"text": "b"}))

    @action("torn", anytime=True)
    def torn(self, _: Fields) -> None:
        self.thread.save("noted", {"text": "a"})
        self.thread.save("noted", {"text": "b"})


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    records = open_records(tmp_path / "records.db")
    records.people.add(LIN)
    yield Visit(Workspace.at(shipped()), records, LIN, "en", "/", lambda: NOW)
    records.close()


def sent(name: str, at: str = "note-0", id_: str = "a1", **fields: tuple[str, ...]) -> Action:
    return Action(id_, name, at, fields)


def texts(visit: Visit) -> list[str]:
    return [step.data["text"] for step in visit.records.steps.of("R1", "pad", "one")]


def test_an_action_is_committed_when_it_is_answered(visit: Visit) -> None:
    Notebook(visit).act(sent("note", text=("hello",), tags=("x", "y")))
    (step,) = visit.records.steps.of("R1", "pad", "one")
    assert (step.kind, step.data, step.at) == ("noted", {"text": "hello", "tags": ["x", "y"]}, NOW)


def test_a_resend_changes_nothing_not_even_on_another_kernel(visit: Visit) -> None:
    Notebook(visit).act(sent("twice"))
    again = Notebook(visit)
    again.act(sent("twice"))
    assert texts(visit) == ["a", "b"]


def test_what_was_sent_for_a_screen_that_moved_on_changes_nothing(visit: Visit) -> None:
    pad = Notebook(visit)
    pad.act(sent("note", text=("one",)))
    pad.act(sent("note", id_="a2", text=("double tap",)))
    assert texts(visit) == ["one"]


@pytest.mark.parametrize(
    ("name", "fields", "why"),
    [
        ("burn", {}, "This page has no such action; open it again"),
        ("note", {}, UNREADABLE),
        ("note", {"text": ("a", "b")}, UNREADABLE),
        (
            "note",
            {"text": ("a",), "person": ("M1",)},
            UNREADABLE,
        ),
        ("note", {"text": ("nothing",)}, "There is nothing in it"),
    ],
)
def test_what_an_action_may_not_carry_is_refused(
    visit: Visit, name: str, fields: dict[str, tuple[str, ...]], why: str
) -> None:
    with pytest.raises(Refused) as refused:
        Notebook(visit).act(Action("a1", name, "note-0", fields))
    assert refused.value.why.en == why
    assert texts(visit) == []


def test_a_step_needs_an_action(visit: Visit) -> None:
    with pytest.raises(RuntimeError, match="one save for each action"):
        Notebook(visit).thread.save("noted", {"text": "x"})


def test_links_lead_nowhere_without_a_server(visit: Visit) -> None:
    assert visit.link("quiz", set="2.2") == "/app/quiz?set=2.2"
    visit.base_url = ""
    assert visit.link("quiz", set="2.2") == ""


def test_one_action_saves_once_or_it_could_be_torn(visit: Visit) -> None:
    with pytest.raises(RuntimeError, match="one save for each action"):
        Notebook(visit).act(sent("torn"))
    assert texts(visit) == ["a"]
