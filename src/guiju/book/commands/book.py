"""`guiju book`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("book", cls=Command, help=say(
        "把整个政策库写成网页：条款旁边是规则，规则旁边是案例；沿革、疑点、原文覆盖；流程图；各地资助对照；词汇。不向外取任何东西。",
        "The whole library as static pages: clause beside rule beside cases, history, doubts, coverage of the text, "
        "charts, what policies pay side by side, the dictionary. Nothing is fetched from elsewhere."))
    @click.argument("folder", cls=Argument, type=PATH, metavar="FOLDER", help=say("写到哪个文件夹", "where to write"))
    @click.option("--quick", is_flag=True, help=say("不运行案例（页上不标 ✓✗）", "do not run the cases (no ✓✗)"))
    @click.option("--text", "store", type=PATH, metavar="STORE",
                  help=say("文本库，据以清点原文的数字（默认与 guiju import 相同）",
                           "the text store by which figures are counted (default: that of guiju import)"))
    @lang_option(say)
    def book(folder: Path, quick: bool, store: Path | None) -> None:
        from guiju.book.contents import Book
        from guiju.book.writing import write_book
        from guiju.cli.left_out import left_out
        from guiju.documents.store import documents, present_store
        from guiju.lifecycle.library import installed_charts
        from guiju.registers.library import installed_registers
        from guiju.source.diagnostics import Span, fail

        if store is not None:
            documents(store)  # one that was asked for by name has to be there
        made = Book(installed_charts(), not quick, say, store or present_store(), installed_registers())
        try:
            written = write_book(made, folder)
        except OSError as error:
            raise fail("E290", Span(str(error.filename or folder)), f"写不进去：{error.strerror}；请换一个文件夹",
                       f"cannot be written: {error.strerror}; choose another folder") from None
        click.echo(say(f"{len(written)} 页，从 {written[0]} 读起", f"{len(written)} pages; begin at {written[0]}"))
        for line in left_out(made.broken, None, say):
            click.echo(line, err=True)

    return book
