"""Static checks that evaluate conditions over their critical cells, one file each, and the door to all checks.

A module here is as in `guiju.language.checks`: `CODES` and `check(policy)`, found by itself.
"""

from __future__ import annotations

import functools
from types import ModuleType

from guiju.language.modules import modules_of
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic
from guiju.vocabulary import Vocabulary


@functools.cache
def all_checks() -> tuple[ModuleType, ...]:
    """Every check of a policy."""
    return (*modules_of("guiju.language.checks"), *modules_of(__name__))


@functools.cache
def dictionary_checks() -> tuple[ModuleType, ...]:
    """Every check of the dictionary."""
    return tuple(modules_of("guiju.language.checks.dictionary"))


def codes() -> dict[str, str]:
    """Every code that a check can raise, with what it finds."""
    return dict(sorted((code, what) for m in (*all_checks(), *dictionary_checks()) for code, what in m.CODES.items()))


def check_policy(policy: Policy) -> list[Diagnostic]:
    """What all checks find in a policy, in file order. Only errors (`E…`) make it unfit to load."""
    return _in_order([d for module in all_checks() for d in module.check(policy)])


def check_vocabulary(vocabulary: Vocabulary) -> list[Diagnostic]:
    """What all checks find in the dictionary, in file order."""
    return _in_order([d for module in dictionary_checks() for d in module.check(vocabulary)])


def _in_order(findings: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda d: (d.span.file, d.span.line, d.span.column, d.code))
