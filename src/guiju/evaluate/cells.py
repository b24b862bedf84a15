"""Can these conditions hold together? By trying the critical cells of what they read.

A condition is read as a formula over *variables*: facts, fields and parameters that it compares with constants, and
whatever else it compares, as one value each (`a / b >= 5%` has the variable `a / b`; of two values only which is the
greater matters). A variable has finitely many critical values: each threshold, a value between any two, the ends of
its domain. Variables count as independent, which can only add cells: "impossible" is always right; a cell that was
found is `exact` where they are.

Truth has two values here: a person's judgement and a principle count as met or unmet, what does not apply as met.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from guiju.evaluate.formula import Variable, atoms, truth
from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.representatives import Representatives
from guiju.facts.model import Facts
from guiju.language.ir import Node
from guiju.language.policy import Policy
from guiju.values import UNKNOWN

LIMIT = 4096
DEEPEST = 400  # variables of one group; far beyond any rule that a person wrote
Claim = tuple[Node, bool]  # a condition, and whether it is to hold


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether some cell fulfils all claims; the cell, if one was found; `unsure` where there are too many to try."""

    verdict: Literal["possible", "impossible", "unsure"]
    cell: Map[Variable, Any] = field(default_factory=dict)

    @property
    def possible(self) -> bool:
        return self.verdict == "possible"

    @property
    def impossible(self) -> bool:
        return self.verdict == "impossible"

    @property
    def exact(self) -> bool:
        """Whether the cell surely can occur: no two of its variables come from one fact, field or record set."""
        sources = [source for variable in self.cell for source in variable.sources]
        return len(sources) == len(set(sources))


class Cells:
    """The critical cells of one policy's conditions, over all readings of its parameters."""

    def __init__(self, policy: Policy) -> None:
        interpreter = Interpreter(policy.vocabulary, Facts(), {}, choice_sizes=policy.choice_sizes())
        interpreter.items_hold = lambda _: UNKNOWN
        interpreter.rows = {r.id: interpreter.any_row(r.id) for r in policy.vocabulary.all_records()}
        interpreter.around = dict(interpreter.rows)
        self.interpreter = interpreter
        self._representatives = Representatives(interpreter)

    def ask(self, *claims: Claim) -> Answer:
        """Whether all claims can hold together."""
        cell: dict[Variable, Any] = {}
        unsure = False
        for part in _independent(_split(claims)):
            answer = self._search(part)
            if answer.impossible:
                return answer
            unsure = unsure or not answer.possible
            cell.update(answer.cell)
        return Answer("unsure") if unsure else Answer("possible", cell)

    def holds_always(self, node: Node) -> bool:
        return self.ask((node, False)).impossible

    def holds_never(self, node: Node) -> bool:
        return self.ask((node, True)).impossible

    def members(self, variable: Variable) -> list[Any]:
        """Every value of an enumeration or of yes-no that can occur."""
        if variable.node.type.kind == "bool":
            return self._representatives.of(variable, ())
        low, high, _ = self.interpreter.quantity(variable.node)
        return list(range(low, high + 1))

    def _search(self, claims: Sequence[Claim]) -> Answer:
        """Try the cells, one variable after the other; what already decides is not tried further."""
        thresholds: dict[Variable, set[Any]] = {}
        for node, _ in claims:
            for variable, constants in atoms(node).items():
                thresholds.setdefault(variable, set()).update(constants)
        values = [(v, self._representatives.of(v, constants)) for v, constants in thresholds.items()]
        return _Search(claims, values).run() if len(values) <= DEEPEST else Answer("unsure")


@dataclass(slots=True)
class _Search:
    claims: Sequence[Claim]
    values: list[tuple[Variable, list[Any]]]
    tried: int = 0
    cell: dict[Variable, Any] = field(default_factory=dict)

    def run(self) -> Answer:
        if self._descend(0):
            return Answer("possible", dict(self.cell))
        return Answer("unsure" if self.tried > LIMIT else "impossible")

    def _descend(self, depth: int) -> bool:
        self.tried += 1
        if self.tried > LIMIT:
            return False
        memo: dict[Node, bool | None] = {}
        states = [truth(node, self.cell, memo) for node, _ in self.claims]
        if any(s is not None and s != wanted for s, (_, wanted) in zip(states, self.claims, strict=True)):
            return False
        if None not in states:
            return True
        variable, values = self.values[depth]
        for value in values:
            self.cell[variable] = value
            if self._descend(depth + 1):
                return True
        del self.cell[variable]
        return False


def _split(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that these come to: what must all hold, one by one."""
    done: list[Claim] = []
    open_: list[Claim] = list(reversed(claims))
    while open_:
        node, wanted = open_.pop()
        if node.op in ("presume", "soften"):
            open_.append((node.args[0], wanted))
        elif node.op == "not":
            open_.append((node.args[0], not wanted))
        elif (node.op, wanted) in (("all", True), ("any", False)):
            open_.extend((part, wanted) for part in reversed(node.args))
        elif (node.op, wanted) == ("guard", False):
            open_.extend([(node.args[1], False), (node.args[0], True)])
        else:
            done.append((node, wanted))
    return list(dict.fromkeys(done))


def _independent(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims in groups that share no variable."""
    groups: list[tuple[set[Variable], list[Claim]]] = []
    for claim in claims:
        variables, together = set(atoms(claim[0])), [claim]
        apart = []
        for others, members in groups:
            if variables & others:
                variables, together = variables | others, members + together
            else:
                apart.append((others, members))
        groups = [*apart, (variables, together)]
    return [members for _, members in groups]
