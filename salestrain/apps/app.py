"""What every app is: it draws its screen, and turns actions into saved steps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from salestrain.language import Text
from salestrain.records.steps import OvertakenError
from salestrain.views.screen import Action, Drawn, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from salestrain.apps.visit import Visit

UNKNOWN = Text("这一页没有这个动作，请重新打开", "This page has no such action; open it again")
UNREADABLE = Text("没看懂刚才的输入，请再试一次", "That input could not be read; try once more")
GONE_ON = Text(
    "这里已经往下走了，刚才的没有算进去。现在显示的是最新的",
    "This had moved on already, so that did not count. Here is where you are now",
)
BUSY = Text("别处正在保存，请再试一次", "Something else is being saved; try once more")
MOST_TRIES = 20
"""So often an action is begun anew because another tab was quicker; each time that one was kept."""


class Fields(BaseModel):
    """What an action carries; a field of several values is a tuple, any other a single value."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Read = TypeVar("Read", bound=Fields)


class _Answering(NamedTuple):
    fields: type[Fields]
    anytime: bool
    method: Callable[..., None]


def action(
    name: str, fields: type[Fields] = Fields, *, anytime: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a method of an app answer the action of this name.

    Args:
        name: As the HTML's ``data-do`` says it.
        fields: What it carries; anything else is refused.
        anytime: Whether it counts even if the screen has moved on since it was sent.
    """

    def mark(method: Callable[..., None]) -> Callable[..., None]:
        method.__dict__["answers"] = name, _Answering(fields, anytime, method)
        return method

    return mark


class App(ABC):
    """An app for one person: its state is folded from saved steps, so any kernel can go on with it.

    A subclass draws, and answers actions with methods marked by ``@action``; what it changes it
    changes by ``Thread.save`` alone.
    """

    name: ClassVar[str]
    _answering: ClassVar[Mapping[str, _Answering]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 (as object has it)
        super().__init_subclass__(**kwargs)
        marked = (value.__dict__["answers"] for value in vars(cls).values() if _is_marked(value))
        cls._answering = {**cls._answering, **dict(marked)}

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.changed: Callable[[], None] = _nobody_watches
        """Called by an app that changes by itself, so that its screen shows it."""

    @property
    @abstractmethod
    def at(self) -> str:
        """Names the step shown; what was sent for another step no longer counts."""

    @abstractmethod
    def draw(self) -> Drawn:
        """Return the whole screen as it is now."""

    def act(self, sent: Action) -> None:
        """Answer an action once: a resend, or one for a screen that has moved on, changes nothing.

        Raises:
            Refused: With the reason for the reader; nothing has changed.
        """
        answering = self._answering.get(sent.name)
        if answering is None:
            raise Refused(UNKNOWN)
        for _ in range(MOST_TRIES):
            with suppress(OvertakenError), self.visit.doing(sent.id):
                return self._answer(answering, sent)
        raise Refused(BUSY)

    def _answer(self, answering: _Answering, sent: Action) -> None:
        if self.visit.diary.has(sent.id):
            return
        if not answering.anytime and sent.at != self.at:
            if sent.fields:  # else nothing is lost: it was a tap on what is no longer there
                self.changed()
                raise Refused(GONE_ON)
            return
        answering.method(self, read_fields(answering.fields, sent.fields))

    def text(self, text: Text) -> str:
        """Return a text in the reader's language."""
        return text.in_(self.visit.language)


def _nobody_watches() -> None:
    pass


def _is_marked(value: object) -> bool:
    return callable(value) and "answers" in getattr(value, "__dict__", {})


def read_fields(model: type[Read], given: Mapping[str, tuple[str, ...]]) -> Read:
    """Return what an action carries; raises Refused if that isn't what the model says."""
    try:
        return model.model_validate(_flat(model, given))
    except ValidationError as error:
        raise Refused(UNREADABLE) from error


def _flat(model: type[Fields], given: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Unwrap the single values of those fields that are no tuples."""
    several = {
        name for name, field in model.model_fields.items() if get_origin(field.annotation) is tuple
    }
    return {
        name: values if name in several or len(values) != 1 else values[0]
        for name, values in given.items()
    }
