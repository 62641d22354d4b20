"""What role-plays show of a class: where people fail, which mistakes are common, who gets better.

**What counts.** Runs that came to an end, practised or as a test; exploring gives help, so nothing
of it counts. Talks are replayed by today's scenario; what it no longer allows is left out.

**Decisions.** A node is a state of a scenario. What somebody did the first time they came to it, in
the first run that came there, is their answer to it, as a first answer is to an item; later runs
show what the first taught. So all that is known of items holds: people and not runs are counted,
what somebody never met is missing and no zero, and the same rest score says who is good elsewhere.

**A good move** earns points, or learns a fact, or raises trust, or ends the talk well; one that
costs points or trust, or is a critical mistake, is none, whatever else it brings. What wasn't
understood is no move: the first one that counted is taken.
"""
