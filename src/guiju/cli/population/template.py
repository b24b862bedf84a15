"""`guiju population template`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option, library_option
from guiju.cli.population.asking import policy_option
from guiju.cli.voice import Voice

if TYPE_CHECKING:
    from guiju.population.files.template import Form


def command(say: Voice) -> click.Command:
    @click.command("template", cls=Command, help=say(
        "写出数据应有的表：空表，和一张列的说明（列名、名称、类型、单位、可填的值、哪些政策要用）。",
        "Write the tables that data should have: empty files, and a table of the columns with their types, units, "
        "values, and the policies that ask for them."))
    @click.argument("target", cls=Argument, type=PATH, metavar="DIR",
                    help=say("写到哪个文件夹（空的或还没有的）", "the folder to write to, empty or new"))
    @policy_option(say)
    @click.option("--format", "form", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True,
                  metavar="parquet|csv",
                  help=say("空表的格式", "the format of the empty tables"))
    @library_option(say)
    @lang_option(say)
    def template(target: Path, words: tuple[str, ...], form: Form, folder: Path | None) -> None:
        from guiju.cli.situation import library_at, policies_named
        from guiju.population.files.template import SCHEMA, write_template
        from guiju.source.diagnostics import visible

        held = library_at(folder)
        tables = write_template(target, policies_named(words, held), held.vocabulary, form)
        path = visible(str(target))
        click.echo(say(f"已写 {path}：{len(tables)} 个空表，共 {sum(tables.values())} 列；说明在 {path}/{SCHEMA}",
                       f"wrote {path}: {len(tables)} empty tables, {sum(tables.values())} columns; "
                       f"what they mean is in {path}/{SCHEMA}"))
        click.echo(say("没有数据的记录，把那个空表删去：空表是说谁都没有，删去才是不知道",
                       "delete the empty tables of records that you have no data on: an empty table says that nobody "
                       "has any; only without it are they unknown"))
        click.echo(say(f"填好后：guiju population check {path}", f"when filled: guiju population check {path}"))

    return template
