"""The folder of a run's results: whose it is, who works in it, and what a run that was cut short left there."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from guiju.population.files.identity import agree
from guiju.population.files.places import IDENTITY
from guiju.population.files.source import PREFIX
from guiju.population.files.tables import readable
from guiju.population.files.writing import PARTIAL, not_written, replace_with
from guiju.source.diagnostics import GuijuError, Span, fail

RECEIPT, SORTED, CHUNKS = "run.json", "sorted", "chunks"
_TAKEN = {errno.EWOULDBLOCK, errno.EACCES}


class Folder:
    """`with Folder(out, identity) as folder`: nobody else writes in it meanwhile. Raises GuijuError E915 where it holds
    something else, E921 where another process works in it, E916 where it can't be written. `label`: what the user calls
    it, where that is not its path."""

    def __init__(self, out: Path, identity: dict[str, Any], label: str = "") -> None:
        self.out, self.identity, self.label = out, identity, label or str(out)
        self._handle: int | None = None
        self._made = False

    @property
    def sorted(self) -> Path:
        return self.out / SORTED

    def __enter__(self) -> Folder:
        try:
            self._made = not self.out.exists()
            self.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise not_written(self.out, error) from None
        try:
            self._look()
            self._lock()
            self._sweep()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._leave()

    def _leave(self) -> None:
        """Take the empty folders away: of sorting, and of a run that did not begin."""
        with suppress(OSError):
            self.sorted.rmdir()
        if self._made and not (self.out / IDENTITY).exists():
            with suppress(OSError):
                self.out.rmdir()
        if self._handle is not None:
            os.close(self._handle)

    def begin(self) -> None:
        """The run begins: the folder has its identity."""
        try:
            (self.out / CHUNKS).mkdir(exist_ok=True)
        except OSError as error:
            raise not_written(self.out, error) from None
        if not (self.out / IDENTITY).exists():
            replace_with(self.out / IDENTITY, as_json(self.identity))

    def _look(self) -> None:
        if (self.out / IDENTITY).exists():
            agree(self.label, _identity_in(self.out, self.label), self.identity)
            return
        own = {CHUNKS, SORTED, IDENTITY + PARTIAL}
        try:
            strange = {p.name for p in self.out.iterdir()} - own or list(self.out.glob(f"{CHUNKS}/*")) or \
                [p for p in self.out.glob(f"{SORTED}/*") if not p.name.startswith(PREFIX)]
        except OSError as error:
            raise not_written(self.out, error) from None
        if strange:
            raise fail("E915", Span(str(self.out)), "文件夹里已有别的东西；换一个空的 --out",
                       "the folder holds other things; choose an empty --out")

    def _lock(self) -> None:
        """Until this process ends, however it ends."""
        try:
            import fcntl

            self._handle = os.open(self.out, os.O_RDONLY)  # the folder itself, so that no file of ours stays
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # a system without such locks
            return
        except OSError as error:
            if error.errno in _TAKEN and self._handle is not None:
                raise fail("E921", Span(str(self.out)), "另一个进程正在往这个文件夹里写；等它结束，或换一个 --out",
                           "another process is writing to this folder; wait for it, or choose another --out") from None

    def _sweep(self) -> None:
        """Take away what a run that was killed here left half done: files that are ours by their names."""
        for left in self.out.glob(f"{SORTED}/{PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in (*self.out.glob(f"*{PARTIAL}"), *self.out.glob(f"{CHUNKS}/*{PARTIAL}")):
            left.unlink(missing_ok=True)


def day_of_run(out: Path) -> dt.date | None:
    """The day whose law a run that has begun in the folder asks of; None where none has."""
    if not os.path.exists(out / IDENTITY):  # false, too, where there can be no such path
        return None
    try:
        days = {dt.date.fromisoformat(setting["as_of"]) for setting in _identity_in(out, str(out))["policies"].values()}
        return min(days)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _damaged(str(out)) from None


def _identity_in(out: Path, label: str) -> dict[str, Any]:
    with readable(f"{label}/{IDENTITY}"):
        found = json.loads((out / IDENTITY).read_text("utf-8"))
    if not isinstance(found, dict):
        raise _damaged(label)
    return found


def _damaged(label: str) -> GuijuError:
    return fail("E915", Span(f"{label}/{IDENTITY}"),
                "这次运行的身份改动过或已损坏，不知道结果是谁的；换一个 --out，或删去这个文件夹",
                "the identity of this run was changed or is damaged, so whose results these are is not known; choose "
                "another --out, or delete the folder")


def as_json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
