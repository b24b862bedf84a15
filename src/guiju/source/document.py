"""YAML read as a tree of nodes that know their place.

Built on the parser's event stream, so that nothing is resolved behind our back: scalars stay text, anchors,
aliases and tags are refused (no "billion laughs"), duplicate keys are errors, size and depth are bounded.
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.source.diagnostics import GuijuError, Span, fail

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 40
MAX_NODES = 200_000
_REASONS = {errno.ENOENT: "没有这个文件", errno.EACCES: "没有权限", errno.EPERM: "没有权限",
            errno.ENOTDIR: "没有这个文件", errno.ELOOP: "符号链接绕回了自己", errno.ENAMETOOLONG: "名字太长"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as written. `quoted` is true for text in quotes; `block` for `|` and `>` text, of which
    `indent` columns were taken off every line."""

    text: str
    span: Span
    quoted: bool = False
    block: bool = False
    indent: int = 0


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

    def names(self) -> tuple[str, ...]:
        return tuple(name.text for name, _ in self.entries)


Node = Scalar | Sequence | Mapping


def read_document(path: Path, name: str | None = None) -> Node:
    """Read one YAML (or JSON) file.

    Raises GuijuError: E001 unreadable, no plain file or too large, E002 not text, E003 bad YAML, E004
    anchors, aliases or tags, E005 duplicate key, E006 nested too deeply, E007 empty or several documents.
    """
    label = name or str(path)
    size = size_of(path, label)
    if size > MAX_BYTES:
        raise fail("E001", Span(label), f"文件有 {size >> 20} MB，上限是 {MAX_BYTES >> 20} MB；请拆分，"
                   "或只保留要评估的一个单位", f"the file is {size} bytes; the limit is {MAX_BYTES}: split it")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(label, error) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fail("E002", Span(label), f"不是 UTF-8 文本（第 {error.start} 字节处）；请另存为 UTF-8",
                   f"not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    return parse_document(text, label)


def size_of(path: Path, label: str) -> int:
    """The bytes of a plain file. Raises GuijuError E001 for what can't be read, or might never end (pipes, devices)."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise unreadable(label, error) from None
    if not stat.S_ISREG(found.st_mode):
        folder = stat.S_ISDIR(found.st_mode)
        raise fail("E001", Span(label), f"读不到文件：{'这是文件夹' if folder else '不是普通文件'}",
                   f"cannot read: {'this is a folder' if folder else 'no plain file'}")
    return found.st_size


def unreadable(label: str, error: Exception) -> GuijuError:
    """E001 with the reason that the system gives."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    zh = _REASONS.get(getattr(error, "errno", None) or 0, reason)
    return fail("E001", Span(label), f"读不到文件：{zh}", f"cannot read: {reason}")


def parse_document(text: str, label: str = "<text>") -> Node:
    """Parse YAML text. Raises as `read_document` does."""
    from guiju.source.events import nodes_of  # only whoever reads documents pays for the parser

    return nodes_of(text, label)
