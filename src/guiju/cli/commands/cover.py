"""`guiju cover`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option, library_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("cover", cls=Command, help=say(
        "原文的每个数字：由哪条规则、目标、任务承载，或为何没有；反过来，原文有没有。有未交代的，退出码为 1。",
        "Every figure of the source text: which rule, target or task carries it, or why none does; and values that "
        "their clauses don't have. Exit status 1 if something is open."))
    @click.argument("word", cls=Argument, metavar="POLICY|REGISTER", help=say("政策或台账", "a policy or a register"))
    @click.option("--text", "store", type=PATH, metavar="STORE",
                  help=say("文本库（默认与 guiju import 相同）", "the text store (default: that of guiju import)"))
    @click.option("--all", "whole", is_flag=True, help=say("列出全部数字", "list every figure"))
    @click.option("--json", "as_json", is_flag=True, help="JSON")
    @library_option(say)
    @lang_option(say)
    @click.option("--registers", "registers", type=PATH, metavar="DIR",
                  help=say("另一个台账库的文件夹", "another library of registers"))
    def cover(word: str, store: Path | None, whole: bool, as_json: bool, folder: Path | None,
              registers: Path | None) -> int:
        from guiju.cli.documents.coverage import as_lines, as_record
        from guiju.cli.documents.covering import report_on
        from guiju.documents.store import default_store, dump

        done = report_on(word, store or default_store(), folder, registers)
        click.echo(dump(as_record(done)) if as_json else "\n".join(as_lines(done, whole, say)))
        return 0 if done.complete else 1

    return cover
