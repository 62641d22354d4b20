"""Sets of questions gone through: sittings, the responses they leave, and what is missed."""
