"""What changed when: the hash of every rule and fact by day, and what rests on those that changed.

`playbook/.history.json` holds, by id, the days on which its content changed and what it hashed to
then. `salestrain check` keeps it; it is committed with the playbook, so that everybody's tells the
same.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from salestrain.errors import ContentError, Fault, Place
from salestrain.playbook.references import MENTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from salestrain.playbook.content import Entry
    from salestrain.playbook.whole import Playbook

    Hashes = Mapping[str, str]
    History = dict[str, list[tuple[str, str]]]

NAME = ".history.json"


class Changed(NamedTuple):
    """An entry that is no longer what it was, when it last changed, and what rests on it."""

    id: str
    on: date
    items: tuple[str, ...]
    scenarios: tuple[str, ...]
    pages: tuple[str, ...]


def hashes(playbook: Playbook) -> dict[str, str]:
    """Return the hash of everything that can be cited: its fields and texts, figures filled in."""
    return {id_: _hash(entry) for id_, entry in sorted(playbook.index.items())}


def read_history(root: Path) -> History:
    """Return a playbook's history; none is an empty one.

    Raises:
        ContentError: If the file was spoilt.
    """
    path = root / NAME
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return {
            id_: [(date.fromisoformat(day).isoformat(), str(found)) for day, found in days]
            for id_, days in written.items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        what, mend = f"can't be read: {error}", "take the committed file, or remove it"
        raise ContentError([Fault(Place(path), what, mend)]) from error


def carried_on(history: History, now: Hashes, today: date) -> History:
    """Return the history with what has changed since its last day; what is gone stays in it."""
    day, after = today.isoformat(), {id_: list(days) for id_, days in history.items()}
    for id_, found in now.items():
        days = after.setdefault(id_, [])
        if not days or days[-1][1] != found:
            after[id_] = [*(each for each in days if each[0] != day), (day, found)]
    return after


def write_history(root: Path, history: History) -> None:
    """Write a history, one id a line, so that two people's changes seldom meet."""
    lines = ",\n".join(f"{json.dumps(id_)}: {json.dumps(history[id_])}" for id_ in sorted(history))
    (root / NAME).write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def changed_since(playbook: Playbook, history: History, since: date) -> Iterator[Changed]:
    """Yield what was there on a day and is different now, with what rests on it."""
    for id_, found in hashes(playbook).items():
        days = history.get(id_, [])
        then = [each for day, each in days if day <= since.isoformat()]
        if then and then[-1] != found:
            yield Changed(
                id_,
                date.fromisoformat(days[-1][0]),
                _citing(playbook.items.values(), id_),
                _citing(playbook.scenarios.values(), id_),
                tuple(
                    page.place.path.name
                    for page in playbook.pages.values()
                    if id_ in MENTION.findall(page.markdown) or id_ in page.markdown.split()
                ),
            )


def _citing(entries: Iterable[Entry], id_: str) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries if id_ in getattr(entry, "cites", ()))


def _hash(entry: Entry) -> str:
    return blake2b(entry.as_written().encode(), digest_size=6).hexdigest()
