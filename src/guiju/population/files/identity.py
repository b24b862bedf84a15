"""What makes a run what it is: rules, settings, engine and data. The same identity, the same bytes."""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy
import pyarrow

from guiju import __version__
from guiju.evaluate.evaluation import Setting
from guiju.evaluate.receipt import rules_digest
from guiju.language.policy import Policy
from guiju.population.files.tables import StoredTable, digest_of, readable
from guiju.source.diagnostics import Span, fail
from guiju.vocabulary import Vocabulary

PROGRAM = Path(__file__).parents[2]
PACKAGES = ("source", "vocabulary", "language", "facts", "evaluate", "population")
BESIDE = ("-wal", "-journal", ".wal")
Asked = Sequence[tuple[Policy, Setting]]


def identity_of(asked: Asked, named: bool, tables: dict[str, StoredTable], size: int, tolerant: bool) -> dict[str, Any]:
    """The identity of a run, as it is written. All policies are written in one dictionary."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # hashing does not hold the interpreter
        paths = list(dict.fromkeys(t.path for t in tables.values()))
        files = dict(zip(paths, threads.map(_digests, paths), strict=True))
    return {
        "engine": {"guiju": __version__, "code": code_digest(), "numpy": numpy.__version__,
                   "pyarrow": pyarrow.__version__, "duckdb": duckdb.__version__},
        "dictionary": dictionary_digest(asked[0][0].vocabulary),
        "policies": {policy.id: setting_identity(policy, setting) for policy, setting in asked},
        "every_region": named,
        "data": {id_: {"file": table.path.name, "table": table.table, **files[table.path]}
                 for id_, table in tables.items()},
        "chunk": size,
        "wrong_as_unknown": tolerant,
    }


def _digests(path: Path) -> dict[str, str]:
    """SHA-256 of a file, and of what a database keeps beside it until it is written there. Raises GuijuError E901."""
    beside = [path.with_name(path.name + end) for end in BESIDE]
    with readable(str(path)):
        return {"sha256": digest_of(path)} | {file.name: digest_of(file) for file in beside
                                              if file.exists() and file.stat().st_size}


def code_files() -> list[Path]:
    """The program that answers and their columns are worked out by."""
    return [PROGRAM / "values.py",
            *(file for package in PACKAGES for file in sorted((PROGRAM / package).rglob("*.py")))]


@functools.cache
def code_digest() -> str:
    """SHA-256 of these files, with their paths within the program."""
    found = hashlib.sha256()
    for file in code_files():
        found.update(file.relative_to(PROGRAM).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def dictionary_digest(vocabulary: Vocabulary) -> str:
    """What the dictionary says, wherever it stands: its entries, units, members, places and industries."""
    nowhere = Span("")
    facts = [replace(f, span=nowhere) for f in vocabulary.all_facts()]
    records = [replace(r, span=nowhere, fields=tuple(replace(f, span=nowhere) for f in r.fields))
               for r in vocabulary.all_records()]
    said = [facts, records, sorted(vocabulary.enumerations.items()), sorted(vocabulary.units.items()),
            sorted(vocabulary.regions.items()), sorted(vocabulary.industries.items())]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def setting_identity(policy: Policy, setting: Setting) -> dict[str, Any]:
    """What one policy's answers rest on beside the data."""
    return {"rules": rules_digest(policy), "region": policy.region, "as_of": str(setting.as_of),
            "known_at": str(setting.known_at), "presuming": setting.presuming,
            "parameters": {id_: repr(value) for id_, value in sorted(setting.readings.items())}}


def hash_of(identity: dict[str, Any]) -> str:
    """SHA-256 of an identity, in whatever order its keys stand."""
    return hashlib.sha256(json.dumps(identity, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def agree(out: str, before: dict[str, Any], now: dict[str, Any]) -> None:
    """Raises GuijuError E915 where a folder holds another run's results."""
    names = {"engine": ("程序", "the program"), "dictionary": ("词典", "the dictionary"),
             "policies": ("政策或设定", "policies or settings"),
             "every_region": ("是否点名政策", "whether policies are named"), "data": ("数据", "the data"),
             "chunk": ("每批的单位数", "the chunk's size"), "wrong_as_unknown": ("--wrong-as-unknown",) * 2}
    other = [names[key] for key in names if before.get(key) != now.get(key)]
    if other:
        zh, en = "、".join(n[0] for n in other), ", ".join(n[1] for n in other)
        raise fail("E915", Span(out), f"这里已有另一次运行的结果（{zh}不同）；换一个 --out，或删去这个文件夹",
                   f"this folder holds the results of another run ({en} differ); choose another --out, or delete it")
