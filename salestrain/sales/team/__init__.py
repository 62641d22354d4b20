"""Chapter 1 in figures: who is hired, what that foretold, who stands where, who is next."""
