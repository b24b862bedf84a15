"""What policies pay, as their price tables say it: for lists and for comparing policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.language.compile.benefits import EXTERNAL
from guiju.language.compile.document import policy_document
from guiju.language.expression.parser import parse
from guiju.language.expression.words import statement
from guiju.language.policy import Benefit, Policy
from guiju.source.diagnostics import Text
from guiju.source.document import Mapping, Scalar
from guiju.source.fields import as_scalar, text_of
from guiju.source.table import read_rows

KINDS = {"exact": Text("", ""), "up_to": Text("至多", "up to"), "discretionary": Text("裁量", "at discretion")}
NO_ROWS = "单位"
_WHEN = "条件"
_COLUMNS = {"amount": "金额", "cite": "依据", "when": _WHEN}
_PLAIN = {"id", "金额", "依据"}


@dataclass(frozen=True, slots=True)
class Price:
    """One line of a price table. `of`: what it pays for, a record type's name or 单位; `cells`: its conditions by
    column, without those that leave it open."""

    policy: str
    benefit: Benefit
    id: str
    of: str
    cells: dict[str, str]
    amount: str

    def said(self, without: str = "") -> str:
        """The amount with its conditions, but for those of one column."""
        named = [words for column, words in self.cells.items() if column != without for words in [_said(column, words)]
                 if words]
        kind = "" if self.amount in EXTERNAL else KINDS[self.benefit.kind].zh
        return " ".join(filter(None, [*named, kind, self.amount]))


@dataclass(frozen=True, slots=True)
class CrossTable:
    """All that is paid for one kind of thing. `column`: what tells the rows apart, or "" where nothing does;
    `rows`: each of its values with the prices of each policy."""

    of: str
    column: str
    rows: dict[str, dict[str, list[Price]]]


def prices_of(policy: Policy, folder: Path) -> Iterator[Price]:
    """Every line of every price table of a policy, in the files' order."""
    written = dict(_tables(folder))
    english = {d.name: d.en for d in policy.definitions.values() if d.en}
    for benefit in policy.benefits:
        header, *lines = read_rows(written[benefit.id])
        names = [_COLUMNS.get(cell.text, cell.text) for cell in header]
        for line in lines:
            row = {name: cell.text for name, cell in zip(names, line, strict=True)}
            if row.get(_WHEN, "-") != "-":
                cell = line[names.index(_WHEN)]
                row[_WHEN] = statement(parse(cell.text, cell.span, dict(policy.vocabulary.units)), policy.vocabulary,
                                       english).zh
            record = policy.vocabulary.records.get(benefit.record)
            yield Price(policy.id, benefit, row["id"], record.name if record else NO_ROWS,
                        {k: v for k, v in row.items() if k not in _PLAIN and v != "-"}, row["金额"])


def _tables(folder: Path) -> Iterator[tuple[str, Scalar]]:
    for entry in policy_document(folder).lists["benefits"]:
        table = entry.get("table") if isinstance(entry, Mapping) else None
        if isinstance(entry, Mapping) and table is not None:
            yield text_of(entry, "id"), as_scalar(table, "table")


def cross_tables(prices: Iterable[Price]) -> Iterator[CrossTable]:
    """The prices by what they are paid for; what more policies pay for comes first."""
    by_kind: dict[str, list[Price]] = {}
    for price in prices:
        by_kind.setdefault(price.of, []).append(price)
    for of, found in sorted(by_kind.items(), key=lambda x: (-len({p.policy for p in x[1]}), x[0])):
        yield _cross_table(of, found)


def _cross_table(of: str, prices: list[Price]) -> CrossTable:
    """Rows by the column that the most policies tell prices apart by."""
    used = Counter(column for policy in dict.fromkeys(p.policy for p in prices)
                   for column in dict.fromkeys(c for p in prices if p.policy == policy for c in p.cells))
    column = used.most_common(1)[0][0] if used else ""
    rows: dict[str, dict[str, list[Price]]] = {}
    for price in prices:
        for value in price.cells.get(column, "不分").split("、"):
            rows.setdefault(value, {}).setdefault(price.policy, []).append(price)
    return CrossTable(of, column, rows)


def _said(column: str, words: str) -> str:
    """A cell in words: a yes or no says its column."""
    return {"是": column, "否": ""}.get(words, words)
