"""`guiju register check`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.register.sources import json_option, registers_at, source_options
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("check", cls=Command, help=say(
        "检查台账：键、类型、编号、条款、数值、日期、牵头与参与。有错误时退出码为 1。",
        "Check registers: keys, types, ids, clauses, values, dates, bodies. Exit status 1 if there are errors."))
    @click.argument("words", cls=Argument, nargs=-1, metavar="[REGISTER]...",
                    help=say("台账编号或其一段（默认全部）", "registers by id, or part of it (default: all)"))
    @json_option()
    @source_options(say)
    def check(words: tuple[str, ...], as_json: bool, folder: Path | None) -> int:
        from guiju.cli.register.jsonform import findings_record
        from guiju.documents.store import dump

        library = registers_at(folder)
        ids = list(dict.fromkeys(map(library.find, words))) or library.ids()
        findings = [d for id_ in ids for d in library.loaded(id_).findings]
        errors, warnings = (sum(d.severity == s for d in findings) for s in ("error", "warning"))
        if as_json:
            click.echo(dump(findings_record(ids, findings)))
        else:
            lines = [d.render(say.language) for d in findings]
            lines.append(say(f"{len(ids)} 份台账：{errors} 处错误，{warnings} 处警告",
                             f"{len(ids)} registers: {errors} errors, {warnings} warnings"))
            click.echo("\n".join(lines))
        return 1 if errors else 0

    return check
