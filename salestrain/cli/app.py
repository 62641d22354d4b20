"""What all commands share: the options, the two consoles, the reader's language."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer
from rich.console import Console

from salestrain import __version__

if TYPE_CHECKING:
    from salestrain.language import Language

app = typer.Typer(
    help="Practice and reviews from one sales playbook. 一份销售手册，练习和回顾都从它来。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Where = Annotated[
    Path | None,
    typer.Option("--workspace", help="Folder with playbook/, data/, notebooks/; default: nearest."),
]
Lang = Annotated[
    Literal["zh", "en"] | None, typer.Option("--lang", help="zh or en; default: the system's.")
]
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def language_of(chosen: str | None) -> Language:
    """Return the chosen language, else that of the system's locale."""
    if chosen:
        return cast("Language", chosen)
    named = next((os.environ[key] for key in ("LC_ALL", "LANG") if os.environ.get(key)), "")
    return "zh" if named.lower().startswith("zh") else "en"


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Commands work on the nearest workspace upward, else on the shipped sample company."""
    if version:
        out.print(__version__)
        raise typer.Exit
