"""Which charts are meant, and the options that say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Argument
from guiju.cli.options import PATH, lang_option, library_option
from guiju.cli.situation import library_at
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Span, fail

if TYPE_CHECKING:
    from guiju.lifecycle.library import Charts

Callback = Callable[..., Any]


def source_options(say: Voice) -> Callable[[Callback], Callback]:
    """`--charts`, `--policies`, `--lang`; the command gets `charts` and `folder`."""
    def add(function: Callback) -> Callback:
        charts = click.option("--charts", type=PATH, metavar="DIR",
                              help=say("另一个流程图库的文件夹", "another library of charts"))
        return charts(library_option(say)(lang_option(say)(function)))
    return add


def charts_argument(say: Voice) -> Callable[[Callback], Callback]:
    return click.argument("words", cls=Argument, nargs=-1, metavar="[CHART]...",
                          help=say("流程图编号或其一段（默认全部）", "charts by id, or part of it (default: all)"))


def case_argument(say: Voice) -> Callable[[Callback], Callback]:
    return click.argument("path", cls=Argument, type=PATH, metavar="CASEFILE",
                          help=say("案件文件（guiju chart run --case 所存）", "a case, as saved by `chart run --case`"))


def day_option(say: Voice, zh: str, en: str, name: str = "--on") -> Callable[[Callback], Callback]:
    return click.option(name, "on", default="", metavar="DATE", help=say(zh, en))


def charts_at(charts: Path | None, folder: Path | None) -> Charts:
    """The library of charts in a folder, or the installed one, over the policies of a folder. Raises E280."""
    from guiju.lifecycle.library import CHARTS, load_charts

    return load_charts(CHARTS if charts is None else charts, library_at(folder))


def chosen(library: Charts, words: Sequence[str]) -> list[str]:
    """The ids that the words mean; all where there are none. Raises E500."""
    ids = library.ids()
    if not ids:
        raise fail("E280", Span(str(library.folder)), "这里没有 chart.yaml", "there is no chart.yaml here")
    return list(dict.fromkeys(map(library.find, words))) or ids
