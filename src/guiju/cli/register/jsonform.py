"""Registers as data for other programs; docs/json-contract.md describes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from guiju.registers.choosing import place_name
from guiju.registers.due import Due, Item
from guiju.registers.model import Register, Target, Task
from guiju.registers.wording import number_text
from guiju.source.diagnostics import Diagnostic, Text

CONTRACT = 1


def findings_record(ids: Sequence[str], findings: Iterable[Diagnostic]) -> dict[str, Any]:
    return {"contract": CONTRACT, "registers": list(ids),
            "findings": [{"code": d.code, "place": str(d.span), "zh": d.message.zh, "en": d.message.en}
                         for d in findings]}


def list_record(registers: Iterable[Register]) -> dict[str, Any]:
    return {"contract": CONTRACT, "registers": [head(r) for r in registers]}


def show_record(register: Register) -> dict[str, Any]:
    """A whole register."""
    return {"contract": CONTRACT, **head(register), "summary": _text(register.summary), "note": _text(register.note),
            "clauses": [{"id": c.id, "name": _text(c.name), "lines": [[p.first, p.last] for p in c.lines]}
                        for c in register.clauses.values()],
            "tasks": [task_record(t) for t in register.tasks],
            "targets": [target_record(t) for t in register.targets],
            "elsewhere": [{"clause": e.clause, "figure": e.figure, "why": _text(e.why)} for e in register.elsewhere]}


def due_record(due: Due) -> dict[str, Any]:
    """`ahead`, `passed`, `without_end`: each item names its register."""
    return {"contract": CONTRACT, "on": due.on.isoformat(), "ahead": [_item(i) for i in due.ahead],
            "passed": [_item(i) for i in due.passed], "without_end": [_item(i) for i in due.endless],
            "issued_later": [r.id for r in due.later]}


def head(register: Register) -> dict[str, Any]:
    source = register.source
    return {"id": register.id, "kind": register.kind, "title": _text(register.title), "number": register.number or None,
            "issuer": _text(register.issuer), "issued": register.issued.isoformat() if register.issued else None,
            "place": {"id": register.place, "region": register.region or None, "name": place_name(register)},
            "source": {"document": source.document, "lines": [source.lines.first, source.lines.last]},
            "counts": {"clauses": len(register.clauses), "tasks": len(register.tasks),
                       "targets": len(register.targets)}}


def task_record(task: Task) -> dict[str, Any]:
    return {"id": task.id, "clause": task.clause, "task": _text(task.task), "verb": task.verb, "lead": list(task.lead),
            "with": list(task.with_), "local": task.local, "from": str(task.start) if task.start else None,
            "due": task.due.isoformat() if task.due else None, "due_text": task.due_text or None,
            "horizon": task.horizon or None, "figures": list(task.figures), "unverified": _text(task.unverified)}


def target_record(target: Target) -> dict[str, Any]:
    amount = target.amount
    return {"id": target.id, "clause": target.clause, "indicator": _text(target.indicator), "kind": target.kind,
            "value": None if amount is None else {
                "comparison": amount.comparison, "numbers": [number_text(n) for n in amount.numbers]},
            "words": _text(target.words), "unit": target.unit or None, "by": str(target.by) if target.by else None,
            "by_assumed": _text(target.assumed), "strength": target.strength or None,
            "unverified": _text(target.unverified)}


def _item(item: Item) -> dict[str, Any]:
    matter = item.matter
    return {"register": item.register.id, "kind": "task" if isinstance(matter, Task) else "target",
            "ends": item.ends.isoformat() if item.ends else None,
            "task": task_record(matter) if isinstance(matter, Task) else None,
            "target": target_record(matter) if isinstance(matter, Target) else None}


def _text(text: Text) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text.zh else None

