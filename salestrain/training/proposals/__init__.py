"""Items and improvements that colleagues propose, and what becomes of them."""
