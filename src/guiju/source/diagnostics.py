"""Diagnostics are data: a code, a place, and one sentence in Chinese and in English that says how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Severity = Literal["error", "warning", "note"]
# What a terminal would obey or show in another order: C0, DEL, C1, marks of direction, half of a pair.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text on one line, with control characters spelled out, so that no input can steer a terminal."""
    spelled = CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return spelled.replace("\n", "\\n").replace("\t", " ")


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file. Lines and columns count from 1; column 0 means the whole line, line 0 the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def shifted(self, columns: int) -> Span:
        """The same line, some columns to the right."""
        return Span(self.file, self.line, self.column + columns)

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages of the interface."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.zh if language == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is stable (`E…` error, `W…` warning, `N…` note); `cell` is a sheet address if any."""

    code: str
    span: Span
    message: Text
    cell: str = ""

    @property
    def severity(self) -> Severity:
        return {"E": "error", "W": "warning"}.get(self.code[0], "note")  # type: ignore[return-value]  # all three are

    def render(self, language: Language = "zh") -> str:
        place = f"{self.span.file}!{self.cell}" if self.cell else str(self.span)
        return visible(f"{place}  {self.code}  {self.message.in_language(language)}")


class GuijuError(Exception):
    """Input that can't be used. Carries every diagnostic found, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(d.render() for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[GuijuError], tuple[tuple[Diagnostic, ...]]]:
        """So that an error found in another process arrives whole."""
        return type(self), (self.diagnostics,)


def fail(code: str, span: Span, zh: str, en: str) -> GuijuError:
    """An error with a single diagnostic, ready to raise."""
    return GuijuError([Diagnostic(code, span, Text(zh, en))])
