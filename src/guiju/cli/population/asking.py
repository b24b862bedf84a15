"""What is asked of a population: under which policies, on which day, with which readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Argument
from guiju.cli.options import PATH, Callback, in_its_place, lang_option, library_option
from guiju.cli.situation import chosen_values, day_of, library_at, policies_named, refuse_early
from guiju.cli.voice import Voice
from guiju.evaluate.evaluation import Setting, setting_for
from guiju.language.library import Library
from guiju.language.policy import Policy
from guiju.source.diagnostics import Span, fail

if TYPE_CHECKING:
    from guiju.population.files.arrow import Needs
    from guiju.population.files.faults import Fault, Faults
    from guiju.population.files.source import Source


@dataclass(frozen=True, slots=True)
class Asked:
    """`policies`: those in force on the day, each under its setting; `expired`: those that are not. `named`: the asker
    chose them. `tolerant`: what does not fit in the data counts as unknown; `scratch`: where they are sorted."""

    library: Library
    day: dt.date
    policies: tuple[tuple[Policy, Setting], ...]
    expired: tuple[Policy, ...]
    named: bool
    tolerant: bool = False
    scratch: Path | None = None
    seen: dict[tuple[str, str, str], Fault] = field(default_factory=dict)

    def opened(self, data: Path, needs: Needs) -> Source:
        """The data. Raises as `open_source`."""
        from guiju.population.files.source import open_source

        return open_source(data, self.library.vocabulary, needs, tolerant=self.tolerant, scratch=self.scratch)

    def note(self, faults: Faults) -> None:
        """What was found in the data is told at the end, once, however often they are read."""
        for key, fault in faults.found.items():
            self.seen.setdefault(key, fault)


def data_argument(say: Voice) -> Callable[[Callback], Callback]:
    return click.argument("data", cls=Argument, type=PATH, metavar="DATA", help=say(
        "数据：文件夹（organisations 和各类记录的 .parquet、.csv、.arrow），或一个 .duckdb、.sqlite 文件",
        "a folder (organisations and record sets as .parquet, .csv, .arrow), or one .duckdb or .sqlite file"))


def policy_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--policy", "-p", "words", multiple=True, metavar="ID",
                        help=say("只看这个政策（可多次；默认全部）", "only this policy (repeatable; default: all)"))


def law_options(say: Voice, begun: Callable[[Map[str, Any]], dt.date | None] = lambda options: None
                ) -> Callable[[Callback], Callback]:
    """Everything that says under which law, and how data are taken that do not fit; the command gets one `asked`.
    `begun`: the day that is meant by the command's other options where none is given."""
    options: list[Callable[[Callback], Callback]] = [
        click.option("--on", default="", metavar="DATE",
                     help=say("按哪天的规定（默认今天）；没有申报日的单位以这天为申报日",
                              "the day whose law counts (default: today), and of application where none is given")),
        click.option("--set", "settings", multiple=True, metavar="PARAM=VALUE",
                     help=say("设定参数或换一种读法（可写 政策:参数=值）", "set a parameter (or POLICY:PARAM=VALUE)")),
        click.option("--presume", "presuming", is_flag=True,
                     help=say("未述即符合：没有给出的条件先当作满足", "take conditions on facts not given as met")),
        click.option("--wrong-as-unknown", "tolerant", is_flag=True,
                     help=say("不合要求的值按未知算，并计数；默认停下",
                              "count what does not fit and take it as unknown; default: stop")),
        click.option("--scratch", type=PATH, metavar="DIR",
                     help=say("排序用的临时文件放在哪里", "where temporary files of sorting go")),
        library_option(say), lang_option(say),
    ]

    def add(function: Callback) -> Callback:
        def with_law(*, words: tuple[str, ...] | str, on: str, settings: tuple[str, ...], presuming: bool,
                     tolerant: bool, scratch: Path | None, folder: Path | None, **more: Any) -> Any:
            _refuse_own_data(more.get("data"), more.get("out"))
            named = (words,) if isinstance(words, str) else words
            day = day_of(on, "--on") if on else begun(more) or dt.date.today()
            asked = replace(asked_of(named, day, settings, presuming, folder), tolerant=tolerant, scratch=scratch)
            answer = function(asked=asked, **more)
            for fault in asked.seen.values():
                click.echo(fault.diagnostic().render(say.language), err=True)
            return answer

        return in_its_place(function, with_law, options)

    return add


def _refuse_own_data(data: Path | None, out: Path | None) -> None:
    """Raises GuijuError E915 where what is written would stand among what is read, or in its place."""
    import os

    from guiju.population.files.places import FILES, IDENTITY

    if data is None or out is None:
        return
    own, target = os.path.realpath(data), os.path.realpath(out)
    among = os.path.dirname(target) == own and out.suffix.lower() in FILES
    results = os.path.exists(data / IDENTITY) and target.startswith(own + os.sep)
    if own == target or among or results:
        raise fail("E915", Span(str(out)), "这里放的是原来的数据或结果；写到别处",
                   "the data or the results asked about stand here; write to another place")


def asked_of(words: tuple[str, ...], day: dt.date, settings: tuple[str, ...], presuming: bool,
             folder: Path | None) -> Asked:
    """Raises GuijuError: E13x–E14x policies and parameters, E918 where no policy is in force."""
    library = library_at(folder)
    policies = tuple(policies_named(words, library))
    if words:
        refuse_early(policies, day, "--on")
    chosen = chosen_values(settings, policies, library)
    held = tuple(p for p in policies if p.in_force(day))
    if not held:
        raise fail("E918", Span("--on"), f"{day} 没有一项政策有效；换一个日期",
                   f"no policy is in force on {day}; choose another day")
    return Asked(library, day, tuple((p, setting_for(p, day, None, chosen.get(p.id), presuming)) for p in held),
                 tuple(p for p in policies if p not in held), bool(words))
