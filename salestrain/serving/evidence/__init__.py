"""Evidence: files people hand in, told apart by their bytes, kept, and given back."""
