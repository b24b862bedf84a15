"""Price tables: rows that overlap, rows that are never reached, cells without a price."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from guiju.evaluate.cell_words import describe
from guiju.evaluate.cells import LIMIT, Cells, Claim
from guiju.evaluate.formula import atoms, truth
from guiju.language.checks import found
from guiju.language.policy import Benefit, Policy
from guiju.source.diagnostics import Diagnostic

CODES = {
    "E330": "two price rows that hold for one cell, with no order between them",
    "W331": "two price rows that may hold together, with no order between them",
    "E332": "a price row that rows above it cover",
    "W333": "a price row that the conditions of its benefit exclude",
    "N334": "cells of a price table without a price",
}
_DECIDES = ("hard", "judgement", "veto")


def check(policy: Policy) -> Iterator[Diagnostic]:
    cells = Cells(policy)
    for benefit in policy.benefits:
        scope: list[Claim] = [(c.node, True) for c in benefit.when if c.strength in _DECIDES]
        yield from _excluded(benefit, scope, cells)
        if benefit.first:
            yield from _covered(benefit, cells)
        else:
            yield from _overlaps(benefit, scope, cells, policy)
        yield from _gaps(benefit, cells)


def _excluded(benefit: Benefit, scope: list[Claim], cells: Cells) -> Iterator[Diagnostic]:
    if cells.ask(*scope).impossible:
        return  # the conditions' own fault
    for number, row in enumerate(benefit.rows, 1):
        if cells.ask((row.test, True), *scope).impossible:
            yield found("W333", row.span,
                        f"价目表第 {number} 行（{row.id}）从不付款：与“{benefit.id}”的 when 矛盾；改正其一，或删去此行",
                        f"price row {number} ({row.id}) never pays: the 'when' of '{benefit.id}' excludes it")


def _covered(benefit: Benefit, cells: Cells) -> Iterator[Diagnostic]:
    for position, row in enumerate(benefit.rows):
        above: list[Claim] = [(earlier.test, False) for earlier in benefit.rows[:position]]
        if cells.ask((row.test, True), *above).impossible:
            yield found("E332", row.span,
                        f"价目表第 {position + 1} 行（{row.id}）走不到：上面的行已覆盖；移到上面，或删去",
                        f"price row {position + 1} ({row.id}) is never reached: rows above cover it; move or delete it")


def _overlaps(benefit: Benefit, scope: list[Claim], cells: Cells, policy: Policy) -> Iterator[Diagnostic]:
    for (i, first), (j, second) in combinations(enumerate(benefit.rows, 1), 2):
        answer = cells.ask((first.test, True), (second.test, True), *scope)
        if not answer.possible:
            continue
        read = [*atoms(first.test), *atoms(second.test)]
        where = describe({v: answer.cell[v] for v in read if v in answer.cell}, policy)
        code, zh, en = ("E330", "", "") if answer.exact else ("W331", "可能", "may ")
        yield found(code, second.span,
                    f"价目表有重叠：第 {i} 行（{first.id}）与第 {j} 行（{second.id}）{zh}都覆盖 {where}。"
                    "删去其一，或写明先后（first: true）",
                    f"price rows {i} ({first.id}) and {j} ({second.id}) {en}overlap at {where}: delete one, or state "
                    "the order (first: true)")


def _gaps(benefit: Benefit, cells: Cells) -> Iterator[Diagnostic]:
    """Only where every axis is an enumeration or yes-no: there a cell without a row is countable, and mostly meant."""
    variables = list({v: None for row in benefit.rows for v in atoms(row.test)})
    if not variables or not all(v.is_leaf and v.node.type.kind in ("enum", "bool") for v in variables):
        return
    axes = [cells.members(v) for v in variables]
    total = 1
    for axis in axes:
        total *= len(axis)
    if total > LIMIT:
        return
    empty = sum(not any(truth(row.test, dict(zip(variables, cell, strict=True)), {}) for row in benefit.rows)
                for cell in product(*axes))
    if empty:
        yield found("N334", benefit.span,
                    f"“{benefit.id}”的价目表：{total} 种组合中 {empty} 种没有价目，不付款；核对是否本意",
                    f"price table '{benefit.id}': {empty} of {total} cells have no price and get nothing: is it meant?")
