"""Small charts: a sound one, and what a test adds to it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import findings
from guiju.lifecycle.library import load_charts
from guiju.lifecycle.timeline import timelines
from guiju.source.diagnostics import Diagnostic

SOUND = {
    "roles": """
        HOST: {held_by: applicant}
        OFFICE: {held_by: office}""",
    "stages": """
        open: {}
        done: {final: 是}""",
    "moves": """
        begin: {from: start, to: open, by: HOST}
        finish: {from: open, to: done, by: OFFICE}""",
}
OBJECTION = """\
id: objection
cite: "9"
clauses: {"9": {zh: 小图的一条}}
parameters: {hearing: {name: 听证期, type: number, unit: 日, cite: "9"}}
facts: {ground: {name: 异议理由, type: text}, heard_on: {name: 听证日, type: date}}
roles: {raiser: {held_by: anyone}, handler: {held_by: office}}
stages: {raised: {}, settled: {final: 是}}
terms: {hear: {length: 听证期, from: 听证日, kind: minimum, cite: "9"}}
moves:
  raise: {from: start, to: raised, by: raiser, gives: [异议理由], may_give: [听证日]}
  settle: {from: raised, to: settled, by: handler}
"""
OBJECTIONS = "objections: {use: objection, roles: {raiser: PUBLIC, handler: OFFICE}}"

Find = Callable[..., list[str]]


@pytest.fixture
def compiled(tmp_path: Path) -> Callable[..., Chart]:
    """The sound chart with these sections added to its own; `head` adds to its head, `files` are other files."""
    def compile_(head: str = 'cite: "1"', files: dict[str, str] | None = None, **sections: str) -> Chart:
        names = [name for name in {**SOUND, **sections} if name in SOUND or sections[name]]
        body = "".join(f"{name}:{SOUND.get(name, '')}\n{indented(sections.get(name, ''))}\n" for name in names)
        clauses = "" if "clauses" in sections else 'clauses: {"1": {zh: 唯一的一条}}\n'
        chart = f"id: small\n{head}\n{clauses}{body}"
        for name, text in {"small/chart.yaml": chart, "objection/chart.yaml": OBJECTION, **(files or {})}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return load_charts(tmp_path).chart("small")
    return compile_


def indented(text: str) -> str:
    return "\n".join(f"        {line.strip()}" for line in text.strip().splitlines())


@pytest.fixture
def diagnosed(compiled: Callable[..., Chart], tmp_path: Path) -> Callable[..., list[Diagnostic]]:
    """What the checks find in the chart of these sections and its timelines."""
    def diagnose(**sections: str) -> list[Diagnostic]:
        return findings(compiled(**sections), timelines(tmp_path / "small"))
    return diagnose


@pytest.fixture
def find(diagnosed: Callable[..., list[Diagnostic]], tmp_path: Path) -> Find:
    """The same as codes, each with the entry at its place: `E541 lost`."""
    return lambda **sections: [place(d, tmp_path) for d in diagnosed(**sections)]


def place(finding: Diagnostic, folder: Path) -> str:
    file = Path(finding.span.file)
    line = (file if file.is_absolute() else folder / file).read_text(encoding="utf-8").splitlines()
    entry = re.match(r'\W*(?:id: |name: )?"?(\w[\w-]*)', line[finding.span.line - 1][finding.span.column - 1:])
    return f"{finding.code} {entry.group(1) if entry else ''}"
