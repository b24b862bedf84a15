"""What a name means where it stands: row fields first, then the policy's own names, then the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.language.types import DATE, number, type_of
from guiju.vocabulary import Enumeration, RecordType, Vocabulary

Resolve = Callable[[], Node]
APPLICATION_YEAR = ("申报年度", "application_year")


@dataclass(slots=True)
class Symbols:
    """The names that a policy declares. A symbol is elaborated when it is first used, so order does not matter."""

    organisation: dict[str, Resolve] = field(default_factory=dict)
    of_record: dict[str, dict[str, Resolve]] = field(default_factory=dict)
    enumerations: dict[str, Enumeration] = field(default_factory=dict)

    def names(self) -> Iterator[str]:
        yield from self.organisation
        for names in self.of_record.values():
            yield from names


@dataclass(frozen=True, slots=True)
class Scope:
    """`rows`: the record types whose rows stand open, innermost last. `items`: benefit items may be aggregated."""

    vocabulary: Vocabulary
    builder: Builder
    symbols: Symbols
    rows: tuple[RecordType, ...] = ()
    items: bool = False

    def inside(self, record: RecordType) -> Scope:
        return replace(self, rows=(*self.rows, record))

    def lookup(self, name: str, owner: str = "") -> Node | None:
        """The node that a name stands for, or None."""
        if owner == "本单位":
            return self._organisation(name)
        if owner == "本行":
            return self._of_row_around(name)
        for record in reversed(self.rows):
            if owner in ("", record.name, record.id):
                found = self._of_row(record, name)
                if found is not None:
                    return found
        return None if owner else self._organisation(name)

    def _of_row(self, record: RecordType, name: str) -> Node | None:
        entry = record.field(name)
        if entry is not None:
            args = (record.id, record.position(entry.id))
            return self.builder.graph.node("field", args, type_of(entry, many=True))
        resolve = self.symbols.of_record.get(record.id, {}).get(name)
        return resolve() if resolve else None

    def _of_row_around(self, name: str) -> Node | None:
        """A field of the row that a condition is about, where other rows of its record set stand open inside."""
        record = next((r for i, r in reversed(list(enumerate(self.rows))) if r in self.rows[:i]), None)
        entry = record.field(name) if record is not None else None
        if record is None or entry is None:
            return None
        args = (record.id, record.position(entry.id))
        return self.builder.graph.node("around", args, type_of(entry, many=True))

    def _organisation(self, name: str) -> Node | None:
        resolve = self.symbols.organisation.get(name)
        if resolve is not None:
            return resolve()
        if name in APPLICATION_YEAR:
            day_of_application = self.builder.graph.node("fact", ("application_date",), DATE)
            return self.builder.make("year", (day_of_application,), number("calendar_year"))
        entry = self.vocabulary.fact(name)
        return self.builder.graph.node("fact", (entry.id,), type_of(entry)) if entry else None

    def enumeration(self, id_: str) -> Enumeration:
        return self.symbols.enumerations.get(id_) or self.vocabulary.enumerations[id_]

    def known_names(self) -> list[str]:
        """Every Chinese name that could stand here, for suggestions."""
        names = [f.name for f in self.vocabulary.all_facts()] + list(self.symbols.names())
        names += [r.name for r in self.vocabulary.all_records()]
        for record in self.rows:
            names += [f.name for f in record.fields]
        return names
