"""Who makes the moves of the made-up chart: one module each, with `load()`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scripts import Step, Try

MACHINES = {
    "guiju": "Guiju, the whole move",
    "guiju_question": "Guiju, only whether it may be made",
    "statemachine_peer": "python-statemachine",
    "transitions_peer": "transitions",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """`create` makes a fresh case; `prepare` makes the input of a script ready, which is not timed; `run` creates a
    case and makes every try of a script on it; `steps` says what came of each."""

    create: Callable[[], Any]
    prepare: Callable[[list[Try]], Any]
    run: Callable[[Any], Any]
    steps: Callable[[Any], list[Step]]


def load(name: str) -> Machine:
    found: Machine = importlib.import_module(f"machines.{name}").load()
    return found
