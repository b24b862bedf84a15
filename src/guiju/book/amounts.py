"""What a price table writes as a calculation, as a reader says it: a share of another line's amount, a ceiling."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.language.expression import syntax as s
from guiju.language.expression.parser import parse
from guiju.language.expression.words import statement
from guiju.language.policy import Policy
from guiju.source.diagnostics import GuijuError, Span, Text


def amount_in_words(written: str, lines: Mapping[str, str], policy: Policy) -> Text:
    """`lines` gives the amounts of the policy's price tables by their ids, for one that is a share of another. What is
    no expression (fixed elsewhere) stands as it is written."""
    try:
        expression = parse(written, Span(""), dict(policy.vocabulary.units))
    except GuijuError:
        return Text(written, written)
    return _said(expression, lines, policy)


def _said(e: s.Expression, lines: Mapping[str, str], policy: Policy) -> Text:
    match e:
        case s.Word(text=name) if name in lines:
            return amount_in_words(lines[name], lines, policy)
        case s.Binary(op="*", left=s.Number(unit="%") as share, right=whole):
            part, of = _plainly(share, policy), _said(whole, lines, policy)
            return Text(f"{of.zh}的 {part.zh}", f"{part.en} of {of.en}")
        case s.Call(name="min", arguments=(figure, s.Number() as most), where=None):
            found, ceiling = _said(figure, lines, policy), _plainly(most, policy)
            return Text(f"{found.zh}，不超过 {ceiling.zh}", f"{found.en}, no more than {ceiling.en}")
        case _:
            return _plainly(e, policy)


def _plainly(e: s.Expression, policy: Policy) -> Text:
    return statement(e, policy.vocabulary, {d.name: d.en for d in policy.definitions.values() if d.en})
