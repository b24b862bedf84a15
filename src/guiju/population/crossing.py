"""Which limits cross: a group of an earlier one lies partly inside a group of a later one. Then a higher amount can
lead to a lower sum, and neither case bounds (`guiju.evaluate.limits` says how that is met)."""

from __future__ import annotations

from typing import Any

import numpy as np

from guiju.population import groups
from guiju.population.claims import LOOSE
from guiju.population.columns import Mask
from guiju.population.groups import Places
from guiju.population.limits import Acting, Items


def crossing(limits: list[Acting], items: Items, count: int) -> list[Mask]:
    """For each limit, for whom of the `count` organisations it crosses another."""
    found = [np.zeros(count, np.bool_) for _ in limits]
    for a, inner in enumerate(limits):
        if not len(inner.held):
            continue
        group, number = _groups(inner, items, count)
        for b in range(a + 1, len(limits)):
            crossed = _crossed(inner, limits[b], group, number, items)
            owners = items.owners[inner.held[crossed[group]]]
            found[a][owners] = True
            found[b][owners] = True
    return found


def _groups(limit: Acting, items: Items, count: int) -> tuple[Places, int]:
    """To each item that the limit holds the number of its group: of those that it takes, or may take, together."""
    owners = items.owners[limit.held]
    whole = groups.marked(owners, limit.state == LOOSE, count)[owners] | (limit.limit.form == "best")
    return groups.numbered((owners, np.where(whole, -1, limit.label)))


def _crossed(inner: Acting, outer: Acting, group: Places, count: int, items: Items) -> Mask:
    """Which groups of the inner limit the outer one crosses."""
    place = np.full(len(items.owners), -1)
    place[outer.held] = np.arange(len(outer.held))
    there = place[inner.held]
    held = there >= 0
    size = np.bincount(group, minlength=count)
    inside, there = group[held], there[held]
    number = np.bincount(inside, minlength=count)
    unit = groups.marked(group, ~np.isnan(items.unit[inner.held]), count)
    several = ((size > 1) | unit) & (number > 0)
    crossed = (number < size) | groups.marked(inside, outer.unsure[there], count)
    if outer.limit.form == "best":
        crossed |= (inner.limit.form == "best") | _differ(inside, items.category[inner.held[held]], count)
    else:
        crossed |= groups.marked(inside, outer.state[there] == LOOSE, count)
        crossed |= _differ(inside, outer.label[there], count)
    return several & crossed


def _differ(group: Places, values: Any, count: int) -> Mask:
    """In which groups not all values are equal."""
    least, most = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).min)
    np.minimum.at(least, group, values)
    np.maximum.at(most, group, values)
    return most > least
