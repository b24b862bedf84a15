"""Writing a backup, while the site runs: all rows as they stood at one moment."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import guiju
from guiju.web.backup.archive import Unusable, Writer, chunks_of
from guiju.web.backup.tables import kept, rows_of
from guiju.web.files.domain import path_of
from guiju.web.files.models import StoredFile
from guiju.web.kit.clock import now

KEY = "secret-key"


@dataclass(frozen=True, slots=True)
class Saved:
    """`lost`: uploaded contents that are not on the disk, or not as they came; they are not in the backup."""

    rows: int
    files: int
    lost: list[str]


def back_up(path: Path, with_key: bool = False) -> Saved:
    """Write everything to a new file. Raises Unusable if it is there, or if the key is asked for and is not ours."""
    if path.exists():
        raise Unusable(f"{path} 已经存在，不覆盖", f"{path} exists, and is not overwritten")
    if not path.parent.is_dir():
        raise Unusable(f"没有这个目录：{path.parent}", f"there is no such directory: {path.parent}")
    key = Path(settings.DATA) / KEY
    if with_key and not key.is_file():
        raise Unusable("密钥在环境变量里，不在数据目录里，请另行保管",
                       "the key is in the environment: keep it yourself")
    with Writer(path) as archive:
        with _one_moment():
            migrations = [list(pair) for pair in sorted(MigrationRecorder(connection).applied_migrations())]
            rows = {m._meta.label_lower: _table(archive, m._meta.label_lower) for m in kept(apps)}
            files = list(StoredFile.objects.order_by("sha256").values_list("sha256", flat=True))
        lost = [sha256 for sha256 in files if not _content(archive, sha256)]
        if with_key:
            archive.add(f"key/{KEY}", chunks_of(key))
        archive.finish({"guiju": guiju.__version__, "made": now().isoformat(), "rows": rows, "lost": lost,
                        "migrations": migrations})
    return Saved(sum(rows.values()), len(files) - len(lost), lost)


def _table(archive: Writer, label: str) -> int:
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in rows_of(apps.get_model(label)):
            count += 1
            yield line

    archive.add(f"tables/{label}.jsonl", counted())
    return count


def _content(archive: Writer, sha256: str) -> bool:
    """Add an uploaded content, if it is what its name says."""
    path = path_of(sha256)
    if not path.is_file() or _digest(path) != sha256:
        return False
    return archive.add(f"files/{sha256}", chunks_of(path), packed=False) == sha256


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """What is read inside is all of one moment, and nobody who writes waits for it."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    with connection.cursor() as cursor:  # by hand: Django's own would begin as a writer, and make others wait
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
