"""Totals of evaluations, where the round's rules make them computable."""

from __future__ import annotations

from decimal import Decimal

from guiju.web.laboratories.domain.weights import weights_for
from guiju.web.laboratories.models import Laboratory


def totals(laboratory: Laboratory) -> dict[int, Decimal]:
    """The total of each evaluation by its key; none of one without all four scores, nor without weights."""
    weights = weights_for(laboratory)
    found = {}
    for evaluation in laboratory.evaluations.all() if weights else ():
        scores = [evaluation.sides.get(side, {}).get("score") for side in weights]
        if all(scores):
            found[evaluation.pk] = sum((Decimal(s) for s in scores), Decimal())
    return found
