"""The library as works and entries: every rule in the words in which it is read."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.documents.coverage.reasons import Place, places_of
from guiju.evaluate.spelling import decimal, spell_money
from guiju.language.expression.words import statement
from guiju.language.ir import Node
from guiju.language.policy import Benefit, Condition, Limit, Parameter, Policy, Score, ScoreItem
from guiju.search.entries import NATIONAL, Entry, Work
from guiju.source.diagnostics import GuijuError

_FORMS = {"keep": "每组取最高 {} 项", "highest": "同族只取最高 {} 项", "best": "取最高 {} 类", "elect": "自选 {} 项"}


def work_of(policy: Policy) -> Work:
    return Work(policy.id, policy.title.zh, policy.region or NATIONAL, policy.published.isoformat(), policy.start,
                policy.end, "effective", policy=policy.id)


def entries_of(policy: Policy, with_summaries: bool) -> Iterator[Entry]:
    """The policy, then its rules in the order of a reader; `with_summaries`: also our summary of each clause, for want
    of the text itself."""
    made = _Rules(policy)
    names = " ".join([policy.title.zh, *policy.issuer, policy.number])
    yield Entry("policy", policy.id, names, slight=True)
    for condition in policy.conditions.values():
        if "#" not in condition.id:
            yield made.condition(condition)
    for score in policy.scores.values():
        yield from made.score(score)
    for benefit in policy.benefits:
        yield made.benefit(benefit)
    for limit in policy.limits:
        yield made.limit(limit)
    for ban in policy.bans:
        yield made.entry("ban", ban.id, ban.name.zh or ban.id, ban.clauses)
    for definition in policy.definitions.values():
        words = statement(definition.expression, policy.vocabulary)
        yield made.entry("term", definition.id, f"{definition.name} = {words.zh}", definition.clauses)
    for parameter in policy.parameters.values():
        yield made.parameter(parameter)
    for duty in policy.duties:
        yield made.entry("duty", duty.id, duty.text.zh, duty.clauses)
    for clause in policy.clauses.values() if with_summaries else ():
        yield made.entry("summary", clause.key, clause.text.zh, (clause.key,))


class _Rules:
    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def entry(self, kind: str, ref: str, text: str, clauses: tuple[str, ...]) -> Entry:
        index = self.policy.clauses
        cited = [index[c] for c in clauses if c in index]
        near = " ".join([*(c.text.zh for c in cited if c.text.zh != text), *clauses])
        return Entry(kind, ref, text, near, _places(self.policy, clauses))

    def condition(self, condition: Condition) -> Entry:
        asked = statement(condition.expression, self.policy.vocabulary).zh if condition.expression else ""
        members = "；".join(m.name.zh for m in condition.members if m.name.zh)
        parts = dict.fromkeys([condition.name.zh, asked, members, condition.note.zh])
        return self.entry("condition", condition.id, "：".join(p for p in parts if p) or condition.id,
                          condition.clauses)

    def score(self, score: Score) -> Iterator[Entry]:
        for group in score.groups:
            for item in group.items:
                text = f"{item.name.zh}（满分 {decimal(item.full)}）：{_tiers(item)}"
                yield self.entry("score", item.id, text, item.clauses or score.clauses)

    def benefit(self, benefit: Benefit) -> Entry:
        rows = [f"{r.text or benefit.name.zh} {self.amount(r.amount)}".strip() for r in benefit.rows]
        when = "；".join(c.name.zh for c in benefit.when if c.name.zh)
        text = f"{benefit.name.zh}：{'；'.join(rows)}" + (f"。条件：{when}" if when else "")
        clauses = tuple(dict.fromkeys([*benefit.clauses, *(c for r in benefit.rows for c in r.clauses)]))
        return self.entry("benefit", benefit.id, text, clauses)

    def limit(self, limit: Limit) -> Entry:
        form = _FORMS.get(limit.form, "合计至多 " + self.amount(limit.amount)).format(limit.n)
        return self.entry("limit", limit.id, f"{limit.name.zh or limit.id}：{form}", limit.clauses)

    def parameter(self, parameter: Parameter) -> Entry:
        values = [str(v) for v in (parameter.default, *parameter.alternatives)
                  if isinstance(v, str)]
        parts = [parameter.name, "、".join(values), parameter.note.zh]
        return self.entry("reading", parameter.id, "：".join(p for p in parts if p), parameter.clauses)

    def amount(self, node: Node | None) -> str:
        """A fixed amount, or a plain formula as its keeper wrote it; nothing where it stands elsewhere."""
        if node is None:
            return ""
        if node.op == "const":
            return spell_money(node.args[0]).zh
        return next((o.text for o in self.policy.graph.origins.get(node, ())
                     if o.text and " if " not in f" {o.text}"), "按式计")


def _tiers(item: ScoreItem) -> str:
    return " 或 ".join("；".join(f"{t.text or '其余'} → {decimal(t.points)}" for t in tiers) for tiers in item.tables)


def _places(policy: Policy, clauses: tuple[str, ...]) -> str:
    """Where the clauses stand in the source, for a reader who has it."""
    found: list[Place] = []
    for key in clauses:
        clause = policy.clauses.get(key)
        try:
            found += places_of(clause.lines, clause.span) if clause else ()
        except GuijuError:  # lines that nobody can read: `guiju cover` says so
            continue
    return "、".join(f"{p.source}:{p.first}" + (f"-{p.last}" if p.last > p.first else "") for p in found[:4])
