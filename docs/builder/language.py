"""The manual's own dictionary, and policies compiled from the text of an example."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from guiju.language.compile import compile_policy
from guiju.language.compile.document import POLICY_KEYS
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, GuijuError, Span
from guiju.source.document import Mapping, parse_document
from guiju.vocabulary import Vocabulary, load_vocabulary
from guiju.vocabulary.loader import DATA

MANUAL = Path(__file__).parents[1] / "manual"
EXPRESSION = "此式"
ID = "manual/example"
BASE = "manual/base"
_SHARED = ("units.yaml", "regions.yaml", "industries.yaml")
_FRAME = {
    "id": ID,
    "title": "示例",
    "in_force": {"from": "2000-01-01"},
    "clauses": {"1": {"zh": "示例条款"}, "2": {"zh": "另一条款"}},
    "goals": [{"id": "goal", "name": "目标", "main": True}],
}


@functools.cache
def vocabulary() -> Vocabulary:
    """The manual's dictionary, over the installed units and code tables."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (*sorted((MANUAL / "vocabulary").glob("*.yaml")), *(DATA / name for name in _SHARED)):
            shutil.copy(path, folder)
        return load_vocabulary(Path(folder))


@functools.cache
def compiled(rules: str, expression: str = "", base: str = "") -> Policy:
    """The policy that an example's text declares; `expression` becomes a definition of its own. `base`: the rules of
    the policy that it may amend.

    Raises GuijuError whose lines count from the first line of `rules`.
    """
    with policy_folder(rules, expression, base=base) as folder:
        try:
            return compile_policy(folder, vocabulary())
        except GuijuError as error:
            raise GuijuError(_relative(d) for d in error.diagnostics) from None


@contextmanager
def policy_folder(rules: str, expression: str = "", cases: str = "", base: str = "") -> Iterator[Path]:
    """A policy's folder with the example's text laid out as its author would: each line stays on its line."""
    with tempfile.TemporaryDirectory() as name:
        folder = _written(Path(name) / "policies" / ID, rules, ID)
        if base:
            _written(Path(name) / "policies" / BASE, base, BASE)
        if expression:
            line = json.dumps({"id": "expression", "name": EXPRESSION, "value": expression}, ensure_ascii=False)
            (folder / "expression.yaml").write_text(f"definitions: [{line}]", encoding="utf-8")
        if cases:
            (folder / "cases.yaml").write_text(cases, encoding="utf-8")
        yield folder


def _written(folder: Path, rules: str, id_: str) -> Path:
    folder.mkdir(parents=True)
    identity, rest = _split(rules, id_)
    (folder / "policy.yaml").write_text(identity, encoding="utf-8")
    if rest.strip():
        (folder / "rules.yaml").write_text(rest, encoding="utf-8")
    return folder


def _split(rules: str, id_: str) -> tuple[str, str]:
    """What belongs in policy.yaml, with what the example leaves out; and the rest."""
    lines = rules.splitlines()
    root = parse_document(rules) if rules.strip() else None
    keys = [(k.text, k.span.line - 1) for k, _ in root.entries] if isinstance(root, Mapping) else []
    identity, rest = [""] * len(lines), [""] * len(lines)
    for (key, start), (_, end) in pairwise([*keys, ("", len(lines))]):
        target = identity if key in POLICY_KEYS else rest
        target[start:end] = lines[start:end]
    given = {key for key, _ in keys}
    frame = {**_FRAME, "id": id_}
    if "amends" in given:
        frame = {k: v for k, v in frame.items() if k != "goals"} | {"clauses": {"例1": {"zh": "本件的条款"}}}
    if "benefits" in given:
        frame["goals"] = [{"id": "goal", "name": "目标", "main": True, "pays": True}]
    identity += [f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in frame.items() if k not in given]
    return "\n".join(identity), "\n".join(rest)


def _relative(found: Diagnostic) -> Diagnostic:
    name = Path(found.span.file).name
    span = Span("", 0 if name == "expression.yaml" else found.span.line, found.span.column)
    return Diagnostic(found.code, span, found.message, found.cell)
