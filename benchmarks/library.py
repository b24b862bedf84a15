"""The policies that come with Guiju: time for one applicant, and for compiling. No other engine has these rules.

The applicant of a policy is its worked case with the most facts, so that much of the policy is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from answer import Mismatch
from timing import Sample, Task, measure

from guiju.evaluate.cases import Case, read_cases
from guiju.evaluate.closure import Closure
from guiju.evaluate.evaluation import Evaluation, closure_for, evaluate, outcome_of, quick
from guiju.evaluate.trial import evaluation_of
from guiju.language.library import load_library
from guiju.source.document import Mapping, Node, Sequence
from guiju.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class Example:
    """One policy with the applicant that it is asked about, and what making it ready took, in seconds."""

    evaluation: Evaluation
    case: str
    closure: Closure
    compiling: float
    generating: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The times of one policy: the closure over slots, with binding, and the traced interpreter."""

    example: Example
    call: Sample
    bound: Sample
    traced: Sample


def measured(budget: float) -> list[Measured]:
    """Each policy's times; raises Mismatch where closure and interpreter disagree."""
    examples = [_example(id_) for id_ in load_library().ids()]
    tasks: dict[str, Task] = {}
    for n, example in enumerate(examples):
        facts = example.evaluation.facts
        tasks |= {f"call {n}": Task(example.closure.call, [example.closure.bind(facts)]),
                  f"bound {n}": Task(example.closure, [facts]),
                  f"traced {n}": Task(lambda e: evaluate(e.policy, e.facts, e.setting), [example.evaluation])}
    times = measure(tasks, budget)
    return [Measured(e, *(times[f"{kind} {n}"] for kind in ("call", "bound", "traced")))
            for n, e in enumerate(examples)]


def vocabulary_seconds() -> float:
    """Reading the dictionary, without the copy that is kept."""
    start = perf_counter()
    load_vocabulary.__wrapped__()
    return perf_counter() - start


def _example(id_: str) -> Example:
    library = load_library()  # with a graph of its own, so that the policy is compiled alone
    start = perf_counter()
    policy = library.policy(id_)
    compiling = perf_counter() - start
    fitting = [c for c in read_cases(library.folder_of(policy), policy) if policy.in_force(c.as_of)]
    case = max(fitting, key=lambda c: _size(c.given))
    evaluation = evaluation_of(case, policy)
    start = perf_counter()
    closure = closure_for(policy, evaluation.setting)
    generating = perf_counter() - start
    _require_agreement(evaluation, case)
    return Example(evaluation, case.name, closure, compiling, generating)


def _require_agreement(e: Evaluation, case: Case) -> None:
    if quick(e.policy, e.facts, e.setting) != outcome_of(e):
        raise Mismatch(f"{e.policy.id}, “{case.name}”: the closure and the interpreter disagree")


def _size(node: Node) -> int:
    """How many values a document states."""
    if isinstance(node, Mapping):
        return sum(_size(value) for _, value in node.entries)
    return sum(map(_size, node)) if isinstance(node, Sequence) else 1
