"""Customers: what they are worth, who drifts away, and where the effort goes."""
