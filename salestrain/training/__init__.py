"""Practice, without a clock or a disk: answers and moves become marks, and marks say what next."""
