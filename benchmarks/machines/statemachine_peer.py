"""python-statemachine: a class with its states and events, conditions as methods, facts kept after a move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scripts import Step, Try
from statemachine import State, StateMachine
from statemachine.exceptions import TransitionNotAllowed

from machines import Machine
from machines.rules import FINAL, GUARDS, MOVES, STAGES, Facts


def _condition(guard: str) -> Callable[[Any, Facts], bool]:
    test = GUARDS[guard]

    def condition(self: Any, given: Facts) -> bool:
        return bool(test({**self.facts, **given}))

    return condition


def _class() -> type[StateMachine]:
    """The class that its users would write out by hand."""
    states = {name: State(name, initial=name == "draft", final=name in FINAL) for name in STAGES}
    body: dict[str, Any] = {**states, **{guard: _condition(guard) for guard in GUARDS}}
    for event, sources, target, guard in MOVES:
        ways = [states[s].to(states[target or s], cond=guard or None) for s in sources]
        body[event] = ways[0]
        for way in ways[1:]:
            body[event] = body[event] | way

    def after_transition(self: Any, given: Facts) -> None:
        self.facts.update(given)

    body["after_transition"] = after_transition
    body["facts"] = {}
    return type("Licence", (StateMachine,), body)


def load() -> Machine:
    licence: Any = _class()

    def created() -> Any:
        machine = licence()
        machine.facts = {}
        return machine

    def run(script: list[Try]) -> list[tuple[bool, str]]:
        machine, came = created(), []
        for one in script:
            made = True
            try:
                machine.send(one.event, given=one.given)
            except TransitionNotAllowed:
                made = False
            came.append((made, machine.current_state_value))
        return came

    return Machine(created, lambda script: script, run, lambda came: [Step(made, stage) for made, stage in came])
