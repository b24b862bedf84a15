"""Small policies over a small dictionary: each is sound but for one fault."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.evaluate.checks import check_policy, check_vocabulary
from guiju.language.compile import compile_policy
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic
from guiju.vocabulary import Vocabulary, load_vocabulary
from guiju.vocabulary.loader import DATA

POLICY = """\
id: policy
title: 试行办法
in_force: {from: 2024-01-01, cite: "1"}
clauses: {"1": {zh: 唯一的一条}}
goals:
  - {id: goal, name: 目标, main: true, require: [C]}
"""
RULES = """\
conditions:
  - {id: C, require: 面积 >= 3000 平方米, cite: "1"}
"""
FUND = """\
id: policy
title: 资助办法
in_force: {from: 2024-01-01, cite: "1"}
clauses: {"1": {zh: 唯一的一条}}
goals:
  - {id: goal, name: 资助, main: true, pays: true}
"""

Compile = Callable[..., Policy]
Find = Callable[..., list[str]]


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("dictionary")
    for path in (Path(__file__).parent / "dictionary/office.yaml",
                 *(DATA / f"{name}.yaml" for name in ("units", "regions", "industries"))):
        shutil.copy(path, folder)
    return load_vocabulary(folder)


@pytest.fixture
def compiled(vocabulary: Vocabulary, tmp_path: Path) -> Compile:
    """The policy of two files: policy.yaml and rules.yaml."""
    def compile_(rules: str = RULES, policy: str = POLICY) -> Policy:
        (tmp_path / "policy.yaml").write_text(policy, encoding="utf-8")
        (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
        return compile_policy(tmp_path, vocabulary)
    return compile_


@pytest.fixture
def findings(compiled: Compile) -> Callable[..., list[Diagnostic]]:
    return lambda rules=RULES, policy=POLICY: check_policy(compiled(rules, policy))


@pytest.fixture
def find(findings: Callable[..., list[Diagnostic]]) -> Find:
    """What the checks find in a policy: file, line and code of each finding."""
    return lambda rules=RULES, policy=POLICY: [place(d) for d in findings(rules, policy)]


@pytest.fixture
def fund_findings(findings: Callable[..., list[Diagnostic]]) -> Callable[[str], list[Diagnostic]]:
    """The findings in a fund with these rules."""
    return lambda rules: findings(rules, FUND)


@pytest.fixture
def fund(fund_findings: Callable[[str], list[Diagnostic]]) -> Callable[[str], list[str]]:
    """File, line and code of each finding in a fund with these rules."""
    return lambda rules: [place(d) for d in fund_findings(rules)]


@pytest.fixture
def find_in_dictionary(tmp_path: Path) -> Callable[[str], list[str]]:
    """What the checks find in a dictionary of one file, given as text."""
    def find_(text: str) -> list[str]:
        shutil.copy(DATA / "units.yaml", tmp_path)
        (tmp_path / "words.yaml").write_text(text, encoding="utf-8")
        return [place(d) for d in check_vocabulary(load_vocabulary(tmp_path))]
    return find_


def place(finding: Diagnostic) -> str:
    """`rules.yaml:3 W301`."""
    return f"{Path(finding.span.file).name}:{finding.span.line} {finding.code}"
