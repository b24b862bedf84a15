"""Which registers are meant, and the options that say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Span, fail

if TYPE_CHECKING:
    from guiju.registers.library import Registers
    from guiju.registers.model import Register

Callback = Callable[..., Any]


def source_options(say: Voice) -> Callable[[Callback], Callback]:
    """`--registers`, `--lang`; the command gets `folder`."""
    def add(function: Callback) -> Callback:
        option = click.option("--registers", "folder", type=PATH, metavar="DIR",
                              help=say("另一个台账库的文件夹", "another library of registers"))
        return option(lang_option(say)(function))
    return add


def json_option() -> Callable[[Callback], Callback]:
    return click.option("--json", "as_json", is_flag=True, help="JSON")


def lead_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--lead", default="", metavar="BODY",
                        help=say("只看这个机关牵头的（名称或其一段）",
                                 "only what this body leads (its name, or part of it)"))


def registers_at(folder: Path | None) -> Registers:
    """The library of registers in a folder, or the installed one. Raises E280."""
    from guiju.registers.library import REGISTERS, load_registers

    library = load_registers(REGISTERS if folder is None else folder)
    if not library.ids():
        raise fail("E280", Span(str(library.folder)), "这里没有台账（*.yaml）", "there is no register (*.yaml) here")
    return library


def readable(library: Registers, say: Voice) -> list[Register]:
    """All registers but those with errors, which are left out and named on standard error."""
    for id_ in (i for i in library.ids() if library.loaded(i).register is None):
        click.echo(say(f"{id_} 有错，没有列入；看哪里要改：guiju register check {id_}",
                       f"{id_} has errors and is left out; to see what to mend: guiju register check {id_}"), err=True)
    return [r for i in library.ids() if (r := library.loaded(i).register) is not None]
