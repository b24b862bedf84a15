"""Import of a file or of every readable file of a folder, with the report and the speed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import click

from guiju.cli.voice import Voice
from guiju.source.diagnostics import GuijuError, Span, fail, visible


def bring_in(path: Path, store: Path, target: Path | None, say: Voice) -> int:
    """Import, print the report (or write it to `target`); 0, or 1 where a file of a folder could not be read."""
    from guiju.documents.importing import import_file
    from guiju.documents.report import report

    lines = list(_left_out(path, say))
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
        _write(target, text)
        click.echo(say(f"报告写入 {target}；文本库 {store}", f"report in {target}; text store {store}"))
    else:
        click.echo(text, nl=False)
        click.echo(say(f"文本库：{store}", f"text store: {store}"))
    return 1 if failed else 0


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise fail("E001", Span(str(target)), f"写不了文件：{reason}", f"cannot write: {reason}") from None


def files_of(path: Path) -> list[Path]:
    """The file, or the readable files of the folder, in order of their names. Raises E866 where there are none, E867
    where two of them are one source."""
    from guiju.documents.reading import FORMATS
    from guiju.documents.store import source_key

    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.iterdir() if p.suffix.lower() in FORMATS and p.is_file())
    if not found:
        known = "、".join(FORMATS)
        raise fail("E866", Span(str(path)), f"文件夹里没有能读的文件（{known}）", "no readable file in this folder")
    keys: dict[str, Path] = {}
    for file in found:
        other = keys.setdefault(source_key(file.name), file)
        if other != file:
            raise fail("E867", Span(str(file)),
                       f"与 {other.name} 的来源名相同（{source_key(file.name)}）；请改一个文件名",
                       f"the same source as {other.name} ({source_key(file.name)}): give one of them another name")
    return found


def _left_out(path: Path, say: Voice) -> Iterator[str]:
    """What else lies in a folder: named, so that nothing is left out without a word."""
    from guiju.documents.reading import FORMATS

    for other in sorted(path.iterdir()) if path.is_dir() else ():
        if other.is_dir():
            yield say(f"没有读入：{other.name}（文件夹里的文件夹）", f"not read: {other.name} (a folder in the folder)")
        elif other.suffix.lower() not in FORMATS:
            yield say(f"没有读入：{other.name}（不读这种格式）", f"not read: {other.name} (not a format that is read)")
