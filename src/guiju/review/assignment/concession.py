"""What would have to give, where every demand can be met alone but not all together: the least of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse

from guiju.review.assignment.program import families, institution_groups
from guiju.review.assignment.result import Concession
from guiju.review.assignment.table import Table
from guiju.review.assignment.whole import solve
from guiju.source.diagnostics import Text


def concessions(table: Table) -> tuple[Concession, ...]:
    """The fewest breaches of rows that make an assignment possible, each in words. Fixed pairs, bars and bans stay."""
    every = np.arange(len(table.fit))
    listed = list(families(table, every, None))
    matrix, low, high, owners = _with_slack(listed, len(every))
    slack = matrix.shape[1] - len(every)
    objective = np.concatenate([np.zeros(len(every)), -np.ones(slack)])
    found = solve(objective, matrix, low, high, np.concatenate([table.fixed.astype(float), np.zeros(slack)]),
                  np.concatenate([np.ones(len(every)), np.full(slack, len(table.fit) + float(low[low > 0].sum()))]))
    assert found is not None  # with every row allowed to give, something is possible
    given = found[len(every):]
    return tuple(_concession(table, *owners[n], int(given[n])) for n in np.nonzero(given)[0])


def _with_slack(listed: list[Any], count: int) -> tuple[Any, Any, Any, list[tuple[str, int, bool]]]:
    """All rows, each with a column that may fill what is lacking and one that may take what is over."""
    blocks, owners, low, high = [], [], [], []
    for family in listed:
        blocks.append(sparse.csr_array((family.weight, (family.row, family.column)), shape=(len(family.low), count)))
        low.append(family.low)
        high.append(family.high)
        owners += [(family.name, row, up) for up in (True, False) for row in range(len(family.low))
                   if np.isfinite((family.low if up else family.high)[row])]
    sizes = np.cumsum([0, *(len(f.low) for f in listed)])
    starts = {f.name: int(start) for f, start in zip(listed, sizes, strict=False)}
    rows = np.array([starts[name] + row for name, row, _ in owners])
    signs = np.array([1.0 if up else -1.0 for _, _, up in owners])
    slack = sparse.csr_array((signs, (rows, np.arange(len(owners)))), shape=(int(sizes[-1]), len(owners)))
    return (sparse.hstack([sparse.vstack(blocks), slack]).tocsr(), np.concatenate(low), np.concatenate(high), owners)


def _concession(table: Table, family: str, row: int, lacking: bool, amount: int) -> Concession:
    about, said = next(_said(table, family, row, lacking, amount))
    return Concession(family, about, amount, said)


def _said(table: Table, family: str, row: int, lacking: bool, amount: int) -> Iterator[tuple[str, Text]]:
    if family == "load":
        expert = table.experts[row]
        more = Text("少评", "takes fewer, by") if lacking else Text("多评", "takes more, by")
        yield expert.id, Text(f"{expert.name}{more.zh} {amount} 份", f"{expert.name} {more.en} {amount}")
        return
    if family == "institution":
        case, home = institution_groups(table, table.application, table.expert)[0][row]
        application = table.applications[case]
        employer = next(e.organisation.label for e, i in zip(table.experts, table.institution, strict=True)
                        if i == home)
        yield application.id, Text(f"“{application.name}”的专家中{employer}多 {amount} 人",
                                   f"'{application.name}' has {amount} more of {employer}")
        return
    application = table.applications[row]
    sort = {"panel": Text("专家", "experts"), "in_field": Text("本领域专家", "experts in the field")}.get(
        family, Text(f"{family.removeprefix('kind:')}类专家", f"experts of kind {family.removeprefix('kind:')}"))
    fewer = Text("少", "fewer") if lacking else Text("多", "more")
    yield application.id, Text(f"“{application.name}”{fewer.zh} {amount} 名{sort.zh}",
                               f"'{application.name}' has {amount} {fewer.en} {sort.en}")
