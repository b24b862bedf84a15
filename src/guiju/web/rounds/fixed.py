"""Which settings of a round are fixed for a case when it is opened, and which are read as they stand. By the names of
`edits.snapshot`."""

from __future__ import annotations

_OBJECTIONS = ("rules.anonymous_objections", "rules.objection_days")
_NOT_REVIEW = ("rules.offices", "rules.plan", "rules.reminders", *_OBJECTIONS)


def fixed_at_opening(name: str) -> bool:
    """Whether running cases keep what they were opened with."""
    return name.startswith(("parameters.", "bodies.")) or name == "closes" or name in _OBJECTIONS


def read_while_reviewing(name: str) -> bool:
    """Whether a review that goes on reads the value anew."""
    return name.startswith("rules.") and name not in _NOT_REVIEW
