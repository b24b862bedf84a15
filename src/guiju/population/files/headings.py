"""Which column of a table says what: `id`, `id[unit]`, `id.low`, `id.high`, `id.state`; Chinese names as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from guiju.facts.numbers import unit_named
from guiju.facts.report import did_you_mean, short
from guiju.population.files.faults import Faults
from guiju.source.diagnostics import Text
from guiju.vocabulary.model import Field, Number, RecordType, Unit, Vocabulary

Part = Literal["value", "low", "high", "state"]
ORGANISATIONS = "organisations"
ORGANISATION = "organisation"
ORGANISATION_WORDS = (ORGANISATION, "单位", "单位编号")
MEASURED = frozenset({"number", "money", "ratio"})
RANGED = MEASURED | {"date"}
_HEADING = re.compile(r"(?P<word>.+?)\s*(?:\[(?P<unit>[^\]]+)\]|［(?P<wide>[^］]+)］)?"
                      r"(?:\.(?P<part>low|high|state|known))?(?:\[(?P<after>[^\]]+)\])?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: which part of which entry it holds. `per`: how many base units one in it is."""

    name: str
    entry: Field
    part: Part
    per: Number = 1


@dataclass(frozen=True, slots=True)
class Headings:
    """What the columns of one table say. `organisation`: the column that says whose a row is, empty where none does.
    `known`: the columns that say whose record set is known, by record id."""

    table: str
    organisation: str
    columns: tuple[Column, ...]
    known: dict[str, str]

    def entries(self) -> list[tuple[Field, dict[Part, Column]]]:
        """The entries that the table says something of, each with its columns."""
        found: dict[str, tuple[Field, dict[Part, Column]]] = {}
        for column in self.columns:
            found.setdefault(column.entry.id, (column.entry, {}))[1][column.part] = column
        return list(found.values())

    def names(self) -> list[str]:
        """The columns to read: whose row it is first."""
        return [self.organisation, *(c.name for c in self.columns), *self.known.values()]


def headings_of(names: Iterable[str], record: RecordType | None, vocabulary: Vocabulary, faults: Faults) -> Headings:
    """The headings of the organisations' table, or of a record's. Faults: E902 no organisation, E903 a column that
    says nothing known, E904 said twice, E905 a unit or a part that the entry can't have."""
    table = record.id if record else ORGANISATIONS
    find: Callable[[str], Field | None] = record.field if record else vocabulary.fact
    organisation = ""
    known: dict[str, str] = {}
    seen: dict[tuple[str, Part], Column] = {}
    for name in names:
        word, unit, part = _parts(name, find)
        if word in ORGANISATION_WORDS and not organisation:
            organisation = name
        elif word in ORGANISATION_WORDS and find(word) is None:
            faults.add("E904", table, name, Text(f"“{organisation}”已经说了每行是谁的；只留一列",
                                                 f"'{organisation}' says already whose each row is; keep one column"))
        elif part == "known" and record is None and (set_ := vocabulary.record(word)) is not None:
            first_known = known.get(set_.id)
            known.setdefault(set_.id, name)
            if first_known is not None:
                faults.add("E904", table, name, Text(f"“{first_known}”已经说了同一件事；只留一列",
                                                     f"'{first_known}' says the same; keep one column"))
        elif (entry := find(word)) is None or part == "known":
            _unknown(name, word, record, vocabulary, faults)
        elif (column := _column(name, entry, unit, part, vocabulary, table, faults)) is not None:
            first = seen.setdefault((entry.id, column.part), column)
            if first is not column:
                faults.add("E904", table, name, Text(f"“{first.name}”已经是同一项（{entry.id}）；只留一列",
                                                     f"'{first.name}' is the same entry ({entry.id}); keep one column"))
    if not organisation:
        faults.add("E902", table, "", Text(
            f"没有说明每行是谁的列；加一列 {ORGANISATION}（单位编号，文本）",
            f"no column says whose each row is; add the column '{ORGANISATION}' (its code, as text)"))
    return Headings(table, organisation, tuple(seen.values()), known)


def _parts(name: str, find: Callable[[str], Field | None]) -> tuple[str, str, str]:
    """The word, the unit and the part of a heading; a word that is an entry as it stands is that entry."""
    found = _HEADING.fullmatch(name.strip())
    if find(name.strip()) is not None or found is None:
        return name.strip(), "", "value"
    return found["word"].strip(), found["unit"] or found["wide"] or found["after"] or "", found["part"] or "value"


def _column(name: str, entry: Field, unit: str, part: str, vocabulary: Vocabulary, table: str,
            faults: Faults) -> Column | None:
    if part in ("low", "high") and entry.type not in RANGED:
        faults.add("E905", table, name, Text(f"“{entry.name}”没有上下限；只用 {entry.id} 一列",
                                             f"'{entry.id}' has no range; use the one column {entry.id}"))
        return None
    per: Number = 1
    if unit:
        measure = unit_named(unit, vocabulary.units) if entry.type in MEASURED else None
        if measure is None or entry.unit is None or measure.dimension != entry.unit.dimension:
            faults.add("E905", table, name, _wrong_unit(unit, entry, vocabulary.units.values()))
            return None
        per = measure.per
    return Column(name, entry, part, per)  # type: ignore[arg-type]  # the pattern knows the parts alone


def _wrong_unit(unit: str, entry: Field, units: Iterable[Unit]) -> Text:
    if entry.unit is None:
        return Text(f"“{entry.name}”没有单位；列名里去掉 [{short(unit)}]",
                    f"'{entry.id}' has no unit; take [{short(unit)}] off the column's name")
    same = list(dict.fromkeys(u.name for u in units if u.dimension == entry.unit.dimension))
    return Text(f"“{entry.name}”的单位是{'、'.join(same)}，不是“{short(unit)}”",
                f"'{entry.id}' is in {', '.join(same)}, not in '{short(unit)}'")


def _unknown(name: str, word: str, record: RecordType | None, vocabulary: Vocabulary, faults: Faults) -> None:
    if record is None:
        hint, whose = did_you_mean(word, vocabulary.all_facts()), Text("词汇表", "the dictionary")
    else:
        hint, whose = did_you_mean(word, record.fields), Text(f"“{record.name}”", f"'{record.id}'")
    faults.add("E903", record.id if record else ORGANISATIONS, name, Text(
        f"{whose.zh}里没有“{short(name)}”{hint.zh or '；改列名，或删去这一列'}",
        f"{whose.en} has no '{short(name)}'{hint.en or '; mend the name, or drop the column'}"))
