"""Collects what is found while facts are read, so that one run shows all mistakes."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.facts.given import Cell
from guiju.facts.reading import Refusal, Remark
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text
from guiju.source.fields import nearest
from guiju.vocabulary.model import Field, RecordType

MAX_SHOWN = 200


class Report:
    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}  # ordered, each finding once

    def add(self, code: str, place: Cell, zh: str, en: str) -> None:
        self._found[Diagnostic(code, place.span, Text(zh, en), place.address)] = None

    def refuse(self, refusal: Refusal, place: Cell) -> None:
        self.add(refusal.code, place, refusal.message.zh, refusal.message.en)

    def remark(self, remarks: Iterable[Remark], place: Cell) -> None:
        for found in remarks:
            self.add(found.code, place, found.message.zh, found.message.en)

    def close(self) -> tuple[Diagnostic, ...]:
        """The notices, in file order. Raises GuijuError with all errors and warnings if there is an error."""
        found = sorted(self._found, key=lambda d: (d.span.line, d.span.column))
        if any(d.severity == "error" for d in found):
            errors = [d for d in found if d.severity == "error"]
            raise GuijuError(_first(errors, "E199") + _first([d for d in found if d.severity == "warning"], "W199"))
        return tuple(_first(found, "N199"))


def _first(found: list[Diagnostic], code: str) -> list[Diagnostic]:
    rest = len(found) - MAX_SHOWN
    if rest <= 0:
        return found
    last = Diagnostic(code, Span(found[0].span.file), Text(f"还有 {rest} 处，未列出", f"{rest} more are not listed"))
    return [*found[:MAX_SHOWN], last]


def did_you_mean(word: str, entries: Iterable[Field | RecordType]) -> Text:
    """“是不是‘科研用房面积’（facility_area）？” with the nearest entries by name, id or alias, or nothing."""
    names = {w: e for e in entries for w in (e.id, e.name, *getattr(e, "aliases", ()))}
    close = list({names[w].id: names[w] for w in nearest(word, names)}.values())
    if not close:
        return Text("", "")
    return Text("。是不是" + "、".join(f"“{e.name}”（{e.id}）" for e in close) + "？",
                "; did you mean " + ", ".join(f"{e.name} ({e.id})" for e in close) + "?")
