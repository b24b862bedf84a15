"""Reads moves: from where to where, who, under which guards, with which papers, and what follows."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Map

from guiju.language.compile.reader import condition_list
from guiju.language.policy import Condition, Policy
from guiju.language.types import type_of
from guiju.lifecycle.chart import BASES, SYSTEM, GoalGuard, Move, Paper, RoleUse, Setting
from guiju.lifecycle.compile.reading import NOTED, Reading, texts
from guiju.source.diagnostics import Text, fail
from guiju.source.document import Mapping, Scalar
from guiju.source.document import Node as DocumentNode
from guiju.source.fields import as_items, as_mapping, as_scalar, bilingual, bool_of, check_keys, text_of

MOVE_KEYS = {"label", "from", "to", "by", "when", "goals", "within", "after", "gives", "may_give", "needs", "makes",
             "sets", "clears", "bans", "lifts", "auto", *NOTED}
ACTOR_KEYS = {"role", "when"}
GOAL_KEYS = {"policy", "goal", "strength", "cite"}
PAPER_KEYS = {"zh", "en", "when"}
_STRENGTHS = ("hard", "principle", "advice")


def read_moves(reading: Reading, roles: Collection[str], policies: Map[str, Policy]) -> dict[str, Move]:
    moves: dict[str, Move] = {}
    for key, value in reading.section("moves"):
        made = reading.context.gather(_move, reading, key, value, roles, policies)
        if made is not None:
            moves[made.id] = made
    return moves


def _move(reading: Reading, key: Scalar, value: DocumentNode, roles: Collection[str],
          policies: Map[str, Policy]) -> Move:
    entry = reading.entry(key, value, MOVE_KEYS, {"from"})
    names = {name: [k.text for k, _ in reading.section(name)] for name in ("terms", "notices", "bans")}
    target = entry.get("to")
    clauses = reading.cite(entry)
    auto = bool_of(entry, "auto")
    return Move(
        id=reading.context.claim(key.text, key.span), label=reading.label(entry, key), sources=reading.sources(entry),
        target=reading.known(as_scalar(target, "to"), reading.stages, "环节", "stage", "E501") if target else "",
        roles=(RoleUse(SYSTEM, None),) if auto and entry.get("by") is None else _roles(reading, entry, roles),
        guards=_guards(reading, entry, key.text), goals=_goals(reading, entry, policies),
        within=reading.names(entry, "within", names["terms"], "期限", "term", "E503"),
        after=reading.names(entry, "after", [*names["terms"], *names["notices"]], "期限", "term", "E503"),
        gives=tuple(reading.fact_or_records(as_scalar(i, "gives")) for i in as_items(entry.get("gives"))),
        may_give=tuple(reading.fact_or_records(as_scalar(i, "may_give")) for i in as_items(entry.get("may_give"))),
        needs=_papers(reading, entry), makes=texts(entry.get("makes"), entry.span, "makes"),
        sets=_settings(reading, entry),
        clears=tuple(reading.fact(as_scalar(i, "clears")) for i in as_items(entry.get("clears"))),
        bans=reading.names(entry, "bans", names["bans"], "禁限", "ban", "E505"),
        lifts=reading.names(entry, "lifts", names["bans"], "禁限", "ban", "E505"), auto=auto,
        basis=reading.one_of(entry, "basis", BASES, "text"), ref=text_of(entry, "ref"), note=reading.note(entry),
        clauses=clauses, span=key.span)


def _roles(reading: Reading, entry: Mapping, roles: Collection[str]) -> tuple[RoleUse, ...]:
    if not as_items(entry.get("by")):
        raise fail("E504", entry.span, "by 要写明由谁办理", "'by' names the role that makes the move")
    uses = []
    for item in as_items(entry.get("by")):
        if isinstance(item, Scalar):
            uses.append(RoleUse(reading.known(item, roles, "角色", "role", "E504"), None))
            continue
        use = as_mapping(item, entry.span, "by")
        check_keys(use, ACTOR_KEYS, {"role"})
        word = as_scalar(use.get("role") or use, "role")
        uses.append(RoleUse(reading.known(word, roles, "角色", "role", "E504"), reading.test(use, "when")))
    return tuple(uses)


def _guards(reading: Reading, entry: Mapping, move: str) -> tuple[Condition, ...]:
    return condition_list(entry.get("when"), reading.context, None, move)


def _goals(reading: Reading, entry: Mapping, policies: Map[str, Policy]) -> tuple[GoalGuard, ...]:
    made = []
    for item in as_items(entry.get("goals")):
        goal = as_mapping(item, entry.span, "goals")
        check_keys(goal, GOAL_KEYS, {"policy", "goal"})
        policy = reading.known(as_scalar(goal.get("policy") or goal, "policy"), policies, "列在 policies 里的政策",
                               "policy under 'policies'", "E140")
        name = reading.known(as_scalar(goal.get("goal") or goal, "goal"), [g.id for g in policies[policy].goals],
                             "目标", "goal", "E508")
        made.append(GoalGuard(policy, name, reading.one_of(goal, "strength", _STRENGTHS, "hard"),
                              reading.context.cite(goal), goal.span))
    return tuple(made)


def _papers(reading: Reading, entry: Mapping) -> tuple[Paper, ...]:
    made = []
    for item in as_items(entry.get("needs")):
        if isinstance(item, Scalar):
            made.append(Paper(Text(item.text, ""), None))
            continue
        paper = as_mapping(item, entry.span, "needs")
        check_keys(paper, PAPER_KEYS, {"zh"})
        bare = Mapping(tuple(e for e in paper.entries if e[0].text != "when"), paper.span)
        made.append(Paper(bilingual(bare, paper.span, "needs"), reading.test(paper, "when")))
    return tuple(made)


def _settings(reading: Reading, entry: Mapping) -> tuple[Setting, ...]:
    node = entry.get("sets")
    if node is None:
        return ()
    made = []
    for key, value in as_mapping(node, entry.span, "sets").entries:
        fact = reading.context.vocabulary.facts[reading.fact(key)]
        scalar = as_scalar(value, key.text)
        expected = type_of(fact)
        computed = reading.context.expression(scalar, expected=expected)
        if (computed.type.kind, computed.type.dimension) != (expected.kind, expected.dimension):
            raise fail("E510", scalar.span, f"算出来的不是“{fact.name}”那一类值", f"this is no value of '{fact.id}'")
        made.append(Setting(fact.id, computed, scalar.text))
    return tuple(made)
