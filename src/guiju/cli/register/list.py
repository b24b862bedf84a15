"""`guiju register list`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Command
from guiju.cli.register.sources import json_option, lead_option, readable, registers_at, source_options
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("list", cls=Command, help=say("有哪些台账：发布日、条款数、任务数、目标数。",
                                                 "The registers there are: day of issue, clauses, tasks, targets."))
    @click.option("--place", default="", metavar="PLACE", help=say("只看这个地区，如 全国、海南省、hainan",
                                                                   "only this place: national, hainan, 海南省"))
    @click.option("--kind", default="", metavar="KIND", help=say("只看这个文种，如 规划、意见、方案",
                                                                 "only this kind: plan, opinions, programme …"))
    @click.option("--year", type=click.IntRange(1949, 2099), default=None, metavar="YEAR",
                  help=say("只看这一年发布的", "only what was issued in this year"))
    @lead_option(say)
    @json_option()
    @source_options(say)
    def list_(place: str, kind: str, year: int | None, lead: str, as_json: bool, folder: Path | None) -> None:
        from guiju.cli.layout import indented, sides, terminal_width
        from guiju.cli.register.jsonform import list_record
        from guiju.documents.store import dump
        from guiju.registers.choosing import place_name, wanted
        from guiju.registers.model import KINDS
        from guiju.registers.wording import issued_of

        held = readable(registers_at(folder), say)
        chosen = [r for r in held if wanted(held, place, kind, year or 0, lead).takes(r)]
        if as_json:
            click.echo(dump(list_record(chosen)))
            return
        lines = []
        for register in chosen:
            lines += sides(click.style(register.id, bold=True), say.text(issued_of(register)), terminal_width())
            lines += indented(say.text(register.title), terminal_width(), "  ")
            where = say(place_name(register), register.place)
            facts = [where, say.text(KINDS[register.kind]),
                     say(f"{len(register.clauses)} 条款，{len(register.tasks)} 项任务，{len(register.targets)} 个目标",
                         f"{len(register.clauses)} clauses, {len(register.tasks)} tasks, "
                         f"{len(register.targets)} targets")]
            lines += indented(" · ".join(facts), terminal_width(), "  ")
        lines.append(say(f"{len(chosen)} 份台账，共 {len(held)} 份", f"{len(chosen)} of {len(held)} registers"))
        click.echo("\n".join(lines))

    return list_
