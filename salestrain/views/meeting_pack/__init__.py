"""A meeting's pack, part by part, as the notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass

from salestrain.language import Text
from salestrain.views.meeting_pack.agenda import (
    agenda_section,
    figures_section,
    head_section,
    title_of,
)
from salestrain.views.meeting_pack.study import PackStudy
from salestrain.views.meeting_pack.waiting import (
    actions_section,
    agreed_section,
    deals_section,
    newcomers_section,
)
from salestrain.views.page import section
from salestrain.views.parts import Parts, Piece
from salestrain.views.tables import data_notes

__all__ = ["MeetingPack"]

NOTES = Text("数据说明", "Data notes")
NOTE_DEALS = Text(
    "商机按数据截止那天（{day}）的样子：往回看，当时的下一步已经查不到了。",
    "Deals are as on the day the books end ({day}): what a next step was before then is no longer "
    "known.",
)
NOTE_ACTIONS = Text(
    "谈定的事和签字来自应用里的记录：一个组的会看本组的人存的，全公司的会看不属于哪个组的人存的。",
    "Actions and signatures come from the apps’ records: a team’s meeting has what its own people "
    "saved, the company’s what was saved by those of no team.",
)
NOTE_ROOM = Text(
    "会上不念个人排名，不当众批评人（1.3.no_shaming）：单子按金额排，不按人排。",
    "No ranking is read out and nobody taken to task in the room (1.3.no_shaming): deals are in "
    "order of amount, not of people.",
)


@dataclass(frozen=True)
class MeetingPack(Parts):
    """One meeting of the cadence, made ready for a group; every method returns a part to show."""

    study: PackStudy

    @classmethod
    def open(
        cls, workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
    ) -> MeetingPack:
        """Read what the pack needs; the arguments are those of ``Group.open``."""
        return cls(PackStudy.open(workspace, period, level, entity, language, linked))

    def about(self, meeting: str) -> MeetingPack:
        """Return the pack of one meeting, by its id in the cadence."""
        return MeetingPack(self.study.about(meeting))

    def head(self) -> Piece:
        """Return which meeting it is, and what waits."""
        name = self.study.held.name.in_(self.study.language)
        facts = {"headline": title_of(self.study), "title": f"{name} · {self.study.name}"}
        return Piece(self._piece(head_section(self.study)).html, facts)

    def agenda(self) -> Piece:
        """Return the agenda by the clock."""
        return self._piece(agenda_section(self.study))

    def actions(self) -> Piece:
        """Return what was agreed last time and is still open."""
        return self._piece(actions_section(self.study))

    def figures(self) -> Piece:
        """Return last period's figures."""
        return self._piece(figures_section(self.study))

    def deals(self) -> Piece:
        """Return the deals to settle."""
        return self._piece(deals_section(self.study))

    def newcomers(self) -> Piece:
        """Return a line on everyone new."""
        return self._piece(newcomers_section(self.study))

    def agreed(self) -> Piece:
        """Return the place to write down what is agreed."""
        return self._piece(agreed_section(self.study))

    def notes(self) -> Piece:
        """Return where the pack's content comes from."""
        said = [NOTE_DEALS, NOTE_ACTIONS, NOTE_ROOM] if self.study.settles_deals else [NOTE_ACTIONS]
        day = f"{self.study.crm.as_of}"
        notes = data_notes([self.study.say(one, day=day) for one in said])
        return self._piece(section(self.study.say(NOTES), notes, anchor="notes"))
