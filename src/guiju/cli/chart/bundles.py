"""Bundles of cases on disk."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from guiju.lifecycle.bundle import Bundle, read_bundle
from guiju.lifecycle.library import Charts, load_charts
from guiju.source.diagnostics import Span, fail
from guiju.source.document import size_of, unreadable

_MOST = 2 << 30


def is_bundle(path: Path) -> bool:
    """Whether a file begins as an archive does. Raises E001."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise unreadable(str(path), error) from None


def bundle_at(path: Path) -> Bundle:
    """The bundle in a file. Raises E001, E519."""
    if size_of(path, str(path)) > _MOST:
        raise fail("E519", Span(str(path)), "文件太大，不是案卷包", "too big to be a bundle")
    try:
        return read_bundle(path.read_bytes(), str(path))
    except OSError as error:
        raise unreadable(str(path), error) from None


@contextlib.contextmanager
def charts_of(bundle: Bundle, library: Charts) -> Iterator[Charts]:
    """The charts that a bundle brings, over the policies of a library. Raises E519 for a path that leads out of it."""
    with tempfile.TemporaryDirectory(prefix="guiju-bundle-") as folder:
        for name, text in bundle.charts.items():
            parts = PurePosixPath(name).parts
            if not parts or ".." in parts or PurePosixPath(name).is_absolute() or "\\" in name or "\0" in name:
                raise fail("E519", Span(name), "案卷包里有指向外面的路径",
                           "the bundle holds a path that leads out of it")
            path = Path(folder, *parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        yield load_charts(Path(folder), library.policies)
