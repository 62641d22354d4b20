"""proposals: what colleagues propose, as a table, as JSON, or as items to be completed."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table

from salestrain.cli.app import Lang, Where, app, err, language_of, out
from salestrain.language import Text
from salestrain.records import open_records, records_place
from salestrain.records.shared import everybodys
from salestrain.training.proposals.proposals import PROPOSALS, State, proposals
from salestrain.training.proposals.skeleton import Credited, skeletons
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from salestrain.language import Language
    from salestrain.records import Person
    from salestrain.training.proposals.proposals import Proposal

TITLES = Text("编号 作者 日期 状态 节 内容", "id author day state section text")
NONE = Text("没有这样的题。", "There are none.")
WIDEST = 60
Form = Literal["table", "yaml", "json"]


@app.command("proposals")
def list_proposals(
    state: Annotated[
        State, typer.Option(help="open, accepted, returned (sent back), rejected or revised.")
    ] = "open",
    form: Annotated[Form, typer.Option("--format", help="yaml: items to be completed.")] = "table",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """List what colleagues propose; accepted ones as items ready for playbook/items.

    Example: salestrain proposals --state accepted --format yaml > playbook/items/4.3-proposals.yaml
    """
    found = [one for one in _credited(workspace) if one.proposal.state == state]
    if form == "yaml":
        typer.echo(skeletons(found), nl=False)
    elif form == "json":
        typer.echo(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=2))
    elif found:
        out.print(_table(found, language_of(lang)), markup=False)
    else:
        err.print(NONE.in_(language_of(lang)))


def _credited(workspace: Path | None) -> list[Credited]:
    place = find_workspace(workspace)
    with closing(open_records(records_place(place.state))) as records:
        people = {one.id: one for one in records.people.all()}
        every = proposals(everybodys(records, "quiz", PROPOSALS))
    return [Credited(one, _name(one, people), _day(one.at)) for one in every]


def _name(one: Proposal, people: dict[str, Person]) -> Text:
    author = people.get(one.author)
    return author.called if author else Text(*[one.author] * 2)


def _day(at: datetime) -> str:
    return at.astimezone(datetime.now(UTC).astimezone().tzinfo).date().isoformat()


def _row(one: Credited) -> dict[str, Any]:
    proposal = one.proposal
    return {
        "id": proposal.id,
        "author": proposal.author,
        "name": one.author.zh,
        "day": one.day,
        "state": proposal.state,
        "decided_by": proposal.decided_by,
        "note": proposal.note,
        **proposal.texts.data,
    }


def _table(found: list[Credited], language: Language) -> Table:
    table = Table(*TITLES.in_(language).split(), box=None)
    for one in found:
        proposal, texts = one.proposal, one.proposal.texts
        text = f"{texts.item}: {texts.why}" if texts.kind == "improvement" else texts.stem
        text = " ".join(text.split())
        text = text if len(text) <= WIDEST else f"{text[:WIDEST]}…"
        name = one.author.in_(language)
        table.add_row(proposal.id, name, one.day, proposal.state, texts.section, text)
    return table
