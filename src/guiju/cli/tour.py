"""The example organisations, one after another."""

from __future__ import annotations

from pathlib import Path

import guiju
from guiju.cli.answer.page import page_of
from guiju.cli.layout import terminal_width, wrapped
from guiju.cli.situation import Request, read_situation
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Span, fail
from guiju.values import NO_TEXT


def tour_text(folder: Path | None, say: Voice) -> str:
    """Raises GuijuError E280 where there are no examples."""
    found = folder or _examples()
    paths = sorted(found.glob("*.yaml")) if found.is_dir() else []
    if not paths:
        raise fail("E280", Span(str(found)), "这里没有示例（*.yaml）；写明文件夹：guiju tour 文件夹",
                   "there are no examples (*.yaml) here; name their folder: guiju tour DIR")
    return "\n\n".join(_organisation(path, say) for path in paths)


def _examples() -> Path:
    """The repository's `examples/`, by a way that reads well from here."""
    found = Path(guiju.__file__).resolve().parents[2] / "examples"
    try:
        here = Path.cwd()
    except OSError:  # a folder that is gone
        return found
    return found.relative_to(here) if found.is_relative_to(here) else found


def _organisation(path: Path, say: Voice) -> str:
    situation = read_situation(Request(path))
    name = situation.facts.values.get("organisation_name")
    title = str(name[0]) if isinstance(name, tuple) and name[0] not in (None, NO_TEXT) else path.stem
    rule = "━" * terminal_width()
    head = "\n".join(wrapped(f"{title}{say('（虚构）', ' (invented)')}  {path}", terminal_width()))
    return f"{rule}\n{head}\n{rule}\n{page_of(situation, say)}"
