"""Case files: read with the chart with which the case began; written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from guiju.lifecycle.case import Case
from guiju.lifecycle.casefile import read_case, write_case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.events import Event, Opening
from guiju.lifecycle.fold import fold
from guiju.lifecycle.library import Charts
from guiju.source.diagnostics import Span, fail
from guiju.source.document import size_of, unreadable

MOST = 64 * 1024 * 1024  # bytes; no case comes near,
MOST_EVENTS = 10_000  # nor this


def text_at(path: Path) -> str:
    """The text of a case file, byte for byte. Raises E001 where it can't be read, E520 where it is no text."""
    label = str(path)
    if size_of(path, label) > MOST:
        raise fail("E520", Span(label), "文件太大，不是案件文件", "too big to be a case file")
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise unreadable(label, error) from None
    except UnicodeDecodeError:
        raise fail("E520", Span(label), "不是 UTF-8 文本，不是案件文件", "not UTF-8 text, so no case file") from None
    if text.count("\n") > MOST_EVENTS:
        raise fail("E520", Span(label), f"超过 {MOST_EVENTS} 行，不是案件文件",
                   f"more than {MOST_EVENTS} lines, so no case file")
    return text


def events_at(path: Path) -> tuple[Event, ...]:
    """The events of a case file. Raises E520, E521 besides."""
    return read_case(text_at(path), str(path))


def case_at_path(path: Path, library: Charts) -> Case:
    """The case in a file. Raises E522 where the library does not hold the chart's revision."""
    events = events_at(path)
    opening = events[0].opening
    assert opening is not None  # the first event of an unbroken chain opens the case
    return fold(events, chart_of(opening, library, Span(str(path), 1)))


def chart_of(opening: Opening, library: Charts, span: Span) -> Chart:
    """The chart that a case began with."""
    if opening.chart not in library.ids():
        raise fail("E522", span, f"库里没有案件所用的流程图 {opening.chart}；用 --charts 指明有它的库",
                   f"there is no chart '{opening.chart}', with which the case began; name a library that has it "
                   "with --charts DIR")
    chart = library.chart(opening.chart)
    if chart.digest != opening.revision:
        ours, theirs = chart.digest[:12], opening.revision[:12]
        raise fail("E522", span, f"案件开始时用的是 {opening.chart} 的 {theirs} 版，库里现在是 {ours} 版"
                   f"（{chart.revision}）；案件始终依开始时的版本办理：用 --charts 指明有 {theirs} 版的库"
                   "（例如当时的发行版里的 charts 文件夹）",
                   f"the case began with revision {theirs} of {opening.chart}; this library has {ours} "
                   f"({chart.revision}). A case keeps the revision with which it began: name a library that has "
                   f"{theirs} with --charts DIR (such as the charts folder of the release of that time)")
    return chart


def store(path: Path, case: Case) -> int:
    """Write a case, so that the file is at any time the old one or the new one; how many events are new.

    Raises E526 where the file holds anything but the beginning of this case, E001 where it can't be written.
    """
    path = path.resolve()
    text = write_case(case.events)
    with _alone(path):
        before = text_at(path) if stands(path) else ""
        if not text.startswith(before):
            raise fail("E526", Span(str(path)), "文件里不是这个案件的开头，不覆盖它；换一个文件名",
                       "the file does not hold the beginning of this case and stays as it is; choose another name")
        if text != before:
            replace_file(path, text.encode())
    return len(case.events) - before.count("\n")


def stands(path: Path) -> bool:
    """Whether there is something at a path. Raises E001 where there can't be."""
    try:
        return path.exists()
    except OSError as error:
        raise unreadable(str(path), error) from None


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While this is held, no other Guiju stores a case in the folder: two that store at once don't undo each other."""
    try:
        import fcntl

        folder = os.open(path.parent, os.O_RDONLY)
    except (ImportError, OSError):  # no such locks here; or no such folder, which writing will say
        yield
        return
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside it and put it in its place, for whom the old one was. Raises E001."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and not mode & stat.S_IWUSR:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            fresh.chmod(stat.S_IMODE(mode))
        fresh.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise fail("E001", Span(str(path)), f"写不了文件：{error.strerror}",
                   f"cannot write: {error.strerror}") from None
