"""All checks together: codes, the installed dictionary, and what "impossible" and "possible" mean.

That the installed policies have no errors is found by `guiju check`, in `make test`.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.evaluate.cells import Cells
from guiju.evaluate.checks import all_checks, check_vocabulary, codes, dictionary_checks
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.language.library import load_library
from guiju.language.policy import Policy
from guiju.values import FAIL, PASS, known
from guiju.vocabulary import load_vocabulary

LIBRARY = load_library()
SENTENCE = re.compile(r".{8,}[^。.]$")


def test_each_code_belongs_to_one_check_and_has_a_test() -> None:
    listed = [code for module in (*all_checks(), *dictionary_checks()) for code in module.CODES]
    tests = "".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_*.py"))

    assert sorted(listed) == list(codes())
    assert [code for code in listed if not re.match(r"[EWN]3\d\d$", code) or code not in tests] == []


def test_the_installed_dictionary_has_no_findings() -> None:
    assert [d.render() for d in check_vocabulary(load_vocabulary())] == []


@pytest.mark.parametrize("policy", LIBRARY.ids())
def test_a_cell_that_is_found_does_what_it_should(policy: str) -> None:
    compiled = LIBRARY.policy(policy)
    cells = Cells(compiled)

    for condition in (c for c in compiled.conditions.values() if c.form == "require"):
        for wanted in (True, False):
            answer = cells.ask((condition.bare, wanted))
            if answer.possible and all(v.is_leaf and v.node.op != "field" for v in answer.cell):
                assert _status(compiled, condition.bare, answer.cell) == (PASS if wanted else FAIL), condition.id


def _status(policy: Policy, node: Any, cell: Any) -> int:
    facts = {v.node.args[0]: (PASS if x else FAIL) if isinstance(x, bool) else known(x) for v, x in cell.items()}
    parameters = {v.node.args[0]: x for v, x in cell.items() if v.node.op == "param" and not isinstance(x, bool)}
    interpreter = Interpreter(policy.vocabulary, Facts(facts), parameters)
    interpreter.rows = {r.id: interpreter.any_row(r.id) for r in policy.vocabulary.all_records()}
    return interpreter.status(node)


ATOMS = st.one_of(
    st.builds("面积 {} {} 平方米".format, st.sampled_from(["<", "<=", "=", "!=", ">=", ">"]), st.integers(0, 3)),
    st.builds("占比 {} {}%".format, st.sampled_from(["<", "<=", "=", "!=", ">=", ">"]), st.sampled_from([0, 50, 100])),
    st.sampled_from(["已批准", "形式 = 企业", "形式 in [学校, 其他]", "面积 * 2 >= 4 平方米",
                     "(if 已批准 then 面积 else 1 平方米) >= 2 平方米"]))
TESTS = st.recursive(ATOMS, lambda inner: st.one_of(
    st.builds("({} and {})".format, inner, inner), st.builds("({} or {})".format, inner, inner),
    st.builds("not ({})".format, inner)), max_leaves=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(test=TESTS)
def test_impossible_is_always_right_and_an_exact_cell_holds(compiled: Callable[..., Policy], test: str) -> None:
    policy = compiled(f'conditions:\n  - {{id: C, require: "{test}", cite: "1"}}\n')
    node = policy.conditions["C"].bare

    for wanted in (True, False):
        answer = Cells(policy).ask((node, wanted))
        target = PASS if wanted else FAIL
        if answer.impossible:
            assert all(_grid_status(policy, node, point) != target for point in GRID)
        elif answer.exact:
            assert any(_grid_status(policy, node, point) == target for point in GRID)


GRID = list(product([Fraction(n, 2) for n in range(9)], [0, 25, 50, 75, 100], [PASS, FAIL], [0, 1, 2]))


def _grid_status(policy: Policy, node: Any, point: tuple[Fraction, int, int, int]) -> int:
    area, share, approved, form = point
    facts = Facts({"area": known(area), "share": known(Fraction(share, 100)), "approved": approved,
                   "form": known(form)})
    return Interpreter(policy.vocabulary, facts, {}).status(node)


def test_findings_speak_both_languages(findings: Callable[..., Any]) -> None:
    found = findings('conditions:\n  - {id: C, require: 占比 > 100%}\n  - {id: D, require: 占比 >= 0%, cite: "1"}\n')

    assert len(found) == 4
    assert [d for d in found if not (SENTENCE.match(d.message.zh) and SENTENCE.match(d.message.en))] == []
