"""Who is registered in a region, as far as that is known."""

from __future__ import annotations

import numpy as np

from guiju.population.columns import Mask, Status
from guiju.population.people import Population


def registered(people: Population, region: str) -> tuple[Mask, Mask]:
    """Who surely is registered in a region, given by the digits that all its codes begin with; and who surely is
    not."""
    held = people.facts.get("region")
    if held is None or isinstance(held.column, Status):
        return np.zeros(people.count, np.bool_), np.zeros(people.count, np.bool_)
    first, last = int(region.ljust(6, "0")), int(region.ljust(6, "9"))
    low, high = held.column.low, held.column.high
    inside, outside = (low >= first) & (high <= last), (high < first) | (low > last)
    return (np.array(np.broadcast_to(inside, people.count), np.bool_),
            np.array(np.broadcast_to(outside, people.count), np.bool_))
