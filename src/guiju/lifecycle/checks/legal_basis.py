"""Every rule stands on a clause, and every clause that is cited is in the index."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found, listed
from guiju.lifecycle.checks.views.citations import of_others, of_rules
from guiju.source.diagnostics import Diagnostic

CODES = {"E550": "a legal basis that does not resolve"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for id_, span, clauses in dict.fromkeys([*of_rules(chart), *of_others(chart)]):
        unknown = [c for c in clauses if c not in chart.clauses]
        if unknown:
            names = listed(unknown)
            yield found("E550", span, f"“{id_}”所引的条款{names.zh}不在条款索引里；补进 clauses，或改正 cite",
                        f"'{id_}' cites {names.en}, which is not in the index: add it to 'clauses' or mend 'cite'")
    for id_, span, clauses in of_rules(chart):
        if not clauses and not chart.basis:
            yield found("E550", span, f"“{id_}”没有依据；写 cite，或给整张图写 cite",
                        f"'{id_}' stands on no clause: write 'cite' here or for the whole chart")
