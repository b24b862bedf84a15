"""Import of a file or of every readable file of a folder, with the report and the speed."""

from __future__ import annotations

import time
from pathlib import Path

import click

from guiju.cli.voice import Voice
from guiju.source.diagnostics import GuijuError, Span, fail, visible


def bring_in(path: Path, store: Path, target: Path | None, say: Voice) -> int:
    """Import, print the report (or write it to `target`); 0, or 1 where a file of a folder could not be read."""
    from guiju.documents.importing import import_file
    from guiju.documents.report import report

    lines: list[str] = []
    failed = 0
    for file in files_of(path):
        begun = time.perf_counter()
        try:
            result = import_file(file, store)
        except GuijuError as error:
            if file == path:
                raise
            failed += 1
            lines += [d.render(say.language) for d in error.diagnostics]
            continue
        seconds = max(time.perf_counter() - begun, 1e-6)
        lines += report(result, say)
        click.echo(say(f"{file.name}：{seconds:.2f} 秒，{result.characters / seconds / 1000:.0f} 千字/秒",
                       f"{file.name}: {seconds:.2f} s, {result.characters / seconds / 1000:.0f} k characters/s"),
                   err=True)
    text = "\n".join(map(visible, lines)) + "\n"
    if target is not None:
        target.write_text(text, encoding="utf-8")
        click.echo(say(f"报告写入 {target}；文本库 {store}", f"report in {target}; text store {store}"))
    else:
        click.echo(text, nl=False)
        click.echo(say(f"文本库：{store}", f"text store: {store}"))
    return 1 if failed else 0


def files_of(path: Path) -> list[Path]:
    """The file, or the readable files of the folder, in order of their names."""
    from guiju.documents.reading import FORMATS

    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.iterdir() if p.suffix.lower() in FORMATS and p.is_file())
    if not found:
        known = "、".join(FORMATS)
        raise fail("E866", Span(str(path)), f"文件夹里没有能读的文件（{known}）", "no readable file in this folder")
    return found
