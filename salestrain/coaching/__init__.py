"""Coaching: where training and selling meet, and where an hour of a manager's is worth most.

It stands above both: neither ``training`` nor ``sales`` may know of the other, and what joins them
is joined here alone, so that whoever asks what was joined has one room to look at. Pure, as they
are.
"""

from salestrain.coaching.hour import Advice, Lead, Pipeline, Skill, Stage, advice
from salestrain.coaching.stage_gap import Counts, StageGap, alikeness, stage_gap

__all__ = [
    "Advice",
    "Counts",
    "Lead",
    "Pipeline",
    "Skill",
    "Stage",
    "StageGap",
    "advice",
    "alikeness",
    "stage_gap",
]
