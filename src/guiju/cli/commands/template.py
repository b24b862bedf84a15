"""`guiju template`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option, library_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("template", cls=Command, help=say(
        "空白事实表：只有这些政策读到的事实和记录，写明单位、允许值和含义。",
        "A blank facts sheet: only what these policies read, with units, allowed values and meanings."))
    @click.argument("policies", cls=Argument, nargs=-1, required=True, metavar="POLICY...",
                    help=say("一个或几个政策", "one or several policies"))
    @click.option("--output", "-o", type=PATH, metavar="FILE",
                  help=say("写到 .xlsx 或 .yaml 文件（默认 YAML，写到标准输出）",
                           "write to an .xlsx or .yaml file (default: YAML on standard output)"))
    @library_option(say)
    @lang_option(say)
    def template(policies: tuple[str, ...], output: Path | None, folder: Path | None) -> None:
        from guiju.cli.reads import entries_of
        from guiju.cli.situation import library_at
        from guiju.facts.template import template_yaml, write_template_xlsx
        from guiju.source.diagnostics import Span, fail, visible

        library = library_at(folder)
        chosen = [library.policy(library.find(word)) for word in dict.fromkeys(policies)]
        facts, records = entries_of(chosen, library.vocabulary)
        title = "、".join(f"《{p.title.zh}》" for p in chosen) + "事实表"
        suffix = output.suffix.lower() if output is not None else ".yaml"
        if suffix not in (".xlsx", ".yaml", ".yml"):
            raise fail("E101", Span(str(output)), f"只能写 .xlsx 或 .yaml，不是“{suffix}”",
                       f"only .xlsx or .yaml can be written, not '{suffix}'")
        if output is None:
            click.echo(template_yaml(library.vocabulary, facts, records, title), nl=False)
            return
        try:
            if suffix == ".xlsx":
                write_template_xlsx(output, library.vocabulary, facts, records, title)
            else:
                output.write_text(template_yaml(library.vocabulary, facts, records, title), encoding="utf-8")
        except OSError as error:
            raise fail("E001", Span(str(output)), f"写不了文件：{error.strerror}",
                       f"cannot write: {error.strerror}") from None
        path = visible(str(output))
        click.echo(say(f"已写 {path}：{len(facts)} 项事实，{len(records)} 类记录。填好后：guiju evaluate {path}",
                       f"wrote {path}: {len(facts)} facts, {len(records)} record sets. "
                       f"When filled: guiju evaluate {path}"))

    return template
