"""One register from its file or folder. Every entry is read, so that all that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from guiju.registers import entries
from guiju.registers.identity import read_identity
from guiju.registers.model import Clause, Elsewhere, Matter, Register
from guiju.registers.remarks import remarks_on
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, fail
from guiju.source.document import Mapping, Node, read_document
from guiju.source.fields import as_items, as_mapping, check_keys

ROOT = "register.yaml"
SECTIONS = ("clauses", "tasks", "targets", "figures_elsewhere")
_Made = TypeVar("_Made")


@dataclass(slots=True)
class Loaded:
    """A register, unless something is wrong with it; and what is to be said of it."""

    register: Register | None
    findings: list[Diagnostic] = field(default_factory=list)


def load_register(path: Path, id_: str, label: str = "") -> Loaded:
    """Read the register `id_` from its file, or from its folder. Never raises for what a file says.

    E00x, E02x the YAML and its shape, E701 the id, E702 an id twice, E703 a clause that the index lacks, E704–E709
    single values, E710–E714 what does not go together; W70x what should be better (`remarks`).
    """
    reading = _Reading()
    documents = reading.documents(path, label or id_)
    if documents is None:
        return Loaded(None, reading.findings)
    root, sections = documents
    made = reading.register(root, sections, id_)
    if any(d.severity == "error" for d in reading.findings) or made is None:
        return Loaded(None, reading.findings)
    return Loaded(made, [*reading.findings, *remarks_on(made)])


class _Reading:
    """What has been found wrong so far, and the ids that are taken."""

    def __init__(self) -> None:
        self.findings: list[Diagnostic] = []
        self.taken: dict[str, Span] = {}

    def gather(self, function: Callable[..., _Made], *given: object) -> _Made | None:
        """What a function makes; what it raises is kept, and nothing made."""
        try:
            return function(*given)
        except GuijuError as error:
            self.findings += error.diagnostics
            return None

    def documents(self, path: Path, label: str) -> tuple[Mapping, list[tuple[str, Node]]] | None:
        """The root of a register and the entries of its sections, those of further files of a folder behind."""
        root_file = path / ROOT if path.is_dir() else path
        name = f"{label}/{ROOT}" if path.is_dir() else f"{label}.yaml"
        root = self.gather(_root, root_file, name)
        if root is None:
            return None
        sections = _sections(root)
        for more in sorted(path.glob("*.yaml")) if path.is_dir() else ():
            if more.name != ROOT:
                sections += self.gather(_further, more, f"{label}/{more.name}") or []
        return root, sections

    def register(self, root: Mapping, sections: list[tuple[str, Node]], id_: str) -> Register | None:
        """All that the file says; None where its head can't be read."""
        head = self.gather(read_identity, root, id_)
        clauses: dict[str, Clause] = {}
        for clause in self.all(entries.read_clause, sections, "clauses"):
            if self.gather(_claim, clause.id, clause.span, clauses):
                clauses[clause.id] = clause
        lines = head.source.lines if head else None
        for clause in clauses.values() if lines else ():
            self.gather(entries.within, clause, lines)
        tasks = self.all(entries.read_task, sections, "tasks")
        targets = self.all(entries.read_target, sections, "targets")
        elsewhere = self.all(entries.read_elsewhere, sections, "figures_elsewhere")
        matters: tuple[Matter, ...] = (*tasks, *targets)
        for matter in matters:
            self.gather(_claim, matter.id, matter.span, self.taken)
            self.taken.setdefault(matter.id, matter.span)
        citing: tuple[Matter | Elsewhere, ...] = (*matters, *elsewhere)
        for entry in citing:
            self.gather(entries.cited, entry.clause, entry.span, clauses)
        if head is None:
            return None
        return replace(head, clauses=clauses, tasks=tasks, targets=targets, elsewhere=elsewhere)

    def all(self, read: Callable[[Mapping], _Made], sections: list[tuple[str, Node]], name: str) -> tuple[_Made, ...]:
        """The entries of a section, all that can be read."""
        made = [self.gather(lambda n: read(as_mapping(n, n.span, name)), node) for key, node in sections if key == name]
        return tuple(entry for entry in made if entry is not None)


def _root(path: Path, name: str) -> Mapping:
    root = as_mapping(read_document(path, name), Span(name), name)
    check_keys(root, {"guiju", "register", *SECTIONS}, {"guiju", "register", "clauses"})
    return root


def _further(path: Path, name: str) -> list[tuple[str, Node]]:
    document = as_mapping(read_document(path, name), Span(name), name)
    check_keys(document, SECTIONS)
    return _sections(document)


def _sections(document: Mapping) -> list[tuple[str, Node]]:
    return [(key.text, node) for key, value in document.entries if key.text in SECTIONS for node in as_items(value)]


def _claim(id_: str, span: Span, taken: dict[str, Span] | dict[str, Clause]) -> bool:
    """True, unless another entry has the id already. Raises E702."""
    if id_ in taken:
        other = taken[id_]
        where = other if isinstance(other, Span) else other.span
        raise fail("E702", span, f"“{id_}”已经用过（{where}）；编号不可重复", f"'{id_}' is taken already ({where})")
    return True


def errors_of(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [d for d in findings if d.severity == "error"]
