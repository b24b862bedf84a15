"""Weights of the evaluation's four sides. The sources have none; a round's rules may set them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from guiju.web.accounts.models import User
from guiju.web.kit.permissions import Refused
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import round_of
from guiju.web.rounds.domain import Edit, change

KEY = "evaluation_weights"  # in Round.rules: {side: full points}
SIDE_IDS = ("research", "people", "openness", "service")


def weights_for(laboratory: Laboratory) -> dict[str, Decimal]:
    """Full points by side; empty unless the round's rules set all four."""
    found = round_of(laboratory)
    given = found.rules.get(KEY) if found is not None else None
    if not isinstance(given, dict):
        return {}
    try:
        weights = {side: Decimal(str(given[side])) for side in SIDE_IDS}
    except (KeyError, InvalidOperation):
        return {}
    return weights if all(w.is_finite() and w >= 0 for w in weights.values()) else {}


def set_weights(laboratory: Laboratory, user: User, weights: dict[str, Decimal], reason: str) -> None:
    """Set the weights in the rules of the laboratory's round, for every laboratory of it. Raises Refused."""
    found = round_of(laboratory)
    if found is None:
        raise Refused("这个实验室不属于平台上的批次，没有细则可设", "this laboratory is of no round of the site")
    change(found, Edit(rules={KEY: {side: str(points) for side, points in weights.items()}}), reason, user,
           found.version)
