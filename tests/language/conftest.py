"""Doors to the language: an expression or a small policy, compiled over a small dictionary with every type."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.language.compile import compile_policy
from guiju.language.ir import Graph
from guiju.language.policy import Policy
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import Vocabulary, load_vocabulary
from guiju.vocabulary.loader import DATA

WORDS = Path(__file__).parents[1] / "evaluate/dictionary/words.yaml"
POLICY = """\
id: p
title: 试行办法
in_force: {from: 2020-01-01, cite: "1"}
clauses: {"1": {zh: 第一条}, "2(一)": {zh: 第二条第一项}}
goals:
- {id: goal, name: 目标, main: true, require: [C]}
"""
RULE = """\
conditions:
- id: C
  require: """
EDGE = len("  require: ")

Compile = Callable[..., Policy]
Faults = Callable[..., list[str]]


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("dictionary")
    for path in (WORDS, DATA / "units.yaml", DATA / "regions.yaml"):
        shutil.copy(path, folder)
    return load_vocabulary(folder)


@pytest.fixture
def compiled(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Compile:
    """A policy of these files; without any, of one condition."""
    def compile_(rules: str = f"{RULE}联合\n", policy: str = POLICY, graph: Graph | None = None,
                 name: str = "rules", **more: str) -> Policy:
        folder = tmp_path_factory.mktemp("p")
        for file, text in {"policy": policy, name: rules, **more}.items():
            (folder / f"{file}.yaml").write_text(text, encoding="utf-8")
        return compile_policy(folder, vocabulary, graph)
    return compile_


@pytest.fixture
def expressed(compiled: Compile) -> Callable[..., Policy]:
    """The policy whose one condition is this expression."""
    return lambda expression, more="": compiled(f"{RULE}{expression}\n{more}")


@pytest.fixture
def mistakes(compiled: Compile) -> Faults:
    """The mistakes in a policy: `rules.yaml:3:4 E212 the sentence`."""
    def find(rules: str = f"{RULE}联合\n", policy: str = POLICY) -> list[str]:
        with pytest.raises(GuijuError) as caught:
            compiled(rules, policy)
        return [f"{Path(d.span.file).name}:{d.span.line}:{d.span.column} {d.code} {d.message.zh}"
                for d in caught.value.diagnostics]
    return find


@pytest.fixture
def faults(mistakes: Faults) -> Faults:
    """The same without the sentences."""
    return lambda rules=f"{RULE}联合\n", policy=POLICY: [" ".join(m.split(" ")[:2]) for m in mistakes(rules, policy)]


@pytest.fixture
def fault(compiled: Compile) -> Callable[..., str]:
    """The one mistake in an expression: its column from 1, and its code."""
    def find(expression: str, more: str = "") -> str:
        with pytest.raises(GuijuError) as caught:
            compiled(f"{RULE}{expression}\n{more}")
        (found,) = caught.value.diagnostics
        assert found.span.line == 3
        return f"{found.span.column - EDGE} {found.code}"
    return find
