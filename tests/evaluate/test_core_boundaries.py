"""Behaviour at the edges of the core that no other test pins: each kills a mutant that survived."""
