"""`guiju population check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Command
from guiju.cli.options import PATH, lang_option, library_option
from guiju.cli.population.asking import data_argument
from guiju.cli.voice import Voice

if TYPE_CHECKING:
    from guiju.population.files.check import Found


def command(say: Voice) -> click.Command:
    @click.command("check", cls=Command, help=say(
        "在计算之前检查数据：不认识的列、类型、单位、取值、重复的单位、没有单位的记录。有不合要求的，退出码为 1。",
        "Check data before anything runs: unknown columns, types, units, values, organisations twice, records of "
        "nobody. Exit status 1 if anything does not fit."))
    @data_argument(say)
    @click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                  metavar="text|json",
                  help=say("输出的格式", "the format of the output"))
    @click.option("--scratch", type=PATH, metavar="DIR",
                  help=say("临时文件放在哪里", "where temporary files go"))
    @library_option(say)
    @lang_option(say)
    def check(data: Path, form: str, scratch: Path | None, folder: Path | None) -> int:
        from guiju.cli.situation import library_at
        from guiju.population.files import check as checking

        found = checking.check(data, library_at(folder).vocabulary, scratch)
        if form == "json":
            from guiju.documents.store import dump

            click.echo(dump(_record(found)))
        else:
            click.echo("\n".join(_lines(found, say)))
        return 1 if found.faults.wrong else 0

    return check


def _lines(found: Found, say: Voice) -> list[str]:
    lines = [fault.diagnostic().render(say.language) for fault in found.faults.found.values()]
    rows = sum(found.rows.values())
    wrong = found.faults.wrong
    end = say(f"{len(wrong)} 类不合要求，共 {sum(f.count for f in wrong):,} 处",
              f"{len(wrong)} kinds of fault, {sum(f.count for f in wrong):,} places") if wrong else say(
        "都合要求", "everything fits")
    return [*lines, say(f"读了 {len(found.rows)} 个表，{rows:,} 行：",
                        f"read {len(found.rows)} tables, {rows:,} rows: ") + end]


def _record(found: Found) -> dict[str, Any]:
    return {"rows": found.rows, "fits": not found.faults.wrong, "findings": [
        {"code": f.code, "table": f.table, "column": f.column, "rows": f.count,
         "message": {"zh": f.message.zh, "en": f.message.en},
         "samples": [{"row": s.row, "organisation": s.organisation, "value": s.value} for s in f.samples]}
        for f in found.faults.found.values()]}
