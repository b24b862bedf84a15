"""Everything that an author can write, as the code knows it: what the manual must explain.

An id is `kind:word`. What the code keeps in a table is read from there; the few lists below are the forms that it
tells apart by their shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from builder.language import compiled
from guiju.evaluate import cases
from guiju.facts.given import COUNT_WORDS, DETAILS, OTHER_RECORDS_WORDS, RECORDED_WORDS, VALUE_WORDS
from guiju.language.compile import benefits, definitions, document, goals, identity, layers, limits, reader, scores
from guiju.language.constructs import functions
from guiju.language.constructs.functions.presence import ITEMS
from guiju.language.expression import parser, syntax, tokens
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import loader, model

SYMBOLS = "+-*/()[],.%"
CELLS = ("成员", "、", "比较", "..", "是否", "-", "引用")
CLAUSE_KEYS = ("zh", "en", "lines")


def constructs() -> list[str]:
    """Every id, sorted."""
    return sorted({f"{kind}:{word}" for kind, words in _words() for word in words})


def _words() -> Iterable[tuple[str, Iterable[str]]]:
    yield "function", functions.registry()
    yield "items", ITEMS[:1]
    yield "keyword", tokens.KEYWORDS
    yield "operator", parser.COMPARISONS | set(SYMBOLS)
    yield "syntax", [kind.__name__ for kind in get_args(syntax.Expression)]
    yield "condition", reader.forms()
    yield "condition-key", reader.COMMON_KEYS
    yield "companion", _companions()
    yield "strength", reader.strengths()
    yield "score", scores.forms()
    yield "score-key", scores._SCORE_KEYS
    yield "group-key", scores._GROUP_KEYS
    yield "item-key", scores._ITEM_KEYS
    yield "definition-key", definitions._KEYS
    yield "parameter-type", parameter_types()
    yield "parameter-key", identity._PARAMETER_KEYS
    yield "benefit-key", benefits._KEYS
    yield "merge-key", benefits._MERGE_KEYS
    yield "less-key", benefits._LESS_KEYS
    yield "price-kind", benefits.KINDS
    yield "price-column", benefits._FIXED_COLUMNS
    yield "price-cell", (*CELLS, benefits.EXTERNAL[0])
    yield "limit", limits.forms()
    yield "limit-key", limits._COMMON
    yield "limit-word", ("all", *limits._WORDS)
    yield "ban-key", limits._BAN_KEYS
    yield "goal-key", goals._KEYS
    yield "policy-key", document.POLICY_KEYS
    yield "amending-key", (layers.DROP,)
    yield "document-key", identity.DOCUMENT_KEYS
    yield "clause-key", CLAUSE_KEYS
    yield "duty-kind", identity.DUTY_KINDS
    yield "case-key", cases._CASE_KEYS
    yield "expectation", cases._EXPECT_KEYS
    yield "detail", {*DETAILS.values(), VALUE_WORDS[1]}
    yield "row", COUNT_WORDS[:1]
    yield "facts-file", (RECORDED_WORDS[0], OTHER_RECORDS_WORDS[0])
    yield "field-key", loader._FIELD_KEYS
    yield "field-type", get_args(model.FieldType)
    yield "kind", get_args(model.Kind)
    yield "mutability", get_args(model.Mutability)
    yield "record-key", loader._RECORD_KEYS


def _companions() -> set[str]:
    modules = [*reader.forms().values(), *scores.forms().values()]
    return {word for module in modules for word in module.COMPANIONS}


def parameter_types() -> list[str]:
    """The types of parameters, as the error for a wrong one names them."""
    try:
        compiled("parameters: {p: {name: 示例, type: none}}")
    except GuijuError as error:
        return re.findall(r"\b[a-z]{3,}\b", error.diagnostics[0].message.en.split(" must be ")[1])
    raise AssertionError("a parameter of no type compiles")
