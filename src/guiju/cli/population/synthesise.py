"""`guiju population synthesise`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option, library_option
from guiju.cli.voice import Voice
from guiju.source.diagnostics import visible

if TYPE_CHECKING:
    from guiju.population.synthetic.writing import Format, Written

SHARE = click.FloatRange(0, 0.5)
SHOWN = 8  # tables listed one by one


def command(say: Voice) -> click.Command:
    @click.command("synthesise", cls=Command, help=say(
        "造一个虚构的总体：N 家单位和它们的记录，供试用和测量。单位全部虚构，模型的数字和假设写在 OUT 的说明里。",
        "Make up a population: N organisations and their records, to try and to measure with. Nobody in it is real; "
        "the model's figures and assumptions are stated beside it."))
    @click.argument("number", cls=Argument, type=click.IntRange(1, 999_999_999), metavar="N",
                    help=say("多少家单位", "how many organisations"))
    @click.option("--seed", type=click.IntRange(0), default=1, show_default=True, metavar="S",
                  help=say("种子：同样的 N 和 S 造出逐字节相同的文件", "the same N and S make the same bytes"))
    @click.option("--out", "out", type=PATH, required=True, metavar="DIR",
                  help=say("写到哪个文件夹（空的或还没有的）", "the folder to write to, empty or new"))
    @click.option("--gaps", type=SHARE, default=0.0, metavar="SHARE",
                  help=say("另外缺多少值（0 至 0.5）", "how many values are missing besides (0 to 0.5)"))
    @click.option("--dirty", type=SHARE, default=0.0, metavar="SHARE",
                  help=say("多少值写错（0 至 0.5）；个数写在 dirt.json",
                           "how many are wrong (0 to 0.5); dirt.json counts them"))
    @click.option("--format", "form", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True,
                  metavar="parquet|csv", help=say("文件格式", "the files' format"))
    @click.option("--workers", type=click.IntRange(1, 256), metavar="K",
                  help=say("同时造几批（默认按处理器数）；不影响结果", "chunks made at a time (default: as many as "
                           "processors); changes nothing in the result"))
    @library_option(say)
    @lang_option(say)
    def synthesise(number: int, seed: int, out: Path, gaps: float, dirty: float, form: Format, workers: int | None,
                   folder: Path | None) -> None:
        import os
        import time

        from guiju.cli.reads import entries_of
        from guiju.cli.situation import library_at
        from guiju.population.synthetic.chunks import Maker, Wish
        from guiju.population.synthetic.model import load_model
        from guiju.population.synthetic.writing import write_population

        library = library_at(folder)
        facts, records = entries_of(list(library), library.vocabulary)
        wish = Wish(number, seed, tuple(facts), tuple(records), gaps, dirty)
        maker = Maker(wish, load_model(library.vocabulary), library.vocabulary)
        begun = time.monotonic()
        written = write_population(maker, out, form, workers or os.cpu_count() or 1, _progress(wish.chunks(), say))
        click.echo("\n".join(_report(written, time.monotonic() - begun, out, say)))

    return synthesise


def _progress(chunks: int, say: Voice) -> Callable[[int], None]:
    """Says how far it is, where a person is looking."""
    def progress(done: int) -> None:
        if sys.stderr.isatty():
            said = say(f"\r已写 {done}/{chunks} 批", f"\rwrote {done}/{chunks} chunks")
            click.echo(said, nl=done == chunks, err=True)
    return progress


def _report(written: Written, seconds: float, out: Path, say: Voice) -> list[str]:
    total = sum(written.sizes.values())
    organisations = written.rows["organisations"]
    records = sum(written.rows.values()) - organisations
    tables = sorted(written.rows, key=lambda name: (-written.sizes[name], name))
    lines = [say(f"已写 {visible(str(out))}：{organisations:,} 行单位，{len(tables) - 1} 类记录共 {records:,} 行，"
                 f"{_size(total)}，{seconds:.1f} 秒。全部虚构。",
                 f"wrote {visible(str(out))}: {organisations:,} organisations, {records:,} rows of {len(tables) - 1} "
                 f"record sets, {_size(total)}, {seconds:.1f} s. All invented.")]
    lines += [f"  {name}  {written.rows[name]:,}  {_size(written.sizes[name])}" for name in tables[:SHOWN]]
    if len(tables) > SHOWN:
        rest = sum(written.sizes[name] for name in tables[SHOWN:])
        more = len(tables) - SHOWN
        lines.append(say(f"  其余 {more} 个表  {_size(rest)}", f"  {more} more  {_size(rest)}"))
    return lines


def _size(size: int) -> str:
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"
