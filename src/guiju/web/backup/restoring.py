"""Reading a backup into an empty site, and proving that every case is as it was."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from guiju.web.backup.archive import Reader, Unusable
from guiju.web.backup.saving import KEY, back_up
from guiju.web.backup.tables import drop_all, empty, fill, kept, reset_keys
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import verified
from guiju.web.files.domain import path_of
from guiju.web.kit.clock import now

Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Restored:
    """`tampered`: the cases whose chain does not hold; `before`: where what stood here is kept, if anything did."""

    rows: int
    files: int
    cases: int
    tampered: list[str]
    before: Path | None


def restore(path: Path, force: bool = False) -> Restored:
    """Fill the site's database and files from a backup; the site must not run meanwhile.

    Raises Unusable, with nothing changed, for a file that is damaged, foreign or of a later revision, and for a site
    that is not empty; with `force`, what is there is backed up beside the data and then replaced.
    """
    with Reader(path) as archive:
        archive.check()
        leaves = _leaves(archive)
        before = None
        if not _is_empty():
            if not force:
                raise Unusable("这里已有数据，什么也没有恢复；确要替换请加 --force（原有数据会先备份到数据目录）",
                               "there are data here, and nothing was restored; with --force they are backed up into "
                               "the data directory and replaced")
            before = _keep_what_is_here()
        for name in archive.names("files"):
            _place(archive, name)
        rows = _load(archive, leaves, before)
        _key(archive)
    call_command("migrate", interactive=False, verbosity=0)
    records = list(CaseRecord.objects.order_by("pk"))
    tampered = [r.public_id for r in records if verified(r)]
    return Restored(rows, len(archive.names("files")), len(records), tampered, before)


def _leaves(archive: Reader) -> list[Node]:
    """The last migration of each app as the backup had them. Raises Unusable for one that is not known here."""
    executor = MigrationExecutor(connection)
    had = {(app, name) for app, name in archive.manifest["migrations"]}
    unknown = sorted(had - executor.loader.graph.nodes.keys())
    if unknown:
        shown = "、".join(f"{app}.{name}" for app, name in unknown[:5])
        raise Unusable(f"备份来自更新的版本（{shown}）；请先升级本程序",
                       f"the backup is of a later revision ({shown}): upgrade this program first")
    nodes = executor.loader.graph.node_map
    return sorted(n for n in had if not any(c.key[0] == n[0] and c.key in had for c in nodes[n].children))


def _is_empty() -> bool:
    tables = set(connection.introspection.table_names())
    return not any(m._base_manager.exists() for m in kept(apps)
                   if m._meta.db_table in tables and m._meta.app_label != "django_tasks_database")


def _keep_what_is_here() -> Path:
    path = Path(settings.DATA) / f"before-restore-{now():%Y%m%d-%H%M%S}.backup"
    try:
        back_up(path, with_key=(Path(settings.DATA) / KEY).is_file())
    except DatabaseError as error:
        raise Unusable(f"原有数据备份不了，什么也没有恢复；请先运行 guiju manage migrate（{error}）",
                       f"what is here can't be backed up, and nothing was restored: run guiju manage migrate ({error})"
                       ) from error
    return path


def _load(archive: Reader, leaves: list[Node], before: Path | None) -> int:
    """Tables as the backup had them, filled in one transaction."""
    drop_all()
    executor = MigrationExecutor(connection)
    models = kept(executor.migrate(leaves).apps)
    by_label: dict[str, Any] = {m._meta.label_lower: m for m in models}
    try:
        with transaction.atomic():
            empty(models)
            rows = {label: _fill(archive, label, by_label) for label in archive.manifest["rows"]}
            if rows != archive.manifest["rows"]:
                raise ValueError(f"{rows} != {archive.manifest['rows']}")
            reset_keys(models)
    except (DatabaseError, KeyError, ValueError) as error:
        kept_at = f"；原有数据在 {before}" if before else ""
        raise Unusable(f"没有恢复成功，数据库现在是空的{kept_at}：{error}",
                       f"it was not restored, and the database is empty now: {error}") from error
    return sum(rows.values())


def _fill(archive: Reader, label: str, models: dict[str, Any]) -> int:
    return fill(models[label], archive.lines(f"tables/{label}.jsonl"))


def _place(archive: Reader, name: str) -> None:
    """An uploaded content, whole or not at all. One that is there is the same: its name is its digest."""
    target = path_of(name.removeprefix("files/"))
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not target.exists():
        _write(target, archive.chunks(name), 0o400)


def _key(archive: Reader) -> None:
    """The signing key, where the backup has it: what it sealed can be opened by no other."""
    if archive.names("key"):
        _write(Path(settings.DATA) / KEY, archive.chunks(f"key/{KEY}"), 0o600)


def _write(target: Path, chunks: Iterable[bytes], mode: int) -> None:
    new = target.with_name(f".{target.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    new.replace(target)
