"""Proofs of role-plays: all that can come of a scenario, and what of it is wrong."""
