"""What a verdict says, and what its design lets one conclude, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text

if TYPE_CHECKING:
    from salestrain.training.effects.verdict import Verdict, Word

SAID: dict[Word, Text] = {
    "helped": Text("有用", "Helped"),
    "hurt": Text("帮了倒忙", "Hurt"),
    "higher": Text("更高，因为什么不能说", "Higher, no saying why"),
    "lower": Text("更低，因为什么不能说", "Lower, no saying why"),
    "cant_tell": Text("说不准", "Can’t tell"),
    "few": Text("人太少，不下结论", "Too few to say"),
}
LOT = Text("分批，抽签定先后", "In waves, by lot")
LOT_FEW = Text("分批，抽签，人不够", "In waves, by lot, too few")
WAVES = Text("分批，没抽签", "In waves, no lot")
ALONE = Text("前后比", "Before and after")
PEERS = Text("和最像的人比", "Against matched peers")
LOT_MAY = Text(
    "先上的一批比还没上的那批多变了多少，就是这一课带来的。前提：先后真是抽签定的，没轮到的人没有提前学，"
    "两批人各做各的。",
    "By how much more the first wave changed than those still waiting is what the module did, "
    "provided the lot was really drawn, nobody waiting learnt it early, and the waves kept apart.",
)
LOT_FEW_MAY = Text(
    "差多少可以记下，因为什么不能说：4.1.compare 要每边至少 {each} 人，现在少的一边是 {least} 人。",
    "The difference can be written down, the because left out: 4.1.compare takes at least {each} "
    "on "
    "each side, and the smaller has {least}.",
)
WAVES_MAY = Text(
    "只有在「没有这一课，两批人会变得一样多」说得通时，差别才算它的。没抽签，这一句证明不了。",
    "The difference is the module’s only if both waves would have changed alike without it. With "
    "no "
    "lot drawn, that can’t be shown.",
)
ALONE_MAY = Text(
    "只能说这些人变了多少。同一段时间里他们也在干活、在变熟，差的本来就会往回走；不能说是这一课带来的。",
    "It says by how much these people changed and no more. They also worked and settled in "
    "meanwhile, and who was low tends to come back up; none of it can be put down to the module.",
)
PEERS_MAY = Text(
    "按入职月数、组、之前的数各找一个最像的人比，所以只在这几样上是公平的；没配的（谁被叫去、谁更想学）照样会造成差别。",
    "Each is held against whoever is nearest in months here, team and earlier figures, so it is "
    "fair "
    "in these alone; what wasn’t matched (who was sent, who was keen) may make the difference.",
)


def design_of(found: Verdict) -> Text:
    """Return what the design is called."""
    if found.design == "before_after":
        return ALONE
    if found.design == "matched":
        return PEERS
    return (LOT if found.enough else LOT_FEW) if found.lot else WAVES


def may(found: Verdict) -> Text:
    """Return what may be concluded and what not; it may have blanks ``each`` and ``least``."""
    if found.design == "before_after":
        return ALONE_MAY
    if found.design == "matched":
        return PEERS_MAY
    return (LOT_MAY if found.enough else LOT_FEW_MAY) if found.lot else WAVES_MAY
