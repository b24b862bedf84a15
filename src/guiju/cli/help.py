"""Click's own words (help pages, usage errors) in the reader's language, in aligned columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import click

from guiju.cli.layout import Column, indented, table, terminal_width
from guiju.cli.voice import Voice, language_of

_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class Formatter(click.HelpFormatter):
    """A help page. `say` is set by the command that prints itself."""

    say = Voice("zh")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(self.say("用法：", "Usage: ") + f"{prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        self.write(self.say(_HEADINGS.get(heading, heading) + "：", f"{heading}:") + "\n")

    def write_text(self, text: str) -> None:
        for line in text.splitlines():
            for part in indented(line.strip(), terminal_width(), "  "):
                self.write(part.rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2) -> None:
        for line in table(list(rows), [Column(most=col_max), Column()], terminal_width()):
            self.write(line + "\n")


class Speaking(click.Context):
    formatter_class = Formatter

    def make_formatter(self) -> click.HelpFormatter:
        formatter = Formatter(width=terminal_width())
        formatter.say = voice_of(self)
        return formatter


class Command(click.Command):
    """A command with its help in two languages."""

    context_class = Speaking

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx), voice_of(ctx))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [voice_of(ctx)("[选项]", p) if p == "[OPTIONS]" else p for p in super().collect_usage_pieces(ctx)]

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Newer versions of Click describe arguments apart; `format_options` does it here."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = [(p.human_readable_name, p.help or "") for p in self.params if isinstance(p, Argument)]
        options = [r for p in self.get_params(ctx) if isinstance(p, click.Option) and (r := _described(p, ctx))]
        for heading, rows in (("Arguments", arguments), ("Options", options)):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class Argument(click.Argument):
    """An argument that the help page explains."""

    def __init__(self, param_decls: Sequence[str], help: str = "", **more: Any) -> None:
        super().__init__(param_decls, **more)
        self.help = help


class Group(click.Group):
    """A group of commands, likewise."""

    context_class = Speaking
    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [voice_of(ctx)("[选项] 命令 [参数]…", "[OPTIONS] COMMAND [ARGS]...")]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx), voice_of(ctx))


def voice_of(ctx: click.Context) -> Voice:
    """The voice that `main` put there."""
    found = ctx.find_object(Voice)
    return found if found is not None else Voice(language_of(()))


def _translated(option: click.Option | None, say: Voice) -> click.Option | None:
    if option is not None:
        option.help = say("显示这份说明", "Show this message and exit.")
    return option


def _described(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    """An option with its line of help, and what Click says behind it (`[default: 10; 0<=x<=1000]`, `[required]`) in the
    reader's language."""
    record = option.get_help_record(ctx)
    if record is None or voice_of(ctx).language == "en":
        return record
    own = option.help or ""
    remarks = record[1].removeprefix(own).strip().removeprefix("[").removesuffix("]")
    words = [_remark(remark) for remark in remarks.split("; ") if remark]
    return record[0], own + (f"（{'；'.join(words)}）" if words else "")


def _remark(remark: str) -> str:
    if remark == "required":
        return "必填"
    if remark.startswith("default: "):
        return "默认 " + remark.removeprefix("default: ")
    range_ = re.fullmatch(r"(?:(.+)<=)?x(?:([<>]=)(.+))?", remark)
    if range_ is None:
        return remark
    if range_[1]:
        return f"{range_[1]} 至 {range_[3]}"
    return ("至少 " if range_[2] == ">=" else "至多 ") + range_[3]


def usage_message(error: click.UsageError, say: Voice) -> str:
    """What is wrong with the command line, and where to look."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    lines = [say("用法不对：", "Usage: ") + _wrong(error, say)]
    if error.ctx is not None:
        lines.append(say(f"说明见：{error.ctx.command_path} --help", f"See: {error.ctx.command_path} --help"))
    return "\n".join(lines)


def _wrong(error: click.UsageError, say: Voice) -> str:
    if say.language == "en":
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        hint = "。是不是 " + "、".join(sorted(error.possibilities)) + "？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{hint}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_parameter(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_parameter(error)} 不对：{_reason(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 要带一个值"
    message = error.format_message()
    for start, zh in (("No such command", "没有这个命令"), ("Got unexpected extra argument", "多出了参数"),
                      ("Missing command", "要写一个命令")):
        if message.startswith(start):
            return zh + message.removeprefix(start).removeprefix("s").rstrip(".")
    return message


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    kind = "参数" if isinstance(error.param, click.Argument) else "选项"
    ctx = error.ctx
    name = error.param.get_error_hint(ctx) if ctx is not None else error.param.human_readable_name
    return f"{kind} {name}".replace("'", "")


def _reason(error: click.BadParameter) -> str:
    if error.param is not None and isinstance(error.param.type, click.Choice):
        return "可选 " + "、".join(map(str, error.param.type.choices))
    if error.param is not None and isinstance(error.param.type, click.IntRange):
        low, high = error.param.type.min, error.param.type.max
        return f"应是 {low} 到 {high} 的整数" if high is not None else f"应是整数，至少为 {low}"
    return error.message
