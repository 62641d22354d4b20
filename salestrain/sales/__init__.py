"""Tables in, metrics and reviews out. Pure: the caller hands in the connection and the date."""
