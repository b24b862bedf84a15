"""Compiles a chart's folder: its document, its dictionary, then section by section."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Map
from pathlib import Path
from typing import Any

from guiju.language.compile.context import Context
from guiju.language.compile.identity import read_clauses, read_parameters
from guiju.language.ir import Graph
from guiju.language.policy import Policy
from guiju.lifecycle.chart import Chart, Procedure
from guiju.lifecycle.compile.moves import read_moves
from guiju.lifecycle.compile.people import read_phases, read_roles, read_stages
from guiju.lifecycle.compile.procedures import Binding, announced_counts, read_procedures, with_passed_facts
from guiju.lifecycle.compile.reading import Reading
from guiju.lifecycle.compile.rounds import read_rounds
from guiju.lifecycle.compile.times import read_bans, read_duties, read_loops, read_notices, read_terms
from guiju.lifecycle.compile.vocabulary import builtin_facts, case_fact, counting_fact, extended, term_end_fact
from guiju.source.diagnostics import GuijuError
from guiju.source.document import Mapping, Node, Scalar, Sequence
from guiju.source.fields import bilingual, text_of, texts_of
from guiju.vocabulary import Field, Vocabulary


def compile_chart(document: Mapping, folder: Path, vocabulary: Vocabulary, policies: Map[str, Policy],
                  small: Map[str, Mapping], binding: Binding | None = None,
                  own_ids: frozenset[str] = frozenset()) -> Chart:
    """The chart of a whole document (`compile.document`). `small` holds the documents of the small charts that it
    uses, by id; `binding` says how a small chart is used here; `own_ids` what this chart's own document names.

    Raises GuijuError with every finding, each with file, line and column.
    """
    context = Context(text_of(document, "id"), vocabulary, Graph())
    for policy in policies.values():
        context.clauses.update(policy.clauses)
    if document.get("clauses") is not None:
        context.clauses.update(read_clauses(document.get("clauses"), document.span))
    if binding is not None:
        context.clauses.update(binding.clauses)
    reading = Reading(context, document, cites=binding.cites if binding else ())
    roles = read_roles(reading)
    phases = context.gather(read_phases, reading) or {}
    stages = read_stages(reading, phases)
    procedures = context.gather(read_procedures, reading, vocabulary, policies, small, compile_chart) or {}
    counts = _announce_facts(reading, vocabulary, procedures)
    procedures = with_passed_facts(reading, procedures)
    parameters = read_parameters(document.get("parameters"), document.span, context)
    loops = read_loops(reading)
    moves = read_moves(reading, roles, policies)
    own = {id_: f for id_, f in context.vocabulary.facts.items() if id_ == f.id and vocabulary.fact(id_) is None}
    chart = Chart(
        id=context.policy, title=bilingual(document.get("title"), document.span, "title"),
        revision=text_of(document, "revision", "1"), digest=content_digest(document, list(small.values())),
        policies=dict(policies), basis=context.cite(document), unverified=texts_of(document, "unverified"),
        respects=texts_of(document, "respects"), clauses=context.clauses, parameters=parameters, facts=own,
        roles=roles, phases=phases, stages=stages, groups=reading.groups, moves=moves, terms=read_terms(reading),
        notices=read_notices(reading), duties=read_duties(reading), loops=loops, bans=read_bans(reading),
        procedures=procedures, rounds=read_rounds(folder, reading) if binding is None else {}, counts=counts,
        ends={f"{key.text}_end": key.text for key, _ in reading.section("terms")},
        banned_from=reading.names(document, "banned_from", list(moves), "步骤", "move", "E502")
        if document.get("banned_from") is not None else None,
        own=own_ids,
        vocabulary=context.vocabulary, graph=context.graph, span=document.span)
    if context.findings:
        raise GuijuError(sorted(context.findings, key=lambda d: (d.span.file, d.span.line, d.span.column)))
    return chart


def _announce_facts(reading: Reading, vocabulary: Vocabulary, procedures: dict[str, Procedure]) -> dict[str, str]:
    """Extend the dictionary by the case's facts and counts; what each count counts, by its fact's id."""
    context = reading.context
    fields: list[Field] = builtin_facts()
    for key, value in reading.section("facts"):
        made = context.gather(case_fact, key, value, vocabulary, context.policy)
        if made is not None:
            fields.append(made)
    counts: dict[str, str] = {}
    for key, value in reading.section("loops"):
        if isinstance(value, Mapping) and text_of(value, "name"):
            fields.append(counting_fact(key.text, text_of(value, "name"), vocabulary, key.span))
            counts[key.text] = key.text
    fields += [term_end_fact(key.text, key.span) for key, _ in reading.section("terms")]
    for id_, name, what, span in announced_counts(procedures):
        fields.append(counting_fact(id_, name, vocabulary, span))
        counts[id_] = what
    context.vocabulary = context.gather(extended, vocabulary, fields) or vocabulary
    return counts


def content_digest(document: Mapping, used: list[Mapping]) -> str:
    """SHA-256 over what the documents say, wherever it stands and in whatever order sections come."""
    content = json.dumps([plain(document), *sorted((plain(d) for d in used), key=str)], ensure_ascii=False,
                         sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def plain(node: Node) -> Any:
    """A document node as Python data, without places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}
