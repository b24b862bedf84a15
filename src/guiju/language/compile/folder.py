"""Reads a policy's folder: policy.yaml and every other rule file, in one compilation."""

from __future__ import annotations

from pathlib import Path

from guiju.language.compile.benefits import announce_prices, read_benefits
from guiju.language.compile.context import Context
from guiju.language.compile.definitions import read_definitions
from guiju.language.compile.document import LISTS, Document, policy_document
from guiju.language.compile.goals import read_goals
from guiju.language.compile.identity import read_clauses, read_documents, read_duties, read_parameters
from guiju.language.compile.limits import read_bans, read_limits
from guiju.language.compile.reader import read_conditions
from guiju.language.compile.scores import announce_scores, read_scores
from guiju.language.ir import Graph
from guiju.language.policy import Policy
from guiju.source.diagnostics import GuijuError
from guiju.source.document import Mapping, Node
from guiju.source.fields import as_mapping, bilingual, check_keys, date_of, text_of, texts_of
from guiju.vocabulary import Vocabulary


def compile_policy(folder: Path, vocabulary: Vocabulary, graph: Graph | None = None, scope: str = "") -> Policy:
    """The policy in `folder`. Worked cases (`cases*.yaml`) and reasons (`coverage*.yaml`) are not read here. `scope`:
    whose its parameters are in the graph, if not its own; two versions of one policy share one.

    Raises GuijuError with every finding, each with file, line and column.
    """
    return compile_document(policy_document(folder), vocabulary, graph or Graph(), scope)


def compile_document(document: Document, vocabulary: Vocabulary, graph: Graph, scope: str = "") -> Policy:
    """The policy that a document says."""
    root = document.root
    context = Context(scope or text_of(root, "id"), vocabulary, graph)
    context.clauses = read_clauses(document.index("clauses"), root.span, document.clause_of)
    sections = {name: _mappings(document.lists[name], name, context) for name in LISTS}
    parameters = read_parameters(document.index("parameters"), root.span, context)
    announce_scores(sections["scores"], context)
    announce_prices(sections["benefits"], context)
    definitions = read_definitions(sections["definitions"], context)
    scores = read_scores(sections["scores"], context)
    bans = read_bans(sections["bans"], context)
    read_conditions(sections["conditions"], context)
    benefits = read_benefits(sections["benefits"], context)
    limits = read_limits(sections["limits"], benefits, context)
    goals = read_goals(sections["goals"], scores, context)
    duties = context.gather(read_duties, sections["duties"], context) or ()
    force = as_mapping(root.get("in_force"), root.span, "in_force")
    check_keys(force, {"from", "to", "cite"}, {"from"})
    end, start = force.get("to"), force.get("from")
    assert start is not None
    begins = date_of(start, "from")
    policy = Policy(
        text_of(root, "id"), bilingual(root.get("title"), root.span, "title"), texts_of(root, "issuer"),
        text_of(root, "number", "未载"), text_of(root, "region"), texts_of(root, "audience"),
        date_of(root.get("published") or start, "published"), begins,
        date_of(end, "to") if end is not None else None, context.cite(force), document.unverified,
        context.clauses, parameters, definitions, dict(context.conditions), scores, benefits, limits, bans, goals,
        duties, context.graph, vocabulary, root.span, document.bases, document.inherited,
        read_documents(document.index("documents"), root.span))
    if context.findings:
        raise GuijuError(sorted(context.findings, key=lambda d: (d.span.file, d.span.line, d.span.column)))
    return policy


def _mappings(nodes: list[Node], section: str, context: Context) -> list[Mapping]:
    made = [context.gather(as_mapping, node, node.span, section) for node in nodes]
    return [mapping for mapping in made if mapping is not None]
