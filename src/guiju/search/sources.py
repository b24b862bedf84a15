"""What an index is made of: each source of the text store, the policies, the registers; each with a mark that
changes with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guiju.documents.coverage.reasons import places_of
from guiju.documents.store import Stored, documents
from guiju.language.library import POLICIES, load_library
from guiju.language.policy import Policy
from guiju.registers.library import load_registers
from guiju.search import registers, rules, texts
from guiju.search.entries import Entry, Work
from guiju.search.regions import Places
from guiju.source.diagnostics import GuijuError, Text
from guiju.vocabulary import load_vocabulary
from guiju.vocabulary.loader import DATA

RULES, REGISTERS = "rules", "registers"
Works = Iterator[tuple[Work, Iterable[Entry]]]
Cited = tuple[str, str, int]  # policy, source, line


@dataclass(slots=True)
class Sources:
    """A text store, a library of policies, and one of registers if there is one. `broken` fills up with the policies
    that can't be read, when the rules are; `cited` with the places that the others cite; `unread` with the registers
    that can't be read."""

    store: Path
    folder: Path = POLICIES
    registers: Path | None = None
    broken: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    _stored: dict[str, list[Stored]] | None = None

    def stored(self) -> dict[str, list[Stored]]:
        """The documents of each source; none where there is no store. Raises E871 where it is damaged."""
        if self._stored is None:
            self._stored = {}
            try:
                found = documents(self.store)
            except GuijuError as error:
                if error.diagnostics[0].code != "E870":
                    raise
                found = []
            for document in found:
                self._stored.setdefault(document.source, []).append(document)
        return self._stored

    def marks(self) -> dict[str, str]:
        """Every part that an index of these sources has, with its mark."""
        made = {f"text:{name}": _mark_of_texts(held) for name, held in self.stored().items()}
        alone = not made
        if self.registers is not None:
            made[REGISTERS] = _mark_of_files((self.registers,), alone)
        return made | {RULES: _mark_of_files((self.folder, DATA), alone)}

    def works(self, part: str) -> Works:
        """The works of one part, each with its entries."""
        if part == REGISTERS:
            return self._registers()
        return self._rules() if part == RULES else self._texts(part.removeprefix("text:"))

    def regions(self) -> dict[str, str]:
        return dict(load_vocabulary().regions)

    def _texts(self, source: str) -> Works:
        places = Places(load_vocabulary().regions)
        for document in self.stored()[source]:
            yield texts.work_of(document, places), texts.entries_of(document)

    def _rules(self) -> Works:
        library = load_library(self.folder)
        for id_ in library.ids():
            try:
                policy = library.policy(id_)
            except GuijuError:
                self.broken.append(id_)
                continue
            self.cited += _cited(policy)
            yield rules.work_of(policy), rules.entries_of(policy, not self.stored())

    def _registers(self) -> Works:
        held = load_registers(self.registers) if self.registers is not None else None
        for id_ in held.ids() if held is not None else ():
            register = held.loaded(id_).register if held is not None else None
            if register is None:
                self.unread.append(id_)
            else:
                yield registers.work_of(register), registers.entries_of(register, not self.stored())


def _cited(policy: Policy) -> list[Cited]:
    found = []
    for clause in policy.clauses.values():
        try:
            found += [(policy.id, p.source, p.first) for p in places_of(clause.lines, clause.span)]
        except GuijuError:  # lines that nobody can read: `guiju cover` says so
            continue
    return found


def broken_words(ids: list[str], unread: list[str], folder: Path = POLICIES) -> list[Text]:
    """What is not in the index, policies and registers, and who tells why. `folder`: where the policies are."""
    return [*(Text(f"政策 {id_} 有错，没有编入；请看 guiju check {where}",
                   f"policy {id_} has errors and is not in: guiju check {where}")
              for id_ in ids for where in (id_ if folder == POLICIES else folder / id_,)),
            *(Text(f"台账 {id_} 有错，没有编入；请看 guiju register check {id_}",
                   f"register {id_} has errors and is not in: guiju register check {id_}") for id_ in unread)]


def _mark_of_texts(held: list[Stored]) -> str:
    digest = hashlib.sha256()
    for document in held:
        clauses = (document.folder / "clauses.jsonl").stat()
        digest.update((document.folder / "document.json").read_bytes())
        digest.update(f"{document.folder.parent.name}/{document.folder.name} {clauses.st_size} {clauses.st_mtime_ns}\n"
                      .encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _mark_of_files(folders: tuple[Path, ...], alone: bool) -> str:
    """A mark of all YAML files. `alone`: without texts, which makes summaries of clauses entries, too."""
    digest = hashlib.sha256(b"alone" if alone else b"")
    for base in folders:
        for path in sorted(base.rglob("*.yaml")):
            digest.update(f"{path.relative_to(base)}\n".encode("utf-8", "surrogateescape"))
            digest.update(path.read_bytes())
    return digest.hexdigest()
