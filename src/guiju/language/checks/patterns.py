"""Patterns of `matches`: no input makes them run for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.language.checks import all_nodes, found, own_origins
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, Span

CODES = {"E381": "a pattern with a repeat inside a repeat"}
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d*)(,?)(\d*)\}|.", re.DOTALL)


def check(policy: Policy) -> Iterator[Diagnostic]:
    for node in all_nodes(policy):
        if node.op == "matches":
            origins = own_origins(policy, node)
            yield from _pattern(node.args[1], origins[0].span if origins else policy.span)


def _pattern(pattern: str, span: Span) -> Iterator[Diagnostic]:
    if repeats_a_repeat(pattern):
        yield found("E381", span, f"式样“{pattern}”在重复里又有重复，遇到某些文字会算不完；去掉里层或外层的 + * {{n,}}",
                    f"pattern '{pattern}' repeats a repeat and may never end: drop the inner or the outer one")


def repeats_a_repeat(pattern: str) -> bool:
    """Whether a group that holds an unbounded repeat is itself repeated without bound, as in `(a+)+`."""
    groups: list[bool] = [False]  # of each open group: does it hold an unbounded repeat?
    closed = False  # whether the thing just read is a group that does
    for token in _TOKEN.finditer(pattern):
        text = token.group()
        if text in ("*", "+") or (token.group(2) and not token.group(3)):
            if closed:
                return True
            groups[-1] = True
        elif text == "(":
            groups.append(False)
        elif text == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
            continue
        closed = False
    return False
