"""The one widget: an app's screen goes down as HTML, what a person does comes back as actions."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import anywidget
import traitlets
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from salestrain.language import Text
from salestrain.views.theme import app_in_notebook, app_notebook_styles

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Mapping

    from salestrain.language import Language

CODE = "screen.js"
RATE, BURST = 20.0, 60.0  # messages a second, and how many may come at once
MOST_BYTES = 32_000
FAILED = Text(
    "这一步没做成，已保存的都还在，请再试一次",
    "That step didn’t work. Everything saved so far is safe; try once more",
)
UNREADABLE = Text(
    "内容太长或读不懂，请改短一些再发", "Too long or unreadable; shorten it and send again"
)
TOO_FAST = Text("操作太快了，请等几秒再试", "That came too fast; wait a few seconds and try again")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an app shows now: finished HTML, the step's name (``item-3``), the tab's title."""

    html: str
    at: str  # an action sent for another step is stale
    title: str


@dataclass(frozen=True, slots=True)
class Action:
    """What a person did; a resend has the same id. Fields are texts only."""

    id: str
    name: str
    at: str
    fields: Mapping[str, tuple[str, ...]]


class Refused(Exception):  # noqa: N818 (an answer, not an error)
    """Nothing was changed; the person is told why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class Actor(Protocol):
    """What a screen shows and tells: an app."""

    def draw(self) -> Drawn:
        """Return the whole screen as it is now."""

    def act(self, action: Action) -> None:
        """Answer an action; raise ``Refused`` if nothing was changed."""


Name = Annotated[str, StringConstraints(max_length=80)]
Values = Annotated[list[Annotated[str, StringConstraints(max_length=8_000)]], Field(max_length=200)]


class _Message(BaseModel):
    """The only thing a client may say."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    do: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    at: Name
    fields: Annotated[dict[Name, Values], Field(max_length=40)]


def read_action(content: object) -> Action | None:
    """Return the action that a client's message is, or None if it breaks any rule or limit."""
    try:
        message = _Message.model_validate(content)
    except ValidationError:
        return None
    texts = [*message.fields, *(value for values in message.fields.values() for value in values)]
    if sum(len(text.encode()) for text in texts) > MOST_BYTES:
        return None
    fields = {name: tuple(values) for name, values in message.fields.items()}
    return Action(message.id, message.do, message.at, fields)


class _Allowance:
    """How many more messages a client may send; it refills with time."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left, self._asked = BURST, clock()

    def spend(self) -> bool:
        now = self._clock()
        self._left = min(BURST, self._left + RATE * (now - self._asked))
        self._asked = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Screen(anywidget.AnyWidget):
    """An app's screen in a page or a notebook cell.

    State goes from kernel to client only: whatever a client claims about it is ignored.

    Args:
        actor: Draws, and answers actions.
        language: The reader's, for what the screen itself says.
        log: Where faults go; by default the kernel's own log, which no client sees.
        clock: Seconds that only grow.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    layout = traitlets.Any(None, allow_none=True).tag(sync=True)  # one widget, not two
    html = traitlets.Unicode().tag(sync=True)
    at = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        actor: Actor,
        language: Language,
        *,
        log: logging.Logger | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._actor, self._spoken = actor, language
        self._allowance, self._drawing = _Allowance(clock), threading.RLock()
        self._in_page = served()  # a served page holds the first screen: it isn't sent once more
        first = self._draw()
        shown = {"html": first.html, "at": first.at, "title": first.title, "language": language}
        given = {"log": log} if log else {}
        super().__init__(_dom_classes=("app",), **shown, **given)

    @traitlets.default("_esm")
    def _code(self) -> str:
        bundle = files("salestrain.views").joinpath(CODE)
        return f"salestrain:{CODE}" if served() else bundle.read_text("utf-8")

    @traitlets.default("_css")
    def _looks(self) -> str:
        return "" if served() else app_notebook_styles()

    def redraw(self) -> None:
        """Show what the actor draws now; may be called from a thread."""
        with self._drawing:
            drawn, self._in_page = self._draw(), False
            with self.hold_sync():  # one message, so that html and at never part
                self.html, self.at, self.title = drawn.html, drawn.at, drawn.title

    def _draw(self) -> Drawn:
        drawn = self._actor.draw()
        if served():
            return drawn
        return Drawn(app_in_notebook(drawn.html, self._spoken), drawn.at, drawn.title)

    def get_state(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 (as it is)
        """Return what a client is told: of the screen itself only what its page doesn't hold."""
        state: dict[str, Any] = super().get_state(*args, **kwargs)
        return {**state, "html": ""} if self._in_page and "html" in state else state

    def set_state(self, sync_data: object) -> None:
        """Ignore state from a client."""

    def _handle_msg(self, msg: Mapping[str, Any]) -> None:
        """Take a client's message; nothing it holds can raise, print or touch a trait."""
        try:
            self._take(msg["content"]["data"])
        except Exception:
            self.log.exception("a screen could not take a message")

    def _take(self, data: Mapping[str, Any]) -> None:
        allowed = self._allowance.spend()
        method = data.get("method")
        if method == "custom":
            self._take_action(data.get("content"), allowed=allowed)
        elif method == "request_state" and allowed:
            self.send_state()
        elif allowed:
            self.log.warning("a screen ignored a message that was no action")

    def _take_action(self, content: object, *, allowed: bool) -> None:
        action = read_action(content) if allowed else None
        if action is not None:
            self._answer(action)
            return
        if allowed:
            self.log.warning("a screen dropped a message beyond its rules or limits")
        given = content.get("id") if isinstance(content, dict) else None
        if isinstance(given, str) and 0 < len(given) <= 64:
            self._refuse(given, UNREADABLE if allowed else TOO_FAST)

    def _answer(self, action: Action) -> None:
        try:
            with self._drawing:
                self._actor.act(action)
                self.redraw()
        except Refused as refused:
            self._refuse(action.id, refused.why)
        except Exception:
            self.log.exception("an app failed at %r", action.name)
            self._refuse(action.id, FAILED)
        else:
            self.send({"done": action.id})

    def _refuse(self, action_id: str, why: Text) -> None:
        self.send({"refused": action_id, "say": why.in_(self._spoken)})

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Show the screen, with what is drawn now for a page that has no kernel yet."""
        bundle = super()._repr_mimebundle_(**kwargs)  # type: ignore[arg-type]
        if bundle is not None:
            looks = f"<style>{self._css}</style>" if self._css else ""
            bundle[0]["text/html"] = looks + self.html
        return bundle


def served() -> bool:
    """Return whether our own server shows the notebook: its page brings code and style sheet."""
    return os.environ.get("SALESTRAIN_SERVED") == "1"
