"""salestrain: a company writes down how it sells once; practice and reviews come from it."""

__version__ = "0.1.0"
