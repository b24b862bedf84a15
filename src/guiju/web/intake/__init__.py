"""Recommending bodies and the formal examination."""
