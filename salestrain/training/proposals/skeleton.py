"""What was proposed, as the YAML of an item that only has to be completed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.proposals.drafts import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.language import Text
    from salestrain.training.proposals.proposals import Proposal

MISSING = "  # 缺 · missing"
HEAD = """\
# 大家提的题：补上标着「缺」的地方，给每题起个编号，再看 salestrain check。
# Proposed by colleagues: fill in what is marked missing, name each item, then run salestrain check.
"""
NONE = "# 没有这样的题。· There are none.\n"
FILE = "# ---- playbook/items/{}-proposals.yaml ----\n"
ITEM = """\
  # {id} · {day} · {state}
  - id: {name}  # 按它问的改 · rename it after what it asks
    kind: single
    level: apply  # recall, apply, judge
    expected_facility: 0.6  # 估计 · a guess
    cites: [{cites}]{no_cite}
    by: {by}
    stem:
{stem}    options:
{options}"""
OPTION = """\
      - id: {name}
{key}{text}        feedback:
{feedback}"""
FEW_OPTIONS = (
    "      # 缺：还要一个真有人会选的错答案 · missing: one more wrong answer that people give\n"
)
WHY = "  # 作者说的依据 · what says so, by its author: {}\n"
LEAST = 2


class Credited(NamedTuple):
    """A proposal with its author's name, and the day they handed it in."""

    proposal: Proposal
    author: Text
    day: str


def skeletons(every: Iterable[Credited]) -> str:
    """Return the proposals as YAML: items by section, a document each; improvements as comments."""
    sections: dict[str, list[Credited]] = {}
    for one in every:
        sections.setdefault(one.proposal.draft.section, []).append(one)
    documents = [_document(section, sections[section]) for section in sorted(sections)]
    return HEAD + ("---\n".join(documents) or NONE)


def _document(section: str, every: list[Credited]) -> str:
    items = [one for one in every if one.proposal.draft.kind == "item"]
    notes = "".join(map(_improvement, (one for one in every if one not in items)))
    if not items:
        return notes
    body = f"section: {_quoted(section)}\nitems:\n{''.join(map(_item, items))}"
    return FILE.format(section) + body + notes


def _improvement(one: Credited) -> str:
    texts, (zh, en) = one.proposal.texts, one.author
    who = zh if zh == en else f"{zh} · {en}"
    return f"# {_quoted(texts.item)}: {_quoted(texts.why)} ({_plain(who)}, {one.day})\n"


def _item(one: Credited) -> str:
    proposal, texts = one.proposal, one.proposal.texts
    why = WHY.format(_quoted(texts.why)) if texts.why else ""
    return why + ITEM.format(
        id=_plain(proposal.id),
        day=one.day,
        state=proposal.state,
        name=f"{texts.section}.i.proposal_{_slug(proposal.id)}",
        cites=", ".join(map(_quoted, texts.cites)),
        no_cite="" if texts.cites else MISSING,
        by=f"{{zh: {_quoted(one.author.zh)}, en: {_quoted(one.author.en)}}}",
        stem=_both(texts.stem, texts.language, 6),
        options="".join(_options(one)),
    )


def _options(one: Credited) -> Iterator[str]:
    texts = one.proposal.texts
    yield _option("right", texts.key, "", texts.language)
    for number, text in enumerate(texts.distractors, 1):
        because = texts.because[number - 1] if number <= len(texts.because) else ""
        yield _option(f"wrong_{number}", text, because, texts.language)
    if len(texts.distractors) < LEAST:
        yield FEW_OPTIONS


def _option(name: str, text: str, because: str, language: str) -> str:
    key = "        key: true\n" if name == "right" else ""
    both, feedback = _both(text, language, 8), _both(because, language, 10)
    return OPTION.format(name=name, key=key, text=both, feedback=feedback)


def _both(text: str, language: str, indent: int) -> str:
    """Return a text in its language, the other one marked as missing."""
    lines = ((one, text if one == language else "") for one in ("zh", "en"))
    margin = " " * indent
    return "".join(
        f"{margin}{one}: {_quoted(said)}{'' if said else MISSING}\n" for one, said in lines
    )


def _quoted(text: str) -> str:
    """Return a text as a double-quoted scalar in one line: no sign in it can end it."""
    return json.dumps(clean(text), ensure_ascii=False)


def _plain(text: str) -> str:
    return clean(text, lines=False)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
