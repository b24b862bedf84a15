"""Which changes to a policy's rules no worked case notices: `python tests/mutation/policy_mutants.py [POLICY...]`.

Each mutant changes one figure, comparison, connective, strength, window, price, limit, member or scope in the tree
of a rule file. It is killed if it no longer compiles, or if a worked case comes out otherwise. Cases that cover the
changed rule run first, and the first that fails ends the run.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from unittest.mock import patch

from changes import Change, changes

from guiju.evaluate import trial
from guiju.evaluate.assess import answer_of, outcome_name, payable
from guiju.evaluate.cases import Case, read_cases
from guiju.evaluate.evaluation import Evaluation, evaluate, setting_for
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_node
from guiju.language import ir
from guiju.language.compile import compile_policy
from guiju.language.library import Library, installed_library
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, GuijuError
from guiju.source.document import Node, read_document

SEED = 20220801
# Mutants that no case can tell from the original, by file, rule and change; each with its reason.
EQUIVALENT = Path(__file__).parent / "equivalent.txt"


@dataclass(frozen=True, slots=True)
class Tried:
    """A worked case with its facts read once, and the value of every node when the rules are unchanged."""

    case: Case
    facts: Facts
    seen: dict[ir.Node, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A policy with its rule files as trees, and its cases."""

    id: str
    folder: Path
    policy: Policy
    trees: dict[str, Node]
    cases: list[Tried]


class LazyAnswer:
    """An answer whose outcome and amount are cheap, and whose other parts are made when they are asked for."""

    def __init__(self, evaluation: Evaluation, reads_on: bool) -> None:
        self.evaluation = evaluation
        self.reads_on = reads_on

    def __getattr__(self, name: str) -> Any:
        in_force = self.evaluation.policy.in_force(self.evaluation.setting.as_of)
        if name in ("outcome", "amount") and in_force:
            return payable(self.evaluation) if name == "amount" else outcome_name(self.evaluation.status)
        with nullcontext() if self.reads_on else patch("guiju.evaluate.assess.other_readings", lambda _: ()):
            return getattr(answer_of(self.evaluation), name)


def prepare(library: Library, id_: str) -> Prepared:
    policy = library.policy(id_)
    folder = library.folder_of(policy)
    trees = {p.name: read_document(p) for p in sorted(folder.glob("*.yaml")) if not p.name.startswith("cases")}
    cases = []
    for case in read_cases(folder, policy):
        facts = facts_from_node(case.given, policy.vocabulary, recorded=case.recorded, known_at=case.known_at)
        tried = Tried(case, facts, {})
        evaluation = evaluation_of(tried, policy)
        assert not mismatches(tried, evaluation), case.name
        cases.append(Tried(case, facts, dict(evaluation.interpreter.seen)))
    return Prepared(id_, folder, policy, trees, cases)


def mutants(made: Prepared) -> Iterator[tuple[str, Change]]:
    """Every change of every rule file."""
    for name, tree in made.trees.items():
        yield from ((name, change) for change in changes(tree))


def killer(made: Prepared, file: str, change: Change) -> str:
    """What notices a change: `compiler`, the name of a case, or nothing."""
    trees = {**made.trees, file: change.tree}
    with patch("guiju.language.compile.document.read_document", lambda path, label: trees[path.name]):
        try:
            # Over the same graph, so that what did not change is the same node and keeps its value.
            policy = compile_policy(made.folder, made.policy.vocabulary, made.policy.graph)
        except GuijuError:
            return "compiler"
    for tried in sorted(made.cases, key=lambda t: change.rule not in t.case.covers):
        try:
            if mismatches(tried, evaluation_of(tried, policy)):
                return tried.case.name
        except (GuijuError, ArithmeticError, LookupError, ValueError, RecursionError):
            return tried.case.name
    return ""


def evaluation_of(tried: Tried, policy: Policy) -> Evaluation:
    case = tried.case
    chosen = dict(trial.chosen_value(policy, id_, word) for id_, word in case.chosen)

    def interpreter(*arguments: Any) -> Interpreter:
        made = Interpreter(*arguments)
        made.seen.update(tried.seen)
        return made

    with patch("guiju.evaluate.evaluation.Interpreter", interpreter):
        return evaluate(policy, tried.facts, setting_for(policy, case.as_of, case.known_at, chosen, case.presuming))


def mismatches(tried: Tried, evaluation: Evaluation) -> list[Diagnostic]:
    """Where a case comes out otherwise than expected; other readings are tried only where the case asks for them."""
    asks = any(key == "differs" for key, _ in tried.case.expect)
    answer: Any = LazyAnswer(evaluation, asks)  # has what an answer has
    return trial._expectations(tried.case, evaluation, answer)


def explained() -> list[tuple[str, str]]:
    """Known equivalent mutants and why: lines of `policy file rule change | reason`, with `*` for anything."""
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines() if EQUIVALENT.exists() else []
    rows = [line.rpartition(" | ") for line in lines if line.strip() and not line.startswith("#")]
    return [(pattern.strip(), reason.strip()) for pattern, _, reason in rows]


def reason_for(known: list[tuple[str, str]], made: Prepared, file: str, change: Change) -> str:
    described = f"{made.id} {file} {change.rule} {change.text}"
    return next((reason for pattern, reason in known if fnmatchcase(described, pattern)), "")


def examine(made: Prepared, limit: int, known: list[tuple[str, str]]) -> tuple[int, int, int, int]:
    """Run the mutants of one policy and print those that survive. Counts: killed by the compiler, killed by cases,
    equivalent, left."""
    all_ = list(mutants(made))
    chosen = sorted(random.Random(SEED).sample(range(len(all_)), min(limit, len(all_))))
    picked = [all_[i] for i in chosen]
    sampled = "" if len(picked) == len(all_) else f", a sample of {len(picked)} (seed {SEED})"
    print(f"{made.id}: {len(all_)} mutants{sampled}", flush=True)
    compiler = cases = equivalent = left = 0
    for file, change in picked:
        found = killer(made, file, change)
        compiler += found == "compiler"
        cases += found not in ("", "compiler")
        if not found:
            reason = reason_for(known, made, file, change)
            equivalent += bool(reason)
            left += not reason
            word = f"equivalent ({reason})" if reason else "survived"
            print(f"  {word}: {made.folder / file}:{change.line} {change.rule} | {change.text}", flush=True)
    return compiler, cases, equivalent, left


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("policy", nargs="*", help="ids or their ends; every installed policy by default")
    parser.add_argument("--limit", type=int, default=10**6, help="at most so many mutants of a policy, sampled")
    asked = parser.parse_args()
    library, known = installed_library(), explained()
    for id_ in [library.find(word) for word in asked.policy] or library.ids():
        start = time.monotonic()
        compiler, cases, equivalent, left = examine(prepare(library, id_), asked.limit, known)
        killed, total = compiler + cases, compiler + cases + left
        print(f"  {killed} killed ({compiler} by the compiler, {cases} by cases), {left} survived, {equivalent} "
              f"equivalent; score {killed / max(total, 1):.1%} in {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
