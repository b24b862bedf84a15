"""What a comparison with the text left open: figures that nobody has accounted for, values that no clause has."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from guiju.book.page import chinese
from guiju.cli.voice import Voice
from guiju.documents.coverage.compare import Coverage, shown


def lacking(report: Coverage, say: Voice) -> str:
    """As a list; nothing where all is accounted for."""
    listed = "".join(f"<li>{line}</li>" for line in _lines(report, say))
    return f"<ul>{listed}</ul>" if listed else ""


def _lines(report: Coverage, say: Voice) -> Iterator[str]:
    for found in report.figures:
        if found.status == "open":
            figure, place = chinese(found.figure.text, say), escape(f"{found.source}:{found.line}")
            yield say(f"未交代：{figure}（{place}）", f"open: {figure} ({place})")
    for mismatch in report.mismatches:
        if not mismatch.reason:
            yield (say("数不见于所引条款：", "a value is not in its clauses: ")
                   + escape(f"{mismatch.rule} {shown(mismatch.value)}"))
    for line in report.unindexed:
        yield say(f"条款目录里没有的行：{line}", f"a line that the clause index lacks: {line}")
