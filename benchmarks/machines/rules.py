"""The guards of the made-up chart as plain functions, and its moves as rows: what both peers are built from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Facts = dict[str, Any]

STAGES = ("draft", "filed", "returned", "examined", "noticed", "granted", "extended", "suspended", "refused", "done",
          "revoked")
FINAL = ("refused", "done", "revoked")

GUARDS: dict[str, Callable[[Facts], bool]] = {
    "is_large": lambda f: f["area"] >= 100 and f["staff"] >= 5,
    "is_complete": lambda f: f["complete"],
    "is_incomplete": lambda f: not f["complete"],
    "is_passed": lambda f: f["score"] >= 60,
    "is_failed": lambda f: f["score"] < 60,
    "is_grantable": lambda f: f["score"] >= 60 and (f["area"] >= 120 or f["staff"] >= 10 or f["score"] >= 90),
    "is_short": lambda f: f["months"] <= 12,
    "is_staffed": lambda f: f["staff"] >= 5,
    "is_in_order": lambda f: f.get("in_order", False),
    "is_out_of_order": lambda f: not f["in_order"],
}

# event, sources, target ("" stays), guard
MOVES = (
    ("submit", ("draft",), "filed", "is_large"),
    ("accept", ("filed",), "examined", "is_complete"),
    ("send_back", ("filed",), "returned", "is_incomplete"),
    ("resubmit", ("returned",), "filed", "is_large"),
    ("drop", ("returned",), "refused", ""),
    ("approve", ("examined",), "noticed", "is_passed"),
    ("fail", ("examined",), "refused", "is_failed"),
    ("grant", ("noticed",), "granted", "is_grantable"),
    ("decline", ("noticed",), "refused", ""),
    ("extend", ("granted",), "extended", "is_short"),
    ("report", ("granted", "extended"), "", "is_staffed"),
    ("suspend", ("granted", "extended"), "suspended", "is_out_of_order"),
    ("resume", ("suspended",), "granted", "is_in_order"),
    ("finish", ("granted", "extended"), "done", "is_in_order"),
    ("revoke", ("suspended",), "revoked", ""),
)
