"""One file into the text store: read, repair, place, cut, write. Nothing is kept in memory but the open paragraph."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from guiju.documents.boundaries import Placed, Survey, placed
from guiju.documents.clauses import Tree
from guiju.documents.identity import Identity
from guiju.documents.lines import Doubt, RawLine
from guiju.documents.paragraphs import paragraphs
from guiju.documents.reading import read_lines
from guiju.documents.store import FORMAT, clause_record, damaged_source, dump, file_hash, source_key
from guiju.source.diagnostics import Span, fail

MOST_DOUBTS = 500  # listed by name for each document; the rest are counted


@dataclass(slots=True)
class Imported:
    """What came of one file. `written` is false where the store held it already; `replaces` names the other file that
    was the source's current version."""

    file: str
    key: str
    version: str
    lines: int
    characters: int
    documents: list[dict[str, Any]]
    survey: Survey
    written: bool = True
    replaces: str = ""
    repairs: dict[str, int] = field(default_factory=dict)


def import_file(path: Path, store: Path) -> Imported:
    """Import one file. The same file again changes no byte; a changed one gets a new version beside the old.

    Raises GuijuError as `read_lines` does; E868 where the store can't be written, E871 where it is damaged.
    """
    counter = _Counter()
    lines = counter.counted(read_lines(path))
    lines = _chained(next(lines, None), lines)
    try:
        return _into(store, path, lines, counter)
    except OSError as error:
        raise fail("E868", Span(str(store)), f"写不了文本库：{error.strerror or error}",
                   f"the text store can't be written: {error.strerror or error}") from None


def _into(store: Path, path: Path, lines: Iterator[RawLine], counter: _Counter) -> Imported:
    """Write what was read into a folder of its own, and put that in its place when all is written."""
    survey, key, digest = Survey(), source_key(path.name), file_hash(path)
    store.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".import-", dir=store))
    try:
        made = _write_documents(placed(paragraphs(lines), survey), work, path.name, survey)
        result = Imported(path.name, key, digest[:12], counter.lines, counter.characters, made, survey)
        for document in made:
            for rule, count in document["repairs"].items():
                result.repairs[rule] = result.repairs.get(rule, 0) + count
        current = _versions(store / key)[-1:]
        result.replaces = next((str(v["file"]) for v in current if v["file"] != path.name), "")
        result.written = _keep(work, store / key, digest, path.name)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return result


@dataclass(slots=True)
class _Counter:
    lines: int = 0
    characters: int = 0

    def counted(self, lines: Iterator[RawLine]) -> Iterator[RawLine]:
        for line in lines:
            self.lines = line.number
            self.characters += len(line.text)
            yield line


def _chained(first: RawLine | None, rest: Iterator[RawLine]) -> Iterator[RawLine]:
    if first is not None:
        yield first
    yield from rest


def _write_documents(items: Iterator[Placed], folder: Path, file: str, survey: Survey) -> list[dict[str, Any]]:
    """Each document into a folder of its own, as it comes."""
    made: list[dict[str, Any]] = []
    writer: _Writer | None = None
    try:
        for item in items:
            begins = item.office == "part" or (item.office == "heading" and not (writer and writer.waits))
            if writer is None or (begins and writer.begun):
                if writer is not None:
                    made.append(writer.close(survey))
                writer = _Writer(folder / f"{len(made):03d}", file)
            writer.add(item)
        if writer is not None:
            made.append(writer.close(survey))
    finally:
        if writer is not None:
            writer.leave()
    return made


class _Writer:
    """One document being written."""

    def __init__(self, folder: Path, file: str) -> None:
        folder.mkdir()
        self.folder, self.file = folder, file
        self.tree, self.identity = Tree(), Identity()
        self.clauses: IO[str] = (folder / "clauses.jsonl").open("w", encoding="utf-8", newline="\n")
        self.changes: IO[str] = (folder / "repairs.jsonl").open("w", encoding="utf-8", newline="\n")
        self.repairs: dict[str, int] = {}
        self.doubts: list[Doubt] = []
        self.more_doubts = 0
        self.lines: list[int] = []
        self.number = 0
        self.part = ""
        self.front = False
        self.begun = self.waits = False
        self.attachments: list[list[Any]] = []

    def add(self, item: Placed) -> None:
        paragraph = item.paragraph
        if paragraph.text:
            self.begun = True
        self.waits = item.office == "part"
        if item.office == "part":
            self.part = item.title
        elif item.office == "heading":
            self.number = item.number
            self.identity.begin(item.title)
        elif item.office == "contents":
            self.front = True
        else:
            self.identity.look(paragraph, bool(self.attachments))
        for clause in self.tree.add(item):
            if clause.kind == "附件":
                self.attachments.append([clause.lines[0], clause.text])
            self.clauses.write(dump(clause_record(clause)) + "\n")
        for repair in paragraph.repairs:
            self.repairs[repair.rule] = self.repairs.get(repair.rule, 0) + 1
            self.changes.write(dump({"line": repair.line, "column": repair.column, "before": repair.before,
                                     "after": repair.after, "rule": repair.rule}) + "\n")
        for doubt in paragraph.doubts + self.tree.doubts:
            if len(self.doubts) < MOST_DOUBTS:
                self.doubts.append(doubt)
            else:
                self.more_doubts += 1
        self.tree.doubts.clear()
        self.lines = [self.lines[0] if self.lines else paragraph.first, paragraph.last]

    def leave(self) -> None:
        """Close the files, also where something went wrong in the middle."""
        self.clauses.close()
        self.changes.close()

    def close(self, survey: Survey) -> dict[str, Any]:
        """Write `document.json`; give the folder its name."""
        self.leave()
        who = self.identity
        kind = "front" if self.front and survey.entries and not self.number else "document"
        title = who.title if kind == "document" else "（卷首与目录）"
        data: dict[str, Any] = {
            "format": FORMAT, "file": self.file, "kind": kind, "heading_number": self.number, "part": self.part,
            "title": title or self._first_words(), "heading": who.heading, "number": who.number,
            "issuer": who.issuer, "dates": who.dates, "lines": self.lines, "clauses": self.tree.counts,
            "attachments": self.attachments, "repairs": self.repairs, "more_doubts": self.more_doubts,
            "doubts": [[d.line, d.kind, d.text] for d in self.doubts]}
        (self.folder / "document.json").write_text(dump(data) + "\n", encoding="utf-8")
        name = re.sub(r"[^\w\u4e00-\u9fff]+", "", data["title"])[:24]
        self.folder.rename(self.folder.with_name(f"{self.folder.name}-{name}"))
        return data

    def _first_words(self) -> str:
        with (self.folder / "clauses.jsonl").open(encoding="utf-8") as file:
            return str(json.loads(file.readline() or '{"text": ""}')["text"])[:40]


def _keep(work: Path, home: Path, digest: str, file: str) -> bool:
    """Put the version where it belongs; whether anything changed."""
    version, index, known = digest[:12], home / "source.json", _versions(home)
    target = home / version
    entry = {"version": version, "sha256": digest, "file": file}
    if target.is_dir() and known and known[-1] == entry and _same(work, target):
        return False
    home.mkdir(exist_ok=True)
    if target.exists():
        shutil.rmtree(target)
    work.rename(target)
    target.chmod(0o755)
    known = [v for v in known if v["version"] != version] + [entry]
    index.write_text(dump({"format": FORMAT, "source": home.name, "versions": known}) + "\n", encoding="utf-8")
    return True


def _versions(home: Path) -> list[dict[str, Any]]:
    """The versions of a source, the current one last. Raises E871 where their list is damaged."""
    index = home / "source.json"
    if not index.is_file():
        return []
    try:
        known = [dict(v) for v in json.loads(index.read_text(encoding="utf-8"))["versions"]]
        if all({"version", "file"} <= v.keys() for v in known):
            return known
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise damaged_source(index)


def _same(one: Path, other: Path) -> bool:
    names = {str(p.relative_to(one)) for p in one.rglob("*") if p.is_file()}
    if names != {str(p.relative_to(other)) for p in other.rglob("*") if p.is_file()}:
        return False
    return all(file_hash(one / name) == file_hash(other / name) for name in names)
