"""A policy's folder as one document: policy.yaml and the rule files, laid over the policy that it amends."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guiju.language.compile import layers
from guiju.language.policy import Base
from guiju.source.diagnostics import Span, Text, fail
from guiju.source.document import Mapping, Node, read_document
from guiju.source.fields import as_items, as_mapping, bilingual, bool_of, check_keys, text_of, texts_of

INSTALLED = Path(__file__).parents[2] / "policies"
SECTIONS = ("definitions", "conditions", "scores", "benefits", "limits", "bans")
POLICY_KEYS = {"id", "title", "issuer", "number", "region", "audience", "published", "in_force", "unverified",
               "amends", "documents", "clauses", "parameters", "goals", "duties"}
_INDEXES = ("documents", "clauses", "parameters")  # entries by key; all other sections are lists of entries with an id
LISTS = ("goals", "duties", *SECTIONS)


@dataclass(frozen=True, slots=True)
class Document:
    """`root` is policy.yaml as it stands: who the instrument is. `indexes` and `lists` are its entries by section.

    `unverified`: its doubts and those of what it amends. `bases`: what it amends, the nearest first. `clause_of`: whose
    clause a key is, where it is a base's. `inherited`: the ids of rules that stand as in the base, themselves and all
    that they name.
    """

    root: Mapping
    indexes: dict[str, list[layers.Entry]]
    lists: dict[str, list[Node]]
    unverified: tuple[str, ...]
    bases: tuple[Base, ...] = ()
    clause_of: dict[str, str] = dataclasses.field(default_factory=dict)
    inherited: frozenset[str] = frozenset()

    def index(self, section: str) -> Mapping:
        return Mapping(tuple(self.indexes[section]), self.root.span)

    def entries(self) -> Iterator[Mapping]:
        """Every entry of the rule sections that is in shape."""
        yield from (entry for name in SECTIONS for entry in self.lists[name] if isinstance(entry, Mapping))


def policy_document(folder: Path) -> Document:
    """The whole document of the policy in `folder`.

    Raises GuijuError: E280 no policy.yaml, E020 to E023 what is out of shape, E140 no such base, E282 a circle, E005 a
    clause key that the base has too, E022 something to drop that is not there; and what `read_document` raises.
    """
    found = [_own(folder)]
    seen = [text_of(found[0].root, "id")]
    while word := text_of(found[-1].root, "amends"):
        span = (found[-1].root.get("amends") or found[-1].root).span
        if word in seen:
            raise fail("E282", span, f"“{word}”绕回了自己", f"'{word}' amends itself in the end")
        folder = _base_folder(folder, seen[-1], word, span)
        seen.append(word)
        found.append(_own(folder))
    whole = found.pop()
    while found:
        whole = laid_over(whole, found.pop())
    return whole


def _own(folder: Path) -> Document:
    """The policy's own files. Cases (`cases*.yaml`) and reasons (`coverage*.yaml`) are no part of it."""
    root_file = folder / "policy.yaml"
    if not root_file.is_file():
        raise fail("E280", Span(str(folder)), "这里没有 policy.yaml", "there is no policy.yaml here")
    root = as_mapping(read_document(root_file, _label(root_file)), Span(root_file.name), "policy.yaml")
    goals = set() if root.get("amends") else {"goals"}
    check_keys(root, POLICY_KEYS, {"id", "title", "in_force", "clauses"} | goals)
    indexes = {name: list(as_mapping(root.get(name) or Mapping((), root.span), root.span, name).entries)
               for name in _INDEXES}
    lists: dict[str, list[Node]] = {name: [] for name in LISTS}
    for name, node in _sections(folder, root):
        lists[name] += as_items(node)
    return Document(root, indexes, lists, texts_of(root, "unverified"))


def _sections(folder: Path, root: Mapping) -> Iterator[tuple[str, Node]]:
    yield from ((key.text, node) for key, node in root.entries if key.text in LISTS)
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "policy.yaml" or path.name.startswith(("cases", "coverage")):
            continue
        document = as_mapping(read_document(path, _label(path)), Span(path.name), path.name)
        check_keys(document, SECTIONS)
        yield from ((key.text, node) for key, node in document.entries)


def _label(path: Path) -> str:
    """The file as the reader knows it: below the policies' folder if it is there, else as given."""
    parts = path.parts
    return "/".join(parts[parts.index("policies"):]) if "policies" in parts else str(path)


def _base_folder(folder: Path, id_: str, word: str, span: Span) -> Path:
    """The base stands in the same library as the policy, else among the installed ones."""
    above = list(folder.resolve().parents)[len(PurePosixPath(id_).parts) - 1:][:1]
    for library in (*above, INSTALLED):
        found = library / word
        if ".." not in PurePosixPath(word).parts and (found / "policy.yaml").is_file():
            return found
    raise fail("E140", span, f"没有政策“{word}”可以改", f"there is no policy '{word}' to amend")


def laid_over(base: Document, layer: Document) -> Document:
    """Section by section, entry by entry: what the layer says of an id replaces the base's keys; new ids are added."""
    gone = {id_ for name in LISTS for id_, entry in layers.by_id(layer.lists[name]) if bool_of(entry, layers.DROP)}
    gone |= {key.text for key, value in layer.indexes["parameters"] if layers.dropped(value)}
    kept = {name: [layers.pruned(entry, gone) for entry in base.lists[name]] for name in LISTS}
    lists = {name: layers.merged(kept[name], layer.lists[name]) for name in LISTS}
    indexes = {"documents": _of_one_instrument("documents", Text("文件简称", "abbreviation"), base, layer),
               "clauses": _of_one_instrument("clauses", Text("条款", "clause"), base, layer),
               "parameters": layers.indexed(base.indexes["parameters"], layer.indexes["parameters"])}
    id_, title = text_of(base.root, "id"), bilingual(base.root.get("title"), base.root.span, "title")
    nearest = Base(id_, title, str(PurePosixPath(base.root.span.file).parent))
    clause_of = {key.text: base.clause_of.get(key.text, id_) for key, _ in base.indexes["clauses"]}
    return Document(layer.root, indexes, lists, (*layer.unverified, *base.unverified), (nearest, *base.bases),
                    clause_of, _unchanged(base, layer))


def _of_one_instrument(section: str, what: Text, base: Document, layer: Document) -> list[layers.Entry]:
    """Both indexes. A key stands for something of one instrument only, so that a citation names the instrument."""
    taken = {key.text: key.span for key, _ in base.indexes[section]}
    for key, _ in layer.indexes[section]:
        if key.text in taken:
            raise fail("E005", key.span, f"{what.zh}“{key.text}”在 {taken[key.text]} 已经有了；键里写明是哪一件文件的",
                       f"{what.en} '{key.text}' is already at {taken[key.text]}: let the key name its instrument")
    return [*layer.indexes[section], *base.indexes[section]]


def _unchanged(base: Document, layer: Document) -> frozenset[str]:
    """The ids of the base's rules that the layer leaves as they are: neither they nor what they name is touched."""
    rules = {id_: entry for name in SECTIONS for id_, entry in layers.by_id(base.lists[name])}
    rules |= {key.text: value for key, value in base.indexes["parameters"] if isinstance(value, Mapping)}
    said = {id_ for name in SECTIONS for id_, _ in layers.by_id(layer.lists[name])}
    said |= {key.text for key, _ in layer.indexes["parameters"]}
    touched = said | {id_ for id_, entry in rules.items() if not said.isdisjoint(layers.ids(entry))}
    words = said & {id_ for entry in rules.values() for id_ in layers.ids(entry)}
    reached: set[str] = set()
    while touched - reached:
        words |= {word for id_ in touched - reached if id_ in rules for word in (id_, *layers.names(rules[id_]))}
        reached |= touched
        touched |= {id_ for id_, entry in rules.items()
                    if any(word in text for text in layers.texts(entry) for word in words)}
    return frozenset(word for id_, entry in rules.items() if id_ not in touched
                     for word in (id_, *layers.ids(entry)))
