"""Proficiency: how far somebody has come in each competency, by all that was seen, and how sure.

What was seen of a competency (``observation``) is gathered from answers, role-plays, ratings and
figures (``gathering``), weighed by its age and added up to a belief with an interval (``belief``);
that is set against what the role asks (``standing``), and says what to do next (``lift``).
"""

from salestrain.training.proficiency.belief import Belief, Prior, belief, prior_of
from salestrain.training.proficiency.gathering import Shown, from_figure, gathered
from salestrain.training.proficiency.lift import Lift, Offer, fastest
from salestrain.training.proficiency.observation import Observation, Weighing
from salestrain.training.proficiency.standing import Light, Standing, standing_of, widest_first

__all__ = [
    "Belief",
    "Lift",
    "Light",
    "Observation",
    "Offer",
    "Prior",
    "Shown",
    "Standing",
    "Weighing",
    "belief",
    "fastest",
    "from_figure",
    "gathered",
    "prior_of",
    "standing_of",
    "widest_first",
]
