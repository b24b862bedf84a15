"""The pages of a library of registers, by address."""

from __future__ import annotations

from pathlib import Path

from guiju.book.page import CHINESE, Link, Page
from guiju.book.registers.held import held_to_text
from guiju.book.registers.overview import overview_of
from guiju.book.registers.page import page_of
from guiju.book.registers.targets import targets_of
from guiju.cli.voice import Voice
from guiju.registers.library import Registers

INDEX, TARGETS, _ONE = "registers", "targets", "registers/"


def register_addresses(registers: Registers | None) -> list[str]:
    """The index, the targets by year, and a page a register; none where there is no library of them."""
    if registers is None:
        return []
    return [INDEX, TARGETS, *(_ONE + id_ for id_ in registers.ids())]


def register_page(registers: Registers, address: str, link: Link, say: Voice = CHINESE,
                  store: Path | None = None) -> Page:
    """A page by its address. `store`: the texts, if they are at hand. Raises KeyError where there is no page,
    GuijuError where a register can't be read."""
    if address == INDEX:
        return overview_of(list(registers), link, say)
    if address == TARGETS:
        return targets_of(list(registers), link, say)
    id_ = address.removeprefix(_ONE)
    if id_ == address or id_ not in registers.ids():
        raise KeyError(address)
    register = registers.register(id_)
    return page_of(register, link, say, held_to_text(register, store))
