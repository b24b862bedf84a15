"""Rows out of the database and in again, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import BinaryField, Field, JSONField, Model

# Made anew by `migrate`, used by nothing that is kept; and sessions, which end with a restore.
LEFT_OUT_APPS = frozenset({"contenttypes", "auth"})
LEFT_OUT = frozenset({"accounts.session"})
_BATCH = 500


def kept(apps: Apps) -> list[type[Model]]:
    """The tables that are backed up, in the order of their names. Foreign keys are checked when all are filled."""
    found = [m for m in apps.get_models(include_auto_created=True)
             if m._meta.managed and not m._meta.proxy and not m._meta.swapped
             and m._meta.app_label not in LEFT_OUT_APPS and m._meta.label_lower not in LEFT_OUT]
    return sorted(found, key=lambda m: m._meta.label_lower)


def rows_of(model: type[Model]) -> Iterator[bytes]:
    """Each row as a line of JSON, in the order of the keys."""
    fields = model._meta.concrete_fields
    for row in model._base_manager.order_by("pk").iterator(chunk_size=_BATCH):
        said = {f.attname: _said(f, f.value_from_object(row)) for f in fields}
        yield json.dumps(said, ensure_ascii=False, cls=DjangoJSONEncoder, separators=(",", ":")).encode() + b"\n"


def fill(model: type[Model], lines: Iterable[bytes]) -> int:
    """Put rows into an empty table, under the keys that they had; how many."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    made = (model(**{name: _meant(fields[name], value) for name, value in json.loads(line).items()}) for line in lines)
    count = 0
    while batch := list(islice(made, _BATCH)):
        # As written: `auto_now` and the like must not put today's date on old rows, and they don't in a bulk of keys.
        model._base_manager.bulk_create(batch)
        count += len(batch)
    return count


def empty(models: Iterable[type[Model]]) -> None:
    for model in models:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # nosec B608  # a table's name


def reset_keys(models: list[type[Model]]) -> None:
    """The next row gets a key of its own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def drop_all() -> None:
    """An empty database, as before the first start."""
    names = connection.introspection.table_names()
    ending = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)}{ending}")


def _said(field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, BinaryField) and value is not None:
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, (datetime, time)):
        return value.isoformat()  # the encoder's own form cuts microseconds off
    return value


def _meant(field: Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)
