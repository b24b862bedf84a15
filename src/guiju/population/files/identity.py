"""What makes a run what it is: rules, settings, engine and data. The same identity, the same bytes."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import pyarrow

from guiju import __version__
from guiju.evaluate.evaluation import Setting
from guiju.evaluate.receipt import rules_digest
from guiju.language.policy import Policy
from guiju.population.files.tables import Stored, digest_of
from guiju.source.diagnostics import Span, fail

Asked = Sequence[tuple[Policy, Setting]]


def identity_of(asked: Asked, named: bool, tables: dict[str, Stored], size: int, tolerant: bool) -> dict[str, Any]:
    """The identity of a run, as it is written."""
    files = {str(t.path): digest_of(t.path) for t in tables.values()}
    return {
        "engine": {"guiju": __version__, "code": _code(), "numpy": numpy.__version__,
                   "pyarrow": pyarrow.__version__},
        "policies": {policy.id: _setting(policy, setting) for policy, setting in asked},
        "every_region": named,
        "data": {id_: {"file": table.path.name, "table": table.table, "sha256": files[str(table.path)]}
                 for id_, table in tables.items()},
        "chunk": size,
        "wrong_as_unknown": tolerant,
    }


@functools.cache
def _code() -> str:
    """What the answers and their columns are worked out by."""
    root = Path(__file__).parents[2]
    files = [file for folder in ("evaluate", "facts", "population", "population/files")
             for file in sorted((root / folder).glob("*.py"))]
    found = hashlib.sha256()
    for file in files:
        found.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def _setting(policy: Policy, setting: Setting) -> dict[str, Any]:
    return {"rules": rules_digest(policy), "as_of": str(setting.as_of), "known_at": str(setting.known_at),
            "presuming": setting.presuming,
            "parameters": {id_: repr(value) for id_, value in sorted(setting.readings.items())}}


def hash_of(identity: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(identity, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def agree(out: Path, before: dict[str, Any], now: dict[str, Any]) -> None:
    """Raises GuijuError E915 where a folder holds another run's results."""
    names = {"engine": ("引擎", "the engine"), "policies": ("政策或设定", "policies or settings"),
             "every_region": ("是否点名政策", "whether policies are named"), "data": ("数据", "the data"),
             "chunk": ("每批的单位数", "the chunk's size"), "wrong_as_unknown": ("--wrong-as-unknown",) * 2}
    other = [names[key] for key in names if before.get(key) != now.get(key)]
    if other:
        zh, en = "、".join(n[0] for n in other), ", ".join(n[1] for n in other)
        raise fail("E915", Span(str(out)), f"这里已有另一次运行的结果（{zh}不同）；换一个 --out，或删去这个文件夹",
                   f"this folder holds the results of another run ({en} differ); choose another --out, or delete it")
