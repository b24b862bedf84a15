"""`coverage*.yaml` in a policy's folder: what a person has said of figures that no rule carries, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from guiju.source.diagnostics import Span, fail
from guiju.source.document import read_document
from guiju.source.fields import as_items, as_mapping, check_keys, text_of

KINDS = ("narrative", "judgement")
_SPAN = re.compile(r"(?:(\w+):)?(\d+)(?:-(\d+))?")
DEFAULT = "004"  # the compilation, whose lines are cited without its number


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of one source."""

    source: str
    first: int
    last: int

    def holds(self, source: str, line: int) -> bool:
        return source == self.source and self.first <= line <= self.last


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry. `figure` empty means every figure there; `rule` is set where it speaks of a rule's value."""

    clause: str
    places: tuple[Place, ...]
    figure: str
    kind: str
    reason: str
    rule: str
    span: Span


def places_of(lines: str, span: Span) -> tuple[Place, ...]:
    """`3214`, `001:12-15`, several with commas. Raises E873."""
    found = []
    for part in re.split(r"\s*[,，、]\s*", lines.strip()) if lines.strip() else ():
        match = _SPAN.fullmatch(part)
        if match is None:
            raise fail("E873", span, f"看不懂行号“{part}”；写成 3214、3214-3216 或 001:12",
                       f"'{part}' names no lines; write 3214, 3214-3216 or 001:12")
        found.append(Place(match[1] or DEFAULT, int(match[2]), int(match[3] or match[2])))
    return tuple(found)


def read_reasons(folder: Path) -> list[Reason]:
    """The entries of a policy's folder. Raises GuijuError: E872 an entry without its parts, E873 lines."""
    found = []
    for path in sorted(folder.glob("coverage*.yaml")):
        root = as_mapping(read_document(path, path.name), Span(path.name), path.name)
        check_keys(root, {"coverage"}, {"coverage"})
        for node in as_items(root.get("coverage")):
            entry = as_mapping(node, root.span, "coverage")
            check_keys(entry, {"clause", "lines", "figure", "as", "reason", "rule"}, {"as", "reason"})
            kind, rule = text_of(entry, "as"), text_of(entry, "rule")
            clause, lines = text_of(entry, "clause"), text_of(entry, "lines")
            if kind not in (("derived",) if rule else KINDS) or not (rule or clause or lines):
                raise fail("E872", entry.span,
                           "写明 clause 或 lines，as 为 narrative 或 judgement；对规则写 rule，as 为 derived",
                           "give clause or lines with as: narrative or judgement; or rule with as: derived")
            found.append(Reason(clause, places_of(lines, entry.span), text_of(entry, "figure"), kind,
                                text_of(entry, "reason"), rule, entry.span))
    return found
