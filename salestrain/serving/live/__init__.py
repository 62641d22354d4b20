"""Live sessions: served by the server itself, for a kernel on each phone would be far too many."""
