"""A question as it is asked, and as it was judged. Before it is judged nothing tells the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from salestrain.language import Text, number, percent
from salestrain.playbook.items import Numeric, Ordering, Single
from salestrain.views.components import quiz
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.training.marking import Mark
    from salestrain.training.sitting import Asked, Sitting

KINDS = {
    "single": Text("单选", "One answer"),
    "multiple": Text("多选", "Several answers"),
    "ordering": Text("排序", "Put in order"),
    "numeric": Text("计算", "Work it out"),
}
ONE, YOURS = Text("选一个", "Choose one"), Text("你的答案", "Your answer")
SEVERAL = Text(
    "选错一个，抵掉一个选对的", "Choose all that are right; a wrong one cancels a right one"
)
IN_ORDER = Text("前后接对一处，得一份分", "Each pair that follows on earns a share")
WITHIN = Text(
    "相差 {}以内算对，可以写千位逗号或「万」。", "Within {} counts. Commas and “k” are fine."
)
RIGHT, WRONG, PARTLY = (
    Text("对", "Right"),
    Text("不对", "Not quite"),
    Text("对了一部分，得 {}", "Partly: {}"),
)
WAS = {True: Text("对，{}", "Right: {}"), False: Text("不对，应为 {}", "Not quite: it is {}")}
PUT_AT = Text("你排第 {}", "You put it {}")
STATES: dict[str, tuple[Literal["right", "wrong", "rest"], Text]] = {
    "right": ("right", Text("选对了", "Yours, right")),
    "wrong": ("wrong", Text("你的选择", "Yours")),
    "missed": ("right", Text("应选这个", "The one to choose")),
    "rest": ("rest", Text("", "")),
}


def extract_table(item: Item, visit: Visit) -> str:
    """Return the table a question gives, or nothing."""
    extract, say = item.extract, visit.language
    if extract is None:
        return ""
    heads = [extract.labels[column].in_(say) for column in extract.columns]
    rows = [[visit.playbook.written(cell, say) for cell in cells] for cells in extract.rows]
    return quiz.records(heads, rows)


def asking(run: Sitting, item: Item, say: Language) -> str:
    """Return what an answer is given with."""
    if isinstance(item, Numeric):
        unit = item.key.unit_name.in_(say)
        return quiz.number_answer(YOURS.in_(say), _within(item, say), after=unit)
    texts = _texts(item, say)
    shown = [(token, texts[each]) for token, each in run.options(item).items()]
    if isinstance(item, Ordering):
        how = IN_ORDER.in_(say)
        return some("p", how, "note") + quiz.order_list(shown, how, say, name="answer")
    several = not isinstance(item, Single)
    choices = [quiz.Choice(*choice) for choice in shown]
    return quiz.answers(choices, (SEVERAL if several else ONE).in_(say), say, several=several)


def judged(run: Sitting, asked: Asked, mark: Mark, say: Language) -> str:
    """Return the answer given beside the right one."""
    item, texts, rows = asked.item, _texts(asked.item, say), []
    if isinstance(item, Numeric):
        return some("p", f"{YOURS.in_(say)}: {asked.answer[0]}")
    parts, ordered = {part.id: part for part in mark.parts}, isinstance(item, Ordering)
    for each in parts if ordered else run.options(item).values():
        state, word = STATES[parts[each].verdict]
        if ordered:
            word = PUT_AT if state == "wrong" else Text("", "")
        said = word.in_(say).format(parts[each].place)
        rows.append(quiz.Choice("", texts[each], state, said))
    return quiz.judged_answers(rows, numbered=not isinstance(item, Single))


def verdict(item: Item, mark: Mark, say: Language) -> str:
    """Return in a few words how an answer was."""
    if isinstance(item, Numeric):
        right = f"{_figure(item.answer, say)} {item.key.unit_name.in_(say)}"
        return WAS[mark.right].in_(say).format(right)
    how = RIGHT if mark.right else PARTLY if mark.earned else WRONG
    return how.in_(say).format(percent(mark.earned, say))


def reason(run: Sitting, item: Item, mark: Mark, say: Language) -> str:
    """Return why; of several answers those that went wrong, by their number."""
    if item.kind != "multiple":
        return " ".join(text.in_(say) for text in mark.feedback)
    parts, wanted = {p.id: p for p in mark.parts}, {"right"} if mark.right else {"wrong", "missed"}
    shown = ((n, parts[each]) for n, each in enumerate(run.options(item).values(), 1))
    told = ((n, part.feedback) for n, part in shown if part.verdict in wanted)
    return " ".join(f"{n}. {text.in_(say)}" for n, text in told if text)


def _texts(item: Item, say: Language) -> dict[str, str]:
    steps = item.steps if isinstance(item, Ordering) else getattr(item, "options", ())
    return {each.id: each.text.in_(say) for each in steps}


def _within(item: Numeric, say: Language) -> str:
    allowed, unit = item.key.tolerance, item.key.unit_name.in_(say)
    share = percent(allowed.relative, say, 0 if allowed.relative >= 0.01 else 1)
    least = share if allowed.relative else f"{_figure(allowed.absolute, say)} {unit}"
    return WITHIN.in_(say).format(least)


def _figure(value: float, say: Language) -> str:
    return number(value, say, 0 if float(value).is_integer() else 2)
