"""`docs/coverage.md`: how the rules of each policy cover the figures of its text, as a table that is generated and
checked. What a text store has to count stands there as it was counted last, where there is no store."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from guiju.book.policies.covered import counts_of
from guiju.cli.documents.coverage import as_lines
from guiju.cli.voice import Voice
from guiju.documents.coverage.compare import Coverage, cover
from guiju.documents.coverage.reasons import read_reasons
from guiju.documents.store import present_store
from guiju.language.library import Library

NAME = "coverage.md"
_COUNTED = ("cited", "duty", "judgement", "narrative", "open")
_UNKNOWN = "—"
_ROW = re.compile(r"^\| .*? `(?P<id>[^`]+)` \| (?P<cells>.+) \|$", re.MULTILINE)
_HEAD = """# 原文覆盖 · Coverage of the texts

`guiju cover` 把原文的每个数字对到承载它的规则；没有规则承载的，由人在政策文件夹的 `coverage.yaml` 里写明归为叙述还是
判断，为什么。这张表是各政策的计数，由 `make docs` 核对；改了政策，用 `python docs/build.py --coverage` 重写。前七列要有
文本库才能数（`GUIJU_TEXTS`，或 `guiju import` 的缺省位置），没有文本库时照上次所数；后三列是 `coverage.yaml` 里的条数，
一条可以管许多数字。

`guiju cover` holds every figure of a text to the rule that carries it; for one that no rule carries, a person says in
`coverage.yaml` what it is and why. The table has the counts of each policy and is checked by `make docs`;
`python docs/build.py --coverage` writes it anew. The first seven columns are counted in a text store (`GUIJU_TEXTS`, or
the default of `guiju import`), else they stand as counted last; the last three are entries of `coverage.yaml`, each of
which may speak of many figures.

"""
_COLUMNS = ("政策 policy", "数字 figures", "规则 cited", "义务 duty", "判断 judgement", "叙述 narrative",
            "未交代 open", "不合（已说明） mismatched (explained)", "理由：叙述 narrative",
            "理由：判断 judgement", "理由：推算 derived")


@dataclass(frozen=True, slots=True)
class Row:
    """A policy's line: what was counted in its text, and the entries of its coverage.yaml."""

    id: str
    title: str
    counted: tuple[str, ...]
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        cells = " | ".join((*self.counted, *self.reasons))
        return f"| [{self.title}](book/policies/{self.id}.html) `{self.id}` | {cells} |"


def store() -> Path | None:
    """Where the texts are: what GUIJU_TEXTS names, else the default store if there is one."""
    named = os.environ.get("GUIJU_TEXTS", "")
    return Path(named) if named else present_store()


def reports(library: Library, texts: Path | None) -> dict[str, Coverage]:
    """The whole report of each policy; none without texts. Raises GuijuError where the store lacks a cited text."""
    if texts is None:
        return {}
    return {policy.id: cover(policy, library.folder_of(policy), texts) for policy in library}


def page_of(library: Library, found: Mapping[str, Coverage], before: str) -> str:
    """The page. `before`: as it stands, for the counts of policies without a report."""
    known = {match["id"]: tuple(match["cells"].split(" | "))[:7] for match in _ROW.finditer(before)}
    rows = [Row(policy.id, policy.title.zh, _counted(found[policy.id]) if policy.id in found else
                known.get(policy.id, (_UNKNOWN,) * 7),
                tuple(map(str, counts_of(read_reasons(library.folder_of(policy))).values()))) for policy in library]
    head = f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}\n"
    return _HEAD + head + "".join(f"{row}\n" for row in rows)


def _counted(report: Coverage) -> tuple[str, ...]:
    explained = sum(1 for m in report.mismatches if m.reason)
    counts = [report.counts[status] for status in _COUNTED]
    return (*map(str, (len(report.figures), *counts)), f"{len(report.mismatches)} ({explained})")


def report_of(found: Mapping[str, Coverage]) -> Iterator[str]:
    """Every figure of every policy, and what becomes of it, as lines."""
    for report in found.values():
        yield from as_lines(report, True, Voice("zh"))
        yield ""
