"""`guiju test`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("test", cls=Command, help=say(
        "运行政策的案例：哪些不符预期，哪些规则没有案例。有一样即退出码为 1。",
        "Run the worked cases: which fail, which rules no case proves. Exit status 1 if there is either."))
    @click.argument("path", cls=Argument, required=False, type=PATH, metavar="[PATH]",
                    help=say("一个政策的 id，或一个政策、一个政策库的文件夹（默认自带的政策库）",
                             "a policy's id, or the folder of one or of a library (default: what comes with Guiju)"))
    @lang_option(say)
    def test(path: Path | None) -> int:
        from guiju.cli.layout import Column, table, terminal_width
        from guiju.cli.upkeep import trials

        lines: list[str] = []
        rows = []
        bad = False
        for trial in trials(path):
            lines += [d.render(say.language) for v in trial.failed for d in v.mismatches]
            lines += [d.render(say.language) for d in trial.findings]
            bad = bad or bool(trial.failed or trial.findings)
            passed = len(trial.verdicts) - len(trial.failed)
            rows.append([trial.policy, say(f"{passed} 例通过", f"{passed} passed"),
                         say(f"{len(trial.failed)} 例不符", f"{len(trial.failed)} failed"),
                         say(f"{len(trial.findings)} 处缺案例", f"{len(trial.findings)} gaps")])
        lines += table(rows, [Column(), Column(align=">"), Column(align=">"), Column()], terminal_width(), indent="")
        click.echo("\n".join(lines))
        return 1 if bad else 0

    return test
