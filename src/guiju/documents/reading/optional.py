"""Libraries that only some formats need: the extra `documents`."""

from __future__ import annotations

from pathlib import Path

from guiju.source.diagnostics import GuijuError, Span, fail


def missing(package: str, path: Path) -> GuijuError:
    """E865: what to install."""
    return fail("E865", Span(path.name), f"读这种文件要先安装 {package}（pip install 'guiju[documents]'）",
                f"reading this needs {package} (pip install 'guiju[documents]')")
