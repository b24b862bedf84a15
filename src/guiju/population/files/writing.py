"""One chunk's answers in a file that is whole or not there."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from guiju.population.files.faults import Faults, Sample
from guiju.population.files.results import Count
from guiju.population.files.tables import readable
from guiju.source.diagnostics import GuijuError, Span, Text, fail

KEY, SEAL = b"guiju", "guiju.seal"
PARTIAL = ".partial"
_OPEN = b"0" * 64  # where the seal goes, once everything else is written
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Note:
    """What a chunk's file says of itself: whose run it is of, how many organisations, what they come to, how many were
    answered one by one, and what did not fit."""

    run: str
    rows: int
    counts: dict[str, Count]
    singly: int
    faults: Faults


def chunk_path(out: Path, number: int) -> Path:
    return out / "chunks" / f"{number:05d}.parquet"


def write_chunk(path: Path, schema: pa.Schema, arrays: list[pa.Array], note: Note) -> None:
    """The chunk's file. Raises GuijuError E916 where it can't be written."""
    record = {"run": note.run, "rows": note.rows, "singly": note.singly,
              "counts": {id_: asdict(count) for id_, count in note.counts.items()},
              "faults": [asdict(f) for f in note.faults.found.values()]}
    told = schema.with_metadata({KEY: json.dumps(record, ensure_ascii=False, sort_keys=True)})
    table = pa.Table.from_arrays(arrays, schema=told)
    # Statuses are bytes already: a dictionary of them costs time and saves nothing.
    coded = [f.name for f in schema if f.name != "organisation" and f.type != pa.uint8()]
    held = io.BytesIO()
    with pq.ParquetWriter(held, told, compression="zstd", write_page_checksum=True, use_dictionary=coded,
                          column_encoding={"organisation": "DELTA_BYTE_ARRAY"},
                          write_statistics=["organisation"]) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({SEAL: _OPEN})
    replace_with(path, _sealed(held.getvalue()), resumes=True)


def _sealed(content: bytes) -> bytes:
    """A chunk's file with the SHA-256 of all its other bytes in its footer."""
    place = content.rindex(_OPEN)
    seal = hashlib.sha256(content).hexdigest().encode()
    return content[:place] + seal + content[place + len(seal):]


def replace_with(path: Path, content: bytes | Callable[[BinaryIO], None], *, resumes: bool = False) -> None:
    """A file that stands under its name only once it is whole and on the disk. Raises GuijuError E916; `resumes`: the
    same command goes on from what is finished."""
    partial = path.with_name(path.name + PARTIAL)
    try:
        try:
            with partial.open("wb") as file:
                if isinstance(content, bytes):
                    file.write(content)
                else:
                    content(file)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
            settle(path.parent)
        except OSError:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise not_written(path, error, resumes=resumes) from None


def settle(folder: Path) -> None:
    """The folder's own entry on the disk, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def not_written(path: Path, error: OSError, *, resumes: bool = False) -> GuijuError:
    """E916; `resumes`: the same command goes on from what is finished."""
    reason = error.strerror or str(error)
    if error.errno in _NO_ROOM:
        kept = Text("，已写完的不会重算", ": what is finished is kept") if resumes else Text("", "")
        return fail("E916", Span(str(path)), f"磁盘写不下了（{reason}）；腾出空间后再运行一次{kept.zh}",
                    f"no room left ({reason}); free some space and run again{kept.en}")
    return fail("E916", Span(str(path)), f"写不了文件（{reason}）；换一个地方，或改它的权限",
                f"the file can't be written ({reason}); choose another place, or mend its permissions")


def is_whole(path: Path) -> bool:
    """Whether a chunk's file is as it was written, to the bit."""
    try:
        with readable(str(path)):
            content = path.read_bytes()
            seal = (pq.read_metadata(io.BytesIO(content)).metadata or {}).get(SEAL.encode(), b"")
    except GuijuError:
        return False
    place = content.rfind(seal)
    return len(seal) == len(_OPEN) and _sealed(content[:place] + _OPEN + content[place + len(_OPEN):]) == content


def note_of(path: Path) -> Note | None:
    """What a finished chunk says of itself; None where it is damaged."""
    try:
        with readable(str(path)):
            file = pq.read_metadata(path)
            held = json.loads((file.metadata or {})[KEY])
        faults = Faults()
        for record in held["faults"]:
            _add(faults, record)
        counts = {id_: Count(**count) for id_, count in held["counts"].items()}
        note = Note(held["run"], held["rows"], counts, held["singly"], faults)
    except (GuijuError, AttributeError, KeyError, TypeError, ValueError):
        return None
    return note if note.rows == file.num_rows else None


def _add(faults: Faults, record: dict[str, Any]) -> None:
    faults.add(record["code"], record["table"], record["column"], Text(**record["message"]),
               [Sample(**s) for s in record["samples"]], record["count"])
