"""What people did, as xAPI, to a file or a Learning Record Store."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from salestrain.cli.app import out
from salestrain.errors import UsageError
from salestrain.language import Text
from salestrain.playbook.load import open_playbook
from salestrain.records import open_records, records_place
from salestrain.records.lrs import Lrs, login, sent_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from salestrain.language import Language
    from salestrain.playbook.whole import Playbook
    from salestrain.records import Records
    from salestrain.training.statements import Known, Statement
    from salestrain.workspace import Workspace

WRITTEN = Text("{count} 条记录在 {file}", "{count} statements are in {file}")
SENT = Text(
    "发了 {count} 条，{had} 条早已发过。", "{count} statements sent; {had} had been sent before."
)
IRI = re.compile(r"https?://[^\s/?#<>\"{}|\\^`]+(?:/[^\s?#<>\"{}|\\^`]*)?")
NO_BASE = (
    "say --base, an address of your company that begins every id, as https://acme.example/train"
)


def tell(
    people: Sequence[str], file: Path | None, to: str, base: str, place: Workspace, say: Language
) -> None:
    """Write or send what these people did; everybody's, if none are named."""
    if not IRI.fullmatch(base):
        raise UsageError(f"{base!r} is no address; {NO_BASE}" if base else NO_BASE)
    lrs = Lrs(to, sent_file(place.state, to), login()) if to else None
    known = _known(open_playbook(place, prove=False), base.rstrip("/"))
    with closing(open_records(records_place(place.state))) as records:
        made = _made(records, people, known)
    if file:
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in made)
        file.write_text("".join(lines), encoding="utf-8")
        out.print(WRITTEN.in_(say).format(count=len(made), file=file), markup=False)
    if lrs:
        sent = lrs.send(made)
        out.print(SENT.in_(say).format(count=sent, had=len(made) - sent))


def _made(records: Records, ids: Sequence[str], known: Known) -> list[Statement]:
    from salestrain.training.statements import statements as made_of  # noqa: PLC0415 (seldom)

    for id_ in ids:
        records.people.get(id_)  # an unknown one is told
    ids = ids or [person.id for person in records.people.all()]
    now, found = datetime.now(UTC), list[dict[str, object]]()
    for id_, deeds in records.steps.of_people(ids).items():
        found += made_of(id_, deeds, known, now)
    return found


def _known(playbook: Playbook, base: str) -> Known:
    from salestrain.training.statements import Known  # noqa: PLC0415 (seldom needed)

    zh = {section: page.head.title for (section, la), page in playbook.pages.items() if la == "zh"}
    en = {section: page.head.title for (section, la), page in playbook.pages.items() if la == "en"}
    titles = {section: Text(zh[section], en.get(section, zh[section])) for section in zh}
    titles |= {id_: exam.title for id_, exam in playbook.exams.items()}
    titles |= {
        id_: name for id_, each in playbook.scenarios.items()
        if isinstance(name := getattr(each, "title", None), Text)
    }  # fmt: skip
    return Known(base, playbook.items, playbook.exams, titles)
