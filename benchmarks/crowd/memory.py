"""How much memory a process, or a command with its processes, holds."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import threading
from pathlib import Path
from time import sleep

MB = 1024 * 1024
_MOST = 24 * 1024 * MB  # what the peers may have, as Guiju
_EVERY = 0.2  # seconds between two looks


def limit() -> None:
    """A clear error for this process where it asks for more than 24 GB, or nine tenths of the machine's memory."""
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    most = min(_MOST, there * 9 // 10)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def resident() -> int:
    """Bytes that this process holds now, once what it doesn't need has been given back."""
    gc.collect()
    if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def forget_peak() -> None:
    """From now on the peak is counted anew."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


class Tree:
    """The most that a process and all that it starts hold together, by looking again and again. Pages that several
    share count once."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid, self._over = pid, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Tree:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            self.peak = max(self.peak, sum(_share(pid) for pid in _family(self._pid)))
            sleep(_EVERY)


def _share(pid: int) -> int:
    """Bytes of one process; of pages that it shares, its part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except (OSError, ValueError):
        return 0  # it has ended
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, path.read_text("ascii").split())
            except OSError:
                continue  # it has ended
    return found
