"""What training did: by how much, how sure, and what the way it was set up lets one conclude.

**The unit is the person.** Whatever was counted (answers, visits, deals) becomes one figure for
each person and stretch of time first; intervals are over people, so that twenty visits of one
newcomer are no twenty newcomers.

**Few people.** Every estimate here is a sum of means of independent groups. Its interval is
Student's with the degrees of freedom of Welch and Satterthwaite, which holds from about five
people a group on; ``benchmarks/effects.py`` shows how often.

**No cause without a lot.** An estimate knows nothing of how people came by their training. The
``verdict`` asks for the design, and speaks of a cause only where a lot decided who came first and
each side is as large as rule 4.1.compare demands.
"""

from salestrain.training.effects.estimate import FEW, Change, Estimate, change_of
from salestrain.training.effects.matching import Matched, Peer, matched
from salestrain.training.effects.paired import before_after, mean_over, retained
from salestrain.training.effects.periods import difference_in_differences, staggered
from salestrain.training.effects.verdict import Design, Verdict, verdict_on

__all__ = [
    "FEW",
    "Change",
    "Design",
    "Estimate",
    "Matched",
    "Peer",
    "Verdict",
    "before_after",
    "change_of",
    "difference_in_differences",
    "matched",
    "mean_over",
    "retained",
    "staggered",
    "verdict_on",
]
