"""A vote in words and bars, as both the wall and the phones tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.quiz import asking, judging
from salestrain.language import Text, percent
from salestrain.playbook.items import Multiple, Numeric, Single, TrueFalse
from salestrain.playbook.items.asked import STATEMENT
from salestrain.training.live import tally
from salestrain.training.marking import mark
from salestrain.training.quizzes.sitting import Asked
from salestrain.views.components import live
from salestrain.views.components.ground import some
from salestrain.views.components.quiz import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.apps.live.hall import Hall
    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.training.live import Round

PEOPLE = Text("{} 人", "{}")
QUESTION = Text("第 {} 题", "Question {}")
SECOND = Text("第 {} 题 · 第二次投票", "Question {} · second vote")
RIGHT_OF = Text("{n} 人里 {right} 人全对", "{right} of {n} fully right")
RANGE = Text("95% 区间 {}–{}", "95% interval {}–{}")
RIGHT_IS = Text("正确答案：{}", "The right answer: {}")
SOLUTION = Text("这样才对：", "This is right:")
STATED = {"true": Text("这句话对", "True"), "false": Text("这句话不对", "False")}
WORTH = {
    "right": Text("全对", "Right"),
    "partly": Text("对一部分", "In part"),
    "wrong": Text("没对", "Wrong"),
}


def which(vote: Round, language: Language) -> str:
    """Return which question it is, and whether the class votes on it again."""
    return (SECOND if vote.vote > 1 else QUESTION).in_(language).format(vote.number)


def bars(hall: Hall, vote: Round, language: Language) -> list[live.Bar]:
    """Return how a vote went as bars, in the order in which the options are shown."""
    item = hall.item(vote.item)
    found = tally(item, vote).bars
    most = max((one.chosen for one in found), default=0) or 1
    by_answer = {one.answer: one for one in found}
    drawn = []
    for letter, answer, text in _offered(hall, item, by_answer, language):
        one = by_answer[answer]
        count = PEOPLE.in_(language).format(one.chosen)
        drawn.append(live.Bar(letter, text, count, one.chosen / most, one.right is True))
    return drawn


def figures(hall: Hall, vote: Round, language: Language) -> tuple[str, str, str]:
    """Return the share right, what it is of, and its interval; empty texts for no answers."""
    found = tally(hall.item(vote.item), vote)
    if found.share is None or found.interval is None:
        return "", "", ""
    low, high = (percent(end, language) for end in found.interval)
    of = RIGHT_OF.in_(language).format(n=found.answered, right=found.right)
    return percent(found.share, language), of, RANGE.in_(language).format(low, high)


def solution(hall: Hall, item: Item, language: Language) -> str:
    """Return the right answer to what isn't chosen from options, whose bars show it; else nothing.

    Only for screens on which the key may be seen.
    """
    if isinstance(item, Single | Multiple | TrueFalse):
        return ""
    answer = item.solution(language)
    worth = mark(item, answer)
    if isinstance(item, Numeric):
        unit = item.key.unit_name.in_(language)
        right = f"{asking.figure(item.answer, language)} {unit}"
        return some("p", RIGHT_IS.in_(language).format(right), "lead")
    asked, visit = Asked(item, tuple(answer), worth, worth.earned), hall.visits[language]
    return some("p", SOLUTION.in_(language), "note") + judging.judged(
        hall.sitting, asked, worth, visit
    )


def options(hall: Hall, item: Item, language: Language) -> list[tuple[str, str]]:
    """Return what can be chosen, as it is shown: the token it is sent by, and its text."""
    texts = {each.id: each.text.in_(language) for each in item.chosen_from}
    return [(token, texts[id_]) for token, id_ in hall.sitting.options(item).items()]


def _offered(
    hall: Hall, item: Item, found: Iterable[str], language: Language
) -> Iterable[tuple[str, str, str]]:
    """Yield the letter, the id and the text of each answer that has a bar."""
    if isinstance(item, TrueFalse):
        yield from (("", said, STATED[said].in_(language)) for said in reversed(STATEMENT))
    if isinstance(item, Single | Multiple | TrueFalse):
        texts = {each.id: each.text.in_(language) for each in item.chosen_from}
        for place, id_ in enumerate(hall.sitting.options(item).values()):
            yield LETTERS[place % 26], id_, texts[id_]
    elif isinstance(item, Numeric):
        yield from (("", typed, typed) for typed in found)
    else:
        yield from (("", each, WORTH[each].in_(language)) for each in found)
