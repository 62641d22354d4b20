"""The pieces of every app's screen: pure functions that return finished, escaped HTML.

Plain arguments are texts and get escaped; arguments named ``body``, ``*_html`` or ``parts`` hold
finished HTML from another piece.
"""
