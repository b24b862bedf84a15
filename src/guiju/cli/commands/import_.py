"""`guiju import`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("import", cls=Command, help=say(
        "读入法规文字（.txt、.docx、.pdf、.html）：修补（逐处记录）、分开文件、切成条款，存入文本库；打印可核对的报告。",
        "Legal text in (.txt, .docx, .pdf, .html): repaired on record, cut into documents and clauses, stored; "
        "prints a report to check."))
    @click.argument("path", cls=Argument, type=PATH, metavar="FILE|DIR",
                    help=say("一个文件，或一个文件夹", "a file or a folder"))
    @click.option("--store", type=PATH, metavar="DIR", help=say(
        "文本库的文件夹（默认 ~/.local/share/guiju/texts，或 GUIJU_DATA 之下）",
        "the text store (default ~/.local/share/guiju/texts, or below GUIJU_DATA)"))
    @click.option("--report", "target", type=PATH, metavar="FILE",
                  help=say("把报告写入文件", "write the report to a file"))
    @lang_option(say)
    def bring_in(path: Path, store: Path | None, target: Path | None) -> int:
        from guiju.cli.documents.bring_in import bring_in
        from guiju.documents.store import default_store

        return bring_in(path, store or default_store(), target, say)

    return bring_in
