"""Looking back on a talk: what each turn did and why, where it turned, what to try next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Text

if TYPE_CHECKING:
    from salestrain.playbook.scenarios import Competency, ModelTurn
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.turns import Made, Turn

REPEATED = Text("这话前面说过了，再说一遍对方就烦了。", "Said before, and it wears thin.")
LEARNED = Text("没得分，但问到了一件事。", "No points, but something was learned.")
COOLED = Text("没接住对方的话，关系冷了一些。", "It missed what was said, and things cooled.")
NOT_UNDERSTOOD = Text("对方没听出你的意思。", "The other side couldn’t tell what you meant.")
PUT_OFF = Text("谈到这一步，还用不上这句。", "Not yet: the talk hadn’t come to that.")
COUNTS, AGAINST = (
    Text("「{}」得分。", "It counts for “{}”."),
    Text("违背了「{}」。", "It works against “{}”."),
)
LOST = Text("说完这句，就没得谈了。", "With that the talk was lost.")
NOTHING = Text("没有坏处，也没有进展。", "No harm done, and no progress.")
DONE = Text("谈成了，每一项都做到了", "Agreed, with every part of it done")
AGREED = Text("谈成了，「{}」还能再进一步", "Agreed; “{}” could go further")
MIXED = Text("「{}」做得最好，「{}」还差得最多", "“{}” went best, “{}” has furthest to go")
OPEN = Text("这次没谈成，先从「{}」练起", "No agreement yet; start with “{}”")
NOT_PASSED = Text("{}，这一次不算过关", "{}: with that it isn’t passed")


class Judged(NamedTuple):
    """A turn, and for each of its moves why it was worth what it was.

    A turn in which nothing counted has one reason all the same.
    """

    turn: Turn
    whys: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Debrief:
    """What there is to learn from a talk that has ended.

    Attributes:
        turns: Every turn with the reasons.
        best: Number of the turn that earned most; 0 if none earned anything.
        turning: Number of the turn with which it went wrong; 0 if there is none.
        better: What the model answer could have said at the turning point.
        next: What of the model answer was not done at all, to try next time.
    """

    headline: Text
    turns: tuple[Judged, ...]
    best: int
    turning: int
    better: ModelTurn | None
    next: ModelTurn | None


def debrief(play: Play) -> Debrief:
    """Return what there is to learn from a talk that has ended."""
    best, turning = max(play.turns, key=lambda t: t.points, default=None), _turning(play)
    made = {one.move for one in play.made}
    return Debrief(
        headline=_headline(play),
        turns=tuple(judged(play, turn) for turn in play.turns),
        best=best.number if best and best.points > 0 else 0,
        turning=turning.number if turning else 0,
        better=_better(play, turning) if turning else None,
        next=next((m for m in play.scenario.model_answer if m.move not in made), None),
    )


def judged(play: Play, turn: Turn) -> Judged:
    """Return a turn with the reasons why its moves were worth what they were."""
    at_a_loss = PUT_OFF if turn.missed else NOT_UNDERSTOOD
    whys = tuple(_because(play, turn, one) for one in turn.made)
    return Judged(turn, whys or (at_a_loss,))


def _turning(play: Play) -> Turn | None:
    def gain(turn: Turn) -> tuple[bool, int, int]:
        worths = [_worth(one, made) for made in turn.made for one in play.scenario.competencies]
        critical = any(one.critical for one in turn.made)
        return not critical, min(sum(worths), 0), turn.trust[1] - turn.trust[0]

    if not play.turns:  # the time was up before a word was said
        return None
    worst, failed = min(play.turns, key=gain), play.ending and play.ending.verdict == "fail"
    return worst if gain(worst) < (True, 0, 0) else play.turns[-1] if failed else None


def _worth(competency: Competency, made: Made) -> int:
    """Return what a move's marks are worth, even where the score has nothing left to lose."""
    return sum(competency.marks.get(mark, 0) for mark in made.earned)


def _because(play: Play, turn: Turn, made: Made) -> Text:
    whys = {one.move: one.why for one in play.scenario.model_answer}
    worth = ((_worth(one, made), one.name) for one in play.scenario.competencies)
    named = (_filled(COUNTS if points > 0 else AGAINST, name) for points, name in worth if points)
    told = (one.text for one in play.scenario.critical if one.id == made.critical)
    if made.points > 0 and made.move in whys:
        return whys[made.move]
    if made.repeated:
        return REPEATED
    failed = play.ending and play.ending.verdict == "fail" and turn is play.turns[-1]
    lost = failed and made is turn.made[-1]
    cooled = LOST if lost else COOLED if made.trust[1] < made.trust[0] else NOTHING
    return next(told, next(named, LEARNED if made.learns else cooled))


def _better(play: Play, at: Turn) -> ModelTurn | None:
    offered = play.scenario.states[at.state].keys() - {one.move for one in at.made}
    made = {one.move for turn in play.turns[: at.number] for one in turn.made}
    could = [one for one in play.scenario.model_answer if one.move in offered]
    return next((one for one in could if one.move not in made), could[0] if could else None)


def _headline(play: Play) -> Text:
    ranks = sorted(play.scenario.competencies, key=lambda one: play.points(one) - one.weight)
    weakest, best = ranks[0], ranks[-1]
    if play.critical:
        told = (one.text for one in play.scenario.critical if one.id == play.critical[0])
        return _filled(NOT_PASSED, *told)
    if play.passed:
        full = play.points(weakest) == weakest.weight
        return DONE if full else _filled(AGREED, weakest.name)
    some = play.points(best) > 0 and best is not weakest
    return _filled(MIXED, best.name, weakest.name) if some else _filled(OPEN, weakest.name)


def _filled(form: Text, *given: Text) -> Text:
    return Text(form.zh.format(*(t.zh for t in given)), form.en.format(*(t.en for t in given)))
