"""What is no error and should yet be better: wording that is missing in English, or too long to be a paraphrase."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.registers.model import Register
from guiju.source.diagnostics import Diagnostic, Span, Text
from guiju.vocabulary import load_vocabulary

NAME, TASK, INDICATOR = 20, 40, 40  # characters that a paraphrase may have


def remarks_on(register: Register) -> Iterator[Diagnostic]:
    """W701 no English, W702 too long, W703 an end before the document was issued, W704 a region
    that there is not."""
    for what, text, span, most in _wordings(register):
        if text.zh and not text.en:
            yield Diagnostic("W701", span, Text(f"“{text.zh[:20]}”没有英文（{what} 的 en）",
                                                f"'{text.zh[:20]}' has no English ('en' of {what})"))
        if most and len(text.zh) > most:
            yield Diagnostic("W702", span, Text(
                f"{what} 有 {len(text.zh)} 字，至多 {most} 字：用自己的话写短",
                f"{what} has {len(text.zh)} characters, {most} at most: say it shorter"))
    yield from _ends(register)
    if register.region and register.region.ljust(6, "0") not in load_vocabulary().regions:
        yield Diagnostic("W704", register.span, Text(f"行政区划代码里没有 {register.region}：请核对",
                                                     f"no region has the code {register.region}: check it"))


def _wordings(register: Register) -> Iterator[tuple[str, Text, Span, int]]:
    yield "title", register.title, register.span, 0
    yield "summary", register.summary, register.span, 0
    for clause in register.clauses.values():
        yield "name", clause.name, clause.span, NAME
    for task in register.tasks:
        yield "task", task.task, task.span, TASK
    for target in register.targets:
        yield "indicator", target.indicator, target.span, INDICATOR
        yield "words", target.words, target.span, 0


def _ends(register: Register) -> Iterator[Diagnostic]:
    for task in register.tasks:
        if register.issued is not None and task.due is not None and task.due < register.issued:
            yield Diagnostic("W703", task.span, Text(
                f"{task.id} 的期限 {task.due} 早于发布日 {register.issued}：请核对",
                f"{task.id} was due on {task.due}, before the document was issued on {register.issued}: check it"))
