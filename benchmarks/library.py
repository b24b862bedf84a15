"""The policies that come with Guiju: time for one applicant, and for compiling. No other engine has these rules.

The applicant of a policy is its worked case with the most facts, so that much of the policy is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from answer import Mismatch
from guiju.evaluate.closure import Closure
from guiju.evaluate.evaluation import Setting, closure_for, evaluate, outcome_of, quick, setting_for
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_node
from guiju.language.library import load_library
from guiju.language.policy import Policy
from guiju.source.document import Mapping, Node, Scalar, Sequence, read_document
from guiju.vocabulary import load_vocabulary
from timing import Sample, Task, measure


@dataclass(frozen=True, slots=True)
class Example:
    """One policy with the applicant that it is asked about."""

    policy: Policy
    case: str
    facts: Facts
    setting: Setting
    closure: Closure
    compile_seconds: float
    closure_seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    example: Example
    call: Sample
    bound: Sample
    traced: Sample


def measured(budget: float) -> list[Measured]:
    """Each policy's times; raises Mismatch where closure and interpreter disagree."""
    examples = [_example(id_) for id_ in load_library().ids()]
    tasks: dict[str, Task] = {}
    for n, e in enumerate(examples):
        _require_agreement(e)
        tasks |= {f"{n} call": Task(e.closure.call, [e.closure.bind(e.facts)]),
                  f"{n} bound": Task(e.closure, [e.facts]),
                  f"{n} traced": Task(lambda facts, e=e: evaluate(e.policy, facts, e.setting), [e.facts])}
    times = measure(tasks, budget)
    return [Measured(e, times[f"{n} call"], times[f"{n} bound"], times[f"{n} traced"])
            for n, e in enumerate(examples)]


def vocabulary_seconds() -> float:
    """Reading the dictionary, without the copy that is kept."""
    start = perf_counter()
    load_vocabulary.__wrapped__()
    return perf_counter() - start


def _example(id_: str) -> Example:
    library = load_library()  # a graph of its own: the time of a policy compiled alone
    start = perf_counter()
    policy = library.policy(id_)
    compiled = perf_counter() - start
    case, recorded = _fullest_case(policy, library.folder_of(policy))
    as_of = dt.date.fromisoformat(_text(case, "as_of"))
    setting = setting_for(policy, as_of, presuming=_text(case, "presume") == "true")
    given = case.get("given")
    assert given is not None
    facts = facts_from_node(given, policy.vocabulary, recorded=case.get("recorded") or recorded)
    facts = facts.with_default_date(as_of)
    start = perf_counter()
    closure = closure_for(policy, setting)
    return Example(policy, _text(case, "name"), facts, setting, closure, compiled, perf_counter() - start)


def _require_agreement(e: Example) -> None:
    if quick(e.policy, e.facts, e.setting) != outcome_of(evaluate(e.policy, e.facts, e.setting)):
        raise Mismatch(f"{e.policy.id}, “{e.case}”: the closure and the interpreter disagree")


def _fullest_case(policy: Policy, folder: Path) -> tuple[Mapping, Node | None]:
    """The case in force with the most values given, and its file's default record of judgements."""
    fitting = [(case, recorded) for path in sorted(folder.glob("cases*.yaml")) for case, recorded in _cases(path)
               if case.get("given") is not None and policy.in_force(dt.date.fromisoformat(_text(case, "as_of")))]
    return max(fitting, key=lambda found: _size(found[0].get("given")))


def _cases(path: Path) -> Iterator[tuple[Mapping, Node | None]]:
    document = read_document(path)
    recorded = document.get("recorded") if isinstance(document, Mapping) else None
    listed = document.get("cases") if isinstance(document, Mapping) else document
    assert isinstance(listed, Sequence)
    yield from ((case, recorded) for case in listed.items if isinstance(case, Mapping) and case.get("as_of"))


def _text(case: Mapping, key: str) -> str:
    node = case.get(key)
    return node.text if isinstance(node, Scalar) else ""


def _size(node: Node | None) -> int:
    if isinstance(node, Mapping):
        return sum(_size(value) for _, value in node.entries)
    return sum(map(_size, node.items)) if isinstance(node, Sequence) else 1


