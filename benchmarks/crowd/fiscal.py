"""The rules in OpenFisca, or in PolicyEngine's fork of it: whichever `engines.fiscal` stands for in this process."""

from __future__ import annotations

from typing import Any

import numpy as np
from engines import openfisca_rules as rules
from engines.fiscal import EnumArray

from crowd.columns import CHOICES, OUTCOMES, Columns

_SYSTEM = rules.system()  # with its module, as the other engines' rules are
_ORDER = np.array([OUTCOMES.index(item.name) for item in rules.Outcome])


def load(count: int, columns: Columns) -> Any:
    """Enumerations as the engine stores them: encoding their names would take longer than all rules."""
    held = dict(columns)
    for name, enum in rules.ENUMS.items():
        positions = np.array([[item.name for item in enum].index(word) for word in CHOICES[name]])
        held[name] = EnumArray(positions[columns[name]].astype(np.uint8), enum)
    return _SYSTEM, held, count


def run(loaded: Any) -> dict[str, Any]:
    """Outcome, points, amount; a simulation calculates every rule that these need once."""
    made, held, count = loaded
    found = rules.simulate(made, held, count, ("points", "amount", "outcome"))
    return {"outcome": _ORDER[np.asarray(found["outcome"]).view(np.ndarray)], "points": found["points"],
            "amount": found["amount"]}
