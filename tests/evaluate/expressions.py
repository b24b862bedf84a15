"""Random expressions of the whole grammar, as text, always well typed.

A `Writer` draws from Hypothesis and knows which names stand for which type where it stands. A type is `bool`, `date`,
`text`, `region`, `industry`, `enum:<id>` or the dimension of a number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import strategies as st
from words import vocabulary

from guiju.vocabulary import Field

_T = TypeVar("_T")
Draw = Callable[[st.SearchStrategy[Any]], Any]
LITERALS = {
    "money": ["0 元", "1 万元", "5 万元", "10 万元", "50 万元", "3333.33 元", "1 亿元"],
    "ratio": ["0%", "5%", "10%", "50%", "100%", "33.3%"],
    "area": ["0 平方米", "3 平方米", "10 平方米", "2.5 平方米"],
    "person": ["0 人", "1 人", "3 人", "10 人", "50 人"],
    "duration": ["0 年", "1 年", "3 年", "1 月", "18 月", "30 年"],
    "days": ["0 日", "1 日", "30 日", "366 日"],
    "rank": ["1 位", "2 位", "3 位", "9 位"],
    "point": ["0 分", "1 分", "5 分", "10 分", "60 分"],
    "calendar_year": ["2019 年度", "2020 年度", "2021 年度", "2024 年度"],
    "count": ["0", "1", "2", "3", "2.5"],
}
DATES = ["2019-12-31", "2020-01-01", "2020-02-29", "2021-02-28", "2021-12-31", "2022-06-30", "2024-02-29"]
TEXTS = ["甲", "乙", "丙"]
PATTERNS = ["^甲", "乙$", "[甲丙]", "丁"]
REGIONS = ["11", "12", "1201", "120103"]
INDUSTRIES = ["C", "J"]
DIVISORS = {"money": ["1 元", "3 万元"], "area": ["3 平方米"], "person": ["2 人", "7 人"], "duration": ["1 年", "5 月"],
            "days": ["7 日"], "rank": ["2 位"], "point": ["3 分"], "calendar_year": ["4 年度"], "count": ["2", "5"]}
MEMBERS = {"level": ["市级", "省级", "国家级"], "form": ["企业", "高校"]}
NUMBERS = (*LITERALS, "count")
COMPARED = ("<", "<=", ">", ">=", "=", "!=")


def kind_of(entry: Field) -> str:
    """The type of a dictionary entry in this module's words."""
    if entry.unit is not None:
        return entry.unit.dimension
    return f"enum:{entry.enumeration.id}" if entry.enumeration else entry.type


@dataclass
class Names:
    """What can be named: type → names, of the organisation and of each record set's rows."""

    organisation: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    windows: list[str] = field(default_factory=list)

    def add(self, kind: str, name: str, record: str = "") -> None:
        held = self.rows.setdefault(record, {}) if record else self.organisation
        held.setdefault(kind, []).append(name)


def dictionary_names() -> Names:
    """The names that the dictionary alone gives."""
    names = Names()
    for fact in vocabulary().all_facts():
        names.add(kind_of(fact), fact.name)
    for record in vocabulary().all_records():
        for entry in record.fields:
            names.add(kind_of(entry), entry.name, record.name)
    names.add("calendar_year", "申报年度")
    return names


def _is_field(record: str, name: str) -> bool:
    """Whether the dictionary has the name: what a policy defines on rows can't be asked of the row around."""
    found = vocabulary().record(record)
    return found is not None and found.field(name) is not None


@dataclass
class Writer:
    """Writes expressions. `record` is the set whose row stands open, `around` those further out; `items`: a cap may
    ask for 各项; the field names of `hidden_by` hide the organisation's, though no row stands open."""

    draw: Draw
    names: Names
    record: str = ""
    items: bool = False
    hidden_by: str = ""
    around: tuple[str, ...] = ()

    def pick(self, options: Sequence[_T]) -> _T:
        picked: _T = self.draw(st.sampled_from(options))
        return picked

    def chance(self, percent: int) -> bool:
        return bool(self.draw(st.integers(0, 99)) >= 100 - percent)

    def inside(self, record: str) -> Writer:
        opened = (*self.around, self.record) if self.record else self.around
        return Writer(self.draw, self.names, record, hidden_by=self.hidden_by, around=opened)

    # Names and literals

    def named(self, kind: str) -> list[str]:
        """The ways to name a value of this type here: in the open row, in an outer row, of the organisation."""
        own = self.names.rows.get(self.record, {})
        found = list(own.get(kind, ()))
        hidden = {name for r in (self.record, self.hidden_by) for names in self.names.rows.get(r, {}).values()
                  for name in names}
        opened = (*self.around, self.record)
        twice = next((r for i, r in reversed(list(enumerate(opened))) if r in opened[:i]), "")
        found += [f"本行.{name}" for name in self.names.rows.get(twice, {}).get(kind, ()) if _is_field(twice, name)]
        for outer in self.around:
            if outer != self.record:
                found += [f"{outer}.{name}" for name in self.names.rows.get(outer, {}).get(kind, ())]
                hidden |= {name for names in self.names.rows.get(outer, {}).values() for name in names}
        return found + [f"本单位.{n}" if n in hidden else n for n in self.names.organisation.get(kind, ())]

    def literal(self, kind: str) -> str:
        if kind in LITERALS:
            return self.pick(LITERALS[kind])
        return self.pick(DATES) if kind == "date" else f'"{self.pick(TEXTS)}"'

    def leaf(self, kind: str) -> str:
        names = self.named(kind)
        return self.pick(names) if names and self.chance(75) else self.literal(kind)

    # Numbers and dates

    def number(self, kind: str, depth: int) -> str:
        if depth <= 0 or self.chance(30):
            return self.leaf(kind)
        forms = [self._sum, self._product, self._branch, self._least, self._unary, self._aggregate]
        if kind in ("money", "ratio", "point", "person"):
            forms.append(self._open)
        special = {"ratio": self._quotient, "calendar_year": self._year, "duration": self._between,
                   "days": self._days, "count": self._counted}.get(kind)
        forms += [special] * 4 if special else []
        return self.pick(forms)(kind, depth - 1)

    def _sum(self, kind: str, depth: int) -> str:
        return f"({self.number(kind, depth)} {self.pick('+-')} {self.number(kind, depth)})"

    def _product(self, kind: str, depth: int) -> str:
        pure = self.number(self.pick(["count", "ratio"]) if kind not in ("count", "ratio") else kind, depth)
        if kind == "count":
            return f"({self.number(kind, depth)} * {pure})"
        return f"({self.number(kind, depth)} {self.pick('*/')} {pure})"

    def _quotient(self, _kind: str, depth: int) -> str:
        kind = self.pick(["money", "person", "count"])
        return f"({self.number(kind, depth)} / {self.number(kind, depth)})"

    def _branch(self, kind: str, depth: int) -> str:
        return f"(if {self.condition(depth)} then {self.value(kind, depth)} else {self.value(kind, depth)})"

    def _least(self, kind: str, depth: int) -> str:
        parts = [self.value(kind, depth) for _ in range(self.draw(st.integers(1, 3)))]
        return f"{self.pick(['min', 'max'])}({', '.join(parts)})"

    def _unary(self, kind: str, depth: int) -> str:
        inner = self.number(kind, depth)
        forms = [f"(-{inner})", f"floor({inner})", f"abs({inner})"]
        if kind in DIVISORS:
            forms.append(f"mod({inner}, {self.pick(DIVISORS[kind])})")
        return self.pick(forms)

    def _open(self, kind: str, _depth: int) -> str:
        low, high = self.pick([(1, 2), (0, 3), (1, 1)])
        return f"open({LITERALS[kind][low]}, {LITERALS[kind][high]})"

    def _aggregate(self, kind: str, depth: int) -> str:
        fields = self._fields(kind)
        if not fields:
            return self.leaf(kind)
        record, name = self.pick(fields)
        return f"{self.pick(['sum', 'the'])}({record}.{name}{self._where(record, depth)})"

    def _year(self, _kind: str, depth: int) -> str:
        return f"year({self.date(depth)})"

    def _counted(self, kind: str, depth: int) -> str:
        return f"month({self.date(depth)})" if self.chance(25) else self._count(kind, depth)

    def _between(self, _kind: str, depth: int) -> str:
        return f"years_between({self.date(depth)}, {self.date(depth)})"

    def _days(self, _kind: str, depth: int) -> str:
        return f"({self.value('date', depth)} - {self.value('date', depth)})"

    def _count(self, _kind: str, depth: int) -> str:
        if self.chance(50):
            record = self.pick(list(self.names.rows))
            return f"count({record}{self._where(record, depth)})"
        record, name = self.pick([f for kind in ("text", "enum:level", "enum:form", "bool", "date", "ratio", "money")
                                  for f in self._fields(kind)])
        return f"distinct({record}.{name}{self._where(record, depth)})"

    def _fields(self, kind: str) -> list[tuple[str, str]]:
        return [(record, name) for record, names in self.names.rows.items() for name in names.get(kind, ())]

    def _where(self, record: str, depth: int) -> str:
        return f" where {self.inside(record).condition(depth)}" if self.chance(70) else ""

    def extreme(self, kind: str, depth: int) -> str:
        """The highest or lowest over rows, which may not exist."""
        fields = self._fields(kind)
        if not fields:
            return self.value(kind, depth)
        record, name = self.pick(fields)
        return f"{self.pick(['max', 'min', 'latest'])}({record}.{name}{self._where(record, depth)})"

    def date(self, depth: int) -> str:
        """A date; it may be an extreme over rows."""
        return self.extreme("date", depth) if depth > 0 and self.chance(20) else self.value("date", depth)

    # Any type

    def value(self, kind: str, depth: int) -> str:
        """An expression of the type."""
        if kind == "bool":
            return self.condition(depth)
        if kind in LITERALS:
            return self.number(kind, depth)
        if kind != "date" or depth <= 0 or self.chance(40):
            return self.leaf(kind) if not kind.startswith("enum:") else self.pick(self.named(kind))
        step = self.number(self.pick(["duration", "days"]), depth - 1)
        return self.pick([
            lambda: f"({self.date(depth - 1)} {self.pick('+-')} {step})",
            lambda: self._branch("date", depth - 1),
            lambda: self._least("date", depth - 1),
        ])()

    # Conditions

    def condition(self, depth: int) -> str:
        if depth <= 0:
            return self.pick([*self.named("bool"), "是", "否"]) if self.chance(40) else self.comparison(0)
        return self.pick([
            lambda: self.comparison(depth - 1), lambda: self.comparison(depth - 1),
            lambda: f"({self.condition(depth - 1)} {self.pick(['and', 'or'])} {self.condition(depth - 1)})",
            lambda: f"(not {self.condition(depth - 1)})",
            lambda: self._branch("bool", depth - 1),
            lambda: f"({self.condition(depth - 1)} {self.pick(['=', '!='])} {self.condition(depth - 1)})",
            lambda: self.existence(depth - 1),
        ])()

    def existence(self, depth: int) -> str:
        """Whether any row, or any item of a cap, fits."""
        word = self.pick(["exists", "none"])
        if self.items and self.chance(70):
            return f"{word}(各项{f' where {self._item_test(depth)}' if self.chance(80) else ''})"
        record = self.pick(list(self.names.rows))
        return f"{word}({record}{self._where(record, depth)})"

    def _item_test(self, depth: int) -> str:
        return Writer(self.draw, self.names, self.hidden_by).condition(depth)

    def comparison(self, depth: int) -> str:
        return self.pick([self._numbers, self._numbers, self._dates, self._window, self._enums, self._texts,
                          self._places])(depth)

    def _numbers(self, depth: int) -> str:
        kind = self.pick(NUMBERS)
        left = self.extreme(kind, depth) if depth > 0 and self.chance(20) else self.number(kind, depth)
        return f"({left} {self.pick(COMPARED)} {self.number(kind, depth)})"

    def _dates(self, depth: int) -> str:
        return f"({self.date(depth)} {self.pick(COMPARED)} {self.date(depth)})"

    def _window(self, depth: int) -> str:
        length = self.pick(["1 年", "3 年", "2 年", "18 月"])
        kind = self.pick(["rolling", "calendar", *self.names.windows])
        if kind != "rolling" and length == "18 月":
            length = "2 年"
        return f"({self.value('date', depth)} within {length} before {self.value('date', depth)} {kind})"

    def _enums(self, depth: int) -> str:
        id_ = self.pick(["level", "form"])
        named = self.named(f"enum:{id_}")
        if depth > 0 and self._fields(f"enum:{id_}") and self.chance(20):
            return f"({self.extreme(f'enum:{id_}', depth)} {self.pick(COMPARED)} {self.pick(MEMBERS[id_])})"
        left, members = self.pick(named), MEMBERS[id_]
        right = self.pick([*members, *named]) if self.chance(50) else self.pick(members)
        return self.pick([f"({left} {self.pick(COMPARED)} {right})", f"({left} {self.pick(['in', 'not in'])} "
                          f"[{', '.join(self.draw(st.lists(st.sampled_from(members), min_size=1, max_size=3)))}])"])

    def _texts(self, _depth: int) -> str:
        left = self.pick(self.named("text"))
        right = self.pick([f'"{self.pick(TEXTS)}"', *self.named("text")])
        listed = ", ".join(f'"{t}"' for t in self.draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3)))
        return self.pick([f"({left} {self.pick(['=', '!='])} {right})", f"({left} in [{listed}])",
                          f'({left} matches "{self.pick(PATTERNS)}")'])

    def _places(self, _depth: int) -> str:
        if self.chance(25):
            return f'({self.pick(self.named("industry"))} {self.pick(["=", "!="])} "{self.pick(INDUSTRIES)}")'
        left = self.pick(self.named("region"))
        return self.pick([f"({left} under {self.pick(REGIONS)})", f'({left} = "{self.pick(REGIONS)}")',
                          f'({left} in ["{REGIONS[0]}", "{REGIONS[3]}"])'])
