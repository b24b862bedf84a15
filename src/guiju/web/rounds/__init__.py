"""Rounds of a programme: what an officer sets, checks, publishes and changes."""
