"""A simulation as plain data, for `reform.json`. Within one `contract` number keys keep their names and meaning."""

from __future__ import annotations

import json
from typing import Any

from guiju.evaluate.readings import spell
from guiju.population.reform.groups import DIMENSIONS, Dimension
from guiju.population.reform.simulation import Result, Seat
from guiju.population.reform.sweep import Sweep
from guiju.population.reform.totals import Difference, Group, Money, Spread
from guiju.source.diagnostics import Text
from guiju.vocabulary import Vocabulary

CONTRACT = 1
Json = dict[str, Any]


def dump(result: Result) -> str:
    """The result as JSON: the same bytes for the same result."""
    return json.dumps(form_of(result), ensure_ascii=False, indent=1) + "\n"


def form_of(result: Result) -> Json:
    """The whole result. Amounts are whole fen."""
    reform, totals = result.reform, result.totals
    vocabulary = reform.before.vocabulary
    return {
        "contract": CONTRACT, "policy": reform.before.id, "on": result.as_of.isoformat(),
        "title": _text(reform.title), "proposed_by": list(reform.proposed_by),
        "organisations": totals.count, "changes": dict(totals.kinds), "possible": dict(totals.possible),
        "outcomes": {"before": dict(totals.outcomes[0]), "after": dict(totals.outcomes[1])},
        "cost": {"before": _money(totals.money[0]), "after": _money(totals.money[1]),
                 "difference": _difference(totals.difference)},
        "quantiles": {"before": _quantiles(totals.spread[0]), "after": _quantiles(totals.spread[1])},
        "by": {d.id: {"title": _text(d.title), "fact": d.fact,
                      "groups": _groups(d, totals.groups.get(d.id, {}), vocabulary)} for d in DIMENSIONS},
        "rules": _rules(result),
        "operations": dict(zip(("before", "after", "shared"), result.cells.operations, strict=True)),
        "sweep": _sweep(result.sweep) if result.sweep else None,
    }


def _text(text: Text) -> Json:
    return {"zh": text.zh, "en": text.en}


def _money(money: Money) -> Json:
    return {"low": money.low, "high": money.high, "unbounded": money.unbounded, "paid": money.paid,
            "ceilings": money.ceilings, "doubtful": money.doubtful, "elsewhere": money.elsewhere}


def _difference(difference: Difference) -> Json:
    return {"low": difference.low, "high": difference.high, "open": difference.open}


def _quantiles(spread: Spread) -> list[Json]:
    return [{"percent": q.percent, "amount": list(q.amount), "budget": list(q.budget)} for q in spread.quantiles()]


def _groups(dimension: Dimension, groups: dict[str, Group], vocabulary: Vocabulary) -> list[Json]:
    """In the order of their keys; those of whom it is not known come last."""
    return [{"key": key, "name": _text(dimension.word(key, vocabulary)), "organisations": group.count,
             "changes": dict(group.kinds),
             "cost": {"before": _money(group.before), "after": _money(group.after),
                      "difference": _difference(group.difference)}}
            for key, group in sorted(groups.items(), key=lambda item: (item[0] == "", item[0]))]


def _rules(result: Result) -> list[Json]:
    """Each rule that answers otherwise, with the cells found for it and who sits in it."""
    return [{"rule": d.rule, "kind": d.kind, "text": _text(d.text), "cells": [_text(cell) for cell in d.cells],
             "organisations": [_seat(seat) for seat in result.seats if seat.cell.difference is d]}
            for d in result.cells.differences]


def _seat(seat: Seat) -> Json:
    return {"what": _text(seat.cell.what), "surely": seat.surely, "perhaps": seat.perhaps, "samples": seat.samples}


def _sweep(sweep: Sweep) -> Json:
    return {"parameter": sweep.parameter.id, "name": sweep.parameter.name, "operations": sweep.rests,
            "points": [{"value": spell(sweep.parameter, point.value), "cost": _money(point.money),
                        "outcomes": dict(point.outcomes)} for point in sweep.points]}
