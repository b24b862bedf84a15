"""The result sheet of a round as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guiju.review.scores import rounded
from guiju.source.diagnostics import Text
from guiju.web.kit.numbers import short_percent
from guiju.web.kit.sheets import workbook
from guiju.web.reviewing.queries.marks import Results

BEFORE = (Text("排名", "rank"), Text("申报编号", "application"), Text("实验室", "laboratory"), Text("依托单位", "host"),
          Text("专家组", "panel"), Text("得分", "score"), Text("专家数", "experts"), Text("标准差", "deviation"))
AFTER = (Text("结果", "result"), Text("同意", "yes"), Text("不同意", "no"), Text("弃权", "abstain"),
         Text("得票比例", "share"), Text("表决", "vote"))


def result_sheet(title: str, found: Results, named: bool) -> bytes:
    """Each application with its scores, spread, rank and votes. `named`: with the experts' names."""
    most = max((len(s.sheets) for s in found.standings), default=0)
    columns = [*BEFORE, *(Text(f"专家{n}", f"expert {n}") for n in range(1, most + 1)), *AFTER]
    return workbook(title, columns, _rows(found, most, named))


def _rows(found: Results, most: int, named: bool) -> Iterator[list[Any]]:
    for s in found.standings:
        totals = {e.expert: e for e in s.result.experts}
        cells: list[Any] = []
        for sheet in s.sheets:
            total = totals[sheet.assigned.user.public_id].total
            figure = rounded(total) if total is not None else "—"
            cells.append(f"{sheet.assigned.user.name} {figure}" if named else total if total is not None else "—")
        yield [s.row.rank, s.application.public_id, s.title, s.application.organisation.name,
               s.application.placement.panel.field, s.row.total, s.result.scores,
               round(s.result.spread.deviation, 2) if s.result.spread else None, *cells, *[None] * (most - len(cells)),
               s.row.text, s.votes.get("yes"), s.votes.get("no"), s.votes.get("abstain"),
               short_percent(s.votes.get("percent", "")) or None,
               Text(s.votes["zh"], s.votes["en"]) if s.votes else None]
