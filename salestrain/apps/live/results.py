"""What became of a session: a table of its questions, for the trainer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from salestrain.language import Text, number, percent
from salestrain.training.live import tally
from salestrain.views.components import desk, layout
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.training.live import Round, Session

HEADS: tuple[tuple[Text, Literal["text", "number"]], ...] = (
    (Text("题目", "Question"), "text"),
    (Text("人数", "Answers"), "number"),
    (Text("对", "Right"), "number"),
    (Text("95% 区间", "95% interval"), "text"),
    (Text("讨论后", "After discussion"), "number"),
    (Text("平均秒数", "Mean seconds"), "number"),
)
TITLE = Text("{} · {} 人", "{} · {} people")
NO_VOTES = Text("这一场还没有出过题。", "No question has been asked in it yet.")


def results(visit: Visit, session: Session) -> str:
    """Return how a session went, question by question; those no longer in the bank are left out."""
    language, items = visit.language, visit.playbook.items
    title = TITLE.in_(language).format(session.settings.title, len(session.members))
    firsts = [one for one in session.rounds if one.vote == 1 and one.item in items]
    if not firsts:
        return layout.card(title, some("p", NO_VOTES.in_(language), "note"))
    heads = [desk.Heading(name.in_(language), kind) for name, kind in HEADS]
    rows = [_row(visit, session, one) for one in firsts]
    return layout.card(title, desk.sortable_table("questions", title, heads, rows))


def _row(visit: Visit, session: Session, first: Round) -> list[str]:
    language, item = visit.language, visit.playbook.items[first.item]
    found = tally(item, first)
    again = session.votes(first.item)[1:]
    after = tally(item, again[0]).share if again else None
    if found.share is None or found.interval is None:
        return [item.stem.in_(language), "0", "—", "—", "—", "—"]
    low, high = (percent(end, language) for end in found.interval)
    return [
        item.stem.in_(language),
        str(found.answered),
        percent(found.share, language),
        f"{low}–{high}",
        "—" if after is None else percent(after, language),
        number(found.seconds or 0, language, 0),
    ]
