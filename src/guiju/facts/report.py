"""Collects what is found while facts are read, so that one run shows all mistakes."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.facts.given import Cell
from guiju.facts.reading import Refusal, Remark
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text
from guiju.source.fields import nearest
from guiju.vocabulary.model import Field, RecordType

MAX_SHOWN = 200
MAX_ERRORS = 500  # then reading stops: each looks for the nearest names
LONGEST_WORD = 60


class Report:
    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}  # ordered, each finding once
        self._errors = 0

    def add(self, code: str, place: Cell, zh: str, en: str) -> None:
        """Keep a finding. Raises GuijuError with all of them once there are too many errors."""
        found = Diagnostic(code, place.span, Text(zh, en), place.address)
        self._errors += found.severity == "error" and found not in self._found
        self._found[found] = None
        if self._errors == MAX_ERRORS:
            self.close()

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
    zh, en = ("至少", "at least ") if code == "E199" and len(found) >= MAX_ERRORS else ("", "")
    last = Diagnostic(code, Span(found[0].span.file),
                      Text(f"还有{zh} {rest} 处，未列出", f"{en}{rest} more are not listed"))
    return [*found[:MAX_SHOWN], last]


def short(word: str) -> str:
    """A word as a message repeats it."""
    return word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD // 3]}…"


def did_you_mean(word: str, entries: Iterable[Field | RecordType]) -> Text:
    """“是不是‘科研用房面积’（facility_area）？” with the nearest entries by name, id or alias, or nothing."""
    names = {w: e for e in entries for w in (e.id, e.name, *getattr(e, "aliases", ()))}
    close = list({names[w].id: names[w] for w in nearest(word, names)}.values())
    if not close:
        return Text("", "")
    return Text("。是不是" + "、".join(f"“{e.name}”（{e.id}）" for e in close) + "？",
                "; did you mean " + ", ".join(f"{e.name} ({e.id})" for e in close) + "?")
