"""A reform that somebody proposes: one file, laid over a policy as an amendment is, in the same words.

It is no law yet, so its rules cite no clause: what it changes cites `改革`. It stands over the policy's own graph, so
that both can be asked side by side and share what the reform leaves alone.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from pathlib import Path

from guiju.language.compile import layers
from guiju.language.compile.document import SECTIONS, Document, laid_over, policy_document
from guiju.language.compile.folder import compile_document
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text, fail
from guiju.source.document import Mapping, Node, Scalar, read_document
from guiju.source.fields import as_items, as_mapping, bilingual, check_keys, suggestion, text_of, texts_of

CLAUSE = "改革"  # what stands where a rule of law names its clause
REFORM_KEYS = {"amends", "title", "proposed_by", "parameters", "goals", *SECTIONS}
_CEILING = {"ceiling", "ceiling_id"}


@dataclass(frozen=True, slots=True)
class Reform:
    """`before` and `after`, over one graph. `said`: the ids that the file names, with their places."""

    title: Text
    proposed_by: tuple[str, ...]
    before: Policy
    after: Policy
    said: Map[str, Span]
    span: Span


def read_reform(path: Path, before: Policy, folder: Path) -> Reform:
    """The reform in a file; `folder` is where the policy stands.

    Raises GuijuError: E890 it amends another policy, E891 a rule of its own cites a clause, E022 something to change or
    drop that is not there, and whatever an amendment can get wrong, each with its place.
    """
    root = as_mapping(read_document(path), Span(str(path)), path.name)
    check_keys(root, REFORM_KEYS, {"amends", "title", "proposed_by"})
    _say_what_and_whose(root)
    _same_policy(root, before)
    base = policy_document(folder)
    layer = _layer(root, base)
    said = {key.text: key.span for key, _ in layer.indexes["parameters"]}
    said |= {id_: entry.span for entries in layer.lists.values() for id_, entry in layers.by_id(entries)}
    document = _cited(laid_over(base, layer), layer)
    try:
        after = compile_document(document, before.vocabulary, before.graph, before.id)
    except GuijuError as error:
        raise GuijuError(_with_hints(error, base, said)) from None
    title = bilingual(root.get("title"), root.span, "title")
    return Reform(title, texts_of(root, "proposed_by"), before, after, said, root.span)


def _say_what_and_whose(root: Mapping) -> None:
    given = {"title": (bilingual(root.get("title"), root.span, "title").zh,),
             "proposed_by": texts_of(root, "proposed_by")}
    for key, words in given.items():
        if not any(word.strip() for word in words):
            raise fail("E023", (root.get(key) or root).span, f"“{key}”是空的；写上", f"'{key}' is empty: fill it in")


def _same_policy(root: Mapping, before: Policy) -> None:
    word = text_of(root, "amends")
    if word != before.id:
        raise fail("E890", (root.get("amends") or root).span,
                   f"改的是“{word}”，模拟的是“{before.id}”；两处要写同一件政策",
                   f"this changes '{word}', but '{before.id}' is simulated: name one and the same")


def _layer(root: Mapping, base: Document) -> Document:
    """The file as an amendment: who it is, its clause, and its entries, each citing it."""
    parameters = [(key, value) for key, value in as_mapping(root.get("parameters") or Mapping((), root.span), root.span,
                                                            "parameters").entries]
    lists: dict[str, list[Node]] = {name: [] for name in base.lists}
    for name in ("goals", *SECTIONS):
        for node in as_items(root.get(name)):
            lists[name].append(_citing(as_mapping(node, node.span, name)) if name != "goals" else node)
    clause = Mapping(tuple((Scalar(k, root.span), Scalar(v, root.span)) for k, v in _words(root)), root.span)
    return Document(_identity(root, base), {"documents": [], "clauses": [(Scalar(CLAUSE, root.span), clause)],
                                            "parameters": parameters}, lists, ())


def _words(root: Mapping) -> list[tuple[str, str]]:
    title = bilingual(root.get("title"), root.span, "title")
    return [("zh", title.zh), *([("en", title.en)] if title.en else [])]


def _identity(root: Mapping, base: Document) -> Mapping:
    """Who proposes what; where and when it would hold is the policy's own."""
    span = root.span
    force = as_mapping(base.root.get("in_force"), span, "in_force")
    days = [(key, value) for key, value in force.entries if key.text != "cite"]
    fields: list[tuple[str, Node | None]] = [
        ("id", Scalar(f"{text_of(base.root, 'id')}+reform", span)), ("title", root.get("title")),
        ("issuer", root.get("proposed_by")), ("amends", base.root.get("id")),
        ("in_force", Mapping((*days, (Scalar("cite", span), Scalar(CLAUSE, span))), span)),
        *((name, base.root.get(name)) for name in ("region", "audience", "published"))]
    return Mapping(tuple((Scalar(name, span), node) for name, node in fields if node is not None), span)


def _citing(entry: Mapping) -> Mapping:
    """The entry with the reform for its clause; a ceiling has one of its own."""
    for key, _ in entry.entries:
        if key.text in ("cite", "ceiling_cite", "依据"):
            raise fail("E891", key.span, "改革还不是规定，改动的规则不写依据；删去这一项",
                       "a reform is no law yet: what it changes cites nothing; take this out")
    given = {key.text for key, _ in entry.entries} - {"id", layers.DROP}
    keys = [*(["ceiling_cite"] if "ceiling" in given else []), *(["cite"] if given - _CEILING else [])]
    cites = tuple((Scalar(key, entry.span), Scalar(CLAUSE, entry.span)) for key in keys)
    return Mapping((*entry.entries, *cites), entry.span)


def _cited(document: Document, layer: Document) -> Document:
    """The same with the reform for the clause of each parameter that it changes."""
    changed = {key.text for key, _ in layer.indexes["parameters"]}
    entries = []
    for key, value in document.indexes["parameters"]:
        if key.text in changed and isinstance(value, Mapping):
            kept = tuple((name, node) for name, node in value.entries if name.text != "cite")
            value = Mapping((*kept, (Scalar("cite", key.span), Scalar(CLAUSE, key.span))), value.span)
        entries.append((key, value))
    return replace(document, indexes={**document.indexes, "parameters": entries})


def _with_hints(error: GuijuError, base: Document, said: Map[str, Span]) -> list[Diagnostic]:
    """A rule that lacks something may be one that was meant to change another: the mistake names it."""
    known = {id_ for name in SECTIONS for node in base.lists[name] for id_ in layers.ids(node)}
    known |= {key.text for key, _ in base.indexes["parameters"]}
    new = {(span.file, span.line): id_ for id_, span in said.items() if id_ not in known}
    return [_hinted(d, new.get((d.span.file, d.span.line)), known) for d in error.diagnostics]


def _hinted(found: Diagnostic, id_: str | None, known: set[str]) -> Diagnostic:
    hint = suggestion(id_, sorted(known)) if id_ is not None else Text("", "")
    if not hint.zh:
        return found
    return replace(found, message=Text(f"{found.message.zh}。原政策没有“{id_}”，这里当作新增的读{hint.zh}",
                                       f"{found.message.en}; the policy has no '{id_}', so it was read as a new one"
                                       f"{hint.en}"))
