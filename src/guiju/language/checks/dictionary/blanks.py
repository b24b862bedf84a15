"""`absent: none`: only where a blank can mean "no such thing"."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.checks.dictionary import all_fields
from guiju.source.diagnostics import Diagnostic
from guiju.vocabulary import Vocabulary

CODES = {"W393": "a judgement that a blank would decide", "E394": "a type that has no value for none"}


def check(vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    for entry in all_fields(vocabulary):
        if entry.absent != "none":
            continue
        if entry.kind == "judgement":
            yield found("W393", entry.span, f"“{entry.name}”由人判定，空白不等于已判；删去 absent: none",
                        f"'{entry.id}' is decided by a person; a blank decides nothing: delete 'absent: none'")
        if entry.type in ("enum", "region"):
            yield found("E394", entry.span,
                        f"“{entry.name}”的类型 {entry.type} 没有表示“无”的值；删去 absent: none，或加一个成员",
                        f"'{entry.id}' is of type {entry.type}, which has no value for none: delete 'absent: none'")
