"""`guiju cover`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option, library_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("cover", cls=Command, help=say(
        "原文的每个数字：由哪条规则承载，或为何不入规则；规则里的数字，原文有没有。有未交代的，退出码为 1。",
        "Every figure of the source text: which rule carries it, or why none does; and values of rules that their "
        "clauses don't have. Exit status 1 if something is open."))
    @click.argument("policy", cls=Argument, metavar="POLICY", help=say("政策", "a policy"))
    @click.option("--text", "store", type=PATH, metavar="STORE",
                  help=say("文本库（默认与 guiju import 相同）", "the text store (default: that of guiju import)"))
    @click.option("--all", "whole", is_flag=True, help=say("列出全部数字", "list every figure"))
    @click.option("--json", "as_json", is_flag=True, help="JSON")
    @library_option(say)
    @lang_option(say)
    def cover(policy: str, store: Path | None, whole: bool, as_json: bool, folder: Path | None) -> int:
        from guiju.cli.documents.coverage import as_lines, as_record
        from guiju.cli.situation import library_at
        from guiju.documents.coverage.compare import cover as compare
        from guiju.documents.store import default_store, dump

        library = library_at(folder)
        chosen = library.policy(policy)
        done = compare(chosen, library.folder_of(chosen), store or default_store())
        click.echo(dump(as_record(done)) if as_json else "\n".join(as_lines(done, whole, say)))
        return 0 if done.complete else 1

    return cover
