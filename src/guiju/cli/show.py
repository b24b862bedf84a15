"""A policy as a reader would want it: goals and conditions, scores, prices and limits, bans, readings, duties."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.cli.layout import Column, indented, sides, table, width, wrapped
from guiju.cli.voice import Voice
from guiju.cli.words import money
from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.readings import spell
from guiju.evaluate.spelling import decimal
from guiju.facts.model import Facts
from guiju.language.expression.words import statement
from guiju.language.ir import Node
from guiju.language.policy import Benefit, Condition, Limit, Parameter, Policy, PriceRow, Score, ScoreItem
from guiju.source.diagnostics import Text

STRENGTHS = {"principle": Text("原则上", "in principle"), "judgement": Text("人工判定", "judgement"),
             "veto": Text("否决项", "veto"), "silent": Text("后果未载", "consequence not stated"),
             "preference": Text("优先", "preference"), "hint": Text("提示", "hint")}
KINDS = {"exact": Text("定额", "fixed"), "up_to": Text("上限", "ceiling"),
         "discretionary": Text("裁量", "discretion")}
DUTIES = {"procedure": Text("程序", "procedure"), "material": Text("材料", "papers"),
          "payment": Text("拨付", "payment"),
          "use_of_funds": Text("用款", "use of money"), "report": Text("报告", "reports"),
          "sanction": Text("处理", "sanctions"), "interpretation": Text("解释", "interpretation"),
          "note": Text("说明", "notes")}
_LABEL = Column(most=16)


class Showing:
    """One policy on a page of a given width."""

    def __init__(self, policy: Policy, say: Voice, page: int) -> None:
        self.policy = policy
        self.say = say
        self.page = page
        self.names = {d.name: d.en for d in policy.definitions.values() if d.en}
        self.seen: set[str] = set()
        self.blank = Interpreter(policy.vocabulary, Facts(), {})

    def lines(self, with_clauses: bool) -> list[str]:
        parts = [self.head(), *self.goals(), *self.scores(), self.prices(), self.limits(), self.bans(),
                 self.definitions(), self.parameters(), self.duties(), self.clauses() if with_clauses else []]
        return [line for i, part in enumerate(p for p in parts if p) for line in ([""] if i else []) + part]

    def head(self) -> list[str]:
        policy, say = self.policy, self.say
        until = say(f"，至 {policy.end}", f" to {policy.end}") if policy.end else ""
        issued = [(say("发布", "issued by"), say("、", ", ").join(policy.issuer))] if policy.issuer else []
        rows = [(say("编号", "id"), policy.id), *issued, (say("文号", "number"), policy.number),
                (say("施行", "in force"), f"{policy.start}{until}{say.in_brackets(say.clauses(policy.force_clauses))}")]
        rows += [(say("在此之上", "amends"), say.text(base.title) + say.in_brackets(base.id)) for base in policy.bases]
        if policy.region:
            name = policy.vocabulary.regions.get(policy.region.ljust(6, "0"), "")
            rows.append((say("地区", "region"), say(name or policy.region, policy.region)))
        rows += [(say("待核", "to check"), doubt) for doubt in policy.unverified]
        return [*self._title(say.text(policy.title)), *table(rows, [_LABEL, Column()], self.page)]

    def goals(self) -> Iterator[list[str]]:
        for goal in self.policy.goals:
            main = "" if goal.main else self.say.in_brackets(self.say("附带一问", "a side question"))
            lines = [*self._title(self.say.text(goal.name) + main)]
            for condition in goal.conditions:
                lines += self.condition(condition, "  ")
            yield lines

    def condition(self, condition: Condition, indent: str) -> list[str]:
        """A condition with its strength, what it asks, and its members; members only the first time."""
        say = self.say
        words = statement(condition.expression, self.policy.vocabulary, self.names) if condition.expression else None
        asked = say.text(words) if words else ""
        title = say.text(condition.name) or asked or condition.id
        strength = say.in_brackets(say.text(STRENGTHS[condition.strength])) if condition.strength in STRENGTHS else ""
        again = condition.id in self.seen and bool(condition.members)
        self.seen.add(condition.id)
        head = title + strength + (say.in_brackets(say("同上", "as above")) if again else "")
        lines = [indent + line for line in sides(head, say.clauses(condition.clauses), self.page - width(indent))]
        if again:
            return lines
        form = {"any_of": say("满足其一", "one of"), "at_least": say(f"满足 {condition.k} 项", f"{condition.k} of"),
                "none_of": say("一项也没有", "none of")}.get(condition.form, "")
        doubt = condition.unverified and say("待核：", "to check: ") + condition.unverified
        scope = statement(condition.scope, self.policy.vocabulary, self.names) if condition.scope else None
        only = say("只限：", "only where: ") + say.text(scope) if scope else ""
        for text in (only, asked if asked != title else "", form if condition.members else "", say.text(condition.note),
                     doubt):
            if text:
                lines += indented(text, self.page, indent + "  ")
        for member in condition.members:
            lines += self.condition(member, indent + "  ")
        return lines

    def scores(self) -> Iterator[list[str]]:
        for score in self.policy.scores.values():
            yield self._score(score)

    def _score(self, score: Score) -> list[str]:
        say = self.say
        lines = [*self._title(f"{say.text(score.name)}{say.in_brackets(self._full(score.full))}")]
        for group in score.groups:
            lines.append(f"  {say.text(group.name)}{say.in_brackets(self._full(group.full))}")
            rows = [[say.clauses(i.clauses, 1), say.text(i.name), decimal(i.full), self._tiers(i)] for i in group.items]
            lines += table(rows, [_LABEL, Column(most=30), Column(align=">"), Column()], self.page, "    ")
        return lines

    def _full(self, full: object) -> str:
        return self.say(f"满分 {decimal(full)}", f"full mark {decimal(full)}")

    def _tiers(self, item: ScoreItem) -> str:
        tables = ["；".join(f"{t.text or '其余'} → {decimal(t.points)}" for t in tiers) for tiers in item.tables]
        return self.say(" 或 ", " or ").join(tables)

    def prices(self) -> list[str]:
        if not self.policy.benefits:
            return []
        lines = [*self._title(self.say("给多少", "Amounts"))]
        for benefit in self.policy.benefits:
            lines += self._benefit(benefit)
        return lines

    def _benefit(self, benefit: Benefit) -> list[str]:
        say = self.say
        record = self.policy.vocabulary.records[benefit.record] if benefit.record else None
        kind = say.text(KINDS.get(benefit.kind, Text("", "")))
        each = say(f"每项{record.name}", f"for each of {record.en}") if record else say("每个单位", "for each unit")
        lines = indented(say.text(benefit.name) + say.in_brackets(say("，", ", ").join((each, kind))), self.page, "  ")
        rows = [[say.clauses(r.clauses, 1), say(r.text or say.text(benefit.name), r.id), self._amount(r, benefit)]
                for r in benefit.rows]
        rows += [[say.clauses(each.clauses, 1), say("减去：", "less: ") + say.text(each.name),
                  say("有减的，余额", "the rest ") + say.text(KINDS[each.rest]) if each.rest else ""]
                 for each in benefit.less]
        if benefit.merge:
            rows.append([say.clauses(benefit.merge.clauses, 1), say("同一系列按一项", "a series is one item"), ""])
        if benefit.ceiling is not None:
            rows.append([say.clauses(benefit.ceiling_clauses, 1), say("不超过实际费用", "no more than the cost"), ""])
        lines += table(rows, [_LABEL, Column(most=50), Column()], self.page, "    ")
        if benefit.when:
            lines.append("    " + say("条件", "conditions"))
        return lines + [line for c in benefit.when for line in self.condition(c, "      ")]

    def _amount(self, row: PriceRow, benefit: Benefit) -> str:
        if row.amount is None:
            return self.say("另有规定", "fixed elsewhere")
        if benefit.record:
            with self.blank.open_row(benefit.record, self.blank.any_row(benefit.record)):
                low, high, _ = self.blank.quantity(row.amount)
        else:
            low, high, _ = self.blank.quantity(row.amount)
        return money(high, self.say) if low == high else self._cap(row.amount)

    def limits(self) -> list[str]:
        rows = [[self.say.clauses(m.clauses, 1), self._limit(m)] for m in self.policy.limits]
        return [*self._title(self.say("限额", "Limits")), *table(rows, [_LABEL, Column()], self.page)] if rows else []

    def _limit(self, limit: Limit) -> str:
        say = self.say
        amount = ""
        if limit.amount is not None:
            amount = self._cap(limit.amount)
        form = {"keep": say(f"每组取最高 {limit.n} 项", f"the {limit.n} highest of each group"),
                "highest": say(f"同族只取最高 {limit.n} 项", f"only the {limit.n} highest of a family"),
                "best": say(f"取最高 {limit.n} 类", f"the best {limit.n} categories"),
                "elect": say(f"自选 {limit.n} 项", f"{limit.n} of the applicant's choice"),
                "cap": say("合计至多 ", "in all at most ") + amount}.get(limit.form, limit.form)
        strength = say.in_brackets(say.text(STRENGTHS[limit.strength])) if limit.strength in STRENGTHS else ""
        return f"{say.text(limit.name) or limit.id}{say('：', ': ')}{form}{strength}"

    def _cap(self, node: Node) -> str:
        """A fixed amount, or the formula as its keeper wrote it."""
        if node.op == "const":
            return money(node.args[0], self.say)
        origins = self.policy.graph.origins.get(node, [])
        usual = self.say("依情形而定的数", "an amount that depends on the case")
        return next((o.text for o in origins if o.text), usual)

    def bans(self) -> list[str]:
        rows = [[self.say.clauses(b.clauses, 1), self.say.text(b.name) or b.id] for b in self.policy.bans]
        return [*self._title(self.say("禁申", "Bans")), *table(rows, [_LABEL, Column()], self.page)] if rows else []

    def parameters(self) -> list[str]:
        rows = [[self.say.clauses(p.clauses, 1), self._parameter(p)] for p in self.policy.parameters.values()]
        title = self._title(self.say("读法和待定（可用 --set 改）", "Readings and open values (change with --set)"))
        return [*title, *table(rows, [_LABEL, Column()], self.page)] if rows else []

    def _parameter(self, parameter: Parameter) -> str:
        say = self.say
        name = say(f"{parameter.name}（{parameter.id}）", parameter.id)
        default = say("未定，设定前不可计算", "open: not computable until set") if parameter.default is None and \
            not parameter.dated else say("默认", "default ") + say.quoted(spell(parameter, parameter.default))
        others = say("、", ", ").join(say.quoted(spell(parameter, v)) for v in parameter.alternatives)
        other = say("；另读", "; otherwise ") + others if others else ""
        dated = say("；", "; ").join(f"{v.start}{say(' 起 ', ' on: ')}{spell(parameter, v.value)}"
                                    for v in parameter.dated)
        note = say.text(parameter.note)
        ref = say.in_brackets(parameter.ref)
        return f"{name}{ref}{say('：', ': ')}{default}{other}{dated}" + (say("。", ". ") + note if note else "")

    def definitions(self) -> list[str]:
        say = self.say
        rows = []
        for found in self.policy.definitions.values():
            record = self.policy.vocabulary.records.get(found.record)
            owner = say.in_brackets(say(record.name, record.en)) if record else ""
            words = say.text(statement(found.expression, self.policy.vocabulary, self.names))
            rows.append([say.clauses(found.clauses, 1), f"{say(found.name, found.en or found.name)}{owner} = {words}"])
        title = self._title(say("用语", "Terms"))
        return [*title, *table(rows, [_LABEL, Column()], self.page)] if rows else []

    def duties(self) -> list[str]:
        say = self.say
        rows = [[say.text(DUTIES[d.kind]), say.text(d.text) + say.in_brackets(say.clauses(d.clauses))]
                for kind in DUTIES for d in self.policy.duties if d.kind == kind]
        return [*self._title(self.say("由人办理和遵守", "For people to do")),
                *table(rows, [_LABEL, Column()], self.page)] if rows else []

    def clauses(self) -> list[str]:
        say = self.say
        rows = []
        for clause in self.policy.clauses.values():
            lines = say(f"原文第 {clause.lines} 行", f"lines {clause.lines}") if clause.lines else ""
            rows.append([say.clause(clause.key), say.text(clause.text) + say.in_brackets(lines)])
        return [*self._title(self.say("条款索引（我们的概括，不是原文）", "Clauses (in our words)")),
                *table(rows, [_LABEL, Column()], self.page)]

    def _title(self, text: str) -> list[str]:
        import click

        return [click.style(line, bold=True) for line in wrapped(text, self.page)]
