"""Equal rules are one node and have one digest, however they are laid out; other rules have another."""

from collections.abc import Callable

import pytest

from guiju.evaluate.receipt import rules_digest
from guiju.language.ir import Graph, digest, walk
from guiju.language.policy import Policy

Compile = Callable[..., Policy]

RULES = """\
definitions:
- {id: sill, name: 门槛, value: 3000 平方米}
conditions:
- id: C
  all_of:
  - 面积 >= 门槛
  - {id: D, require: exists(成果 where 级别 >= 省级)}
benefits:
- id: works
  each: 成果
  table: |
    id | 级别   | 金额
    X  | 国家级 | 8 万元
limits:
- {id: L, keep: 3, of: [works]}
"""
SAME = {
    "spaces and comments": RULES.replace("面积 >= 门槛", "面积  >=  门槛   # 注"),
    "quotes": RULES.replace("面积 >= 门槛", "'面积 >= 门槛'"),
    "full width": RULES.replace("exists(成果 where 级别 >= 省级)", "exists（成果 where 级别 ≥ 省级）"),
    "ids for names": RULES.replace("面积 >=", "area >=").replace("级别 >= 省级", "grade >= province"),
    "another unit": RULES.replace("3000 平方米", "3000 m2").replace("8 万元", "80000 元"),
    "without a definition": RULES.replace(">= 门槛", ">= 3000 平方米"),
    "worked out": RULES.replace("3000 平方米", "(1000 + 500 * 4) * 1 平方米"),
    "another layout of the table": RULES.replace("id | 级别   | 金额", "| id | 级别 | 金额 |"),
    "flow style": RULES.replace("- {id: L, keep: 3, of: [works]}", "- id: L\n  keep: 3\n  of: works"),
}
OTHER = {
    "a figure": RULES.replace("3000", "3001"),
    "a comparison": RULES.replace("面积 >=", "面积 >"),
    "a member": RULES.replace("省级", "国家级", 1),
    "an amount": RULES.replace("8 万元", "9 万元"),
    "a limit": RULES.replace("keep: 3", "keep: 4"),
    "the form of a limit": RULES.replace("keep: 3", "elect: 3"),
    "one condition more": RULES.replace("  - 面积 >= 门槛\n", "  - 面积 >= 门槛\n  - 联合\n"),
    "a strength": RULES.replace("{id: D, ", "{id: D, strength: principle, "),
    "the kind of a benefit": RULES.replace("  each: 成果", "  kind: up_to\n  each: 成果"),
}


@pytest.mark.parametrize("rules", SAME.values(), ids=SAME)
def test_what_changes_no_meaning_changes_no_digest(compiled: Compile, rules: str) -> None:
    assert rules_digest(compiled(rules)) == rules_digest(compiled(RULES))


def test_neither_the_file_nor_the_order_of_declarations_matters(compiled: Compile) -> None:
    head, tail = RULES.split("conditions:")

    assert rules_digest(compiled(RULES, name="other")) == rules_digest(compiled(RULES))
    assert rules_digest(compiled("conditions:" + tail + head)) == rules_digest(compiled(RULES))
    assert rules_digest(compiled(head, more="conditions:" + tail)) == rules_digest(compiled(RULES))


@pytest.mark.parametrize("rules", OTHER.values(), ids=OTHER)
def test_what_changes_the_meaning_changes_the_digest(compiled: Compile, rules: str) -> None:
    assert rules_digest(compiled(rules)) != rules_digest(compiled(RULES))


def test_equal_content_is_one_node(compiled: Compile) -> None:
    graph = Graph()
    first, second = compiled(RULES, graph=graph), compiled(SAME["without a definition"], graph=graph)

    assert first.conditions["C"].node is second.conditions["C"].node
    assert len({(n.op, n.args, n.type) for n in walk(*first.roots())}) == len(walk(*first.roots()))


def test_a_node_remembers_every_place_where_it_was_written(compiled: Compile) -> None:
    policy = compiled("conditions:\n- {id: C, require: 面积 >= 3 平方米}\n- {id: D, require: area >= 3 平方米}\n")
    node = policy.conditions["C"].bare

    assert node is policy.conditions["D"].bare
    assert sorted({o.span.line for o in policy.graph.origins[node]}) == [2, 3]


def test_children_come_before_their_parents(compiled: Compile) -> None:
    nodes = walk(*compiled(RULES).roots())
    place = {node: i for i, node in enumerate(nodes)}

    assert [n for n in nodes if any(place[c] > place[n] for c in n.children)] == []


def test_a_digest_depends_on_the_order_of_roots(compiled: Compile) -> None:
    one, two = compiled(RULES).conditions["C"].node, compiled(RULES).conditions["D"].node

    assert digest(one, two) != digest(two, one)
    assert digest(one) == digest(one)
