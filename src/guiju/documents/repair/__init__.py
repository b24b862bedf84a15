"""Repair of one line. Each rule finds changes; each change is recorded, so that the line can be had back."""

from __future__ import annotations

from guiju.documents.lines import Doubt, Repair
from guiju.documents.repair.doubts import doubts_of
from guiju.documents.repair.rules import RULES


def repaired(text: str, line: int) -> tuple[str, list[Repair]]:
    """The line after all rules, and what they changed."""
    done: list[Repair] = []
    for name, find in RULES:
        shift = 0
        for start, end, after in find(text):
            start, end = start + shift, end + shift
            if text[start:end] == after:
                continue
            done.append(Repair(line, start, text[start:end], after, name))
            text = text[:start] + after + text[end:]
            shift += len(after) - (end - start)
    return text, done


__all__ = ["Doubt", "Repair", "doubts_of", "repaired"]
