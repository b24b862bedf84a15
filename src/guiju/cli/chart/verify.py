"""`guiju chart verify`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from guiju.cli.chart.sources import case_argument, charts_at, source_options
from guiju.cli.help import Command
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("verify", cls=Command, help=say(
        "核对案件记录或案卷包（zip）：每条的摘要和前后链条，再按流程图重走一遍。有改动即说明在哪里，退出码为 1。",
        "Verify a case's record, or a bundle of it (zip): every digest and link, then walk it again by its chart. Says "
        "where it was changed; exit status 1."))
    @case_argument(say)
    @click.option("--head", default="", metavar="SHA256", help=say(
        "另存的末条摘要（SHA-256 或 SM3）：只有它能看出末尾被删、全链被重做",
        "the digest of the last event as kept elsewhere (SHA-256 or SM3): only this shows a cut or rewritten chain"))
    @source_options(say)
    def verify(path: Path, head: str, charts: Path | None, folder: Path | None) -> int:
        from guiju.cli.chart.verification import verified

        wanted = head.strip().lower()
        if head and re.fullmatch("[0-9a-f]{64}", wanted) is None:
            raise click.BadParameter(say("应是 64 位十六进制的摘要", "must be a digest of 64 hexadecimal digits"),
                                     param_hint="--head")
        found = verified(path, wanted, charts_at(charts, folder))
        lines = [say(f"{path.name}:{t.number}  {t.text.zh}", f"{path.name}:{t.number}  {t.text.en}")
                 for t in found.faults]
        lines += [say.text(note) for note in found.notes]
        click.echo("\n".join(lines))
        return 1 if found.faults else 0

    return verify
