"""Commands on who may come in: people add, list, invite, revoke, role, leave, pin and more."""

from __future__ import annotations

import csv
import io
import json
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Literal

import segno
import typer
from rich.table import Table

from salestrain.cli.app import Lang, Where, app, err, language_of, out
from salestrain.cli.forgetting import forgotten
from salestrain.crm.export import escape_formula
from salestrain.errors import UsageError
from salestrain.language import Text
from salestrain.records import MYSELF, Person, Records, open_records, read_secret, records_place
from salestrain.records.audit import COMMAND_LINE
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from salestrain.workspace import Workspace

people = typer.Typer(help="Who may come in: add, invite, change, forget.", no_args_is_help=True)
app.add_typer(people, name="people")

COLUMNS = ("id", "name", "name_en", "role", "team", "language", "active", "has_pin")
TITLES = Text(
    "编号 姓名 英文名 角色 团队 语言 在职 口令", "id name in_English role team reads active PIN"
)
SIGNS = {None: "", True: "✓", False: "–"}
ADDED = Text("添加了 {name}（{id}）。", "Added {name} ({id}).")
LINK_IS = Text("{name} 的链接，{day} 之前有效：", "The link for {name}, good until {day}:")
REVOKED = Text(
    "收回了 {name} 的链接，各处都已退出。", "Took back the links of {name}; they are signed out."
)
NOW = Text("{name} 现在是 {role}。", "{name} is now {role}.")
LEFT = Text("{name} 已离开，记录保留。", "{name} has left; what they did is kept.")
BACK = Text("{name} 又可以登录了。", "{name} may sign in again.")
PIN_SET = Text("{name} 的口令设好了。", "The PIN of {name} is set.")
PIN_GONE = Text("{name} 没有口令了。", "{name} has no PIN any more.")
ASK_PIN = Text("六位数字的口令", "PIN of six digits")

Role = Literal["learner", "trainer", "manager", "admin"]
Who = Annotated[str, typer.Argument(help="An id, part of a name, or initials such as lxy.")]


@people.command()
def add(  # noqa: PLR0913, PLR0917 (what there is to say of a person)
    person_id: Annotated[str, typer.Argument(help="Theirs in the CRM, if they are in it.")],
    name: Annotated[str, typer.Argument(help="As colleagues write it.")],
    name_en: Annotated[str, typer.Option(help="In Latin letters.")] = "",
    role: Annotated[Role, typer.Option(help="What they may open.")] = "learner",
    team: Annotated[str, typer.Option(help="Id of their team.")] = "",
    reads: Annotated[Literal["zh", "en"], typer.Option(help="The language they read.")] = "zh",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Add somebody who is not in the CRM.

    Example: salestrain people add T1 周文 --name-en "Zhou Wen" --role trainer
    """
    with opened(workspace) as records:
        if not records.people.add(Person(person_id, name, name_en, role, team, reads)):
            taken = records.people.get(person_id).name
            raise UsageError(f"the id {person_id!r} is taken by {taken}; choose another")
    _say(ADDED, lang, name=name, id=person_id)


@people.command("list")
def list_(
    text: Annotated[str, typer.Argument(help="Only whom it may mean.")] = "",
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format")] = "table",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """List people, by team.

    Example: salestrain people list --format csv
    """
    with opened(workspace) as records:
        rows = [{key: asdict(one)[key] for key in COLUMNS} for one in records.people.find(text)]
    if form == "json":
        typer.echo(_as_json(rows))
    elif form == "csv":
        typer.echo(_as_csv([list(COLUMNS), *(list(row.values()) for row in rows)]), nl=False)
    else:
        table = Table(*TITLES.in_(language_of(lang)).split(), box=None)
        for row in rows:
            table.add_row(*(SIGNS.get(cell, cell) for cell in row.values()))
        out.print(table, markup=False)


@people.command()
def invite(
    who: Who,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long the link is good.")] = 14,
    host: Annotated[
        str, typer.Option(help="Where others reach the server.")
    ] = "http://127.0.0.1:8866",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Print a link, and its QR code, by which somebody comes in on phone and desktop.

    Example: salestrain people invite 林晓雨 --host https://practice.example.com
    """
    with someone(who, workspace) as (records, person):
        made = records.invitations.invite(person.id, by="command line", days=days)
    link = f"{'' if '://' in host else 'http://'}{host.rstrip('/')}/join/{made.token}"
    day = made.expires_at.astimezone().date()
    err.print(LINK_IS.in_(language_of(lang)).format(name=person.name, day=day), markup=False)
    typer.echo(link)
    segno.make(link).terminal(out=sys.stderr, compact=True)


@people.command()
def revoke(who: Who, workspace: Where = None, lang: Lang = None) -> None:
    """Take back all links of somebody and sign them out everywhere, as when a phone is lost.

    Example: salestrain people revoke lxy
    """
    with someone(who, workspace) as (records, person):
        for link in records.invitations.of(person.id):
            records.invitations.revoke(link.id)
        records.people.sign_out_everywhere(person.id)
    _say(REVOKED, lang, name=person.name)


@people.command()
def role(who: Who, role: Role, workspace: Where = None, lang: Lang = None) -> None:
    """Change what somebody may open.

    Example: salestrain people role lxy trainer
    """
    with someone(who, workspace) as (records, person):
        records.people.set_role(person.id, role)
    _say(NOW, lang, name=person.name, role=role)


@people.command()
def leave(
    who: Who,
    back: Annotated[bool, typer.Option("--back", help="They are here again.")] = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Let somebody who left sign in no more; what they did is kept.

    Example: salestrain people leave R07
    """
    with someone(who, workspace) as (records, person):
        records.people.update(replace(person, active=back))
    _say(BACK if back else LEFT, lang, name=person.name)


@people.command()
def pin(
    who: Who,
    remove: Annotated[bool, typer.Option("--remove", help="They need none.")] = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Set somebody's PIN, typed unseen or piped in.

    Example: salestrain people pin lxy
    """
    with someone(who, workspace) as (records, person):
        words, unseen = ASK_PIN.in_(language_of(lang)), sys.stdin.isatty()
        typed = None if remove else typer.prompt(words, hide_input=unseen, err=True)
        records.people.set_pin(person.id, typed)
    _say(PIN_GONE if remove else PIN_SET, lang, name=person.name)


@people.command()
def forget(
    who: Who,
    yes: Annotated[bool, typer.Option("--yes", help="I mean it.")] = False,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Erase somebody on their request: name, PIN, links and all they did, for good.

    It searches for them afterwards and says where it looked; exit 1 names what still names them.

    Example: salestrain people forget R07 --yes
    """
    with someone(who, workspace) as (records, person):
        if not yes:
            count = len(records.steps.of_person(person.id))
            what = f"this erases {person.name} ({person.id}) and {count} steps for good"
            raise UsageError(f"{what}; add --yes")
        if not forgotten(find_workspace(workspace), records, person, language_of(lang)):
            raise typer.Exit(1)


@people.command()
def export(who: Who, workspace: Where = None) -> None:
    """Print everything kept about somebody, as JSON.

    Example: salestrain people export lxy > lin-xiaoyu.json
    """
    with someone(who, workspace) as (records, person):
        records.audit.saw(COMMAND_LINE, person.id, "export")
        typer.echo(_as_json(records.people.export(person.id)))


@contextmanager
def opened(workspace: Path | None) -> Iterator[Records]:
    """Open the workspace's records; on the first time its CRM's people are in them."""
    place = find_workspace(workspace)
    secret = read_secret(place.state)
    records = open_records(records_place(place.state), secret=secret, state=place.state)
    try:
        if all(person.id == MYSELF.id for person in records.people.all()):
            _seed(records, place)
        yield records
    finally:
        records.close()


def _seed(records: Records, place: Workspace) -> None:
    from salestrain.crm.store import open_crm  # noqa: PLC0415 (heavy, needed once)
    from salestrain.serving.house import people_of  # noqa: PLC0415 (as heavy)

    with suppress(UsageError):  # a workspace without CRM data
        for person in people_of(open_crm(place), "zh"):
            records.people.add(person)


@contextmanager
def someone(who: str, workspace: Path | None) -> Iterator[tuple[Records, Person]]:
    """Open the records for work on the one person a text means."""
    with opened(workspace) as records:
        found = records.people.find(who)
        exact = [one for one in found if who in {one.id, one.name, one.name_en}]
        if len(exact or found) != 1:
            names = ", ".join(f"{one.id} {one.name}" for one in found[:8])
            mend = f"write the id: {names}" if found else "see `salestrain people list`"
            meant = f"{len(found)} people" if found else "nobody"
            raise UsageError(f"{who!r} means {meant}; {mend}")
        yield records, (exact or found)[0]


def _say(text: Text, lang: str | None, **facts: object) -> None:
    out.print(text.in_(language_of(lang)).format(**facts), markup=False)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _as_csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    safe = [["" if cell is None else escape_formula(str(cell)) for cell in row] for row in rows]
    csv.writer(text, lineterminator="\n").writerows(safe)
    return text.getvalue()
