"""An app answers an action once, and changes nothing but by a saved step."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from salestrain.apps.app import MOST_TRIES, App, Fields, action
from salestrain.apps.visit import Thread, Visit
from salestrain.language import Text
from salestrain.records import Person, Records, open_records
from salestrain.training.steps import Step
from salestrain.views.screen import Action, Drawn, Refused
from salestrain.workspace import Workspace, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
UNREADABLE = "That input could not be read; try once more"
MOVED_ON = "This had moved on already, so that did not count. Here is where you are now"
LIN = Person(id="R1", name="林晓雨", name_en="Lin Xiaoyu", role="learner")


class Noted(Fields):
    text: str
    tags: tuple[str, ...] = ()


class Notebook(App):
    """A pad of notes: the smallest app there is."""

    name = "pad"

    @property
    def thread(self) -> Thread:
        return self.visit.thread("pad", "one")

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
        thread = self.thread
        thread.save("noted", {"text": "a"})
        thread.save("noted", {"text": "b"})


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    records = open_records(tmp_path / "records.db")
    records.people.add(LIN)
    yield visiting(records)
    records.close()


def visiting(records: Records) -> Visit:
    """Return a visit as on a kernel of its own."""
    return Visit(Workspace.at(shipped()), records, LIN, "en", "/", lambda: NOW)


def overtaken(visit: Visit, *others: Callable[[], object]) -> App:
    """Return a pad on which one of these happens each time a step is just about to be saved."""
    happens, taken = iter(others), visit.taken_action

    def late() -> str:
        next(happens, lambda: None)()
        return taken()

    visit.__dict__["taken_action"] = late
    return Notebook(visit)


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


def test_a_resend_of_what_moved_the_screen_on_is_not_told_so(visit: Visit) -> None:
    Notebook(visit).act(sent("note", text=("hello",)))
    for again in (Notebook(visit), Notebook(visiting(visit.records))):
        again.act(sent("note", text=("hello",)))
    assert texts(visit) == ["hello"]


def test_what_was_written_for_a_screen_that_moved_on_is_not_kept_and_that_is_told(
    visit: Visit,
) -> None:
    pad, drawn = Notebook(visit), []
    pad.changed = lambda: drawn.append(pad.at)
    pad.act(sent("note", text=("one",)))
    with pytest.raises(Refused) as refused:
        pad.act(sent("note", id_="a2", text=("from an older screen",)))
    assert refused.value.why.en == MOVED_ON
    assert drawn == ["note-1"], "where they are now is not shown"
    assert texts(visit) == ["one"]


def test_a_bare_tap_on_a_screen_that_moved_on_is_nothing_to_tell(visit: Visit) -> None:
    pad = Notebook(visit)
    pad.act(sent("note", text=("one",)))
    pad.act(sent("note", id_="a2"))
    assert texts(visit) == ["one"]


def test_of_two_tabs_that_write_at_the_same_instant_the_later_is_told(visit: Visit) -> None:
    first = Notebook(visiting(visit.records))
    second = overtaken(visit, lambda: first.act(sent("note", text=("first",))))
    with pytest.raises(Refused) as refused:
        second.act(sent("note", id_="b1", text=("second",)))
    assert refused.value.why.en == MOVED_ON
    assert texts(visit) == ["first"]
    second.act(sent("note", "note-1", "b2", text=("second",)))
    assert texts(visit) == ["first", "second"]


def test_what_still_fits_is_kept_after_what_came_between(visit: Visit) -> None:
    first = Notebook(visiting(visit.records))
    second = overtaken(
        visit, *(lambda id_=id_: first.act(sent("twice", id_=id_)) for id_ in ("x", "y", "z"))
    )
    second.act(sent("twice", id_="b1"))
    assert texts(visit) == ["a", "b"] * 4
    assert [one.id for one in visit.records.steps.since("R1", 0)][-2:] == ["b1", "b1.1"]


def test_what_was_done_elsewhere_in_the_meantime_hinders_nothing(visit: Visit) -> None:
    step = Step("read", {}, NOW)
    pad = overtaken(visit, lambda: visit.records.steps.append("R1", "playbook", "2.2", "r", step))
    pad.act(sent("note", text=("mine",)))
    assert texts(visit) == ["mine"]


def test_a_resend_on_two_kernels_at_once_is_kept_once_and_no_fault(visit: Visit) -> None:
    first = Notebook(visiting(visit.records))
    second = overtaken(visit, lambda: first.act(sent("note", text=("once",))))
    second.act(sent("note", text=("once",)))
    assert texts(visit) == ["once"]


def test_who_is_always_overtaken_is_told_to_try_again(visit: Visit) -> None:
    first, numbers = Notebook(visiting(visit.records)), range(1000)
    others = [lambda n=n: first.act(sent("twice", id_=f"x{n}")) for n in numbers]
    with pytest.raises(Refused) as refused:
        overtaken(visit, *others).act(sent("twice", id_="b1"))
    assert refused.value.why.en == "Something else is being saved; try once more"
    assert len(texts(visit)) == 2 * MOST_TRIES


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
