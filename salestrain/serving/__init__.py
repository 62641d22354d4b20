"""The server: Voila's, with own handlers only, a sign-in, and a guard before every kernel."""
