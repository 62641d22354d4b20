"""The other side's part spoken by a language model: what it is told, and what it may say."""
