"""The parts of a Word file, each read in blocks through an XML parser that keeps nothing."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from guiju.source.diagnostics import GuijuError, Span, fail

BLOCK = 1 << 16
MOST = 96 << 20  # bytes of one part, opened


class Handler(Protocol):
    """Takes what the parser finds; names have no prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, words: str) -> None: ...


def read_part(archive: zipfile.ZipFile, name: str, handler: Handler, path: Path) -> Iterator[None]:
    """Feed a part to a handler, block by block, so that what it has gathered can be taken between them. A part that is
    not there is empty. Raises E862."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _refuse(path)
    parser.StartElementHandler = lambda tag, attributes: handler.start(
        tag.rpartition("}")[2], {key.rpartition("}")[2]: value for key, value in attributes.items()})
    parser.EndElementHandler = lambda tag: handler.end(tag.rpartition("}")[2])
    parser.CharacterDataHandler = handler.text
    total = 0
    try:
        with archive.open(name) as part:
            while block := part.read(BLOCK):
                total += len(block)
                if total > MOST:
                    raise fail("E862", Span(path.name), f"解开后超过 {MOST >> 20} MB，不打开",
                               f"it would open to more than {MOST >> 20} MB and is left alone")
                parser.Parse(block, False)
                yield
            parser.Parse(b"", True)
            yield
    except KeyError:
        return
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError,
            EOFError) as error:
        raise damaged(path, error) from None


def damaged(path: Path, error: Exception) -> GuijuError:
    return fail("E862", Span(path.name), f"不是完好的 Word 文件（.docx）：{error}",
                f"no Word file (.docx), or a damaged one: {error}")


def _refuse(path: Path) -> None:
    raise fail("E862", Span(path.name), "文件里有 DOCTYPE，Word 文件不该有", "a Word file has no DOCTYPE; this one has")
