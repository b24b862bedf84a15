"""transitions: one machine for all cases, conditions as methods of the model, facts merged when a move is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scripts import Step, Try
from transitions import Machine as Transitions
from transitions import MachineError

from machines import Machine
from machines.rules import GUARDS, MOVES, STAGES, Facts


class Model:
    """A case: its facts, and one method a guard. The machine adds `state` and one method an event."""

    state: str

    def __init__(self) -> None:
        self.facts: Facts = {}

    def keep(self, given: Facts) -> None:
        self.facts.update(given)


def _condition(guard: str) -> Callable[[Model, Facts], bool]:
    test = GUARDS[guard]
    return lambda model, given: test({**model.facts, **given})


for _name in GUARDS:
    setattr(Model, _name, _condition(_name))


def load() -> Machine:
    machine = Transitions(None, states=list(STAGES), initial="draft", auto_transitions=False)
    for event, sources, target, guard in MOVES:
        machine.add_transition(event, list(sources), target or "=", conditions=[guard] if guard else None, after="keep")

    def created() -> Model:
        model = Model()
        machine.add_model(model)
        return model

    def run(script: list[Try]) -> list[tuple[bool, str]]:
        model, came = created(), []
        for one in script:
            try:
                made: Any = model.trigger(one.event, one.given)
            except MachineError:
                made = False
            came.append((made, model.state))
        machine.remove_model(model)
        return came

    return Machine(lambda: machine.remove_model(created()), lambda script: script, run,
                   lambda came: [Step(bool(made), stage) for made, stage in came])
