"""Damage to an index that shows only while it is read: what is damaged is taken away, and made again at the next
search, since all but the user's dictionary can be had back."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from guiju.source.diagnostics import GuijuError, Span, Text, fail

NOTHING = Text("", "")
_DICTIONARY = Text("（用过 --dictionary 的，要再给一次）", "; give --dictionary again if you had one")
MADE_ANEW = Text(f"索引打不开，已经重新建好{_DICTIONARY.zh}",
                 f"the index could not be opened and has been made anew{_DICTIONARY.en}")


@contextlib.contextmanager
def readable(path: Path, connection: sqlite3.Connection) -> Iterator[None]:
    """While the index at `path` is read; the connection is closed at the end. Raises GuijuError: E882 it can't be read
    just now, E888 it was damaged and is gone."""
    try:
        with contextlib.closing(connection):
            yield
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):  # text that is no text is damage, too
            raise fail("E882", Span(path.name), f"读不了索引：{error}；请稍后再试",
                       f"the index can't be read: {error}; try again later") from None
        raise taken_away(path, _DICTIONARY) from None
    except sqlite3.DatabaseError:
        raise taken_away(path, _DICTIONARY) from None


@contextlib.contextmanager
def searchable(folder: Path) -> Iterator[None]:
    """While tantivy reads `folder`, which it may answer with an error or with a panic. Raises E888."""
    try:
        yield
    except ValueError:
        raise taken_away(folder) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it has no importable name, and is no Exception
            raise
        raise taken_away(folder) from None


def unwritable(path: Path, error: Exception) -> GuijuError:
    """E882: no place for it, or somebody else is writing all the time."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return fail("E882", Span(str(path)), "另一个程序正在写这个索引，等了很久还没有写完；请稍后再试",
                    "another process is writing this index and has not ended in a long while: try again later")
    return fail("E882", Span(str(path)), f"写不了索引：{error}；请换一个 GUIJU_DATA",
                f"the index can't be written: {error}; set GUIJU_DATA to another folder")


def taken_away(path: Path, more: Text = NOTHING) -> GuijuError:
    """E888, after what stands at `path` is gone; `more`: what can't be had back."""
    remove(path)
    return fail("E888", Span(path.name), f"索引损坏了，已经删去；请再找一次，会重新建好{more.zh}",
                f"the index was damaged and has been taken away: search again and it is made anew{more.en}")


def remove(path: Path) -> None:
    """Whatever stands there, as far as it can be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
