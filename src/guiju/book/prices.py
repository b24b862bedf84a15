"""What policies pay, as their price tables say it: for lists and for comparing policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.book.amounts import amount_in_words
from guiju.book.policies.words import ORGANISATION, Words, record_name
from guiju.language.compile.benefits import EXTERNAL
from guiju.language.compile.document import policy_document
from guiju.language.policy import Benefit, Policy
from guiju.source.diagnostics import Text
from guiju.source.document import Mapping, Scalar
from guiju.source.fields import as_scalar, text_of
from guiju.source.table import read_rows

KINDS = {"exact": Text("", ""), "up_to": Text("至多", "up to"), "discretionary": Text("裁量", "at discretion")}
NO_ROWS = ORGANISATION.zh
_WHEN = "条件"
_COLUMNS = {"amount": "金额", "cite": "依据", "when": _WHEN}
_PLAIN = {"id", "金额", "依据"}
_UNDIVIDED = Text("不分", "undivided")


@dataclass(frozen=True, slots=True)
class Price:
    """One line of a price table. `of`: what it pays for, a record type's name or 单位; `cells`: its conditions by
    column, without those that leave it open; `amount` says 万元, or that it is fixed elsewhere."""

    policy: str
    benefit: Benefit
    id: str
    of: Text
    cells: dict[str, Text]
    amount: Text

    def said(self, without: str = "") -> str:
        """The amount with its conditions, but for those of one column."""
        return self.text(without).zh

    def text(self, without: str = "") -> Text:
        """The same in both languages."""
        named = [words for column, words in self.cells.items() if column != without for words in [_said(column, words)]
                 if words.zh]
        kind = Text("", "") if self.amount.zh in EXTERNAL else KINDS[self.benefit.kind]
        parts = [*named, kind, self.amount]
        return Text(" ".join(p.zh for p in parts if p.zh), " ".join(p.en or p.zh for p in parts if p.zh))


@dataclass(frozen=True, slots=True)
class CrossTable:
    """All that is paid for one kind of thing. `column`: what tells the rows apart, or "" where nothing does;
    `rows`: each of its values with the prices of each policy; `names`: the column and the values in both languages."""

    of: Text
    column: str
    rows: dict[str, dict[str, list[Price]]]
    names: dict[str, Text]


def prices_of(policy: Policy, folder: Path) -> Iterator[Price]:
    """Every line of every price table of a policy, in the files' order."""
    written = {id_: read_rows(table) for id_, table in _tables(folder)}
    amounts = {line[0].text: line[i].text for header, *lines in written.values()
               for i, cell in enumerate(header) if _COLUMNS.get(cell.text, cell.text) == "金额" for line in lines}
    words = Words(policy)
    for benefit in policy.benefits:
        header, *lines = written[benefit.id]
        names = [_COLUMNS.get(cell.text, cell.text) for cell in header]
        cells = words.cells(names, benefit)
        of = record_name(policy.vocabulary, benefit.record) if benefit.record else ORGANISATION
        for line in lines:
            row = dict(zip(names, cells.row(line), strict=True))
            said = {name for name, cell in zip(names, line, strict=True) if cell.text != "-"} - _PLAIN
            yield Price(policy.id, benefit, line[0].text, of, {k: _ranged(v) for k, v in row.items() if k in said},
                        amount_in_words(row["金额"].zh, amounts, policy))


def _ranged(cell: Text) -> Text:
    """`1..2` as 1 至 2."""
    return Text(cell.zh.replace("..", " 至 "), cell.en.replace("..", " to "))


def _tables(folder: Path) -> Iterator[tuple[str, Scalar]]:
    for entry in policy_document(folder).lists["benefits"]:
        table = entry.get("table") if isinstance(entry, Mapping) else None
        if isinstance(entry, Mapping) and table is not None:
            yield text_of(entry, "id"), as_scalar(table, "table")


def cross_tables(prices: Iterable[Price]) -> Iterator[CrossTable]:
    """The prices by what they are paid for; what more policies pay for comes first."""
    by_kind: dict[str, list[Price]] = {}
    for price in prices:
        by_kind.setdefault(price.of.zh, []).append(price)
    for _, found in sorted(by_kind.items(), key=lambda x: (-len({p.policy for p in x[1]}), x[0])):
        yield _cross_table(found)


def _cross_table(prices: list[Price]) -> CrossTable:
    """Rows by the column that the most policies tell prices apart by."""
    used = Counter(column for policy in dict.fromkeys(p.policy for p in prices)
                   for column in dict.fromkeys(c for p in prices if p.policy == policy for c in p.cells))
    column = used.most_common(1)[0][0] if used else ""
    rows: dict[str, dict[str, list[Price]]] = {}
    names: dict[str, Text] = {}
    for price in prices:
        for value in _values(price.cells.get(column, _UNDIVIDED)):
            names.setdefault(value.zh, value)
            rows.setdefault(value.zh, {}).setdefault(price.policy, []).append(price)
    return CrossTable(prices[0].of, column, rows, names)


def _values(cell: Text) -> Iterator[Text]:
    """The values that a cell lists, each in both languages where they are as many."""
    zh, en = cell.zh.split("、"), cell.en.split(", ")
    for i, value in enumerate(zh):
        yield Text(value, en[i] if len(en) == len(zh) else "")


def _said(column: str, words: Text) -> Text:
    """A cell in words: a yes or no says its column, and so does a number."""
    if words.zh[:1].isdigit():
        return Text(f"{column} {words.zh}", "")
    return {"是": Text(column, ""), "否": Text("", "")}.get(words.zh, words)
