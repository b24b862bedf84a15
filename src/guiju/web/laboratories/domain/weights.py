"""Weights of the evaluation's four sides. The sources have none; a round's rules may set them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from guiju.web.laboratories.models import Laboratory
from guiju.web.rounds.models import Round

KEY = "evaluation_weights"  # in Round.rules: {side: full points}
SIDE_IDS = ("research", "people", "openness", "service")


def weights_for(laboratory: Laboratory) -> dict[str, Decimal]:
    """Full points by side; empty unless the round's rules set all four."""
    found = Round.objects.filter(public_id=laboratory.case.round).first()
    given = found.rules.get(KEY) if found is not None else None
    if not isinstance(given, dict):
        return {}
    try:
        weights = {side: Decimal(str(given[side])) for side in SIDE_IDS}
    except (KeyError, InvalidOperation):
        return {}
    return weights if all(w.is_finite() and w >= 0 for w in weights.values()) else {}
