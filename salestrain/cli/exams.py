"""Commands on exams: who has passed, is a certificate genuine, more time or another attempt."""

from __future__ import annotations

import csv
import io
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table

from salestrain.cli.app import Lang, Where, app, language_of, out
from salestrain.cli.people import Who, someone
from salestrain.crm.export import escape_formula
from salestrain.errors import SalestrainError, UsageError, did_you_mean
from salestrain.language import Text, day
from salestrain.playbook.load import load_playbook
from salestrain.records import open_records, read_secret, records_place
from salestrain.training.exams.admission import GRANTED, GRANTS, passed
from salestrain.training.exams.certificate import found
from salestrain.training.exams.exam import attempts
from salestrain.training.steps import Step
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salestrain.playbook.exams import Exam
    from salestrain.playbook.whole import Playbook
    from salestrain.records import Person, Records
    from salestrain.training.exams.exam import Attempt
    from salestrain.workspace import Workspace

exam = typer.Typer(
    help="Exams: results, certificates, more time or another attempt.", no_args_is_help=True
)
app.add_typer(exam, name="exam")

COLUMNS = ("exam", "person", "name", "attempts", "share", "passed", "valid_until")
TITLES = Text("考试 编号 姓名 次数 得分 通过 有效期至", "exam id name attempts share passed until")
GENUINE = Text(
    "真的：{name}（{id}）在 {day} 以 {share} 通过了「{exam}」。",
    "Genuine: {name} ({id}) passed “{exam}” on {day} with {share}.",
)
EXPIRED = Text("这张证书已经过期。", "It is no longer valid.")
FALSE = Text("这里没有这张证书。", "There is no such certificate here.")
ALLOWED = Text("{name} 可以：{what}。", "{name} may have: {what}.")
EXTRA = Text("多 {share} 的时间", "{share} more time")
MORE = Text("再考 {count} 次", "{count} further attempts")
EVERY = ""
"""Stands for all exams in a grant."""


@dataclass(frozen=True)
class _Office:
    """Where exams are looked after: the workspace, its exams and records."""

    place: Workspace
    playbook: Playbook
    records: Records

    @classmethod
    def at(cls, workspace: Path | None) -> _Office:
        place = find_workspace(workspace)
        playbook = load_playbook(place.playbook, prove=False)
        secret = read_secret(place.state)
        return cls(place, playbook, open_records(records_place(place.state), secret=secret))

    def taken(self) -> Iterator[tuple[Person, Exam, tuple[Attempt, ...]]]:
        people = {one.id: one for one in self.records.people.all()}
        for id_, deeds in self.records.steps.of_people(people).items():
            for each in self.playbook.exams.values():
                steps = [step for app, name, step in deeds if (app, name) == ("quiz", each.id)]
                if steps:
                    yield people[id_], each, attempts(each, steps, self.playbook.items)

    def exam(self, name: str) -> str:
        if name and name not in self.playbook.exams:
            raise UsageError(f"no exam {name!r}; {did_you_mean(name, self.playbook.exams)}")
        return name


@exam.command()
def results(
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format")] = "table",
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """List who has taken which exam, with the best share and until when a pass holds.

    Example: salestrain exam results --format csv
    """
    office, now = _Office.at(workspace), datetime.now(UTC).astimezone()
    rows = [_row(*one, now) for one in office.taken()]
    rows.sort(key=lambda row: (str(row["exam"]), str(row["person"])))
    if form == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        written = io.StringIO()
        writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: escape_formula(str(v)) for k, v in row.items()} for row in rows)
        typer.echo(written.getvalue(), nl=False)
    else:
        table = Table(*TITLES.in_(language_of(lang)).split(), box=None)
        for row in rows:
            table.add_row(*(str(cell) for cell in row.values()))
        out.print(table, markup=False)


def _row(
    person: Person, of: Exam, taken: tuple[Attempt, ...], now: datetime
) -> dict[str, str | int | float]:
    held = passed(of, taken, now)
    over = [one.share for one in taken if not one.is_open(now)]
    until = held.until.isoformat() if held and held.until else ""
    yes = "yes" if held else "no"
    best = round(max(over, default=0), 4)
    cells = of.id, person.id, person.name, len(taken), best, yes, until
    return dict(zip(COLUMNS, cells, strict=True))


@exam.command()
def check(
    code: Annotated[str, typer.Argument(help="The code on a certificate.")],
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Say whether a certificate is genuine, and whose it is; exit 1 if it isn't.

    Example: salestrain exam check 7K2M-Q4ZT-09XA
    """
    office, now, say = _Office.at(workspace), datetime.now(UTC).astimezone(), language_of(lang)
    passes = [
        (person.id, one)
        for person, _, taken in office.taken()
        for one in taken
        if one.passed and not one.difference and not one.is_open(now)
    ]
    match = found(code, read_secret(office.place.state), passes)
    if match is None:
        raise SalestrainError(FALSE.in_(say))
    person, attempt = office.records.people.get(match[0]), match[1]
    facts = {
        "name": person.name,
        "id": person.id,
        "day": day(attempt.ended_at.astimezone().date(), say),
        "share": f"{attempt.share:.0%}",
        "exam": attempt.exam.title.in_(say),
    }
    out.print(GENUINE.in_(say).format(**facts), markup=False)
    if passed(attempt.exam, [attempt], now) is None:
        out.print(EXPIRED.in_(say))


@exam.command()
def allow(
    who: Who,
    name: Annotated[str, typer.Option("--exam", help="Which exam; default: all.")] = EVERY,
    extra_time: Annotated[
        int | None, typer.Option(min=0, max=200, help="Percent more time, from the next attempt.")
    ] = None,
    attempts_: Annotated[
        int | None, typer.Option("--attempts", min=1, max=20, help="So many further attempts.")
    ] = None,
    workspace: Where = None,
    lang: Lang = None,
) -> None:
    """Grant somebody more time, or further attempts.

    Example: salestrain exam allow R20 --extra-time 25
    """
    office, say = _Office.at(workspace), language_of(lang)
    data: dict[str, str | int | float] = {"exam": office.exam(name), "by": "command line"}
    told = []
    if extra_time is not None:
        data["extra_share"] = extra_time / 100
        told.append(EXTRA.in_(say).format(share=f"{extra_time}%"))
    if attempts_ is not None:
        data["attempts"] = attempts_
        told.append(MORE.in_(say).format(count=attempts_))
    if not told:
        raise UsageError("nothing to grant; give --extra-time 25 or --attempts 1")
    step = Step(GRANTED, data, datetime.now(UTC))
    with someone(who, workspace) as (records, person):
        records.steps.append(person.id, "quiz", GRANTS, uuid.uuid4().hex, step)
    comma = "，" if say == "zh" else ", "
    out.print(ALLOWED.in_(say).format(name=person.name, what=comma.join(told)), markup=False)
