"""A group whose commands are imported when they are called."""

from __future__ import annotations

import importlib
import keyword
from collections.abc import Mapping as Map
from importlib.util import find_spec
from typing import Any

import click

from guiju.cli.help import Group, voice_of
from guiju.source.diagnostics import Text


class Lazy(Group):
    """`table`: each command with its line of help; `package`: where its module is, which makes it by `command(say)`;
    `elsewhere`: the modules of those that stand in a layer above this one."""

    def __init__(self, name: str, table: Map[str, Text], package: str, elsewhere: Map[str, str] | None = None,
                 **more: Any) -> None:
        super().__init__(name, **more)
        self.table, self.package, self.elsewhere = table, package, elsewhere or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in self.table if find_spec(self._module(name)) is not None]

    def _module(self, name: str) -> str:
        """Where a command is: the module of its name, with `_` behind a word of Python's own (`import_`)."""
        return self.elsewhere.get(name) or f"{self.package}.{name}{'_' if keyword.iskeyword(name) else ''}"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(self._module(cmd_name))
        made: click.Command = module.command(voice_of(ctx))
        return made

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            from guiju.source.fields import suggestion

            hint = suggestion(args[0], known)
            say = voice_of(ctx)
            raise click.UsageError(say(f"没有命令“{args[0]}”{hint.zh}", f"no such command '{args[0]}'{hint.en}"), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, voice_of(ctx).text(self.table[name])) for name in self.list_commands(ctx)])
