"""Exams: who may begin one, what is drawn and answered, what it came to, and its certificate."""
