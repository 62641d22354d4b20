"""Talks with a customer: played, kept as runs, looked back on, and rated by people."""
