"""What to do today, how far a path has come, and how steadily one has practised."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.buttons import link_button
from salestrain.views.components.ground import attributes, icon, inside, link, some
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

STATES = {
    "done": Text("已完成", "done"),
    "now": Text("现在", "now"),
    "later": Text("以后", "later"),
    "locked": Text("还没开放", "not open yet"),
}


class Task(NamedTuple):
    """Something to do today; the next one holds the one filled button, worded by ``start``."""

    title: str
    why: str
    minutes: str
    href: str
    symbol: str
    state: Literal["done", "next", "later"] = "later"
    start: str = ""


class Day(NamedTuple):
    """A day's practice; ``label`` stands under its bar, empty for most."""

    minutes: float
    label: str = ""
    so_far: bool = False


class Stop(NamedTuple):
    """A step of a path; ``body`` is finished HTML, such as the button of the step that is on."""

    title: str
    note: str = ""
    state: Literal["done", "now", "later", "locked"] = "later"
    href: str = ""
    body: str = ""


def today_list(title: str, note: str, tasks: Sequence[Task]) -> str:
    """Return the card of what to do today, each with why."""
    head = f'<div class="card-head"><h2>{escape(title)}</h2>{some("span", note, "note")}</div>'
    rows = f'<ol class="today-list">{"".join(map(_task, tasks))}</ol>'
    return f'<section class="card today">{head}{rows}</section>'


def path_progress(done: int, of: int, weeks: Sequence[str], week: int, label: str) -> str:
    """Return a path as small steps over its weeks; ``week`` counts from 0."""
    looks = ["done"] * min(done, of) + ["now"] + [""] * (of - done)
    steps = "".join(f"<span{classes(look)}></span>" for look in looks[:of])
    names = "".join(
        some("b" if place == week else "span", name) for place, name in enumerate(weeks)
    )
    steps = f'<div class="path-steps" role="img"{attributes(aria_label=label)}>{steps}</div>'
    return f'{steps}<div class="path-weeks">{names}</div>'


def rhythm(days: Sequence[Day], label: str) -> str:
    """Return minutes of practice by day; a day without is a line, today's bar is hatched."""
    most, bars = max([1.0, *(day.minutes for day in days)]), ""
    for day in days:
        look = classes("so-far" if day.so_far else "none" if day.minutes <= 0 else "")
        bars += f'<span{look} style="--share:{100 * max(day.minutes, 0) / most:.0f}%"></span>'
    names = "".join(f"<span>{escape(day.label)}</span>" for day in days)
    bars = f'<div class="rhythm" role="img"{attributes(aria_label=label)}>{bars}</div>'
    return f'{bars}<div class="rhythm-days" aria-hidden="true">{names}</div>'


def stepper(stops: Sequence[Stop], language: Language) -> str:
    """Return a path as a map: what is done, where one stands, what comes, what is not open yet."""
    rows = ""
    for stop in stops:
        sign = {"done": icon("check"), "locked": icon("lock")}.get(stop.state, "")
        said = some("span", STATES[stop.state].in_(language), "for-screen-reader")
        title = link(stop.title, "" if stop.state == "locked" else stop.href)
        body = f"<h2>{title} {said}</h2>{some('p', stop.note, 'note')}{stop.body}"
        given = attributes(aria_current="step" if stop.state == "now" else None)
        node = f'<span class="node" aria-hidden="true">{sign}</span>'
        rows += f'<li class="stop stop--{stop.state}"{given}>{node}<div>{body}</div></li>'
    return f'<ol class="stepper">{rows}</ol>'


def _task(task: Task) -> str:
    drawn = f'<span class="kind">{icon("check" if task.state == "done" else task.symbol)}</span>'
    words = some("strong", task.title) + some("span", task.minutes, "minutes")
    tag, given = ("a", attributes(href=task.href)) if inside(task.href) else ("div", "")
    look = f'class="today-task today-task--{task.state}"{given}'
    row = f"<{tag} {look}>{drawn}{words}{some('span', task.why, 'why')}</{tag}>"
    way = task.href if task.start else ""
    start = link_button(task.start, way, look="main wide", symbol="arrow")
    held = f'<div class="start">{start}</div>' if start else ""
    return f"<li>{row}{held}</li>"
