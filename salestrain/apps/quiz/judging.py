"""A question as it was judged: the answer given beside the right one, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from salestrain.apps.quiz.asking import YOURS, figure, table_of
from salestrain.language import Text, percent
from salestrain.playbook.items import (
    FindMistake,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    ShortAnswer,
    Single,
    Sort,
    TrueFalse,
)
from salestrain.views.components import arranging, quiz
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.training.marking import Mark, Part
    from salestrain.training.quizzes.sitting import Asked, Sitting

RIGHT, WRONG, PARTLY = (
    Text("对", "Right"),
    Text("不对", "Not quite"),
    Text("对了一部分，得 {}", "Partly: {}"),
)
WAS = {True: Text("对，{}", "Right: {}"), False: Text("不对，应为 {}", "Not quite: it is {}")}
JUDGED = {
    (True, True): Text("判断对了：这句话没错", "Right: the statement is true"),
    (True, False): Text("判断对了：这句话不对", "Right: the statement is false"),
    (False, True): Text("判断错了：这句话没错", "Not quite: the statement is true"),
    (False, False): Text("判断错了：这句话不对", "Not quite: the statement is false"),
}
PUT_AT, PUT_TO = Text("你排第 {}", "You put it {}"), Text("你选「{}」", "Yours: {}")
STATES: dict[str, tuple[Literal["right", "wrong", "rest"], Text]] = {
    "right": ("right", Text("选对了", "Yours, right")),
    "wrong": ("wrong", Text("你的选择", "Yours")),
    "missed": ("right", Text("应选这个", "The one to choose")),
    "rest": ("rest", Text("", "")),
}
POINTS: dict[str, tuple[Literal["right", "wrong", "rest"], Text]] = {
    "right": ("right", Text("有了", "There")),
    "missed": ("rest", Text("没写到", "Missing")),
    "wrong": ("wrong", Text("写了，扣分", "There, costs marks")),
}
MODEL = Text("可以这样写", "One way to put it")
CELL = Text("第 {} 行「{}」", "row {}, {}")


def judged(run: Sitting, asked: Asked, mark: Mark, visit: Visit) -> str:
    """Return the answer given beside the right one."""
    item, say = asked.item, visit.language
    match item:
        case Numeric():
            return some("p", f"{YOURS.in_(say)}: {asked.answer[0]}")
        case ShortAnswer():
            return _written(item, asked, mark, say)
        case FindMistake():
            kept = enumerate(_told(mark), 1)
            numbers = {part.id: number for number, part in kept}
            cells = {
                part.id: arranging.Cell(part.verdict, numbers.get(part.id, 0))
                for part in mark.parts
                if part.verdict != "rest"
            }
            return arranging.judged_cells(*table_of(item, visit), item.extract.columns, cells)
        case Matching() | Sort():
            return quiz.judged_answers(_lines(item, mark, say), numbered=True)
    return _options(run, item, mark, say)


def verdict(item: Item, mark: Mark, say: Language) -> str:
    """Return in a few words how an answer was."""
    if isinstance(item, Numeric):
        right = f"{figure(item.answer, say)} {item.key.unit_name.in_(say)}"
        return WAS[mark.right].in_(say).format(right)
    if isinstance(item, TrueFalse):
        return JUDGED[mark.earned > 0, item.key].in_(say)
    how = RIGHT if mark.right else PARTLY if mark.earned else WRONG
    return how.in_(say).format(percent(mark.earned, say))


def reason(run: Sitting, item: Item, mark: Mark, visit: Visit) -> str:
    """Return why; of several parts those that went wrong, by their number."""
    say = visit.language
    if isinstance(item, FindMistake):
        heads, _ = table_of(item, visit)
        names = dict(zip(item.extract.columns, heads, strict=True))
        told = []
        for number, part in enumerate(_told(mark), 1):
            row, _, column = part.id.partition(":")
            where = CELL.in_(say).format(row, names[column])
            told.append((number, f"{where}: {part.feedback.in_(say)}" if part.feedback else where))
        return "\n".join(f"{number}. {text}" for number, text in told)
    if isinstance(item, Multiple | Matching | Sort):
        return _numbered(run, item, mark, say)
    return " ".join(text.in_(say) for text in mark.feedback)


def _numbered(run: Sitting, item: Item, mark: Mark, say: Language) -> str:
    parts, wanted = {p.id: p for p in mark.parts}, {"right"} if mark.right else {"wrong", "missed"}
    order = run.options(item).values() if isinstance(item, Multiple) else parts
    shown = ((number, parts[each]) for number, each in enumerate(order, 1))
    told = ((n, part.feedback) for n, part in shown if part.verdict in wanted)
    return "\n".join(f"{n}. {text.in_(say)}" for n, text in told if text)


def _told(mark: Mark) -> list[Part]:
    """Return the cells of a table there is something to say of."""
    return [part for part in mark.parts if part.verdict != "right"]


def _options(run: Sitting, item: Item, mark: Mark, say: Language) -> str:
    parts, texts = {part.id: part for part in mark.parts}, _texts(item, say)
    ordered, rows = isinstance(item, Ordering), []
    for each in parts if ordered else run.options(item).values():
        state, word = STATES[parts[each].verdict]
        if ordered:
            word = PUT_AT if state == "wrong" else Text("", "")
        said = word.in_(say).format(parts[each].place)
        rows.append(quiz.Choice("", texts[each], state, said))
    return quiz.judged_answers(rows, numbered=not isinstance(item, Single | TrueFalse))


def _lines(item: Matching | Sort, mark: Mark, say: Language) -> list[quiz.Choice]:
    lines = {one.id: one.text.in_(say) for one in item.given_to}
    to, rows = _texts(item, say), []
    key = item.key if isinstance(item, Matching) else {c.id: c.belongs for c in item.cards}
    for part in mark.parts:
        said = "" if part.verdict == "right" else PUT_TO.in_(say).format(to[part.given])
        text = f"{lines[part.id]} → {to[key[part.id]]}"
        rows.append(quiz.Choice("", text, "right" if part.verdict == "right" else "wrong", said))
    return rows


def _written(item: ShortAnswer, asked: Asked, mark: Mark, say: Language) -> str:
    points = {line.id: line.text.in_(say) for line in item.rubric}
    rows = [
        quiz.Choice("", points[part.id], POINTS[part.verdict][0], POINTS[part.verdict][1].in_(say))
        for part in mark.parts
        if part.verdict in POINTS
    ]
    given = some("p", YOURS.in_(say), "note")
    given += f"<blockquote>{some('p', asked.answer[0])}</blockquote>"
    model = arranging.model_answer(MODEL.in_(say), item.model_answer.in_(say))
    return given + quiz.judged_answers(rows, numbered=True) + model


def _texts(item: Item, say: Language) -> dict[str, str]:
    return {each.id: each.text.in_(say) for each in item.chosen_from}
