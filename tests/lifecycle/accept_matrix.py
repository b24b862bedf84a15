"""Writes the stored tables of who may do what where: `python -m tests.lifecycle.accept_matrix [chart…]`.

Review the difference before it is committed: the tests hold the engine to these tables, line by line.
"""

import sys
from pathlib import Path

from guiju.lifecycle.library import load_charts
from guiju.lifecycle.matrix import table

TABLES = Path(__file__).parent / "matrix"


def file_of(chart: str) -> Path:
    """Where the table of a chart is stored."""
    return TABLES / f"{chart.replace('/', '-')}.txt"


def accept(words: list[str]) -> None:
    """Store the tables of these charts, or of all, and drop those of charts that are gone."""
    charts = load_charts()
    TABLES.mkdir(exist_ok=True)
    for id_ in [charts.find(word) for word in words] or charts.ids():
        file_of(id_).write_text(table(charts.chart(id_)), encoding="utf-8")
    if not words:
        for path in set(TABLES.glob("*.txt")) - {file_of(id_) for id_ in charts.ids()}:
            path.unlink()


if __name__ == "__main__":
    accept(sys.argv[1:])
