"""A case with all that it rests on, in one archive that can be verified far from the site that wrote it.

`case.jsonl`, the chart's text under `charts/`, documents under `files/` by their SHA-256, and `manifest.json` with the
digest of every part and the head of the chain. Equal content gives equal bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from guiju.lifecycle.casefile import Tampering, read_case
from guiju.source.diagnostics import GuijuError, Span, Text, fail

CASE, MANIFEST, FORMAT = "case.jsonl", "manifest.json", "guiju-case-1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST_PARTS, _MOST_BYTES = 10_000, 2 << 30


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the case: its content's SHA-256, a name that ends as its kind does, and the content."""

    sha256: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """What an archive holds. `papers`: digests of the documents in it; `faults`: where it is not what the manifest
    says; `missing`: documents that the events name and that are not in it."""

    text: str
    charts: Map[str, str]
    head: str
    papers: tuple[str, ...]
    faults: tuple[Tampering, ...]
    missing: tuple[str, ...]


def write_bundle(text: str, charts: Map[str, str], papers: Iterable[Paper]) -> bytes:
    """The archive of a case file, the chart's text by path, and documents."""
    events = read_case(text, CASE)
    last = events[-1]
    parts: dict[str, bytes] = {CASE: text.encode()}
    parts.update({f"charts/{path}": content.encode() for path, content in charts.items()})
    parts.update({f"files/{p.sha256}{PurePosixPath(p.name).suffix}": p.content for p in papers})
    opening = events[0].opening
    assert opening is not None
    manifest = {"format": FORMAT, "case": opening.case, "chart": opening.chart, "revision": opening.revision,
                "events": len(events), "sha256": last.digests.sha256, "sm3": last.digests.sm3,
                "parts": {path: hashlib.sha256(content).hexdigest() for path, content in sorted(parts.items())}}
    parts[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in sorted(parts.items()):
            packed.writestr(zipfile.ZipInfo(path, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def read_bundle(data: bytes, name: str) -> Bundle:
    """What an archive holds, each part held against the manifest. Raises GuijuError E519 for what is no bundle."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
            if len(infos) > _MOST_PARTS or sum(i.file_size for i in infos) > _MOST_BYTES:
                raise _no_bundle(name)
            parts = {i.filename: packed.read(i) for i in infos}
        manifest = json.loads(parts.pop(MANIFEST))
        if manifest["format"] != FORMAT:
            raise _no_bundle(name)
        text = parts[CASE].decode()
        charts = {path.removeprefix("charts/"): content.decode() for path, content in parts.items()
                  if path.startswith("charts/")}
        papers = tuple(PurePosixPath(path).stem for path in parts if path.startswith("files/"))
        return Bundle(text, charts, str(manifest["sha256"]), papers, tuple(_faults(parts, manifest)),
                      tuple(_missing(text, parts)))
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise _no_bundle(name) from None


def _no_bundle(name: str) -> GuijuError:
    return fail("E519", Span(name), "不是案卷包，或已损坏；请重新下载",
                "no bundle of a case, or damaged: fetch it again")


def _faults(parts: Map[str, bytes], manifest: Any) -> Iterator[Tampering]:
    """Parts that are not as the manifest says, are not in it, or are lacking; documents that are not their digest."""
    listed = manifest["parts"]
    for path in sorted(listed.keys() | parts.keys()):
        if path not in parts:
            yield Tampering(0, Text(f"{path}：包里没有", f"{path}: not in the bundle"))
        elif path not in listed:
            yield Tampering(0, Text(f"{path}：清单里没有", f"{path}: not in the manifest"))
        elif hashlib.sha256(parts[path]).hexdigest() != listed[path]:
            yield Tampering(0, Text(f"{path}：内容被改动过", f"{path}: its content was changed"))
        elif path.startswith("files/") and PurePosixPath(path).stem != listed[path]:
            yield Tampering(0, Text(f"{path}：与文件名里的摘要不符", f"{path}: not the digest that its name says"))


def _missing(text: str, parts: Map[str, bytes]) -> Iterator[str]:
    """Documents of the events whose content is not in the archive. A line that is no event is `verify_text`'s."""
    there = {PurePosixPath(path).stem for path in parts if path.startswith("files/")}
    for line in text.splitlines():
        try:
            documents = json.loads(line)["documents"]
        except (ValueError, KeyError, TypeError):
            continue
        for document in documents:
            if document.get("sha256") and document["sha256"] not in there:
                yield document["name"]
