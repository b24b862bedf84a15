"""How a register is held to its text, where the text is at hand."""

from __future__ import annotations

from pathlib import Path

from guiju.book.lacking import lacking
from guiju.book.registers.ledger import ledger
from guiju.cli.documents.coverage import STATUSES
from guiju.cli.voice import Voice
from guiju.documents.coverage.compare import Coverage
from guiju.documents.coverage.registers import cover_register
from guiju.registers.model import Register
from guiju.source.diagnostics import GuijuError


def held_to_text(register: Register, store: Path | None) -> Coverage | None:
    """The comparison, or None where the store lacks the text."""
    if store is None:
        return None
    try:
        return cover_register(register, store)
    except GuijuError:
        return None


def held_part(report: Coverage, say: Voice) -> str:
    """The figures of the text by what became of them, and all that does not fit."""
    header = [say("原文数字", "figures"), *(say.text(STATUSES[s]) for s in report.counts)]
    row = [str(len(report.figures)), *(str(n) for n in report.counts.values())]
    return ledger(header, [row]) + lacking(report, say)
