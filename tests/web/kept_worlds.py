"""A world is built once a run, by the acts of the people in it; each further test that asks for the same one finds its
rows and uploads put back as they were when it stood.

It is put back only where no row is, and at the same hour of the site's clock; anywhere else it is built.
"""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import io
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.sql import InsertQuery

from guiju.lifecycle.chart import Chart
from guiju.web.cases.charts import installed
from guiju.web.kit import clock

P = ParamSpec("P")
T = TypeVar("T")
_TRUE_TIME = clock._shift  # before any test moves the clock
_FOLDER = Path(tempfile.mkdtemp(prefix="guiju-kept-worlds-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)


@dataclass
class Kept:
    """`rows`: statements that insert them. `at`: the moment when it stood, where a test had set the clock."""

    world: bytes
    rows: list[tuple[str, Any]]
    uploads: Path
    at: dt.datetime | None


_KEPT: dict[tuple[Any, ...], Kept] = {}


def built_once(build: Callable[P, T]) -> Callable[P, T]:
    """For what builds a world from nothing. The one function among its arguments, if any, sets the clock."""
    @functools.wraps(build)
    def world(*args: P.args, **kwargs: P.kwargs) -> T:
        functions = [a for a in (*args, *kwargs.values()) if callable(a)]
        if len(functions) > 1 or clock._HELD.get() or _has_rows():
            return build(*args, **kwargs)
        given = repr(([a for a in args if not callable(a)], kwargs))
        key = (build.__module__, build.__name__, given, *_situation())
        if key not in _KEPT:
            made = build(*args, **kwargs)
            _KEPT[key] = _keep(made, len(_KEPT))
            return made
        return _put_back(_KEPT[key], functions)

    return world


def _situation() -> tuple[dt.datetime | dt.date, bool]:
    """The hour, to the minute where a test has set it; whether what is to be done on commit is done."""
    now, moved = clock.now(), clock._shift is not _TRUE_TIME
    return now.replace(second=0, microsecond=0) if moved else now.date(), connection.in_atomic_block


def _models() -> list[type[Model]]:
    """Those whose tables are empty before anyone acts."""
    return [m for m in apps.get_models(include_auto_created=True)
            if m._meta.managed and not m._meta.proxy and m._meta.app_label not in ("auth", "contenttypes")]


def _has_rows() -> bool:
    tables = (connection.ops.quote_name(m._meta.db_table) for m in _models())
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables))
        return bool(cursor.fetchone()[0])


def _keep(world: Any, number: int) -> Kept:
    written, uploads = io.BytesIO(), _FOLDER / str(number)
    _Pickler(written).dump(world)
    if Path(settings.FILES).is_dir():
        shutil.copytree(settings.FILES, uploads)
    rows = [statement for model in _models() for statement in _statements(model)]
    return Kept(written.getvalue(), rows, uploads, None if clock._shift is _TRUE_TIME else clock.now())


def _statements(model: type[Model]) -> Iterator[tuple[str, Any]]:
    """What inserts the rows of a table, as they are."""
    rows = list(model._base_manager.order_by("pk"))
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    size = max(1, connection.ops.bulk_batch_size(fields, rows)) if rows else 1
    for start in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[start:start + size], raw=True)
        yield from query.get_compiler(connection=connection).as_sql()


def _put_back(kept: Kept, functions: list[Any]) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, values in kept.rows:
            cursor.execute(statement, values)
    if kept.uploads.is_dir():
        shutil.copytree(kept.uploads, settings.FILES, dirs_exist_ok=True)
    if kept.at and functions:
        functions[0](kept.at.replace(tzinfo=None).isoformat())
    elif kept.at and clock.now() < kept.at:  # what was done in the world is over; the test's end sets the clock back
        shift = clock._shift() + (kept.at - clock.now())
        clock._shift = lambda: shift
    return _Unpickler(io.BytesIO(kept.world)).load()


class _Pickler(pickle.Pickler):
    """Charts are the library's, whatever world names them."""

    def persistent_id(self, thing: Any) -> str | None:
        return thing.id if isinstance(thing, Chart) and installed(thing.id) is thing else None


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, chart: str) -> Chart:
        return installed(chart)
