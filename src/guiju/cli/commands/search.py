"""`guiju search`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, Callback, lang_option, library_option, together
from guiju.cli.voice import Voice
from guiju.search.entries import KINDS, RULE


def command(say: Voice) -> click.Command:
    @click.command("search", cls=Command, context_settings={"ignore_unknown_options": True}, help=say(
        "检索文本库的条款、政策库的规则和台账。几个词隔开写；“引号里”的原样出现；-词 表示不要。没有文本库就没有条款。",
        "Search the clauses of the text store, the rules of the library and the registers: words; “a phrase” as it "
        "stands; -word for what must not occur. Without a text store there are no clauses."))
    @click.argument("words", cls=Argument, nargs=-1, required=True, metavar="QUERY…",
                    help=say("要找的词，如 领跑者 奖励 万元", "what to look for"))
    @_filters(say)
    @click.option("--limit", "-n", type=click.IntRange(1, 200), default=10, metavar="N",
                  help=say("列出几条（默认 10）", "how many to list (default 10)"))
    @click.option("--store", type=PATH, metavar="DIR",
                  help=say("文本库（默认与 guiju import 相同）", "the text store (default: that of guiju import)"))
    @click.option("--dictionary", type=PATH, metavar="FILE",
                  help=say("自己的词典，一行一个词；留在索引里，以后一直用，空文件则去掉",
                           "words of your own, one a line; kept with the index from now on; an empty file ends that"))
    @click.option("--engine", default="", metavar="ENGINE", help=say(
        "谁来找：fts5（默认）或 tantivy（文本库很大时更快，要装 guiju[tantivy]）；或设 GUIJU_SEARCH_ENGINE",
        "who finds: fts5 (default), or tantivy (faster for a large store; needs guiju[tantivy]); or set "
        "GUIJU_SEARCH_ENGINE"))
    @click.option("--json", "as_json", is_flag=True, help="JSON")
    @library_option(say)
    @lang_option(say)
    def search(words: tuple[str, ...], kinds: tuple[str, ...], region: str, year: str, in_force: str, limit: int,
               store: Path | None, dictionary: Path | None, engine: str, as_json: bool, folder: Path | None) -> None:
        _refuse_options(words, say)
        from guiju.cli.documents.found import Wanted, as_lines, as_record, find
        from guiju.documents.store import dump

        found = find(Wanted(" ".join(words), kinds, region, year, in_force, limit, store, dictionary, folder,
                            engine))
        if as_json:
            click.echo(dump(as_record(found)))
        else:
            click.echo("\n".join(as_lines(found, say)))

    return search


def _filters(say: Voice) -> Callable[[Callback], Callback]:
    """`--kind`, `--region`, `--year`, `--in-force`; the command gets `kinds`, `region`, `year`, `in_force`."""
    return together(
        click.option("--kind", "-k", "kinds", multiple=True, metavar="KIND",
                     type=click.Choice([name for key, kind in {**KINDS, **RULE}.items() for name in (key, kind.zh)]),
                     help=say(f"只要这种（可多次）：{'、'.join(k.zh for k in KINDS.values())}；规则 是全部规则",
                              f"only this kind (repeatable): {', '.join(KINDS)}; rule is every rule")),
        click.option("--region", default="", metavar="REGION",
                     help=say("只要这个地区（名称或代码；全国 是国家层面）",
                              "only this region (a name or a code; 'national' for national texts)")),
        click.option("--year", default="", metavar="YEAR", help=say("发布的年份，如 2021 或 2019-2021",
                                                                    "year of publication: 2021, or 2019-2021")),
        click.option("--in-force", default="", metavar="DATE",
                     help=say("只要这天有效的（就所知）", "only what was in force on that day, as far as is known")))


def _refuse_options(words: tuple[str, ...], say: Voice) -> None:
    """-奖励 is a word that must not occur; --knid is a mistyped option."""
    for word in words:
        if re.match(r"-{1,2}[A-Za-z]", word):
            raise click.UsageError(say(f"没有选项 {word}", f"no such option: {word}"), click.get_current_context())
