"""Reads docs/charts.md: the charts that its examples make up, its tables, and what comes of a key written wrong.

The examples are files of a library of charts (```yaml file=charts/…). The tables whose first column is 键 say for each
key whether it must be there, and which codes a value that means nothing raises; `Trial` tries both.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from builder.tutorial import steps_of
from guiju.cli.chart.upkeep import check_findings
from guiju.lifecycle.compile.document import SECTIONS
from guiju.lifecycle.library import load_charts
from guiju.lifecycle.timeline import timelines
from guiju.source.diagnostics import GuijuError

WRONG = "没有这样的词"
REQUIRED = "必填"
_WORD = re.compile(r"`([^`]+)`")
_HEADING = re.compile(r"^#{2,3} .+? · (?P<en>.+)$")
_BAR = re.compile(r"(?<!\\)\|")
_MEMBERS = {"Who": "by", "Goals": "goals", "Papers": "needs"}
Files = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A row of a table of keys. `codes`: what a value that means nothing raises; empty where it is taken as it is."""

    heading: str
    name: str
    required: bool
    codes: tuple[str, ...]


def tables(text: str) -> dict[str, list[list[str]]]:
    """The last table under each heading, by the heading's English: rows of cells, without the header."""
    found: dict[str, list[list[str]]] = {}
    heading, rows = "", []
    for line in [*text.splitlines(), ""]:
        if title := _HEADING.match(line):
            heading = title["en"]
        if line.startswith("|"):
            rows.append([cell.strip() for cell in _BAR.split(line.strip())[1:-1]])
        elif rows:
            found[heading] = rows
            rows = []
    return {heading: rows[2:] for heading, rows in found.items()}


def words(rows: list[list[str]]) -> list[str]:
    """What the first column names."""
    return [word for row in rows for word in _WORD.findall(row[0])]


def keys(text: str) -> list[Key]:
    """Every row of every table of keys."""
    return [Key(heading, word, row[2].startswith(REQUIRED), tuple(re.findall(r"[EW]\d{3}", row[3])))
            for heading, rows in tables(text).items() if len(rows[0]) == 4 and rows[0][0].startswith("`")
            for row in rows for word in _WORD.findall(row[0])]


def files(text: str) -> Files:
    """The example charts: the content of each file as plain data, by its path in the library."""
    found: dict[str, str] = {}
    for step in steps_of(text):
        if step.path.startswith("charts/"):
            name, more = step.path.removeprefix("charts/"), "\n".join(step.lines) + "\n"
            found[name] = found.get(name, "") + more if step.kind == "append" else more
    return {name: yaml.load(content, Loader=yaml.BaseLoader) for name, content in found.items()}


@dataclass(slots=True)
class Trial:
    """A library of charts written to a folder, in which one thing after another may be changed and tried."""

    folder: Path
    library: Files

    def spoilt(self, key: Key) -> set[str]:
        """The codes raised where the last example of a key has a value that means nothing; one outside a variant, if
        there is one."""
        return self._changed(key, WRONG)

    def without(self, key: Key) -> set[str]:
        """The codes raised where the last example of a key lacks it."""
        return self._changed(key, None)

    def found(self, id_: str, base: str, layer: Files) -> set[str]:
        """What `guiju chart check` finds in a variant of a chart; `cases` and `round` go into files of their own."""
        layer = dict(layer)
        more = {f"{id_}/cases.yaml": layer.pop("cases", []), f"{id_}/chart.yaml": {"id": id_, "amends": base, **layer}}
        if "round" in layer:
            more[f"{id_}/chart.yaml"].pop("round")
            more[f"{id_}/rounds/a.yaml"] = layer["round"]
        self.write({**self.library, **more})
        return {d.code for d in check_findings(load_charts(self.folder), [id_])}

    def write(self, library: Files) -> None:
        """The files, and no others; JSON is YAML."""
        for path in self.folder.rglob("*.yaml"):
            if str(path.relative_to(self.folder)) not in library:
                path.unlink()
        for name, content in library.items():
            path, text = self.folder / name, json.dumps(content, ensure_ascii=False)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")

    def _changed(self, key: Key, value: str | None) -> set[str]:
        made = copy.deepcopy(self.library)
        variants = {name.rsplit("/", 1)[0] for name, content in made.items() if "amends" in content}
        order = sorted(made, key=lambda name: name.rsplit("/", 1)[0] not in variants)
        name, place = [(n, p) for n in order for p in _places(key.heading, n, made[n]) if key.name in p][-1]
        if value is None:
            del place[key.name]
        else:
            place[key.name] = value
        self.write(made)
        return _codes(self.folder, "/".join(name.split("/")[:2]))


def _codes(folder: Path, id_: str) -> set[str]:
    """The codes of what keeps a chart from compiling, or its timelines from being read."""
    found: set[str] = set()
    for read in (lambda: load_charts(folder).chart(id_), lambda: timelines(folder / id_)):
        try:
            read()
        except GuijuError as error:
            found |= {d.code for d in error.diagnostics}
    return found


def _places(heading: str, name: str, content: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a file that a table of keys speaks of."""
    file = name.rsplit("/", 1)[-1]
    if file.startswith("cases"):
        yield from _of_cases(heading, content)
    elif "/rounds/" in name:
        yield from [content] if heading == "Rounds" else []
    elif heading == "Head":
        yield from [content] if file == "chart.yaml" else []
    else:
        yield from _of_chart(heading, content)


def _of_cases(heading: str, content: Any) -> Iterator[dict[str, Any]]:
    if heading == "Case files" and isinstance(content, dict):
        yield content
    for case in content["cases"] if isinstance(content, dict) else content:
        if heading == "Timelines":
            yield case
        for step in case["walk"] if heading in ("Steps", "Expectations") else ():
            yield from [step, step["see"]] if heading == "Expectations" and "see" in step else [step]


def _of_chart(heading: str, content: Files) -> Iterator[dict[str, Any]]:
    if heading == "Dated values":
        for parameter in content.get("parameters", {}).values():
            yield from parameter.get("values", [])
    elif heading in _MEMBERS:
        for move in content.get("moves", {}).values():
            members = move.get(_MEMBERS[heading], [])
            yield from [m for m in members if isinstance(m, dict)] if isinstance(members, list) else []
    elif heading == "Variants and switches":
        for section in SECTIONS:
            yield from [entry for entry in content.get(section, {}).values() if isinstance(entry, dict)]
    elif heading.lower() in SECTIONS:
        yield from content.get(heading.lower(), {}).values()
