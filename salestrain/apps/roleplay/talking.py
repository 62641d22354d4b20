"""The talk itself: who it is and in what mood, what was said, and what one can say next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.apps.practice import chip
from salestrain.apps.roleplay.briefing import MODE
from salestrain.language import MINUS, Text
from salestrain.training.talks.debrief import judged
from salestrain.views.components import roleplay as pieces
from salestrain.views.components import saying
from salestrain.views.components.buttons import link_button
from salestrain.views.components.exam import clock
from salestrain.views.components.ground import some
from salestrain.views.components.roleplay import Bubble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salestrain.apps.visit import Visit
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.runs import Run
    from salestrain.training.talks.turns import Choice, Turn

LEAVE, TALK = Text("先离开", "Leave"), Text("对话", "The talk")
CHOOSE = Text("选一句来说", "Choose what to say")
ROUND = Text(
    "{mode} · 第 {n} 轮，最多 {most} 轮 · 每句都已保存",
    "{mode} · round {n} of {most} at most · every word is saved",
)
KNOWN, UNKNOWN = Text("已了解 {} 件事", "{} learned"), Text("还有 {} 件", "{} more")
FOUND_OUT = Text("了解到：{}", "Learned: {}")
WARMER, COLDER = Text("▲ 多了一点信任", "▲ warmer"), Text("▼ 少了一点信任", "▼ colder")
MOODS = (
    Text("不想谈", "Closing up"),
    Text("有戒心", "Guarded"),
    Text("观望", "Undecided"),
    Text("愿意听", "Listening"),
    Text("信得过你", "Trusts you"),
)


class Talk(NamedTuple):
    """A talk that is going on, what there is to choose from, and the app it is in."""

    run: Run
    play: Play
    offered: Sequence[Choice]
    app: str


def talking(visit: Visit, talk: Talk) -> str:
    """Return the screen of a talk."""
    play, say = talk.play, visit.language
    persona = play.scenario.persona
    place = persona.post.in_(say), persona.company.in_(say) if persona.company else ""
    leave = link_button(LEAVE.in_(say), visit.link(talk.app), look="quiet")
    left = talk.run.seconds_left(play.scenario, visit.now())
    if left is not None:  # the clock beside the way out, at the head's end
        leave = f"<div>{clock(max(0, int(left)), say)}{leave}</div>"
    parts = _mood(play, visit), _learned(play, visit), saying.voice(say)
    return pieces.talk_frame(
        pieces.persona(persona.name.in_(say), " · ".join(filter(None, place)), leave, parts),
        pieces.chat([*_said(talk, visit)], TALK.in_(say), say),
        _hint(talk, visit) + _composer(talk, visit),
    )


def _composer(talk: Talk, visit: Visit) -> str:
    say, play = visit.language, talk.play
    mode = MODE[talk.run.mode][0].in_(say)
    note = ROUND.in_(say).format(mode=mode, n=len(play.turns) + 1, most=play.scenario.max_turns)
    moves = [saying.Move(one.token, "", one.says) for one in talk.offered]
    if talk.run.way == "choice":
        return saying.say_choices(moves, CHOOSE.in_(say), note)
    return saying.say_typed(note, say, moves)


def _hint(talk: Talk, visit: Visit) -> str:
    known = talk.play.scenario.hints.get(talk.play.state)
    if talk.run.mode != "explore" or known is None:
        return ""
    return saying.hint(known.in_(visit.language), visit.language)


def _mood(play: Play, visit: Visit) -> str:
    limits, say = play.scenario.trust, visit.language
    step = round(4 * (play.trust - limits.least) / (limits.most - limits.least))
    before, after = play.turns[-1].trust if play.turns else (0, 0)
    shift = "" if before == after else (WARMER if after > before else COLDER).in_(say)
    return pieces.mood(MOODS[step].in_(say), step + 1, say, shift=shift)


def _learned(play: Play, visit: Visit) -> str:
    known, all_ = len(play.knows), len(play.scenario.persona.hidden)
    facts = (KNOWN, known, True), (UNKNOWN, all_ - known, False)
    rows = [(words.in_(visit.language).format(count), yes) for words, count, yes in facts if count]
    return pieces.learned(rows, visit.language)


def _said(talk: Talk, visit: Visit) -> Iterator[Bubble]:
    play, say = talk.play, visit.language
    facts = {one.id: one.text for one in play.scenario.persona.hidden}
    yield Bubble(play.scenario.you_are.in_(say), "scene")
    yield Bubble(play.scenario.opening.says.in_(say))
    for turn, kept in zip(play.turns, talk.run.turns, strict=True):
        yield Bubble(turn.says, "me")
        if talk.run.mode == "explore":
            yield Bubble("", "word", _word(play, turn, visit))
        yield Bubble(kept.voiced or turn.answer.in_(say))
        for fact in turn.learns:
            yield Bubble(FOUND_OUT.in_(say).format(facts[fact].in_(say)), "learned")


def _word(play: Play, turn: Turn, visit: Visit) -> str:
    """Return what an explorer hears of a turn: its points, why, and the rule."""
    whys, say = judged(play, turn).whys, visit.language
    names = {move.id: move.name.in_(say) for move in play.scenario.moves}
    rows = ""
    for at, why in enumerate(whys):
        made = turn.made[at] if turn.made else None
        head = some("b", f"{names[made.move]} {signed(made.points)}".strip()) if made else ""
        rows += (
            f"<p>{head} {some('span', why.in_(say))} {chip(visit, made.rule) if made else ''}</p>"
        )
    return rows


def signed(points: int) -> str:
    """Return points with their sign, nothing for none."""
    return f"{'+' if points > 0 else MINUS}{abs(points)}" if points else ""
