"""A box as plain data and back, for whoever keeps it: as one value, written over at each vote."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from guiju.review.ballots.box import Ballot, Box, Paper, Rule
from guiju.review.digest import plain
from guiju.source.diagnostics import Text


def to_data(box: Box) -> dict[str, Any]:
    """The box as JSON data; sets and papers sorted, so that their order tells nothing."""
    data: dict[str, Any] = plain(box)
    return data


def of_data(data: Mapping[str, Any]) -> Box:
    """The box of `to_data`. Raises KeyError, TypeError or ValueError for anything else."""
    ballot = data["ballot"]
    rule = dict(ballot["rule"])
    for name in ("quorum", "majority"):
        rule[name] = None if rule[name] is None else Fraction(rule[name])
    return Box(Ballot(ballot["id"], Text(**ballot["motion"]), frozenset(ballot["members"]),
                      frozenset(ballot["recused"]), Rule(**rule)),
               frozenset(data["voted"]), tuple(Paper(**paper) for paper in data["papers"]), data["closed"])
