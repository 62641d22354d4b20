"""Command: the days of a path, or of mentoring, as iCalendar."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from salestrain.apps.mentor.dates import mentors_calendar, persons_calendar
from salestrain.apps.visit import Visit
from salestrain.cli.app import Lang, Where, app, language_of
from salestrain.cli.people import someone
from salestrain.errors import UsageError
from salestrain.workspace import find_workspace

ONE = "say whose: --person for somebody on a path, --mentor for a mentor, one of them"


@app.command()
def calendar(
    person: Annotated[str, typer.Option(help="Steps, milestones, agreed things of theirs.")] = "",
    mentor: Annotated[str, typer.Option(help="Talks and signatures with their mentees.")] = "",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Print a calendar that phones and computers import, as iCalendar.

    Example: salestrain calendar --mentor R36 > mentoring.ics
    """
    if bool(person) == bool(mentor):
        raise UsageError(ONE)
    place = find_workspace(workspace)
    with someone(person or mentor, workspace) as (records, who):
        visit = Visit(place, records, who, language_of(lang) if lang else who.language)
        text = persons_calendar(visit) if person else mentors_calendar(visit)
    sys.stdout.buffer.write(text.encode())  # its lines end with CR and LF on every system
