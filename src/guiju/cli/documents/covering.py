"""What a name given to `guiju cover` means: a policy, or else a register."""

from __future__ import annotations

from pathlib import Path

from guiju.cli.situation import library_at
from guiju.documents.coverage.compare import Coverage, cover
from guiju.documents.coverage.registers import cover_register
from guiju.registers.library import REGISTERS, load_registers
from guiju.source.diagnostics import GuijuError


def report_on(word: str, store: Path, policies: Path | None, registers: Path | None) -> Coverage:
    """The coverage of the policy or the register that a word means. A word that means neither, or several policies, is
    refused as `guiju show` refuses it (E140). Raises E870 and E874 as the two comparisons do."""
    library, held = library_at(policies), load_registers(REGISTERS if registers is None else registers)
    try:
        id_ = library.find(word)
    except GuijuError:
        fitting = held.fitting(word)
        if len(fitting) != 1:
            raise
        return cover_register(held.register(fitting[0]), store)
    policy = library.policy(id_)
    return cover(policy, library.folder_of(policy), store)
