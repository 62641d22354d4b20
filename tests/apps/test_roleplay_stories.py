"""Stories of other tools in the app: chosen through, kept at every step, never counted."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from salestrain.apps.roleplay import Roleplay
from salestrain.apps.roleplay.stories import MOST_CHOICES, MOST_SHOWN
from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.training.stories import ink
from salestrain.views.screen import Action, Refused
from tests.apps.practising import Learner, values, visiting
from tests.sample import sample_playbook

INK = Path(__file__).parents[1] / "training" / "stories" / "talk.ink.json"
DOOR = """\
:: StoryTitle
The door <b>opens</b>

:: Start
Who is it? <script>alert(1)</script>
[[Your <i>name</i>->Name]]
[[Nothing->Shut]]

:: Name
Come in.
Sit down.
[[Go round->Start]]
[[Stay->Table]]

:: Table
Tea?

:: Shut
The door closes.
"""


class Shelf:
    """A playbook's stories, and who reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "playbook"
        self.visits: list[Visit] = []
        (self.root / "stories").mkdir(parents=True)

    def put(self, name: str, text: str) -> None:
        (self.root / "stories" / name).write_text(text, encoding="utf-8")

    def visit(self, language: Language = "en", base_url: str = "/") -> Visit:
        visit = visiting(self.folder, language, base_url)
        visit.__dict__["playbook"] = replace(sample_playbook(), root=self.root)
        self.visits.append(visit)
        return visit

    def reader(self, story: str = "", language: Language = "en") -> Learner:
        return Learner(self.visit(language), lambda visit: Roleplay(visit, story=story))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    found = Shelf(tmp_path)
    found.put("door.twee", DOOR)
    yield found
    for visit in found.visits:
        visit.records.close()


def choose(reader: Learner, number: int) -> None:
    reader.act("story_move", move=(values(reader.html, 'name="move"')[number - 1],))


def bubbles(reader: Learner) -> list[str]:
    chat = reader.app.draw().html.partition('role="log"')[2].partition("<form")[0]
    found = re.findall(
        r'<p class="bubble(?! typing)[^>]*>(?:<span[^>]*>[^<]*</span>)?(.*?)</p>', chat, re.DOTALL
    )
    return [*found]


def test_a_story_is_listed_under_a_heading_of_its_own_and_opens_by_its_address(
    shelf: Shelf,
) -> None:
    listed = shelf.reader().html
    assert '<h2 class="kicker">Stories</h2>' in listed
    assert "no score, and it counts nowhere" in listed
    assert 'href="/app/roleplay?story=door"' in listed
    opened = shelf.reader("door")
    assert opened.at == "story-door/1/1"
    assert "Story · not scored" in opened.html
    assert len(values(opened.html, 'name="move"')) == 2


def test_every_choice_is_kept_and_a_reload_goes_on_where_one_was(shelf: Shelf) -> None:
    reader = shelf.reader("door")
    choose(reader, 1)  # after every action a new kernel shows the same
    assert bubbles(reader)[1:] == ["Your &lt;i&gt;name&lt;/i&gt;", "Come in.\nSit down."]
    choose(reader, 2)
    assert reader.at == "story-door/1/3"
    assert "The story ends here." in reader.html
    steps = [(step.kind, dict(step.data)) for step in reader.steps("story.door")]
    assert [kind for kind, _ in steps] == ["began", "moved", "moved"]
    assert steps[2][1] == {"choice": 2, "says": "Stay"}


def test_a_finished_story_can_be_begun_again_and_one_going_on_can_not(shelf: Shelf) -> None:
    reader = shelf.reader("door")
    choose(reader, 2)
    assert "finished" in shelf.reader().html
    reader.act("story_again")
    assert (reader.at, len(bubbles(reader))) == ("story-door/2/1", 1)
    reader.act("story_again")
    assert [step.kind for step in reader.steps("story.door")] == ["began", "moved", "began"]
    choose(reader, 1)
    assert "at step 2" in shelf.reader().html


def test_html_in_a_story_never_runs(shelf: Shelf) -> None:
    for page in (shelf.reader("door"), shelf.reader()):
        html = page.app.draw().html
        assert "<script>" not in html
        assert "<b>opens" not in html
        assert "&lt;b&gt;opens" in html


@pytest.mark.parametrize(
    "fields",
    [
        {"move": ("1",)},
        {"move": ("Nothing",)},
        {"move": ("-1",)},
        {"move": ("",)},
        {"move": ("a", "b")},
        {"move": ("x",), "story": ("other",)},
        {},
    ],
)
def test_forged_choices_are_refused_and_nothing_is_saved(
    shelf: Shelf, fields: dict[str, tuple[str, ...]]
) -> None:
    reader = shelf.reader("door")
    with pytest.raises(Refused) as refused:
        reader.app.act(Action("forged", "story_move", reader.at, fields))
    assert refused.value.why.zh
    assert reader.steps("story.door") == []


def test_a_token_holds_for_its_step_alone(shelf: Shelf) -> None:
    reader = shelf.reader("door")
    first, at = values(reader.html, 'name="move"'), reader.at
    assert not {"1", "2", "Name", "Shut"} & {*first}
    choose(reader, 1)
    with pytest.raises(Refused, match="Choose one of those"):
        reader.act("story_move", move=(first[0],))
    with pytest.raises(Refused, match="had moved on already"):
        reader.act("story_move", at=at, move=(first[1],))
    assert len(reader.steps("story.door")) == 2


@pytest.mark.parametrize("name", ["none", "../door", "story.door", ""])
def test_an_unknown_story_opens_the_choice_and_takes_no_choices(shelf: Shelf, name: str) -> None:
    reader = shelf.reader(name)
    assert reader.at == "choose"
    with pytest.raises(Refused):
        reader.act("story_move", move=("x",))
    with pytest.raises(Refused):
        reader.app.act(Action("o", "open", reader.at, {"name": (f"story-{name}",)}))


def test_without_a_server_a_story_opens_by_an_action(shelf: Shelf) -> None:
    app = Roleplay(shelf.visit(base_url=""))
    assert "href=" not in app.draw().html
    app.act(Action("a", "open", "choose", {"name": ("story-door",)}))
    assert app.at == "story-door/1/1"
    app.act(Action("b", "open", app.at, {"name": ("",)}))
    assert app.at == "choose"


def test_a_story_that_changed_begins_anew_and_says_so(shelf: Shelf) -> None:
    reader = shelf.reader("door")
    choose(reader, 1)
    shelf.put("door.twee", DOOR.replace("Your <i>name</i>", "Who you are"))
    again = shelf.reader("door")
    assert again.at == "story-door/2/1"
    assert "It begins anew." in again.html
    choose(again, 1)
    assert "It begins anew." not in again.html
    assert [step.kind for step in again.steps("story.door")] == ["began", "moved"] * 2


def test_a_choice_that_only_moved_is_still_the_same(shelf: Shelf) -> None:
    reader = shelf.reader("door")
    choose(reader, 1)
    before, (ask, nothing) = bubbles(reader), DOOR.split("\n")[5:7]
    shelf.put("door.twee", DOOR.replace(f"{ask}\n{nothing}", f"{nothing}\n{ask}"))
    assert bubbles(shelf.reader("door")) == before


def test_a_story_of_one_language_is_listed_to_its_readers(shelf: Shelf) -> None:
    shelf.put("tea.zh.twee", ":: Start\n喝茶。\n")
    assert "story=tea.zh" in shelf.reader(language="zh").html
    assert "story=tea.zh" not in shelf.reader(language="en").html
    assert '<p class="bubble" data-spoken lang="zh">喝茶。</p>' in shelf.reader("tea.zh", "en").html
    assert 'lang="zh"' not in shelf.reader("tea.zh", "zh").html


def test_a_faulty_story_is_left_out_and_the_log_says_why(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.put("gate.twee", ":: Start\n[[Go->Nowhere]]\n")
    with caplog.at_level(logging.WARNING):
        listed = shelf.reader().html
    assert "story=gate" not in listed
    assert "story=door" in listed
    assert "playbook/stories/gate.twee:2: a link leads to 'Nowhere'" in caplog.text
    assert shelf.reader("gate").at == "choose"


def test_an_ink_story_says_a_choice_once_and_keeps_its_inside_to_itself(shelf: Shelf) -> None:
    shelf.put("talk.ink.json", INK.read_text("utf-8"))
    reader = shelf.reader("talk", "zh")
    choose(reader, 1)
    assert bubbles(reader) == ["这个价格太贵了。", "您主要担心哪一块？", "今年的预算只剩八万了。"]
    choose(reader, 2)
    assert "故事到这里结束" in reader.html
    html = reader.app.draw().html
    assert not [
        word for word in ("asked", "weather", "客户", "inkVersion", "turnIdx") if word in html
    ]


def test_without_the_ink_extra_its_stories_are_left_out(
    shelf: Shelf, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("talk.ink.json", INK.read_text("utf-8").replace("天气", "风"))
    monkeypatch.setitem(sys.modules, "bink.story", None)
    with caplog.at_level(logging.WARNING):
        listed = shelf.reader().html
    assert "story=talk" not in listed
    assert "story=door" in listed
    assert f"playbook/stories/talk.ink.json: {ink.NEEDS}" in caplog.text


def test_a_fault_met_on_the_way_saves_nothing(shelf: Shelf) -> None:
    text = INK.read_text("utf-8")
    broken = text.replace('"\\n","end",null],"global', '"\\n",null],"global')  # no -> END
    assert broken != text
    shelf.put("talk.ink.json", broken)
    reader = shelf.reader("talk")
    choose(reader, 1)
    with pytest.raises(Refused, match="has a fault there"):
        choose(reader, 2)
    assert len(reader.steps("story.talk")) == 2
    assert reader.at == "story-talk/1/2"


def test_a_long_way_shows_its_end_and_comes_to_one(shelf: Shelf) -> None:
    reader = shelf.reader("door")
    choose(reader, 1)
    says = ["Go round", "Your <i>name</i>"] * (MOST_CHOICES // 2)
    moved = [("moved", {"choice": 1, "says": text}) for text in says[: MOST_CHOICES - 1]]
    with reader.visit.doing("far"):
        reader.visit.thread("roleplay", "story.door").save_all(*moved)
    assert reader.at == f"story-door/1/{MOST_CHOICES + 1}"
    assert values(reader.html, 'name="move"') == []
    assert f"That was {MOST_CHOICES} steps" in reader.html
    assert f"Earlier steps: {MOST_CHOICES - MOST_SHOWN}" in reader.html
    assert len(bubbles(reader)) == 2 * MOST_SHOWN + 2


def test_long_texts_of_before_are_left_out(shelf: Shelf) -> None:
    shelf.put("long.twee", f":: Start\n{'word ' * 5_000}\n[[On->End]]\n:: End\nThe end.\n")
    reader = shelf.reader("long")
    choose(reader, 1)
    assert len(reader.html) < 5_000
    assert "Earlier steps: 1" in reader.html
    assert bubbles(reader) == ["On", "The end."]


def test_a_playbook_of_stories_alone_lists_them(shelf: Shelf) -> None:
    visit = shelf.visit()
    visit.__dict__["playbook"] = replace(visit.playbook, scenarios={})
    assert "story=door" in Roleplay(visit).draw().html


def test_nothing_of_a_story_is_a_talk_anybody_rates(shelf: Shelf) -> None:
    reader = shelf.reader("door")
    choose(reader, 2)
    assert {step.kind for step in reader.steps("story.door")} == {"began", "moved"}
    assert reader.app.scope.recent(reader.visit.playbook.scenarios, 10) == []  # type: ignore[attr-defined]
