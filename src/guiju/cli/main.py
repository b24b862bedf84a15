"""The entry point: finds the command, and turns whatever goes wrong into words and an exit status.

0 answered; 1 the answer is no (`check`, `test`, `receipt`); 2 the input can't be used, with nothing on standard
output; 70 a fault of Guiju's own.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from guiju.cli.help import usage_message
from guiju.cli.lazy import Lazy
from guiju.cli.voice import Voice, language_of
from guiju.source.diagnostics import GuijuError, Text, visible

UNUSABLE, INTERRUPTED, FAULT = 2, 130, 70
COMMANDS = {
    "evaluate": Text("够不够条件、给多少钱、为什么、还缺什么", "who qualifies, for how much, why, what is missing"),
    "explain": Text("一个结论的依据：条件、事实、条款", "the proof of an answer: conditions, facts, clauses"),
    "ask": Text("一问一答，直到能下结论", "ask for what is missing until all is decided"),
    "improve": Text("怎样才能够条件，或多得资助", "the easiest ways to qualify, or to get more"),
    "policies": Text("政策库里有哪些政策", "the policies there are"),
    "show": Text("一个政策：条件、分值、价目、限额、读法", "a policy as a reader would want it"),
    "template": Text("空白事实表（.yaml 或 .xlsx）", "a blank facts sheet (.yaml or .xlsx)"),
    "receipt": Text("核对以前的答复现在是否还成立", "whether an earlier answer still holds"),
    "check": Text("检查政策文件", "check policy files"),
    "test": Text("运行政策的案例", "run the worked cases of policies"),
    "diff": Text("一项政策的两个版本有何不同", "what changes between two versions of a policy"),
    "chart": Text("程序：走到哪一步、谁能办什么、何时到期", "procedures: where a case stands, what is next, by when"),
    "register": Text("台账：不能计算的文件部署了哪些任务和目标、何时到期",
                     "registers: the tasks and targets that documents set, and by when"),
    "population": Text("一张表里的全部单位，对照全部政策", "every organisation of a table against every policy"),
    "serve": Text("在本机打开网站", "open the site on this machine"),
    "manage": Text("网站的管理命令", "the site's own commands"),
    "backup": Text("备份网站的全部数据", "back up all that the site keeps"),
    "restore": Text("从备份恢复网站的数据", "restore the site from a backup"),
    "import": Text("读入法规文字，修补、分篇、切成条款", "legal text in: repaired, cut into clauses, stored"),
    "cover": Text("原文的每个数字，由哪条规则承载", "which rule carries which figure of the source text"),
    "book": Text("把整个政策库写成网页", "the whole library as static pages"),
    "compare": Text("几项政策的规则并排", "the rules of some policies side by side"),
    "search": Text("检索条款和规则", "search clauses and rules"),
    "tour": Text("看三个示例单位的答复", "the answers for three example organisations"),
}


class ReaderLeft(Exception):
    """Nobody reads the answer any more, as behind `| head`. Kept from click, which would call that a failure."""


class Guiju(Lazy):
    """All commands, each imported when it is called."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:
        arguments = list(sys.argv[1:] if args is None else args)
        say = Voice(language_of(arguments))
        self.help = say("规矩：把质量与标准政策变成可以计算的规则。",
                        "Guiju: China's quality-and-standards policy as computable rules.")
        named.update(standalone_mode=False, obj=say)
        try:
            status = super().main(arguments, *more, **named)
        except Exception as error:
            status = report(error, say)
        sys.exit(status if isinstance(status, int) else 0)

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        with _until_the_reader_leaves():
            return super().make_context(*given, **named)

    def invoke(self, ctx: click.Context) -> Any:
        with _until_the_reader_leaves():
            return super().invoke(ctx)


@contextlib.contextmanager
def _until_the_reader_leaves() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise ReaderLeft from None


def report(error: Exception, say: Voice) -> int:
    """Say what went wrong; the exit status."""
    if isinstance(error, GuijuError):
        for diagnostic in error.diagnostics:
            click.echo(diagnostic.render(say.language), err=True)
        return UNUSABLE
    if isinstance(error, click.UsageError):
        click.echo("\n".join(map(visible, usage_message(error, say).splitlines())), err=True)
        return UNUSABLE
    if isinstance(error, click.Abort):
        click.echo(say("中断", "Interrupted"), err=True)
        return INTERRUPTED
    if isinstance(error, ReaderLeft):
        with open(os.devnull, "w") as nowhere:  # for what is still to be written when the process ends
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        return 0
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO, errno.EBADF):
        click.echo(say(f"答复写不出去：{error.strerror}", f"cannot write the answer: {error.strerror}"), err=True)
        return UNUSABLE
    if isinstance(error, RecursionError):
        click.echo(say("E204  规则一条引用一条，层数太多，算不下去；请并成较少的层",
                       "E204  rules refer to rules too many levels deep to be followed; use fewer levels"), err=True)
        return UNUSABLE
    return _fault(error, say)


def _fault(error: Exception, say: Voice) -> int:
    if os.environ.get("GUIJU_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    else:
        from guiju import __version__

        name = type(error).__name__
        click.echo(say(f"程序内部出错（{name}，guiju {__version__}），没有给出答复。这是程序的毛病，不是输入的。\n"
                       "请设 GUIJU_DEBUG=1 再运行一次，把命令和输出报给维护者。",
                       f"Internal error ({name}, guiju {__version__}); no answer was given. This is our fault.\n"
                       "Please run it again with GUIJU_DEBUG=1 and report the command and its output."), err=True)
    return FAULT


_BOOK = {name: f"guiju.book.commands.{name}" for name in ("book", "compare")}
cli = Guiju("guiju", COMMANDS, "guiju.cli.commands", _BOOK)


@cli.result_callback()
def _keep(result: Any) -> Any:
    return result


cli.params.append(click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False,
                               help="版本 / version", callback=lambda ctx, _, on: _version(ctx) if on else None))
cli.params.append(click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, metavar="zh|en",
                               help="语言 / language"))


def _version(ctx: click.Context) -> None:
    from guiju import __version__

    click.echo(f"guiju {__version__}")
    ctx.exit()


def main() -> None:
    """The command `guiju`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError):
                stream.reconfigure(errors="replace")
    cli()
