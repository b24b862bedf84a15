"""Policies that can't be read are said, and the others gone on with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from guiju.cli.voice import Voice
from guiju.source.diagnostics import GuijuError


def left_out(broken: Mapping[str, GuijuError], folder: Path | None, say: Voice) -> Iterator[str]:
    """Which policies have errors, and each error once, though policies that amend the same one share it. `folder`: that
    of the library, None for the installed one."""
    for id_ in broken:
        where = id_ if folder is None else folder / id_
        yield say(f"{id_} 有错，没有列入；改好再看：guiju check {where}",
                  f"{id_} has errors and is left out; mend it and try: guiju check {where}")
    yield from dict.fromkeys(d.render(say.language) for error in broken.values() for d in error.diagnostics)
