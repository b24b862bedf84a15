"""Why an organisation does not surely qualify, as bits: enough to count, to filter, and to know what to explain.

Bit n is the (n+1)th condition of the policy's first main goal, of those that count, in the policy's order; it is set
where the condition fails or is not decided. Bit 31 stands for all conditions after the 31st, and for the payment that a
goal waits for. No bit is set where the goal holds or does not apply. `guiju.evaluate.explain` says the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.closure import compile_closure
from guiju.evaluate.evaluation import parameters_of
from guiju.facts.model import Facts
from guiju.population.plan import Questions
from guiju.values import FAIL, UNDECIDED

OTHERS = 31
OPEN = FAIL | UNDECIDED


def reasons_of(asks: Questions, conditions: Sequence[Any], paid: Any, count: int) -> NDArray[np.uint32]:
    """The bits of each organisation, of the statuses of the conditions and of the payment (None: nothing is paid)."""
    found = np.zeros(count, np.uint32)
    for number, codes in enumerate(conditions):
        found |= _bit(codes, number)
    if paid is not None and asks.main is not None and asks.main.pays:
        found |= _bit(paid, OTHERS)
    return found


def _bit(codes: Any, number: int) -> Any:
    return (codes & OPEN > 0).astype(np.uint32) << np.uint32(min(number, OTHERS))


def reasons_for_one(asks: Questions, facts: Facts, paid: int | None) -> int:
    """The same bits of one organisation, from the generated closure; `paid`: the status of its payment."""
    policy, setting = asks.policy, asks.setting
    key = ("reasons", tuple(sorted(setting.readings.items())), setting.presuming)
    if key not in policy.kept:
        policy.kept[key] = compile_closure(policy, [c.node for c in asks.parts], parameters_of(policy, setting),
                                           presuming=setting.presuming)
    statuses = policy.kept[key](facts.with_default_date(setting.as_of))
    found = 0
    for number, status in enumerate(statuses):
        found |= bool(status & OPEN) << min(number, OTHERS)
    if paid is not None and asks.main is not None and asks.main.pays:
        found |= bool(paid & OPEN) << OTHERS
    return found
