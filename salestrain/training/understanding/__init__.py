"""Understanding what a learner types: a message's parts, and the move that each of them makes."""
