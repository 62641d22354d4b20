"""The command check: every fault at once, what is covered, and what a change has made stale."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salestrain import __version__
from salestrain.cli.app import Lang, Where, app, err, language_of, out
from salestrain.errors import SalestrainError, UsageError
from salestrain.language import LANGUAGES
from salestrain.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from salestrain.language import Language

WATCHED_EVERY = 0.5
KEPT = "checked.json"
CODE = Path(__file__).parents[1]


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="The workspace; default: nearest.")] = None,
    stale: Annotated[
        str, typer.Option(help="List what changed since a day (2026-11-01) and what rests on it.")
    ] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Check again on every change.")] = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Check playbook, data and notebooks: every fault with file, line, and how to mend it.

    Example: salestrain check our-sales --stale 2026-11-01
    """
    place, language = find_workspace(folder or workspace), language_of(lang)
    since = _day(stale) if stale else None
    if watch:
        _watched(place, lambda: _check(place, language))
        return
    _check(place, language)
    if since:
        from salestrain.cli.checks import tell_stale  # noqa: PLC0415 (heavy; a warm check is quick)

        tell_stale(place, since, language)


def _check(place: Workspace, language: Language) -> None:
    """Check, unless nothing has changed since the last sound check; then tell that one again."""
    kept = place.state / KEPT
    says = _kept(kept, _digest(place))
    if says is None:
        from salestrain.cli.checks import checked  # noqa: PLC0415 (heavy; a warm check is quick)

        says = checked(place)
        kept.parent.mkdir(parents=True, exist_ok=True)
        found = {"of": _digest(place), "says": says}  # the history may have grown
        kept.write_text(json.dumps(found), encoding="utf-8")
    out.print(says[language], markup=False)


def _kept(path: Path, digest: str) -> dict[Language, str] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        says = {each: str(found["says"][each]) for each in LANGUAGES}
        return says if found["of"] == digest else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _digest(place: Workspace) -> str:
    ink = find_spec("bink") is not None  # with it come faults, or go
    digest = hashlib.sha256(f"{__version__} {ink}\n".encode())
    for path in sorted(_files(place)):
        stat = path.stat()
        digest.update(f"{path}\0{stat.st_mtime_ns}\0{stat.st_size}\n".encode())
    return digest.hexdigest()


def _files(place: Workspace) -> list[Path]:
    found = [*place.playbook.rglob("*"), *place.data.glob("*.csv")]
    found += [
        *(place.root / "notebooks").rglob("*.ipynb"),
        *Path(__file__).parents[1].rglob("*.py"),
    ]
    return [path for path in found if path.is_file()]


def _watched(place: Workspace, again: Callable[[], None]) -> None:
    before = ""
    while True:
        if _digest(place) != before:
            try:
                again()
            except SalestrainError as error:
                err.print(str(error), markup=False)
            before = _digest(place)
        time.sleep(WATCHED_EVERY)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--stale takes a day like 2026-11-01, not {text!r}") from None
