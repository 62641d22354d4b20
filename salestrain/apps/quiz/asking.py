"""A question as it is asked. Nothing in it tells the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.errors import SalestrainError
from salestrain.language import Text, number, percent
from salestrain.playbook.items import (
    FindMistake,
    Matching,
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
    from collections.abc import Mapping, Sequence

    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.playbook.items.asked import Named
    from salestrain.training.quizzes.sitting import Sitting

KINDS = {
    "single": Text("单选", "One answer"),
    "multiple": Text("多选", "Several answers"),
    "true_false": Text("判断", "True or false"),
    "ordering": Text("排序", "Put in order"),
    "matching": Text("配对", "Match"),
    "sort": Text("归类", "Sort"),
    "numeric": Text("计算", "Work it out"),
    "short_answer": Text("写几句", "In your words"),
    "find_mistake": Text("找错", "Find the mistakes"),
}
ONE, YOURS = Text("选一个", "Choose one"), Text("你的答案", "Your answer")
SEVERAL = Text(
    "选错一个，抵掉一个选对的", "Choose all that are right; a wrong one cancels a right one"
)
IN_ORDER = Text("前后接对一处，得一份分", "Each pair that follows on earns a share")
EACH_LINE = Text("每一行选一个；右边可能有用不上的", "Choose for every line; some may be left over")
EACH_CARD = Text("每一条归一类", "Put each into its class")
IS_IT = Text("这句话对不对？", "Is it true?")
CELLS = Text(
    "点出有问题的格子，共 {} 格；点错一格，抵掉一个点对的",
    "Mark the cells at fault, {} in all; a wrong one cancels a right one",
)
WITHIN = Text(
    "相差 {}以内算对，可以写千位逗号或「万」。", "Within {} counts. Commas and “k” are fine."
)
EXACT = Text("可以写千位逗号或「万」。", "Commas and “k” are fine.")
AT_MOST = Text(
    "最多 {} 个字。先按要点自动给分，培训师可以改。",
    "At most {} words. Its points are marked by rules first; a trainer can overrule.",
)


def extract_table(item: Item, visit: Visit) -> str:
    """Return the table a question gives, or nothing; one to find mistakes in is asked with."""
    if item.extract is None or isinstance(item, FindMistake):
        return ""
    return quiz.records(*table_of(item, visit))


def table_of(item: Item, visit: Visit) -> tuple[list[str], list[list[str]]]:
    """Return the heads and the rows of an item's table, as the reader reads them."""
    extract, say = item.extract, visit.language
    if extract is None:
        return [], []
    heads = [extract.labels[column].in_(say) for column in extract.columns]
    return heads, [[visit.playbook.written(cell, say) for cell in cells] for cells in extract.rows]


def can_be_asked(item: Item) -> bool:
    """Return whether there is an answer: one computed from CRM data may find nothing in them."""
    if isinstance(item, Numeric) and item.reads:
        try:
            return item.answer is not None
        except SalestrainError:
            return False
    return True


def asking(run: Sitting, item: Item, visit: Visit, given: Sequence[str] = ()) -> str:
    """Return what an answer is given with; one ``given`` before (in ids) is shown as it was."""
    say, before = visit.language, run.sent(item, given) if given else ()
    match item:
        case Numeric():
            unit = item.key.unit_name.in_(say)
            typed = "".join(before)
            return quiz.number_answer(YOURS.in_(say), _within(item, say), after=unit, typed=typed)
        case ShortAnswer():
            most = item.max_length.zh if say == "zh" else item.max_length.en
            return arranging.words(YOURS.in_(say), AT_MOST.in_(say).format(most))
        case FindMistake():
            how = some("p", CELLS.in_(say).format(len(item.faults)), "note")
            columns = item.extract.columns
            return how + arranging.cells_to_mark(*table_of(item, visit), columns, say, before)
    return _arranging(run, item, say, before)


def needs(item: Item) -> str | None:
    """Return the fields an answer can't be sent without; None where there always is one."""
    if isinstance(item, Ordering):
        return None
    if isinstance(item, Sort):
        return " ".join(f"line-{number}" for number in range(len(item.cards)))
    return "line-0 answer" if isinstance(item, TrueFalse) else "answer"


def _arranging(run: Sitting, item: Item, say: Language, before: Sequence[str]) -> str:
    shown = _shown(run.options(item), item.chosen_from, say)
    match item:
        case Ordering():
            how = IN_ORDER.in_(say)
            shown.sort(key=lambda one: before.index(one[0]) if before else 0)
            return some("p", how, "note") + quiz.order_list(shown, how, say, name="answer")
        case Matching():
            lines = _shown(run.lines(item), item.left, say)
            return arranging.partners(lines, shown, EACH_LINE.in_(say), say, before)
        case Sort():
            cards = _shown(run.lines(item), item.cards, say)
            tokens = {id_: each for each, id_ in run.options(item).items()}
            classes = [(tokens[one.id], one.text.in_(say)) for one in item.classes]
            return arranging.class_choices(cards, classes, EACH_CARD.in_(say), before)
        case TrueFalse():
            judge = arranging.statement(IS_IT.in_(say), say, before)
            ask = item.reason.stem.in_(say)
            return judge + quiz.answers(_choices(shown, before), ask, say, asked=True)
    several, choices = not isinstance(item, Single), _choices(shown, before)
    return quiz.answers(choices, (SEVERAL if several else ONE).in_(say), say, several=several)


def _choices(shown: Sequence[tuple[str, str]], before: Sequence[str]) -> list[quiz.Choice]:
    return [quiz.Choice(token, text, chosen=token in before) for token, text in shown]


def _shown(
    tokens: Mapping[str, str], named: tuple[Named, ...], say: Language
) -> list[tuple[str, str]]:
    texts = {one.id: one.text.in_(say) for one in named}
    return [(token, texts[id_]) for token, id_ in tokens.items()]


def _within(item: Numeric, say: Language) -> str:
    allowed, unit = item.key.tolerance, item.key.unit_name.in_(say)
    share = percent(allowed.relative, say, 0 if allowed.relative >= 0.01 else 1)
    least = share if allowed.relative else f"{figure(allowed.absolute, say)} {unit}"
    return WITHIN.in_(say).format(least) if allowed.relative or allowed.absolute else EXACT.in_(say)


def figure(value: float, say: Language) -> str:
    """Return a number as it is read, with two places unless it is whole."""
    return number(value, say, 0 if float(value).is_integer() else 2)
