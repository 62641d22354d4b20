"""Paths: what was done for each step, who signed it, where a person stands, who is stuck."""
