"""Pages kept between starts, in a folder: those of the library as it is now, and of the programme that made them."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import guiju
from guiju.book.listing import ChartEntry, Entry, Listing
from guiju.book.page import Page
from guiju.source.diagnostics import Text

_PACKAGE = Path(guiju.__file__).parent
_KINDS = {".py", ".yaml", ".txt", ".csv", ".json"}
_LISTING, _WHOLE = "listing", "whole"


def mark_of(store: Path | None, *more: str) -> str:
    """A hash of everything that a page is made of: the programme, the libraries in it, the texts at hand, and whatever
    else is said."""
    digest = hashlib.sha256("\n".join(more).encode("utf-8", "surrogateescape"))
    for path in sorted(p for p in _PACKAGE.rglob("*") if p.suffix in _KINDS and _PACKAGE / "web" not in p.parents):
        content = path.read_bytes()
        digest.update(f"\n{path.relative_to(_PACKAGE)} {len(content)}\n".encode("utf-8", "surrogateescape") + content)
    for path in sorted(store.glob("*/source.json")) if store is not None else ():
        digest.update(str(path).encode("utf-8", "surrogateescape") + path.read_bytes())
    return digest.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Kept:
    """Pages in a folder, by the mark of what they are made of. A folder that can't be written keeps nothing."""

    folder: Path
    mark: str

    def page(self, address: str, language: str) -> Page | None:
        """The page, if it is kept whole."""
        found = self._read(f"{language}/{address}")
        try:
            return Page(address, Text(*found["title"]), str(found["body"]), str(found["contents"])) if found else None
        except (KeyError, TypeError):
            return None

    def keep_page(self, page: Page, language: str) -> None:
        self._write(f"{language}/{page.address}",
                    {"title": [page.title.zh, page.title.en], "body": page.body, "contents": page.contents})

    def listing(self) -> Listing | None:
        """What lists show, if it is kept whole."""
        found = self._read(_LISTING)
        try:
            return Listing(tuple(map(_entry, found["entries"])), tuple(map(_chart, found["charts"]))) if found else None
        except (KeyError, TypeError, ValueError):
            return None

    def keep_listing(self, listing: Listing) -> None:
        self._write(_LISTING, asdict(listing))

    @property
    def is_whole(self) -> bool:
        """Whether every page is kept, as `say_whole` has said."""
        return self._read(_WHOLE) is not None

    def say_whole(self, pages: int) -> None:
        """All pages of this library are kept: so many."""
        self._write(_WHOLE, {"pages": pages})

    def forget_others(self) -> None:
        """Take away what earlier libraries left here."""
        for other in self.folder.glob("*"):
            if other.name != self.mark:
                shutil.rmtree(other, ignore_errors=True)

    def _path(self, name: str) -> Path:
        """Addresses are hashed, so that none of them can lead out of the folder."""
        return self.folder / self.mark / f"{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()}.json"

    def _read(self, name: str) -> Mapping[str, Any] | None:
        try:
            found = json.loads(self._path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def _write(self, name: str, value: Mapping[str, Any]) -> None:
        """All of it or nothing: others read at the same time."""
        path = self._path(name)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
                written = Path(file.name)
                try:
                    json.dump(value, file, ensure_ascii=False, default=str)
                    file.flush()  # a full disk is told here
                    written.replace(path)
                except BaseException:
                    written.unlink()
                    raise


def _chart(found: Mapping[str, Any]) -> ChartEntry:
    return ChartEntry(found["id"], Text(**found["title"]), tuple(found["policies"]))


def _entry(found: Mapping[str, Any]) -> Entry:
    code, name = found["province"]
    end = dt.date.fromisoformat(found["end"]) if found["end"] else None
    return Entry(found["id"], Text(**found["title"]), (code, Text(**name)), Text(**found["region"]),
                 dt.date.fromisoformat(found["start"]), end, tuple(found["audience"]),
                 tuple((id_, Text(**text)) for id_, text in found["pays"]), int(found["rules"]))
