"""A simulated class of 24 new hires over 90 days: what they did here, and what came of it.

Everything practised goes through the engine that the apps use (items are marked, talks are played
move by move) and is kept as the steps that the apps save. What they do at customers comes from a
model of behaviour whose effects are planted, so that a review of training can be held against the
truth. The seed is an argument; no clock is read.
"""
