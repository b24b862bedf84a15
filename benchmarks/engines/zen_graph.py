"""ZEN the usual way: rules in an expression node, prices in a decision table, the outcome in a third node."""

from __future__ import annotations

from engines.zen_decision import Decision


def load() -> Decision:
    return Decision("graph")
