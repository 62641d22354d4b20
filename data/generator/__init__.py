"""The sample company's books, made from one seed: ``python -m data.generator``."""
