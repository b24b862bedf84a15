"""Places that only Spark can reach, such as hdfs:// and s3a://, through the file systems that Spark itself has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.population.spark.session import working
from guiju.source.diagnostics import Span, fail

_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):/+(?P<rest>.+)")


def is_address(place: str) -> bool:
    """Whether the place is written with a scheme."""
    return _ADDRESS.fullmatch(place) is not None


def place_of(path: Path) -> str:
    """A place as it was written; a path keeps one of the strokes before the host alone."""
    found = _ADDRESS.fullmatch(str(path))
    if found is None:
        return str(path)
    return f"{found['scheme']}:{'/' if found['scheme'] == 'file' else '//'}{found['rest']}"


@dataclass(frozen=True, slots=True)
class Address:
    """A table at an address: a file, or a folder of files. `files`: each with its length and when it was changed."""

    label: str
    files: tuple[tuple[str, int, int], ...]


def tables_under(spark: Any, place: str) -> list[tuple[str, Address]]:
    """The tables of a folder, with their names. Raises GuijuError E900 where there is no such folder."""
    system, path = _at(spark, place)
    with working(place):
        if not system.exists(path) or not system.getFileStatus(path).isDirectory():
            raise fail("E900", Span(place), "没有这个文件夹", "there is no such folder")
        found = []
        for entry in _entries(system, path):
            name = entry.getPath().getName()
            if name.endswith(".parquet"):
                files = _entries(system, entry.getPath()) if entry.isDirectory() else [entry]
                held = [(f.getPath().toString(), int(f.getLen()), int(f.getModificationTime())) for f in files]
                found.append((name.removesuffix(".parquet"), Address(entry.getPath().toString(), tuple(held))))
    return found


def _entries(system: Any, path: Any) -> list[Any]:
    held = sorted(system.listStatus(path), key=lambda entry: str(entry.getPath().getName()))
    return [entry for entry in held if not entry.getPath().getName().startswith(("_", "."))]


def entries(spark: Any, place: str) -> list[str]:
    """What a folder holds, by name; nothing where there is none. What begins with `_` or `.` is on its way."""
    system, path = _at(spark, place)
    with working(place):
        return [str(entry.getPath().getName()) for entry in _entries(system, path)] if system.exists(path) else []


def refuse_full(spark: Any, place: str) -> None:
    """Raises GuijuError E915 where results would go among other things."""
    system, path = _at(spark, place)
    with working(place):
        if system.exists(path) and (not system.getFileStatus(path).isDirectory() or _entries(system, path)):
            raise fail("E915", Span(place), "这里已有别的东西；换一个空的 --out",
                       "there are other things here; choose an empty --out")


def fetch(spark: Any, place: str, file: Path) -> None:
    """A copy here of a file at an address."""
    system, path = _at(spark, place)
    with working(place):
        system.copyToLocalFile(False, path, _path(spark, file.as_uri()), True)


def send(spark: Any, file: Path, place: str) -> None:
    """Put a file at an address; it stands under its name only once it is whole. Raises GuijuError E916."""
    system, path = _at(spark, place)
    partial = _path(spark, f"{place.rpartition('/')[0]}/_{path.getName()}")
    with working(place):
        system.mkdirs(path.getParent())
        system.copyFromLocalFile(False, True, _path(spark, file.as_uri()), partial)
        system.delete(path, False)
        if not system.rename(partial, path):
            raise fail("E916", Span(place), "写不了文件；核对这个地址的权限，再运行一次",
                       "the file can't be written; check the permissions there, and run again")


def remove(spark: Any, place: str) -> None:
    """Take away a folder with all that is in it."""
    system, path = _at(spark, place)
    with working(place):
        system.delete(path, True)


def _path(spark: Any, place: str) -> Any:
    return spark.sparkContext._jvm.org.apache.hadoop.fs.Path(place)


def _at(spark: Any, place: str) -> tuple[Any, Any]:
    context = spark.sparkContext
    with working(place):
        path = _path(spark, place)
        return path.getFileSystem(context._jsc.hadoopConfiguration()), path
