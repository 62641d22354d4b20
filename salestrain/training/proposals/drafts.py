"""The texts of what colleagues propose, and what they lack to be handed in or accepted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from salestrain.language import Language

Kind = Literal["item", "improvement"]
MOST_OPEN, MOST_DISTRACTORS = 20, 4
LONGEST = {"stem": 500, "key": 300, "distractors": 300, "because": 300, "why": 1000, "note": 1000}
NAMES = {
    "stem": Text("题目", "The question"),
    "key": Text("对的答案", "The right answer"),
    "distractors": Text("一个错的答案", "A wrong answer"),
    "because": Text("错在哪", "Where it goes wrong"),
    "why": Text("说明", "What you say of it"),
    "note": Text("答复", "The answer to them"),
}
EMPTY = {
    "stem": Text("还没写客户问了什么", "Write what the customer asked"),
    "key": Text("还没写对的答案", "Write the right answer"),
    "distractors": Text(
        "至少写一个大家会猜错的答案", "Write at least one answer people wrongly give"
    ),
    "why": Text("写一句哪里不对", "Say in a sentence what is wrong"),
}
TOO_LONG = Text("{what}太长了，最多 {most} 个字", "{what} is too long; {most} characters at most")
TOO_MANY = Text(
    f"错的答案最多 {MOST_DISTRACTORS} 个，留下最常见的",
    f"{MOST_DISTRACTORS} wrong answers at most; keep those most often given",
)
SAME = Text("有两个答案一样，改掉一个", "Two answers are the same; change one")
ENOUGH = Text(
    f"你有 {MOST_OPEN} 条还没答复，等有了答复再提",
    f"{MOST_OPEN} of yours wait for an answer; propose more once they have one",
)
NEEDS_REASON = Text("退和不收，都要写一条理由", "Sent back or refused, it takes a reason")
NO_CITE = Text(
    "写上这题靠哪条产品事实或规矩", "Name the product fact or rule that this question rests on"
)
NOT_WHY = Text("每个错的答案都要写错在哪", "Say of each wrong answer where it goes wrong")
NO_SOLVERS = Text(
    "先请 {count} 个没参与的人翻着书做，写上他们的名字",
    "Let {count} people who had no part in it work it with the book open, and name them",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of a proposal, in the language they were written in.

    Attributes:
        kind: A new item, or an improvement to one there is.
        section: Such as ``4.3``.
        item: The item to improve, by id.
        distractors: Wrong answers that people give; ``because`` says where each goes wrong.
        why: What proves the key; of an improvement, what is wrong with the item.
        cites: Rules and facts it rests on, which a trainer adds; ``solvers`` likewise, who worked
            it with the book open and got this key.
    """

    kind: Kind
    section: str
    language: str
    item: str = ""
    stem: str = ""
    key: str = ""
    distractors: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    why: str = ""
    cites: tuple[str, ...] = ()
    solvers: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Draft:
        """Return the texts that a step's data hold."""
        known: dict[str, Any] = {name: data[name] for name in cls.__slots__ if name in data}
        for name, value in known.items():
            known[name] = tuple(value) if isinstance(value, list) else value
        return cls(**known)

    @property
    def data(self) -> dict[str, Any]:
        """What a step holds of it; what is empty is left out."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value
        }


def clean(text: str, *, lines: bool = True) -> str:
    """Return a text without signs that nobody sees, its spaces joined; in one line if need be.

    >>> clean("  a  b ") + clean("c", lines=False)
    'a bc'
    """
    rows = (" ".join(filter(None, map(_visible, row.split()))) for row in text.splitlines())
    return ("\n" if lines else " ").join(filter(None, rows))


def written_in(text: str) -> Language:
    """Return which language a text is in: Chinese if any of its signs is.

    >>> written_in("P-20 探头？"), written_in("Which probe?")
    ('zh', 'en')
    """
    return "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"


def _visible(word: str) -> str:
    return "".join(sign for sign in word if sign.isprintable())


def fault(draft: Draft) -> Text | None:
    """Return what keeps a text from being handed in, None if nothing does."""
    wanted = ("stem", "key", "distractors") if draft.kind == "item" else ("why",)
    empty = next((name for name in wanted if not getattr(draft, name)), None)
    if empty:
        return EMPTY[empty]
    answers = [one.casefold() for one in (draft.key, *draft.distractors) if one]
    if len(draft.distractors) > MOST_DISTRACTORS:
        return TOO_MANY
    return SAME if len({*answers}) < len(answers) else next(_too_long(draft), None)


def _too_long(draft: Draft) -> Iterator[Text]:
    for name in ("stem", "key", "distractors", "because", "why"):
        value = getattr(draft, name)
        for text in value if isinstance(value, tuple) else (value,):
            yield from too_long(name, text)


def too_long(name: str, text: str) -> Iterator[Text]:
    """Yield that a text is too long, if it is."""
    most = LONGEST[name]
    if len(text) > most:
        zh, en = NAMES[name]
        yield Text(TOO_LONG.zh.format(what=zh, most=most), TOO_LONG.en.format(what=en, most=most))


def wanting(draft: Draft, author: Iterable[str], solvers: int) -> Text | None:
    """Return what an item still lacks to be accepted, None if nothing.

    Args:
        draft: As it is to be accepted.
        author: The author's names; they cannot be among those who worked it.
        solvers: How many people who had no part in it have to get the same answer.
    """
    if draft.kind != "item":
        return None
    if not draft.cites:
        return NO_CITE
    if len(draft.because) < len(draft.distractors) or not all(draft.because):
        return NOT_WHY
    own = {one.casefold() for one in author}
    if len({one.casefold() for one in draft.solvers} - own) < solvers:
        return Text(*(one.format(count=solvers) for one in NO_SOLVERS))
    return None
