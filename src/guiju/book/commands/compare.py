"""`guiju compare`."""

from __future__ import annotations

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import lang_option
from guiju.cli.voice import Voice

_NAMES, _GAP = 18, 2


def command(say: Voice) -> click.Command:
    @click.command("compare", cls=Command, help=say(
        "几项政策的规则并排：有效期，资助什么、多少，条件问什么，限额和禁申。",
        "The rules of some policies side by side: validity, what is paid and how much, what conditions ask, limits and "
        "bans."))
    @click.argument("policies", cls=Argument, nargs=-1, required=True, metavar="POLICY POLICY…",
                    help=say("两项或更多的政策", "two policies or more"))
    @lang_option(say)
    def compare(policies: tuple[str, ...]) -> None:
        from guiju.book.sidebyside import side_by_side
        from guiju.cli.layout import Column, table, terminal_width
        from guiju.language.library import installed_library

        library = installed_library()
        ids = list(dict.fromkeys(map(library.find, policies)))
        if len(ids) < 2:
            raise click.UsageError(say("请写出至少两项不同的政策", "name at least two different policies"))
        compared = [(library.policy(id_), library.folder / id_) for id_ in ids]
        columns = (terminal_width() - _NAMES) // len(ids) - _GAP
        for part in side_by_side(compared):
            click.echo("\n" + click.style(say.text(part.title), bold=True))
            rows = [["", *ids] if part.first else [], *([row.name, *row.cells] for row in part.rows)]
            widths = [Column(most=_NAMES), *(Column(most=columns) for _ in ids)]
            click.echo("\n".join(table([row for row in rows if row], widths, terminal_width(), indent="")))

    return compare
