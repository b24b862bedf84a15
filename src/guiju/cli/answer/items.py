"""What is paid for, line by line: clause, what, how many at what price, how much, and what took something away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.cli.layout import Column, indented, table, tables, width
from guiju.cli.voice import Voice
from guiju.cli.words import money, title_of
from guiju.evaluate.answer import Amount, CutAnswer, ItemAnswer
from guiju.evaluate.evaluation import Evaluation
from guiju.evaluate.item_answers import NO_PRICE
from guiju.language.policy import Benefit, Policy
from guiju.vocabulary import RecordType

ROWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Lot:
    """Items that differ in nothing but their rows and in what was left of them."""

    items: tuple[ItemAnswer, ...]
    unit: int | None

    @property
    def first(self) -> ItemAnswer:
        return self.items[0]

    @property
    def rows(self) -> int:
        return sum(len(i.records) for i in self.items)

    @property
    def paid(self) -> int:
        return sum(1 for i in self.items if i.amount.kind != "none")

    @property
    def amount(self) -> Amount:
        kinds = [i.amount.kind for i in self.items if i.amount.kind != "none"]
        highs = [i.amount.high for i in self.items]
        high = None if None in highs else sum(h for h in highs if h is not None)
        return Amount(kinds[0] if kinds else "none", sum(i.amount.low for i in self.items), high)


def lots(items: Iterable[ItemAnswer], policy: Policy) -> list[Lot]:
    """Items that may be paid for, grouped by line of the price table, price and status, in the order of the policy;
    what is paid first. Record sets that were not given at all are left out (they are listed as missing)."""
    groups: dict[tuple[object, ...], list[ItemAnswer]] = {}
    for item in items:
        if item.status == "fail" or (item.record_set and not item.records):
            continue
        groups.setdefault((item.id, _unit(item), item.status, item.name), []).append(item)
    made = [Lot(tuple(group), _unit(group[0])) for group in groups.values()]
    order = [x for b in policy.benefits for x in (*(r.id for r in b.rows), b.id)]
    return sorted(made, key=lambda lot: (lot.paid == 0, order.index(lot.first.id)))


def _unit(item: ItemAnswer) -> int | None:
    """The price of one row. Rows of one item are of one price as far as the sum tells."""
    if item.claimed is None:
        return None
    rows = max(len(item.records), 1)
    return item.claimed // rows if item.claimed % rows == 0 else item.claimed


def item_rows(items: Sequence[ItemAnswer], policy: Policy, say: Voice) -> list[list[str]]:
    """Rows of a table: clause, what, count × price, amount, what was cut."""
    return [_row(lot, say) for lot in lots(items, policy)]


def item_lines(rows: Sequence[Sequence[str]], label: int, page: int) -> list[str]:
    """The table; what was cut stands beside the amount where there is room, else below."""
    columns = (Column(most=16), Column(most=34), Column(most=24), Column(align=">", most=20), Column())
    widest = [max(width(row[i]) for row in rows) for i in range(5)]
    if 2 + max(label, widest[0]) + sum(min(w, c.most) for w, c in zip(widest[1:4], columns[1:4], strict=True)) \
            + 2 * 4 + widest[4] <= page:
        return table(rows, columns, page, least=(label,))
    lines = []
    for row, part in zip(rows, tables([row[:4] for row in rows], columns, page, least=(label,)), strict=True):
        lines += part
        if row[4]:
            lines += indented(row[4], page, " " * (label + 4) + "└ ", " " * (label + 6))
    return lines


def _row(lot: Lot, say: Voice) -> list[str]:
    item = lot.first
    return [say.clauses(item.clauses, 1), item_name(item, say), _count(lot, say), _amount(lot, say), _notes(lot, say)]


def item_name(item: ItemAnswer, say: Voice) -> str:
    """The benefit and its line of the price table."""
    name = say.text(item.name)
    if say.language == "en":
        return name if item.id == item.benefit else f"{name} ({item.id})"
    name = re.sub(r"·(?:是|否)(?=·|$)", "", name)
    head, space, rest = name.partition(" ")
    return f"{head}：{rest}" if space else head


def _count(lot: Lot, say: Voice) -> str:
    price = money(lot.unit, say) if lot.unit and lot.first.amount.kind != "external" else ""
    if not lot.rows:
        return price
    text = say(f"{lot.rows} 项", str(lot.rows)) + (f" × {price}" if price else "")
    if lot.paid and lot.paid < lot.rows:
        text += say(f" → {lot.paid} 项", f" → {lot.paid}")
    return text


def _amount(lot: Lot, say: Voice) -> str:
    found = lot.amount
    if found.kind == "external":
        return say("另有规定", "elsewhere")
    if found.kind == "none":
        return "–"
    if found.high is None:
        return say("未定", "open")
    if found.kind == "exact" and found.low != found.high:
        return f"{money(found.low, say)}–{money(found.high, say)}" if found.low else say("至多 ", "≤ ") + money(
            found.high, say)
    return say({"up_to": "至多 ", "discretionary": "裁量 "}.get(found.kind, ""),
               {"up_to": "≤ ", "discretionary": "≤ "}.get(found.kind, "")) + money(found.high, say)


def _notes(lot: Lot, say: Voice) -> str:
    taken: dict[str, tuple[CutAnswer, int | None]] = {}
    for cut in (c for i in lot.items for c in i.cuts):
        before = taken[cut.id][1] if cut.id in taken else 0
        taken[cut.id] = (cut, None if before is None or cut.taken is None else before + cut.taken)
    notes = [_cut(cut, total, say) for cut, total in taken.values()]
    if lot.first.status in ("unknown", "review", "not_computable"):
        words = {"unknown": ("能否算上，尚缺事实", "facts are missing"),
                 "review": ("能否算上，待人判定", "awaits a judgement"),
                 "not_computable": ("能否算上，不可计算", "not computable")}
        notes.insert(0, say(*words[lot.first.status]))
    return say("；", "; ").join(notes)


def _cut(cut: CutAnswer, taken: int | None, say: Voice) -> str:
    loss = "" if taken is None else f" −{money(taken, say)}"
    return f"{say.text(cut.name) or cut.id}{loss}{say.in_brackets(say.clauses(cut.clauses, 2))}"


def refused_rows(evaluation: Evaluation, items: Sequence[ItemAnswer], say: Voice) -> list[tuple[str, str]]:
    """Label and text for the rows that get nothing, grouped by reason. Where several benefits look at one record set:
    what another benefit pays for is refused under this one's name only, and that no line of a table fits is said of a
    row of which there is nothing else to say."""
    paid = {row for item in items if item.status != "fail" for row in _rows_of(item)}
    told = paid | {row for item in items if not _no_line_fits(item) for row in _rows_of(item)}
    groups: dict[tuple[str, str, str], list[str]] = {}
    for item in items:
        rows = _rows_of(item)
        if item.status != "fail" or (rows and rows <= told and _no_line_fits(item)):
            continue
        told |= rows
        reasons = [title_of(r, say) for r in item.reasons]
        clauses = list(dict.fromkeys(c for r in item.reasons for c in r.clauses))
        under = say.text(item.name) if rows & paid else ""
        key = (say.clauses(clauses or item.clauses, 1), under, say("；", "; ").join(reasons))
        groups.setdefault(key, []).extend(_row_names(item, evaluation, say))
    return [(label, _refusal(under, say.listed(rows, ROWS_SHOWN), reason, say))
            for (label, under, reason), rows in groups.items()]


def _rows_of(item: ItemAnswer) -> set[tuple[str, int]]:
    return {(item.record_set, number) for number in item.records}


def _no_line_fits(item: ItemAnswer) -> bool:
    return item.status == "fail" and all(r.id == NO_PRICE for r in item.reasons)


def _refusal(under: str, rows: str, reason: str, say: Voice) -> str:
    if under:
        return say(f"{under}：不含 {rows}：{reason}", f"{under}: not for {rows}: {reason}")
    return say(f"不予资助 {rows}：{reason}", f"nothing for {rows}: {reason}")


def _row_names(item: ItemAnswer, evaluation: Evaluation, say: Voice) -> list[str]:
    benefit = next(b for b in evaluation.policy.benefits if b.id == item.benefit)
    if not item.records:
        return [say.text(benefit.name)]
    record = evaluation.policy.vocabulary.records[benefit.record]
    return [_row_name(benefit, record, number, evaluation, say) for number in item.records]


def _row_name(benefit: Benefit, record: RecordType, number: int, evaluation: Evaluation, say: Voice) -> str:
    """The row by its key, where it has one that is text; else by its number."""
    row = evaluation.facts.records[record.id][number - 1]
    for field in record.fields[:3]:
        value = row[record.position(field.id)]
        if field.type == "text" and isinstance(value, tuple) and value[0] and not value[2]:
            return str(value[0])
    return say(f"{record.name}第 {number} 条", f"{record.en} row {number}")
