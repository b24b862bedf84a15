"""Tables of figures: for the terminal, and for a page of the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from report import table


@dataclass(frozen=True, slots=True)
class Table:
    """`rows`: the first holds the headings. `notes`: what to know when reading."""

    title: str
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default_factory=list)

    def text(self) -> str:
        return "\n".join([self.title, table(self.rows), *self.notes])

    def markdown(self) -> str:
        head, *rest = self.rows
        marks = ["---", *["---:"] * (len(head) - 1)]
        lines = [f"| {' | '.join(row)} |" for row in (head, marks, *rest)]
        return "\n".join([f"**{self.title}**", "", *lines, "", *self.notes])


def mb(size: float) -> str:
    return f"{size / 2**20:,.0f}"


def times(value: float) -> str:
    """A ratio."""
    return f"{value:.0f}×" if value >= 20 else f"{value:.1f}×" if value >= 1 else f"{value:.2f}×"


def millions(value: float) -> str:
    return f"{value / 1e6:,.0f}" if value >= 20e6 else f"{value / 1e6:,.1f}"
