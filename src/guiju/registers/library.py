"""All registers of a folder, each read when it is first asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guiju.registers.loader import ROOT, Loaded, errors_of, load_register
from guiju.registers.model import Register
from guiju.source.diagnostics import GuijuError, Span, Text, fail
from guiju.source.fields import not_one

REGISTERS = Path(__file__).parent


@dataclass(slots=True)
class Registers:
    """Finds registers by id."""

    folder: Path
    _loaded: dict[str, Loaded] = field(default_factory=dict)

    def ids(self) -> list[str]:
        """Every register's id: its file without ending, or its folder, below the library's."""
        files = sorted(self.folder.rglob("*.yaml"))
        folders = {path.parent for path in files if path.name == ROOT}
        kept = folders | {path.with_suffix("") for path in files if path.parent not in folders}
        return sorted(path.relative_to(self.folder).as_posix() for path in kept)

    def fitting(self, word: str) -> list[str]:
        """The ids that a word may mean: the one that it is, or is the ending of; else those with this part."""
        ids = self.ids()
        return [i for i in ids if word in (i, i.rsplit("/", 1)[-1])] or [i for i in ids if word and word in i]

    def find(self, word: str) -> str:
        """The id that a word means: the id itself, or its only ending or part. Raises E720."""
        ids, fitting = self.ids(), self.fitting(word)
        if len(fitting) == 1:
            return fitting[0]
        raise not_one("E720", word, fitting, ids, Text("台账", "register"))

    def loaded(self, id_: str) -> Loaded:
        """The register with all that is to be said of it."""
        if id_ not in self._loaded:
            folder = self.folder / id_
            path = folder if (folder / ROOT).is_file() else folder.with_name(folder.name + ".yaml")
            self._loaded[id_] = load_register(path, id_, f"registers/{id_}")
        return self._loaded[id_]

    def register(self, id_: str) -> Register:
        """The register. Raises GuijuError with its errors."""
        loaded = self.loaded(id_)
        if loaded.register is None:
            raise GuijuError(errors_of(loaded.findings))
        return loaded.register

    def __iter__(self) -> Iterator[Register]:
        return (self.register(id_) for id_ in self.ids())


def load_registers(folder: Path = REGISTERS) -> Registers:
    """A library over `folder`; the installed registers by default. Reads nothing yet. Raises E280."""
    if not folder.is_dir():
        raise fail("E280", Span(str(folder)), "没有这个文件夹", "there is no such folder")
    return Registers(folder)


@functools.cache
def installed_registers() -> Registers:
    """The registers that come with the package."""
    return load_registers()
