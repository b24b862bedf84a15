"""Reads a policy's folder: policy.yaml and every other rule file, in one compilation."""

from __future__ import annotations

from pathlib import Path

from guiju.language.compile.benefits import announce_prices, read_benefits
from guiju.language.compile.context import Context
from guiju.language.compile.definitions import read_definitions
from guiju.language.compile.goals import read_goals
from guiju.language.compile.identity import POLICY_KEYS, read_clauses, read_duties, read_parameters
from guiju.language.compile.limits import read_bans, read_limits
from guiju.language.compile.reader import read_conditions
from guiju.language.compile.scores import announce_scores, read_scores
from guiju.language.ir import Graph
from guiju.language.policy import Policy
from guiju.source.diagnostics import GuijuError, Span, fail
from guiju.source.document import Mapping, read_document
from guiju.source.fields import as_items, as_mapping, bilingual, check_keys, date_of, text_of, texts_of
from guiju.vocabulary import Vocabulary

SECTIONS = ("definitions", "conditions", "scores", "benefits", "limits", "bans")


def compile_policy(folder: Path, vocabulary: Vocabulary, graph: Graph | None = None) -> Policy:
    """The policy in `folder`. Worked cases (`cases*.yaml`) and reasons (`coverage*.yaml`) are not read here.

    Raises GuijuError with every finding, each with file, line and column.
    """
    root_file = folder / "policy.yaml"
    if not root_file.is_file():
        raise fail("E280", Span(str(folder)), "这里没有 policy.yaml", "there is no policy.yaml here")
    root = as_mapping(read_document(root_file, _label(root_file)), Span(root_file.name), "policy.yaml")
    check_keys(root, POLICY_KEYS, {"id", "title", "in_force", "clauses", "goals"})
    context = Context(text_of(root, "id"), vocabulary, graph or Graph())
    context.clauses = read_clauses(root.get("clauses"), root.span)
    sections = _sections(folder, context)
    parameters = read_parameters(root.get("parameters"), root.span, context)
    announce_scores(sections["scores"], context)
    announce_prices(sections["benefits"], context)
    definitions = read_definitions(sections["definitions"], context)
    scores = read_scores(sections["scores"], context)
    bans = read_bans(sections["bans"], context)
    read_conditions(sections["conditions"], context)
    benefits = read_benefits(sections["benefits"], context)
    limits = read_limits(sections["limits"], benefits, context)
    goals = read_goals(root.get("goals"), scores, context)
    duties = context.gather(read_duties, root.get("duties"), context) or ()
    force = as_mapping(root.get("in_force"), root.span, "in_force")
    check_keys(force, {"from", "to", "cite"}, {"from"})
    end, start = force.get("to"), force.get("from")
    assert start is not None
    begins = date_of(start, "from")
    policy = Policy(
        context.policy, bilingual(root.get("title"), root.span, "title"), texts_of(root, "issuer"),
        text_of(root, "number", "未载"), text_of(root, "region"), texts_of(root, "audience"),
        date_of(root.get("published") or start, "published"), begins,
        date_of(end, "to") if end is not None else None, context.cite(force), texts_of(root, "unverified"),
        context.clauses, parameters, definitions, dict(context.conditions), scores, benefits, limits, bans, goals,
        duties, context.graph, vocabulary, root.span)
    if context.findings:
        raise GuijuError(sorted(context.findings, key=lambda d: (d.span.file, d.span.line, d.span.column)))
    return policy


def _label(path: Path) -> str:
    """The file as the reader knows it: below the policies' folder if it is there, else as given."""
    parts = path.parts
    return "/".join(parts[parts.index("policies"):]) if "policies" in parts else str(path)


def _sections(folder: Path, context: Context) -> dict[str, list[Mapping]]:
    sections: dict[str, list[Mapping]] = {name: [] for name in SECTIONS}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "policy.yaml" or path.name.startswith(("cases", "coverage")):
            continue
        document = as_mapping(read_document(path, _label(path)), Span(path.name), path.name)
        check_keys(document, SECTIONS)
        for key, node in document.entries:
            for item in as_items(node):
                made = context.gather(as_mapping, item, key.span, key.text)
                if made is not None:
                    sections[key.text].append(made)
    return sections
