"""Typst, closed off: no network, no files but those handed over, no clock."""

from __future__ import annotations

import functools
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

_NO_FILES: Mapping[str, bytes] = MappingProxyType({})
_MAIN = "main.typ"
_PACKAGE = re.compile(r'"\s*@\w+/')
# What no font sets and no reader sees; half of a pair can't even be encoded.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_UNBROKEN = re.compile(r"[!-~\u00a1-\u024f]{2,}")


def typeset_data(template: Path, data: Mapping[str, Any]) -> bytes:
    """A PDF of a template of ours, which reads `data` as `data.json`."""
    return typeset(_source(template), {"data.json": json.dumps(data, ensure_ascii=False).encode()})


def typeset(source: str, files: Mapping[str, bytes] = _NO_FILES) -> bytes:
    """A PDF of Typst `source`, which is ours and never holds a user's text: that goes into `files` as data, under plain
    names, and is read there (`json("data.json")`). Equal input gives equal bytes on a machine with the same fonts.

    Raises ValueError for a source that asks for a package, TypstError (a RuntimeError) for a faulty one.
    """
    import typst

    if _PACKAGE.search(source):
        raise ValueError("a template must not import packages: there is no network")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)  # the only place that the compiler may look into
        for name, content in {_MAIN: source.encode(), **files}.items():
            (home / name).write_bytes(content)
        return typst.compile(home / _MAIN, root=home, font_paths=_fonts(), package_path=home,
                             package_cache_path=home, format="pdf", timestamp=0)


def settable(text: str, whole: int = 30, piece: int = 6) -> str:
    """The text as the setter can take it: without unprintable characters, and with places to break inside Latin words
    and numbers of more than `whole` characters, every `piece` of them, so that no line runs off the page."""
    clean = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))
    return _UNBROKEN.sub(lambda run: run[0] if len(run[0]) <= whole else "\u200b".join(_pieces(run[0], piece)), clean)


def _pieces(run: str, length: int) -> list[str]:
    return [run[i:i + length] for i in range(0, len(run), length)]


@functools.cache
def _source(template: Path) -> str:
    return template.read_text(encoding="utf-8")


@functools.cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts()
