"""Who is too few: a greatest flow of reviews from experts to applications, and where it is held up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from guiju.review.assignment.program import institution_groups
from guiju.review.assignment.table import Ints, Table


@dataclass(frozen=True, slots=True, eq=False)
class Bottleneck:
    """Applications that together need more than they can get. `full`: the experts who would all be at their limit,
    with their `limits`; `single`: what all others can give, at most one for each application and expert (or
    institution)."""

    applications: Ints
    full: Ints
    need: int
    limits: Ints
    single: int

    @property
    def have(self) -> int:
        return int(self.limits.sum()) + self.single


def bottleneck(table: Table, columns: Ints, need: int, by_institution: bool) -> Bottleneck | None:
    """Where `need` reviews for each application, made by these columns, fail on the experts' greatest loads; None if
    they don't. `by_institution`: an institution gives an application one review at most.

    The flow runs application → (institution →) expert; by max-flow min-cut what holds it up is a proof.
    """
    graph, first_expert = _graph(table, columns, need, by_institution)
    sink = graph.shape[0] - 1
    flow = csgraph.maximum_flow(graph, 0, sink)
    cases = len(table.applications)
    if flow.flow_value >= need * cases:
        return None
    left = graph - flow.flow
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    reached = np.zeros(graph.shape[0], dtype=bool)
    reached[csgraph.breadth_first_order(left, 0, return_predecessors=False)] = True
    held = np.nonzero(reached[1:cases + 1])[0]
    full = np.nonzero(reached[first_expert:sink])[0]
    coo = graph.tocoo()
    cut = reached[coo.row] & ~reached[coo.col] & (coo.row != 0) & (coo.col != sink)
    most = np.minimum(table.most, cases)
    return Bottleneck(held, full, need * len(held), most[full], int(coo.data[cut].sum()))


def _graph(table: Table, columns: Ints, need: int, by_institution: bool) -> tuple[Any, int]:
    """The network: source 0, applications, groups, experts, sink. Returns it with the place of the first expert."""
    case, person = table.application[columns], table.expert[columns]
    cases, people = len(table.applications), len(table.experts)
    groups, group, grouped = (institution_groups(table, case, person) if by_institution
                              else (np.zeros((0, 2), np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)))
    alone = np.setdiff1d(np.arange(len(columns)), grouped)
    first_group = 1 + cases
    first_expert = first_group + len(groups)
    sink = first_expert + people
    tail = [np.zeros(cases, np.int64), 1 + groups[:, 0], first_group + group, 1 + case[alone],
            first_expert + np.arange(people)]
    head = [1 + np.arange(cases), first_group + np.arange(len(groups)), first_expert + person[grouped],
            first_expert + person[alone], np.full(people, sink)]
    data = [np.full(cases, need), np.ones(len(groups)), np.ones(len(grouped)), np.ones(len(alone)),
            np.minimum(table.most, cases)]
    graph = sparse.csr_array((np.concatenate(data).astype(np.int32), (np.concatenate(tail), np.concatenate(head))),
                             shape=(sink + 1, sink + 1))
    return graph, first_expert
