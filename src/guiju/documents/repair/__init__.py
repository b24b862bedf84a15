"""Repair of one line. Each rule finds changes; each change is recorded, so that the line can be had back."""

from __future__ import annotations

from guiju.documents.lines import Doubt, Repair
from guiju.documents.repair.doubts import doubts_of
from guiju.documents.repair.rules import RULES


def repaired(text: str, line: int) -> tuple[str, list[Repair]]:
    """The line after all rules, and what they changed."""
    done: list[Repair] = []
    for name, find in RULES:
        kept: list[str] = []
        last = shift = 0
        for start, end, after in find(text):
            if text[start:end] == after:
                continue
            done.append(Repair(line, start + shift, text[start:end], after, name))
            kept += text[last:start], after
            last = end
            shift += len(after) - (end - start)
        text = "".join(kept) + text[last:] if kept else text
    return text, done


__all__ = ["Doubt", "Repair", "doubts_of", "repaired"]
