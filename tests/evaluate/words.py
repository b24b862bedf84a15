"""The small dictionary of these tests, and policies compiled from plain data."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml

from guiju.language.compile import compile_policy
from guiju.language.ir import Graph
from guiju.language.policy import Policy
from guiju.vocabulary import Vocabulary, load_vocabulary
from guiju.vocabulary.loader import DATA

HERE = Path(__file__).parent


@functools.cache
def vocabulary() -> Vocabulary:
    """The dictionary in `dictionary/`, over the real units."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (HERE / "dictionary/words.yaml", DATA / "units.yaml"):
            shutil.copy(path, folder)
        return load_vocabulary(Path(folder))


def policy_of(rules: dict[str, Any], goals: list[dict[str, Any]] | None = None,
              parameters: dict[str, Any] | None = None, graph: Graph | None = None) -> Policy:
    """The policy whose rule file holds `rules`, written as YAML into a folder and compiled from there."""
    root = {"id": "test", "title": "试验", "in_force": {"from": "2000-01-01"}, "clauses": {"1": {"zh": "一"}},
            "goals": goals or [{"id": "goal", "name": "目标", "main": True}], "parameters": parameters or {}}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("policy", root), ("rules", {k: v for k, v in rules.items() if v})):
            (Path(folder) / f"{name}.yaml").write_text(written(content), encoding="utf-8")
        return compile_policy(Path(folder), vocabulary(), graph)


def written(content: dict[str, Any]) -> str:
    """YAML as an author would write it."""
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
