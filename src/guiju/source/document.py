"""YAML read as a tree of nodes that know their place.

Built on the parser's event stream, so that nothing is resolved behind our back: scalars stay text, anchors,
aliases and tags are refused (no "billion laughs"), duplicate keys are errors, size and depth are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from guiju.source.diagnostics import Span, fail

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as written. `quoted` is true for text in quotes; `block` for `|` and `>` text."""

    text: str
    span: Span
    quoted: bool = False
    block: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    span: Span

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.entries if name.text == key), None)

    def keys(self) -> tuple[str, ...]:
        return tuple(name.text for name, _ in self.entries)


Node = Scalar | Sequence | Mapping


def read_document(path: Path, name: str | None = None) -> Node:
    """Read one YAML (or JSON) file.

    Raises GuijuError: E001 unreadable or too large, E002 not text, E003 bad YAML, E004 anchors, aliases or tags,
    E005 duplicate key, E006 nested too deeply, E007 empty or several documents.
    """
    label = name or str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise fail("E001", Span(label), f"文件有 {size // 1024 // 1024} MB，上限是 {MAX_BYTES // 1024 // 1024} MB；"
                       "请拆分，或只保留要评估的一个单位", f"the file is {size} bytes; the limit is {MAX_BYTES}: split it")
        data = path.read_bytes()
    except OSError as error:
        raise fail("E001", Span(label), f"读不到文件：{error.strerror}", f"cannot read: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fail("E002", Span(label), f"不是 UTF-8 文本（第 {error.start} 字节处）；请另存为 UTF-8",
                   f"not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    return parse_document(text, label)


def parse_document(text: str, label: str = "<text>") -> Node:
    """Parse YAML text. Raises as `read_document` does."""
    builder = _Builder(label)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(label, mark.line + 1, mark.column + 1) if mark else Span(label)
        raise fail("E003", span, f"不是合法的 YAML：{error.problem}。检查缩进、冒号后的空格和括号",
                   f"not valid YAML: {error.problem}; check indentation, the space after a colon, brackets") from None
    except yaml.YAMLError as error:
        raise fail("E003", Span(label), f"不是合法的 YAML：{error}", f"not valid YAML: {error}") from None
    if builder.root is None:
        raise fail("E007", Span(label), "文件是空的", "the file is empty")
    return builder.root


class _Builder:
    """Folds parser events into nodes."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.root: Node | None = None
        self._stack: list[tuple[str, list[Node], Span]] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_anchor(event)
            self._add(Scalar(event.value, self._span(event), event.style in ("'", '"'), event.style in ("|", ">")))
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._open(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_anchor(event)

    def _span(self, event: yaml.Event) -> Span:
        return Span(self.label, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse_anchor(self, event: yaml.Event) -> None:
        tag = getattr(event, "tag", None)
        if getattr(event, "anchor", None) is not None or tag not in (None, "!"):
            raise fail("E004", self._span(event), "不接受 YAML 的锚点（&）、引用（*）和标签（!）；请直接写出内容",
                       "YAML anchors, aliases and tags are not accepted; write the content out")

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_anchor(event)
        if len(self._stack) >= MAX_DEPTH:
            raise fail("E006", self._span(event), f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH}")
        kind = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
        self._stack.append((kind, [], self._span(event)))

    def _close(self) -> None:
        kind, children, span = self._stack.pop()
        self._add(Sequence(tuple(children), span) if kind == "seq" else self._mapping(children, span))

    def _mapping(self, children: list[Node], span: Span) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Span] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise fail("E003", key.span, "键必须是一个词", "a key must be a plain word")
            if key.text in seen:
                raise fail("E005", key.span, f"“{key.text}”写了两次（上一次在第 {seen[key.text].line} 行）；只留一处",
                           f"'{key.text}' is given twice (first on line {seen[key.text].line}); keep one")
            seen[key.text] = key.span
            entries.append((key, value))
        return Mapping(tuple(entries), span)

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1][1].append(node)
        elif self.root is None:
            self.root = node
        else:
            raise fail("E007", node.span, "一个文件只能有一份文档（不要用 --- 分隔）", "one document a file, please")
