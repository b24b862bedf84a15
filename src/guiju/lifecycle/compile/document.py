"""A chart's folder as one document: its files joined, laid over what it amends, with switched-off entries taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from guiju.source.diagnostics import CONTROL, Span, fail, visible
from guiju.source.document import Mapping, Node, Scalar, Sequence, read_document
from guiju.source.fields import as_mapping, bool_of, check_keys, text_of, texts_of

SECTIONS = ("parameters", "facts", "roles", "phases", "stages", "groups", "moves", "terms", "notices", "duties",
            "loops", "bans", "procedures", "clauses")
HEAD = ("id", "title", "revision", "policies", "cite", "unverified", "amends", "switches", "respects", "banned_from")
Find = Callable[[str, Span], Mapping]


def folder_document(folder: Path) -> Mapping:
    """chart.yaml and the other files of the folder, as one mapping. Raises E280, E005 and what reading raises."""
    root_file = folder / "chart.yaml"
    if not root_file.is_file():
        raise fail("E280", Span(str(folder)), "这里没有 chart.yaml", "there is no chart.yaml here")
    root = _read(root_file)
    check_keys(root, {*HEAD, *SECTIONS}, {"id"})
    entries = list(root.entries)
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "chart.yaml" or path.name.startswith("cases"):
            continue
        part = _read(path)
        check_keys(part, SECTIONS)
        for key, value in part.entries:
            entries = _joined(entries, key, value)
    return Mapping(tuple(entries), root.span)


def label_of(path: Path) -> str:
    """The file as the reader knows it: below the charts' folder if it is there, else as given."""
    parts = path.parts
    return "/".join(parts[parts.index("charts"):]) if "charts" in parts else str(path)


def _read(path: Path) -> Mapping:
    return as_mapping(read_clean(path), Span(path.name), path.name)


def read_clean(path: Path) -> Node:
    """A file of a chart, or a script. Raises E115 for what would steer a terminal, and what `read_document` raises."""
    document = read_document(path, label_of(path))
    for scalar in _scalars(document):
        if CONTROL.search(scalar.text):
            raise fail("E115", scalar.span, f"文字里有坏字符“{visible(scalar.text[:40])}”；删去",
                       f"broken characters in '{visible(scalar.text[:40])}': take them out")
    return document


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for key, value in node.entries:
            yield key
            yield from _scalars(value)


def _joined(entries: list[tuple[Scalar, Node]], key: Scalar, value: Node) -> list[tuple[Scalar, Node]]:
    """The entries with a section of another file added to the one of the same name."""
    for position, (name, present) in enumerate(entries):
        if name.text == key.text:
            first, second = as_mapping(present, name.span, name.text), as_mapping(value, key.span, key.text)
            taken = {n.text: n for n, _ in first.entries}
            for inner, _ in second.entries:
                if inner.text in taken:
                    raise fail("E005", inner.span, f"“{inner.text}”在 {taken[inner.text].span} 已经有了；只留一处",
                               f"'{inner.text}' is already declared at {taken[inner.text].span}; keep one")
            entries[position] = (name, Mapping((*first.entries, *second.entries), first.span))
            return entries
    return [*entries, (key, value)]


def whole_document(document: Mapping, base: Find) -> Mapping:
    """The document laid over what it amends (and what that amends), with its switches applied.

    `base` finds the document that an `amends` names. Raises E509 for a circle, E022 for a key that it does not know.
    """
    layers, seen = [document], {text_of(document, "id")}
    while word := text_of(layers[-1], "amends"):
        if word in seen:
            raise fail("E509", layers[-1].span, f"“{word}”绕回了自己", f"'{word}' amends itself in the end")
        seen.add(word)
        layers.append(base(word, layers[-1].span))
    merged = layers[-1]
    for layer in reversed(layers[:-1]):
        merged = _laid_over(merged, layer)
    return _switched(merged)


def _laid_over(base: Mapping, layer: Mapping) -> Mapping:
    """Section by section: entries of the layer replace keys of the base's entries, add to them, or drop them."""
    merged = {key.text: (key, value) for key, value in base.entries if key.text != "amends"}
    for key, value in layer.entries:
        if key.text in (*SECTIONS, "switches") and key.text in merged:
            below = as_mapping(merged[key.text][1], key.span, key.text)
            merged[key.text] = (key, _section(below, as_mapping(value, key.span, key.text)))
        else:
            merged[key.text] = (key, value)
    return Mapping(tuple(merged.values()), layer.span)


def _section(below: Mapping, above: Mapping) -> Mapping:
    merged = {key.text: (key, value) for key, value in below.entries}
    for key, value in above.entries:
        present = merged.get(key.text)
        if isinstance(value, Mapping) and bool_of(value, "drop"):
            if present is None:
                raise fail("E022", key.span, f"没有“{key.text}”可删", f"there is no '{key.text}' to drop")
            merged[key.text] = (key, value)
        elif present is not None and isinstance(value, Mapping) and isinstance(present[1], Mapping):
            fields = {k.text: (k, v) for k, v in present[1].entries}
            fields.update({k.text: (k, v) for k, v in value.entries})
            merged[key.text] = (key, Mapping(tuple(fields.values()), value.span))
        else:
            merged[key.text] = (key, value)
    return Mapping(tuple(merged.values()), above.span)


def _switched(document: Mapping) -> Mapping:
    """Without the entries that are dropped or whose switch is off, and without their names in lists."""
    switches = _switches(document)
    kept: list[tuple[Scalar, Node]] = []
    gone: set[str] = set()
    for key, value in document.entries:
        if key.text not in SECTIONS:
            kept.append((key, value))
            continue
        entries: list[tuple[Scalar, Node]] = []
        for name, entry in as_mapping(value, key.span, key.text).entries:
            if isinstance(entry, Mapping) and not _stands(entry, switches):
                gone.add(name.text)
            else:
                entries.append((name, _pruned(entry, switches)))
        kept.append((key, Mapping(tuple(entries), key.span)))
    whole = Mapping(tuple(kept), document.span)
    pruned = _without(whole, gone)
    assert isinstance(pruned, Mapping)
    return pruned


def _pruned(node: Node, switches: dict[str, bool]) -> Node:
    """The node without the members of its lists whose switch is off."""
    if isinstance(node, Mapping):
        return Mapping(tuple((k, _pruned(v, switches)) for k, v in node.entries), node.span)
    if isinstance(node, Sequence):
        return Sequence(tuple(_pruned(item, switches) for item in node.items
                              if not isinstance(item, Mapping) or _stands(item, switches)), node.span)
    return node


def _switches(document: Mapping) -> dict[str, bool]:
    node = document.get("switches")
    if node is None:
        return {}
    declared = as_mapping(node, document.span, "switches")
    return {name: bool_of(declared, name) for name in declared.names()}


def _stands(entry: Mapping, switches: dict[str, bool]) -> bool:
    if bool_of(entry, "drop"):
        return False
    for word in texts_of(entry, "only"):
        name = word.removeprefix("not ").strip()
        if name not in switches:
            raise fail("E022", entry.span, f"没有开关“{name}”", f"there is no switch '{name}'")
        if switches[name] == word.startswith("not "):
            return False
    return True


def _without(node: Node, gone: set[str]) -> Node:
    """The node without `only`, without the switched-off names in its lists, and without members that need them."""
    if isinstance(node, Mapping):
        return Mapping(tuple((k, _without(v, gone)) for k, v in node.entries if k.text != "only"), node.span)
    if isinstance(node, Sequence):
        return Sequence(tuple(_without(item, gone) for item in node.items
                              if not (isinstance(item, Scalar) and item.text in gone)), node.span)
    return node


def named_ids(document: Mapping) -> frozenset[str]:
    """Every id that a document names in its sections."""
    return frozenset(name for key, value in document.entries if key.text in SECTIONS and isinstance(value, Mapping)
                     for name in value.names())
