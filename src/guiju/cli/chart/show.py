"""`guiju chart show`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.chart.sources import charts_at, source_options
from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("show", cls=Command, help=say(
        "一张流程图，按读者要看的样子：环节、步骤、期限、公示、读法；也可画成图。",
        "A chart as a reader would want it: stages, moves, terms, notices, readings; also as a picture."))
    @click.argument("word", cls=Argument, metavar="CHART",
                    help=say("流程图编号或其一段", "the chart's id, or part of it"))
    @click.option("--svg", type=PATH, metavar="FILE",
                  help=say("画成 SVG 图写到文件（- 为标准输出）", "draw it as SVG to a file (- for standard output)"))
    @click.option("--json", "as_json", is_flag=True, help=say("给程序读的 JSON", "JSON for programs"))
    @source_options(say)
    def show(word: str, svg: Path | None, as_json: bool, charts: Path | None, folder: Path | None) -> None:
        from guiju.lifecycle.show.describe import described

        if svg is not None and as_json:
            raise click.UsageError(say("--svg 和 --json 只能选一个", "--svg and --json exclude each other"))
        chart = charts_at(charts, folder).chart(word)
        view = described(chart)
        if as_json:
            from dataclasses import asdict

            from guiju.cli.chart.jsonform import document

            click.echo(document({"chart": asdict(view)}))
        elif svg is not None:
            from guiju.lifecycle.show.svg.picture import picture

            drawn = picture(view, say.language, lambda clauses: say.clauses(clauses, len(clauses)))
            _write(svg, drawn.svg, say)
        else:
            from guiju.cli.chart.citing import citing
            from guiju.cli.chart.shown.page import page_of
            from guiju.cli.layout import terminal_width

            click.echo(page_of(view, citing(say, chart), terminal_width()))

    return show


def _write(path: Path, svg: str, say: Voice) -> None:
    """Writes the picture. Raises GuijuError E001."""
    from guiju.source.diagnostics import Span, fail, visible

    if str(path) == "-":
        click.echo(svg, nl=False)
        return
    try:
        path.write_text(svg, encoding="utf-8")
    except OSError as error:
        raise fail("E001", Span(str(path)), f"写不了文件：{error.strerror}",
                   f"cannot write: {error.strerror}") from None
    name = visible(str(path))
    click.echo(say(f"已写 {name}：可用浏览器打开或打印", f"wrote {name}: open it in a browser, or print it"))
