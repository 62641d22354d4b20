"""Where we lose them: bars of what reached each stage, the conversion between, the comparison."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.views.markup import Caption, Scale, Tone, classes, figure, place, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.language import Language

WENT_ON = Text("进入下一阶段", "went on")


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """What reached a stage, and what share of it went on.

    ``conversion`` (``63%``) and ``comparison`` (``其他五组 61%``) speak of the step to the next
    stage; ``focus`` tints that step, and gives the next bar its tone.
    """

    name: str
    count: float
    label: str
    conversion: str = ""
    comparison: str = ""
    focus: Tone | None = None


def funnel(caption: Caption, stages: Sequence[FunnelStage], language: Language) -> str:
    """Return the stages from first to last; every bar starts at zero, the longest is the widest."""
    scale = Scale(0.0, max((stage.count for stage in stages), default=0.0))
    drawn = []
    for index, stage in enumerate(stages):
        came = stages[index - 1].focus if index else None
        drawn.append(_stage(stage, scale, came))
        if index < len(stages) - 1:
            drawn.append(_step(stage, language))
    return figure(caption, f'<ol class="funnel">{"".join(drawn)}</ol>', "funnel")


def _stage(stage: FunnelStage, scale: Scale, came: Tone | None) -> str:
    tone = f"tone--{came}" if came else ""
    return (
        f'<li{classes("stage", tone)}><span class="name">{escape(stage.name)}</span>'
        f'<span class="lane"{place(v=scale.at(stage.count))}><i class="bar"></i>'
        f"<b>{escape(stage.label)}</b></span></li>"
    )


def _step(stage: FunnelStage, language: Language) -> str:
    focus = f"focus focus--{stage.focus}" if stage.focus else ""
    if not stage.conversion:
        return f"<li{classes('step', focus)}><span>—</span></li>"
    return (
        f"<li{classes('step', focus)}><span><b>{escape(stage.conversion)}</b> "
        f"{WENT_ON.in_(language)}</span>{small(stage.comparison)}</li>"
    )
