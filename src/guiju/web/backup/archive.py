"""The file itself: members with their digests, written whole or not at all, and read only if every digest holds."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from guiju.source.diagnostics import Text

FORMAT, VERSION, MANIFEST = "guiju-backup", 1, "manifest.json"
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError)


class Unusable(Exception):
    """A file that is not restored, or a place to which nothing is: why, and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.text = Text(zh, en)


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


class Writer:
    """A new archive. Until `finish` there is nothing under its name."""

    def __init__(self, path: Path) -> None:
        self._path, self._new = path, path.with_name(f".{path.name}.new")
        descriptor = os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._zip = zipfile.ZipFile(self._file, "w", allowZip64=True)
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
                 ) -> None:
        self._zip.close()
        self._file.close()
        self._new.unlink(missing_ok=True)

    def add(self, name: str, chunks: Iterable[bytes], packed: bool = True) -> str:
        """A member; its SHA-256."""
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                member.write(chunk)
        self._digests[name] = digest.hexdigest()
        return digest.hexdigest()

    def finish(self, manifest: dict[str, Any]) -> None:
        """The manifest, last; then the archive gets its name."""
        whole = {"format": FORMAT, "version": VERSION, **manifest, "sha256": self._digests}
        self._zip.writestr(MANIFEST, json.dumps(whole, ensure_ascii=False, indent=1))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._new.replace(self._path)


class Reader:
    """An archive that is whole. Raises Unusable for anything else."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise Unusable(f"没有这个文件：{path}", f"there is no such file: {path}")
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
            known = self.manifest["format"] == FORMAT
            self._digests: dict[str, str] = dict(self.manifest["sha256"])
        except _BROKEN:
            raise _foreign(path) from None
        if not known:
            raise _foreign(path)
        if self.manifest["version"] != VERSION:
            raise Unusable(f"{path} 是另一版格式的备份（{self.manifest['version']}），本程序读 {VERSION}",
                           f"{path} is a backup of format {self.manifest['version']}; this program reads {VERSION}")

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
                 ) -> None:
        self._zip.close()

    def check(self) -> None:
        """Every member is there, alone, and as it was written."""
        names = sorted(self._zip.namelist())
        wrong = sorted(set(names) ^ {MANIFEST, *self._digests}) or [n for n in self._digests if not self._holds(n)]
        if wrong or len(names) != len(set(names)):
            shown = "、".join(wrong[:5])
            raise Unusable(f"备份已损坏，什么也没有恢复：{shown}",
                           f"the backup is damaged, nothing was restored: {shown}")

    def names(self, folder: str) -> list[str]:
        return sorted(n for n in self._digests if n.startswith(f"{folder}/"))

    def lines(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as member:
            yield from member

    def chunks(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as member:
            while chunk := member.read(_CHUNK):
                yield chunk

    def _holds(self, name: str) -> bool:
        digest = hashlib.sha256()
        try:
            for chunk in self.chunks(name):
                digest.update(chunk)
        except _BROKEN:
            return False
        return digest.hexdigest() == self._digests[name]


def _foreign(path: Path) -> Unusable:
    return Unusable(f"{path} 不是本程序做的备份，或已损坏", f"{path} is no backup of this program, or is damaged")
