"""The text store: `STORE/<source>/<version>/<document>/`, all JSON, the same bytes for the same source.

A source is known by the number at the beginning of its file's name (`004_….txt` is `004`), or else by the name. A
version is the beginning of the SHA-256 of the file. `source.json` names the versions, the current one last.
`document.json` tells of a document, `clauses.jsonl` holds a clause a line, `repairs.jsonl` what was changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.documents.clauses import Clause
from guiju.documents.lines import Repair, undone
from guiju.source.diagnostics import GuijuError, Span, fail

FORMAT = 1
_HALF = re.compile("[\ud800-\udfff]")


def default_store() -> Path:
    """`GUIJU_DATA`/texts, else `~/.local/share/guiju/texts`."""
    data = os.environ.get("GUIJU_DATA", "")
    base = Path(data) if data else Path.home() / ".local" / "share" / "guiju"
    return base / "texts"


def present_store() -> Path | None:
    """The default store, if something has been imported into it."""
    store = default_store()
    return store if next(store.glob("*/source.json"), None) is not None else None


def source_key(name: str) -> str:
    """The short name of a source: its leading number, or its name in plain characters."""
    stem = Path(name).stem
    numbered = re.match(r"\d{1,6}(?=[_\-. ]|$)", stem)
    return numbered[0] if numbered else re.sub(r"[^\w\u4e00-\u9fff-]+", "-", stem).strip("-.")[:60] or "text"


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def dump(value: Any) -> str:
    """JSON, in one spelling only. Half characters are spelled out, so that UTF-8 can hold them."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def clause_record(clause: Clause) -> dict[str, Any]:
    record: dict[str, Any] = {"key": clause.key, "parent": clause.parent, "kind": clause.kind, "label": clause.label,
                              "text": clause.text, "lines": list(clause.lines), "sha256": clause.sha256,
                              "breaks": [list(b) for b in clause.breaks]}
    return record | ({"page": clause.page} if clause.page else {})


@dataclass(frozen=True, slots=True)
class Stored:
    """One document of the store, as it lies there."""

    source: str
    folder: Path
    data: dict[str, Any]

    @property
    def lines(self) -> tuple[int, int]:
        first, last = self.data["lines"]
        return int(first), int(last)

    @property
    def title(self) -> str:
        return str(self.data["title"])

    def clauses(self) -> Iterator[Clause]:
        with (self.folder / "clauses.jsonl").open(encoding="utf-8") as file:
            for row in file:
                data = json.loads(row)
                first, last = data["lines"]
                breaks = tuple((int(offset), int(line)) for offset, line in data["breaks"])
                yield Clause(data["key"], data["parent"], data["kind"], data["label"], data["text"], (first, last),
                             breaks, data.get("page", 0))

    def repairs(self) -> Iterator[Repair]:
        with (self.folder / "repairs.jsonl").open(encoding="utf-8") as file:
            for row in file:
                data = json.loads(row)
                yield Repair(data["line"], data["column"], data["before"], data["after"], data["rule"])


def documents(store: Path) -> list[Stored]:
    """Every document of every current version. Raises E870 where there is no store, E871 where it is damaged."""
    found = []
    for index in sorted(store.glob("*/source.json")):
        try:
            source = json.loads(index.read_text(encoding="utf-8"))
            folder = index.parent / source["versions"][-1]["version"]
            for path in sorted(folder.glob("*/document.json")):
                found.append(Stored(index.parent.name, path.parent, json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, IndexError, TypeError):
            raise damaged_source(index) from None
    if not found:
        raise fail("E870", Span(str(store)), "这里没有文本库；请先 guiju import",
                   "there is no text store here: run guiju import first")
    return found


def damaged_source(index: Path) -> GuijuError:
    return fail("E871", Span(str(index)), "文本库里这份来源已损坏；请删去它的文件夹，重新导入",
                "this source of the text store is damaged: remove its folder and import again")


def original_lines(document: Stored) -> dict[int, str]:
    """The lines of the source as they were before repair, from what the store keeps: nothing is lost."""
    texts: dict[int, list[str]] = {}
    for clause in document.clauses():
        ends = [start for start, _ in clause.breaks[1:]] + [len(clause.text)]
        for (start, line), end in zip(clause.breaks, ends, strict=True):
            texts.setdefault(line, []).append(clause.text[start:end].removesuffix("\n"))
    repairs: dict[int, list[Repair]] = {}
    for repair in document.repairs():
        if repair.rule != "joined_line":
            repairs.setdefault(repair.line, []).append(repair)
    return {line: undone("".join(texts.get(line, [])), repairs.get(line, []))
            for line in sorted(texts.keys() | repairs.keys())}
