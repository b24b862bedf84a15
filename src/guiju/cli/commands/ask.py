"""`guiju ask`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Command
from guiju.cli.options import PATH, request_options
from guiju.cli.situation import Request, read_situation
from guiju.cli.voice import Voice, is_terminal
from guiju.source.diagnostics import Span, fail, visible


def command(say: Voice) -> click.Command:
    @click.command("ask", cls=Command, help=say(
        "一问一答：先问最能定结论的，答一项算一次，能下结论就停。",
        "Question and answer: what decides most comes first; it stops when all is decided."))
    @request_options(say)
    @click.option("--save", type=PATH, metavar="FILE",
                  help=say("结束后把事实连同答案写成这个 .yaml 文件", "write facts and answers to this .yaml file"))
    def ask(request: Request, save: Path | None) -> None:
        from guiju.cli.answer.page import page_of
        from guiju.cli.dialogue import Dialogue, read_line
        from guiju.cli.layout import terminal_width

        _refuse(save, request)
        situation = read_situation(request)
        dialogue = Dialogue(situation, say, terminal_width(), click.echo, read_line)
        done = dialogue.run()
        click.echo("\n" + page_of(done, say))
        answers = dialogue.answers
        if not (answers.given or answers.cells):
            return
        if save is None and is_terminal() and not request.known_at:
            typed = read_line(say("把答案存成文件？（文件名，回车不存）> ", "save the answers as (Enter: no)> "))
            typed = typed.strip()
            save = Path(typed) if typed else None
            _refuse(save, request)
        if save is not None:
            from guiju.cli.saving import save as write

            write(save, request.facts, answers)
            click.echo(say(f"已写 {visible(str(save))}", f"wrote {visible(str(save))}"))

    return ask


def _refuse(save: Path | None, request: Request) -> None:
    """A file that is there stays: it may hold comments that would be lost."""
    if save is None:
        return
    if save.suffix.lower() not in (".yaml", ".yml"):
        raise fail("E101", Span(str(save)), "答案存成 .yaml 文件", "answers are saved as a .yaml file")
    if save.exists():
        raise fail("E001", Span(str(save)), "文件已经有了；换一个名字", "the file exists; choose another name")
    if request.known_at:
        raise fail("E133", Span("--save"), "不能与 --known-at 同用：存下的事实会缺一部分",
                   "cannot be used with --known-at: part of the facts would be lost")
