"""The parser's events folded into document nodes."""

from __future__ import annotations

import yaml

from guiju.source.diagnostics import Span, fail
from guiju.source.document import MAX_DEPTH, MAX_NODES, Mapping, Node, Scalar, Sequence

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def nodes_of(text: str, label: str) -> Node:
    """The tree of one document. Raises GuijuError E003–E007 as `read_document` says."""
    builder = _Builder(label, text)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(label, mark.line + 1, mark.column + 1) if mark else Span(label)
        raise fail("E003", span, f"不是合法的 YAML：{error.problem}。检查缩进、冒号后的空格和括号",
                   f"not valid YAML: {error.problem}; check indentation, the space after a colon, brackets") from None
    except yaml.reader.ReaderError as error:
        found = f"U+{error.character:04X}"
        raise fail("E003", Span(label), f"不是合法的 YAML：第 {error.position + 1} 个字符是控制字符 {found}；删去它",
                   f"not valid YAML: character {error.position + 1} is the control character {found}; delete it"
                   ) from None
    except yaml.YAMLError as error:
        raise fail("E003", Span(label), f"不是合法的 YAML：{error}", f"not valid YAML: {error}") from None
    if builder.root is None:
        raise fail("E007", Span(label), "文件是空的", "the file is empty")
    return builder.root


class _Builder:
    """Folds parser events into nodes."""

    def __init__(self, label: str, text: str) -> None:
        self.label = label
        self._lines = text.splitlines()
        self.root: Node | None = None
        self._stack: list[tuple[str, list[Node], Span]] = []
        self._count = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_anchor(event)
            block = event.style in ("|", ">")
            self._add(Scalar(event.value, self._span(event), event.style in ("'", '"'), block,
                             self._indent(event) if block else 0))
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._open(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_anchor(event)

    def _span(self, event: yaml.Event) -> Span:
        mark = event.start_mark
        return Span(self.label, mark.line + 1, mark.column + 1) if mark else Span(self.label)

    def _indent(self, event: yaml.ScalarEvent) -> int:
        """How far the file indents the lines of a block more than its text does."""
        start = self._span(event).line
        first = next((line for line in self._lines[start:] if line.strip()), "")
        kept = next((line for line in event.value.splitlines() if line.strip()), "")
        return len(first) - len(first.lstrip(" ")) - (len(kept) - len(kept.lstrip(" ")))

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
        self._count += 1
        if self._count > MAX_NODES:
            raise fail("E001", node.span, f"内容太多（上限 {MAX_NODES} 个值）；请拆分，或只保留要评估的一个单位",
                       f"too much content: the limit is {MAX_NODES} values; split it")
        if self._stack:
            self._stack[-1][1].append(node)
        elif self.root is None:
            self.root = node
        else:
            raise fail("E007", node.span, "一个文件只能有一份文档（不要用 --- 分隔）", "one document a file, please")
