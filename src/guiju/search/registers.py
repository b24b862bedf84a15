"""Registers as works and entries: the document, its tasks, its targets, in the words in which they are read."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.registers.model import Matter, Register
from guiju.registers.wording import bodies_of, by_of, end_of, value_of
from guiju.search.entries import NATIONAL, Entry, Work


def work_of(register: Register) -> Work:
    issued = register.issued
    return Work(register.id, register.title.zh, register.region or NATIONAL, issued.isoformat() if issued else "",
                issued, None, "published")


def entries_of(register: Register, with_summaries: bool) -> Iterator[Entry]:
    """The document, its tasks, its targets; `with_summaries`: also our name of each clause, for want of the text."""
    parts = (register.title.zh, register.issuer.zh, register.number, register.summary.zh)
    names = " ".join(part for part in parts if part)
    yield Entry("register", register.id, names, slight=True)
    for task in register.tasks:
        words = f"{task.verb}：{task.task.zh}（{bodies_of(task).zh}；{end_of(task).zh}）"
        yield _entry("task", task, words, register)
    for target in register.targets:
        yield _entry("target", target, f"{target.indicator.zh}：{value_of(target).zh}（{by_of(target).zh}）", register)
    for clause in register.clauses.values() if with_summaries else ():
        yield Entry("summary", clause.id, clause.name.zh, clause.id, _place(register, clause.id))


def _entry(kind: str, matter: Matter, words: str, register: Register) -> Entry:
    near = f"{register.clauses[matter.clause].name.zh} {matter.clause}"
    return Entry(kind, matter.id, words, near, _place(register, matter.clause))


def _place(register: Register, clause: str) -> str:
    lines = "、".join(map(str, register.clauses[clause].lines[:4]))
    return f"{register.source.key}:{lines}"
