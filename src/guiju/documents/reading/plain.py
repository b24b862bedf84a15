"""Plain text: UTF-8 (with or without mark), else GB18030; read in blocks, so that its size does not matter."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from guiju.documents.lines import RawLine
from guiju.source.diagnostics import Span, fail
from guiju.source.document import size_of, unreadable

BLOCK = 1 << 16
_END = re.compile(r"\r?\n|\r(?=.)", re.DOTALL)  # a carriage return at the end of a block may be half an end
LONGEST = 500_000  # characters in a line
PROBE = 1 << 22  # bytes looked at before an encoding is chosen
BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x1f\x8b")
DAMAGED_SHARE = 200  # one byte in so many may be unreadable


def plain_lines(path: Path) -> Iterator[RawLine]:
    """The lines of a text file. A byte that is no character becomes a lone surrogate, which repair lists as damage."""
    encoding = encoding_of(path)
    decoder = codecs.getincrementaldecoder(encoding)(errors="surrogateescape" if encoding != "gb18030" else "replace")
    number, rest = 0, ""
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                parts = _END.split(rest + decoder.decode(block))
                rest = parts.pop()
                for part in parts:
                    number += 1
                    yield RawLine(number, _short(part, path, number))
                _short(rest, path, number + 1)
    except OSError as error:
        raise unreadable(path.name, error) from None
    rest += decoder.decode(b"", final=True)
    if rest:
        yield RawLine(number + 1, _short(rest.removesuffix("\r"), path, number + 1))


def _short(text: str, path: Path, number: int) -> str:
    if len(text) > LONGEST:
        raise fail("E863", Span(path.name, number), f"这一行超过 {LONGEST} 个字，不像分行的文字；请先分行",
                   f"this line has more than {LONGEST} characters: break it into lines first")
    return text


def encoding_of(path: Path) -> str:
    """`utf-8-sig` or `gb18030`. Raises E861 empty, E862 binary, E864 neither."""
    size = size_of(path, path.name)
    if not size:
        raise fail("E861", Span(path.name), "文件是空的", "the file is empty")
    try:
        with path.open("rb") as file:
            probe = file.read(PROBE)
    except OSError as error:
        raise unreadable(path.name, error) from None
    if probe.startswith(BINARY) or probe.startswith((b"\xff\xfe", b"\xfe\xff")) or probe.count(0) > len(probe) // 1000:
        raise fail("E862", Span(path.name), "不是文字文件（二进制，或 UTF-16）；请另存为 UTF-8",
                   "not a text file (binary, or UTF-16): save it as UTF-8")
    whole = len(probe) == size
    bad = {name: _unreadable_bytes(probe, name, whole) for name in ("utf-8", "gb18030")}
    best = "utf-8" if bad["utf-8"] <= bad["gb18030"] or not _looks_chinese(probe) else "gb18030"
    if bad[best] * DAMAGED_SHARE > len(probe) + DAMAGED_SHARE:
        raise fail("E864", Span(path.name), "既不是 UTF-8，也不是 GB18030；请另存为 UTF-8",
                   "neither UTF-8 nor GB18030: save it as UTF-8")
    return "utf-8-sig" if best == "utf-8" else best


def _unreadable_bytes(data: bytes, encoding: str, whole: bool) -> int:
    """How many places can't be decoded; the end of a probe may cut a character."""
    text = data.decode(encoding, errors="replace")
    return text.count("\ufffd") - (0 if whole else min(1, text[-2:].count("\ufffd")))


def _looks_chinese(data: bytes) -> bool:
    """Whether the bytes, read as GB18030, are mostly common characters (those of GB 2312 among all above ASCII)."""
    text = data[:20000].decode("gb18030", errors="ignore")
    above = [c for c in text if c > "\x7f"]
    common = sum(1 for c in above if len(c.encode("gb2312", errors="ignore")) == 2)
    return not above or common * 10 >= len(above) * 8
