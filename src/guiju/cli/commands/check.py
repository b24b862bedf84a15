"""`guiju check`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("check", cls=Command, help=say(
        "检查政策：能否编译，单位、条款、档位、价目是否有误。有错误时退出码为 1。",
        "Check policies: do they compile; units, clauses, tiers, price tables. Exit status 1 if there are errors."))
    @click.argument("path", cls=Argument, required=False, type=PATH, metavar="[PATH]",
                    help=say("一个政策的 id，或一个政策、一个政策库的文件夹（默认自带的政策库和词汇表）",
                             "a policy's id, or the folder of one or of a library (default: what comes with Guiju)"))
    @lang_option(say)
    def check(path: Path | None) -> int:
        from guiju.cli.upkeep import check_findings

        policies, findings = check_findings(path)
        lines = [d.render(say.language) for d in findings]
        count = {s: sum(d.severity == s for d in findings) for s in ("error", "warning", "note")}
        lines.append(say(f"{policies} 个政策：{count['error']} 处错误，{count['warning']} 处警告，"
                         f"{count['note']} 处提示",
                         f"{policies} policies: {count['error']} errors, {count['warning']} warnings, "
                         f"{count['note']} notes"))
        click.echo("\n".join(lines))
        return 1 if count["error"] else 0

    return check
