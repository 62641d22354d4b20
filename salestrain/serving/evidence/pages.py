"""``/evidence/…``: files that show what somebody did for a step of a path, sent and read back."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from tornado.httputil import HTTPFile, HTTPInputError, parse_body_arguments
from tornado.web import HTTPError, stream_request_body

from salestrain.apps.registry import MANAGER, TEACHES
from salestrain.apps.visit import playbook_of
from salestrain.errors import UsageError
from salestrain.records import evidence
from salestrain.records.shared import everybodys
from salestrain.serving.base import Base
from salestrain.serving.evidence.kinds import LARGEST, MB, TYPES, Kind, cleaned_name, kind_of
from salestrain.serving.evidence.unfit import REASONS, Unfit
from salestrain.training.mentoring import mentors
from salestrain.training.mentoring.mentors import MENTORS, TRAINER
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from salestrain.records import Person, Records

EVIDENCE = "evidence"
"""The kind of step that says a file was sent."""
AROUND_A_FILE = 20_000
"""Bytes that a form has beside the file itself."""
READ_AT_MOST = 64 * MB
"""A body up to here is read and thrown away, so that a browser comes to see why; no larger one."""
MOST_AT_ONCE, MOST_FOR_A_STEP, MOST_OF_A_PERSON = 8, 20, 200 * MB
STATUS = {"large": 413, "many": 409, "full": 409, "busy": 503, "none": 400, "form": 400}
UNFIT = 415
POLICY = "sandbox; default-src 'none'"
_KEEPING = Lock()


def may_see(reader: Person, owner: Person, mentor: str) -> bool:
    """Whether somebody may see another's evidence: their mentor, manager, a trainer, an admin."""
    leads = reader.role == MANAGER and bool(reader.team) and reader.team == owner.team
    return reader.id in {owner.id, mentor} or reader.role in TEACHES or leads


def mentor_of(records: Records, person_id: str) -> str:
    """Return the id of who mentors somebody, as it was set last; empty for nobody."""
    every = (one for each in everybodys(records, TRAINER, MENTORS).values() for one in each)
    return mentors.mentor_of(every).get(person_id, "")


def uploaded(content_type: str, body: bytes) -> tuple[str, bytes]:
    """Return name and content of the file in a form's field ``file``; raises Unfit without one."""
    files: dict[str, list[HTTPFile]] = {}
    try:
        parse_body_arguments(content_type, body, {}, files)
    except HTTPInputError as error:
        raise Unfit("form") from error
    if not files.get("file"):
        raise Unfit("none")
    given = files["file"][0]
    if not given["filename"] and not given["body"]:
        raise Unfit("none")
    return given["filename"], given["body"]


@stream_request_body
class SendEvidence(Base):
    """``/evidence/PATH/STEP``: takes a file, whole or not at all, and never a larger one."""

    receiving: ClassVar[set[SendEvidence]] = set()

    def initialize(self, **kwargs: Any) -> None:  # noqa: ANN401 (as each route gives)
        """Lay out where the body goes."""
        super().initialize(**kwargs)
        self.body, self.refused = bytearray(), ""

    async def prepare(self) -> None:  # type: ignore[override]
        """Look who sends it, for which step, and how much, before any of it is read."""
        size = int(self.request.headers.get("Content-Length") or 0)
        link: Any = self.request.connection
        link.set_max_body_size(max(size, READ_AT_MOST))
        await super().prepare()
        if not await self._is_a_step(*self.path_args):
            raise HTTPError(404)
        if size > LARGEST + AROUND_A_FILE:
            self.refused = "large"
        elif len(self.receiving) >= MOST_AT_ONCE:
            self.refused = "busy"
        self.receiving.add(self)
        if size > READ_AT_MOST:
            self.set_header("Connection", "close")
            self.refuse(self.refused)

    def data_received(self, chunk: bytes) -> None:
        """Take another piece, unless it is too much already."""
        if not self.refused and len(self.body) + len(chunk) > LARGEST + AROUND_A_FILE:
            self.refused = "large"
        if self.refused:
            self.body.clear()
        else:
            self.body += chunk

    async def post(self, path_id: str, step_id: str) -> None:
        """Keep the file and say so by a step, both committed before the answer."""
        name = ""
        if self.refused:
            self.refuse(self.refused)
            return
        try:
            kind_sent = self.request.headers.get("Content-Type", "")
            name, content = uploaded(kind_sent, bytes(self.body))
            self.body.clear()
            kind = await asyncio.to_thread(kind_of, content)
            await asyncio.to_thread(self._keep, (path_id, step_id), (name, kind), content)
        except Unfit as unfit:
            self.refuse(unfit.reason, name)
        else:
            self.redirect(f"{self.base_url}app/onboarding", status=303)

    def refuse(self, reason: str, name: str = "") -> None:
        """Say why the file isn't taken, and what to do."""
        said = REASONS[reason]
        told = {"what": said.what, "mend": said.mend, "name": name[:200]}
        self.show("refused", STATUS.get(reason, UNFIT), **told)

    def on_finish(self) -> None:
        """Let the next one send."""
        self.receiving.discard(self)
        super().on_finish()

    def on_connection_close(self) -> None:
        """Let the next one send where this one has gone."""
        self.receiving.discard(self)
        super().on_connection_close()

    async def _is_a_step(self, path_id: str, step_id: str) -> bool:
        playbook = await asyncio.to_thread(playbook_of, self.house.workspace)
        path = playbook.paths.get(path_id)
        return path is not None and any(one.id == step_id for one in path.steps)

    def _keep(self, where: tuple[str, str], named: tuple[str, Kind], content: bytes) -> None:
        """Write file and step; one at a time, so that the limits hold."""
        (path_id, step_id), (name, kind), who = where, named, self.person.id
        records, state = self.house.records, self.house.workspace.state
        with _KEEPING:
            every = records.steps.of(who, "onboarding", path_id)
            there = [one.data["file"] for one in every if _shows(one, step_id)]
            if len(there) >= MOST_FOR_A_STEP:
                raise Unfit("many")
            if evidence.total(state, who) + len(content) > MOST_OF_A_PERSON:
                raise Unfit("full")
            file, new = evidence.keep(state, who, content)
            if file in there:  # sent again
                return
            told = {"name": cleaned_name(name, kind), "bytes": len(content), "type": kind.type}
            step = Step(EVIDENCE, {"step": step_id, "file": file, **told}, datetime.now(UTC))
            try:
                records.steps.append(who, "onboarding", path_id, secrets.token_hex(16), step)
            except BaseException:
                if new:
                    evidence.drop(state, who, file)
                raise


class Evidence(Base):
    """``/evidence/PERSON/HASH``: a file back, to be saved and never shown as a page of ours."""

    def get(self, person_id: str, name: str) -> None:
        """Send it to whom it may concern; to others it isn't there."""
        records, state = self.house.records, self.house.workspace.state
        try:
            owner = records.people.get(person_id)
        except UsageError as error:
            raise HTTPError(404) from error
        if not may_see(self.person, owner, mentor_of(records, owner.id)):
            raise HTTPError(404)
        said = [
            step.data
            for app, _, step in records.steps.of_person(owner.id)
            if app == "onboarding" and step.kind == EVIDENCE and step.data["file"] == name
        ]
        content = evidence.read(state, owner.id, name) if said else None
        if content is None or said[-1]["type"] not in TYPES:
            raise HTTPError(404)
        records.audit.saw(self.person.id, owner.id, EVIDENCE)
        self.set_header("Content-Type", said[-1]["type"])
        saved_as = f"attachment; filename*=UTF-8''{quote(said[-1]['name'], safe='')}"
        self.set_header("Content-Disposition", saved_as)
        self.set_header("Content-Security-Policy", POLICY)
        self.finish(content)


def _shows(step: Step, step_id: str) -> bool:
    return step.kind == EVIDENCE and step.data["step"] == step_id
