"""Talks told by other tools: Twine's Twee and compiled Ink, played by choice."""
